"""Takes checked values out of a query document and gathers every fault on the way."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bibnet.query.model import (
    AI_RULES,
    ALL_WORKS,
    CLASSIFIER,
    CONCEPT_SCORE,
    FIRST_YEAR,
    LAST_YEAR,
    RESERVED_SIDES,
    is_institutions,
)
from bibnet.reference import load as reference
from bibnet.schema.errors import Fault, QueryError
from bibnet.storage.disk import is_file

KEYS: Mapping[str, tuple[str, ...]] = {
    "": ("name", "question", "works", "sides", "count", "network", "review"),
    "works": (
        "years",
        "ai",
        "harvest",
        "exclude",
        "languages",
        "max_authors",
        "max_countries",
        "concept_score",
        "deduplicate",
        "classifier",
        "institutions",
        "funders",
        "ids",
        "venues",
        "top_cited",
    ),
    "count": ("affiliations", "citation_window", "population"),
    "review": ("verdicts",),
    "network": ("level", "min_works", "strata"),
}


# Bytes; a folder's name may have 255, and a run's files have names below it.
LONGEST_NAME = 200
LONGEST_SIDE = 60  # characters; a side's name heads columns and figures
# More than any source holds works, authors or countries; what computes holds 64 bits.
LARGEST_NUMBER = 1_000_000_000


class QueryReader:
    """Takes values out of the document and gathers the faults."""

    def __init__(self, document: Mapping[str, Any], path: Path):
        self.document = document
        self.path = path
        self.faults: list[Fault] = []
        self._unknown_keys()

    def finish(self) -> None:
        """Raise QueryError with all faults found, if any."""
        if self.faults:
            raise QueryError(self.faults)

    def fault(self, what: str, key: str, value: object, remedy: str) -> None:
        """Note a fault of a key."""
        self.faults.append(Fault(what, f"{self.path}: {key} = {_shown(value)}", remedy))

    def _unknown_keys(self) -> None:
        for section, known in KEYS.items():
            table = self.document if section == "" else self.document.get(section, {})
            if not isinstance(table, Mapping):
                self.fault("not a table", section, table, f"write it as [{section}]")
                continue
            for key in sorted(set(table) - set(known)):
                full = f"{section}.{key}" if section else key
                self.fault("unknown key", full, table[key], f"use one of: {', '.join(known)}")

    def get(self, key: str) -> Any:
        """The value of a dotted key; None where it is not given."""
        table: Any = self.document
        for part in key.split("."):
            table = table.get(part) if isinstance(table, Mapping) else None
        return table

    def string(self, key: str) -> str:
        """A text that must be there; empty where it is wrong."""
        value = self.get(key)
        if isinstance(value, str) and value.strip():
            return value
        self.fault("missing or not text", key, value, f'write {key} = "..."')
        return ""

    def name(self) -> str:
        """The name of the query, which becomes the name of a folder."""
        name = self.string("name")
        plain = all(part.isalnum() for part in name.replace("_", "-").split("-"))
        if name and not (plain and len(name.encode()) <= LONGEST_NAME):
            remedy = f"use letters, digits and hyphens only, {LONGEST_NAME} at most"
            self.fault("not a name for a folder", "name", name, remedy)
        return name

    def strings(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where it is not given."""
        value = self.get(key)
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.fault("not a list of texts", key, value, f'write {key} = ["..."]')
        return ()

    def choice(self, key: str, known: tuple[str, ...], default: str) -> str:
        """One of the known values."""
        value = self.get(key)
        if value is None:
            return default
        if value not in known:
            self.fault("unknown value", key, value, f"use one of: {', '.join(known)}")
        return str(value)

    def choices(
        self, key: str, known: tuple[str, ...], default: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Any of the known values, in the known order."""
        if self.get(key) is None:
            return default
        values = self.strings(key)
        for value in values:
            if value not in known:
                self.fault("unknown value", key, value, f"use any of: {', '.join(known)}")
        return tuple(item for item in known if item in values)

    def whole(self, key: str) -> int | None:
        """A whole number of at least one; None where it is not given."""
        value: int | None = self.get(key)
        if value is None or (_is_whole(value) and 1 <= value <= LARGEST_NUMBER):
            return value
        what = f"not a whole number from 1 to {LARGEST_NUMBER:,}"
        self.fault(what, key, value, f"write {key} = 100")
        return None

    def score(self, key: str) -> float:
        """A number from 0 to 1."""
        value = self.get(key)
        if value is None:
            return CONCEPT_SCORE
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
            return float(value)
        self.fault("not a score from 0 to 1", key, value, f"write {key} = {CONCEPT_SCORE}")
        return CONCEPT_SCORE

    def truth(self, key: str) -> bool:
        """True or false; false where it is not given."""
        value = self.get(key)
        if value is not None and not isinstance(value, bool):
            self.fault("neither true nor false", key, value, f"write {key} = true")
        return value is True

    def present_file(self, key: str, given: Path | None) -> Path | None:
        """A file that is there: the one given, else the one named; None where there is none."""
        value = self.get(key)
        if given is None and value is None:
            return None
        if given is None and not (isinstance(value, str) and value.strip()):
            self.fault("not the path of a file", key, value, 'write it as text, "FILE"')
            return None
        path = given if given is not None else self.path.parent / value
        if not is_file(path):
            self.fault("there is no such file", key, str(path), "name a file that is there")
            return None
        return path

    def classifier(self, given: Path | None) -> Path | None:
        """The model of the rule `classifier`, which needs one; no other rule does."""
        rules = self.get("works.ai")
        asked = isinstance(rules, list) and CLASSIFIER in rules
        stated = given is not None or self.get("works.classifier") is not None
        if asked and not stated:
            remedy = "train one with bibnet classifier train, and name it here or by --classifier"
            self.fault("the rule classifier has no model", "works.classifier", None, remedy)
        if stated and not asked:
            value = given or self.get("works.classifier")
            remedy = 'write ai = ["classifier"], or leave the model out'
            self.fault("a model without its rule", "works.classifier", str(value), remedy)
        return self.present_file("works.classifier", given)

    def ai(self) -> tuple[str, ...]:
        """The AI rules; `all` stands alone."""
        known = (*AI_RULES, ALL_WORKS)
        values = self.choices("works.ai", known, ("topics",))
        if not values and self.get("works.ai") == []:
            self.fault("no AI rule", "works.ai", [], f"name any of: {', '.join(known)}")
        if ALL_WORKS in values and len(values) > 1:
            self.fault(
                "all goes with no other rule", "works.ai", list(values), 'write ai = ["all"]'
            )
        return values

    def years(self) -> tuple[int, int] | None:
        """First and last year; None where all years are meant."""
        value = self.get("works.years")
        if value is None:
            return None
        if not (isinstance(value, list) and len(value) == 2 and all(map(_is_whole, value))):
            self.fault("not two whole years", "works.years", value, "write years = [2017, 2022]")
            return None
        first, last = value
        if first > last:
            self.fault("years run backwards", "works.years", value, "swap them")
        if not (FIRST_YEAR <= first <= LAST_YEAR and FIRST_YEAR <= last <= LAST_YEAR):
            self.fault(
                "impossible years", "works.years", value, f"stay within {FIRST_YEAR}-{LAST_YEAR}"
            )
        return first, last

    def schemes(self) -> dict[str, str]:
        """Names of the schemes that sides are given by."""
        sides = self.get("sides")
        named = sides.items() if isinstance(sides, Mapping) else ()
        return {side: value for side, value in named if isinstance(value, str)}

    def sides(self) -> dict[str, tuple[str, ...]]:
        """Sorted country codes of each side; sides must not overlap."""
        sides = self.get("sides")
        if not isinstance(sides, Mapping) or len(sides) < 2:
            self.fault(
                "fewer than two sides", "sides", sides, 'name at least two, as in china = ["CN"]'
            )
            return {}
        found = {
            side: frozenset() if is_institutions(value) else self._countries(side, value)
            for side, value in sides.items()
        }
        self._check_overlap(found)
        return {side: tuple(sorted(codes)) for side, codes in found.items()}

    def _countries(self, side: str, value: object) -> frozenset[str]:
        key = f"sides.{side}"
        if side in RESERVED_SIDES:
            self.fault("reserved name of a side", key, value, "call the side something else")
        if not side.strip() or not side.isprintable() or len(side) > LONGEST_SIDE:
            remedy = f"give it a name of up to {LONGEST_SIDE} printed characters"
            self.fault("not a name for a side", f"sides.{_shown(side)}", value, remedy)
        if isinstance(value, str):
            return self._scheme(key, value)
        if not isinstance(value, list) or not value:
            self.fault("neither scheme nor list", key, value, f'write {side} = ["DE", "FR"]')
            return frozenset()
        codes = frozenset(str(code) for code in value)
        for code in sorted(codes - _country_codes()):
            self.fault("unknown country code", key, code, "use ISO 3166-1 alpha-2 codes")
        return codes

    def _scheme(self, key: str, name: str) -> frozenset[str]:
        schemes = reference.schemes()
        if name not in schemes:
            self.fault("unknown scheme", key, name, f"use one of: {', '.join(sorted(schemes))}")
        return schemes.get(name, frozenset())

    def _check_overlap(self, sides: Mapping[str, frozenset[str]]) -> None:
        names = sorted(sides)
        for position, left in enumerate(names):
            for right in names[position + 1 :]:
                both = sorted(sides[left] & sides[right])
                if both:
                    self.fault(
                        f"sides overlap in {', '.join(both)}",
                        f"sides.{left} and sides.{right}",
                        [self.get(f"sides.{left}"), self.get(f"sides.{right}")],
                        "give each country to one side",
                    )


def _country_codes() -> frozenset[str]:
    return frozenset(row["country"] for row in reference.rows("countries"))


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


# A value in a message is for recognising it, not for reading it whole.
SHOWN_CHARACTERS = 120


def _shown(value: object) -> str:
    try:
        text = "nothing" if value is None else repr(value)
    except (ValueError, RecursionError):  # Python writes no number of more than 4,300 digits
        text = "a value too long to show"
    return text if len(text) <= SHOWN_CHARACTERS else text[:SHOWN_CHARACTERS] + "..."
