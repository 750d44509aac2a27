"""The funders that the reference list holds, found by id, name or acronym."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from bibnet.reference import load
from bibnet.tag.funders.country_names import nations
from bibnet.tag.lists.spelling import SpelledNames, content_words
from bibnet.tag.name import is_han, letters, name_key
from bibnet.tag.place_names import place_names

Row = Mapping[str, str]
# Shorter ones are other things' too; in Chinese script three characters are a name.
SHORTEST_ACRONYM = 3
LONGEST_ACRONYM = 8
SHORT = 4  # letters of an acronym that counts only as it is written
BRIEF = re.compile(r"[A-Z][a-z]{3}|[A-Z]{1,2}\d{1,2}")  # names that are as short: "Dstl", "FP7"
MOST_ACRONYMS = 4  # of a body, those above it and its ministry
MINISTRY, SUPRANATIONAL = "ministry", "supranational"
ACRONYM = re.compile(r"[A-Z][A-Za-z*/&-]{0,6}[A-Z][A-Za-z*]{0,6}")
BRACKETED = re.compile(r"(?<!\s)\s*\([^()]*\)\s*$")
RESEARCH_AND_DEVELOPMENT = ["research", "and", "development"]
# A fund is also called a foundation: of the names of the list no two become one by that.
FUND, FOUNDATION = "fund", "foundation"
INITIALS = re.compile(r"\b[a-z](?: [a-z]\b)+")
FEWEST_CUT = 4  # words of a name that says enough though they are cut
COMPANY, COMPANY_ROLES = "company", ("company_unit", "legal_form")
MOST_WORDS_TWICE = 12  # of two names of one body side by side
SINGULAR_FROM = 4  # letters: "gas" and "bus" are no plurals
NO_PLURAL = ("ss", "us", "is")
# "Fund of Foo Province" is also written "Foo Provincial Fund" and "Foo Fund".
OF_REGION = re.compile(r"(.{1,200}) of (.{1,80}) (Provinc|Municipal)(?:e|ity)")
REGIONAL = re.compile(r"(.{1,200}) (Provinc|Municipal)(?:ial)? (.{1,200})")


@dataclass(frozen=True)
class FunderList:
    """The reference list of funders; the default is the packaged one.

    `merged` maps ids that the source gave up to those they became, `shared` are names and acronyms
    that bodies outside the list bear too.
    """

    rows: list[dict[str, str]] = field(default_factory=lambda: load.rows("funders"))
    merged: Mapping[str, str] = field(
        default_factory=lambda: {r["from_id"]: r["to_id"] for r in load.rows("merged_funders")}
    )
    shared: frozenset[str] = field(
        default_factory=lambda: frozenset(r["name"] for r in load.rows("shared_funder_names"))
    )

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Row, ...]]:
        """Entries by `funder_key` of every name and alias that is no acronym."""
        return _owners(self._standing, _names)

    @cached_property
    def by_acronym(self) -> Mapping[str, tuple[Row, ...]]:
        """Entries by acronym as it is written, case and all."""
        return _owners(self._standing, _acronyms)

    @cached_property
    def by_pair(self) -> Mapping[str, tuple[Row, ...]]:
        """Entries by their names of two capitals, which name nothing alone."""
        return _owners(self._standing, _pairs)

    @property
    def _standing(self) -> list[dict[str, str]]:
        return [row for row in self.rows if row["funder_id"] not in self.merged]

    @cached_property
    def by_company(self) -> Mapping[str, tuple[Row, ...]]:
        """Companies by their brand: the name without legal form and words for parts of them."""
        return _owners((row for row in self._standing if row["type"] == COMPANY), _brands)

    @cached_property
    def by_doi(self) -> Mapping[str, Row]:
        """Entries by their DOI in the registry of funders, which some texts print."""
        return {row["crossref_doi"]: row for row in self._standing if row["crossref_doi"]}

    def named(self, text: str, country: str = "") -> Row | None:
        """The entry that a whole text names; None where several bodies bear the name.

        A `country` that the text states beside the name chooses among them, and rules out
        funders of other countries. Unions and agencies of several countries fit any. Two names of
        one body side by side name it ("JSPS KAKENHI"), and so does a company's brand. Of a union
        before its programme ("EC H2020") it is the programme, of acronyms before their ministry's
        ("NCI NIH HHS") the first.
        """
        found = self._named(text, country)
        if found is not None:
            return found
        words = text.split()
        for at in range(1, len(words) if len(words) <= MOST_WORDS_TWICE else 0):
            one = self._before(" ".join(words[:at]), country)
            other = self._named(" ".join(words[at:]), country) if one is not None else None
            if one is not None and other is not None and (one is other or _is_union(one, other)):
                return other
        return self._below_ministry(words, country)

    def _before(self, text: str, country: str) -> Row | None:
        """The entry of a text beside another name, where two letters are enough."""
        found = self.by_pair.get(text, ()) if len(text) == SHORTEST_ACRONYM - 1 else ()
        return _one(found) if found else self._named(text, country)

    def _below_ministry(self, words: Sequence[str], country: str) -> Row | None:
        """The first listed one of acronyms of which the last is their ministry's, in one country.

        A body that other countries have, too, is told by the ministry.
        """
        if not 1 < len(words) <= MOST_ACRONYMS or not all(w.isupper() for w in words):
            return None
        last = self.named(words[-1], country)
        if last is None or last["type"] != MINISTRY:
            return None
        found = [self.by_acronym.get(word, ()) for word in words[:-1]]
        there = [[row for row in rows if row["country"] == last["country"]] for rows in found]
        if any(rows and not own for rows, own in zip(found, there, strict=True)):
            return None  # of two countries
        own = [one for rows in there if (one := _one(rows))]
        return own[0] if own else last

    def spelled(self, text: str, country: str = "") -> Row | None:
        """The entry whose name a whole text abbreviates as citation indexes do, or None.

        Of short names every word but the contracted is cut to what others are cut to, too: with
        three words one must be the adjective of a country.
        """
        key = name_key(text)
        words = content_words(key)
        named = len(words) == FEWEST_CUT - 1 and any(word in nations() for word in words)
        if not (named or len(words) >= FEWEST_CUT) or not key.isascii():
            return None
        found = {row["entry_id"]: row for row in self._spelled.find(key)}
        return _one([row for row in found.values() if not country or _fits(row, country)])

    @cached_property
    def _spelled(self) -> SpelledNames:
        names = [
            (name_key(name), row)
            for row in self._standing
            for name in (row["name"], *row["aliases"].split("|"))
            if len(content_words(name_key(name))) >= FEWEST_CUT - 1
        ]
        return SpelledNames(names, place_names().is_place)

    def _named(self, text: str, country: str) -> Row | None:
        acronym = text.strip()
        entries, key = self.by_acronym.get(acronym, ()), ""
        if not entries:
            key = funder_key(text)
            entries = self.by_name.get(key, ()) or self.by_company.get(_brand(key), ())
        if not country and (acronym in self.shared or key in self._shared_keys):
            return None
        fitting = [row for row in entries if not country or _fits(row, country)]
        return _one(fitting)

    @cached_property
    def _shared_keys(self) -> frozenset[str]:
        return frozenset(map(funder_key, self.shared))


def funder_key(name: str) -> str:
    """The key under which names of funders are compared.

    It is `name_key` without articles, with R&D written out and every word in the singular; a fund
    is a foundation, and initials are one word ("U.S.").
    """
    words = INITIALS.sub(lambda found: found.group().replace(" ", ""), name_key(name)).split()
    for at in range(len(words) - 2, -1, -1):
        if words[at : at + 3] == ["r", "and", "d"]:
            words[at : at + 3] = RESEARCH_AND_DEVELOPMENT
    singular = (_singular(word) for word in words if word != "the")
    return " ".join(FOUNDATION if word == FUND else word for word in singular)


def is_acronym(text: str) -> bool:
    """Say whether a text is written as an acronym: one short word with two capitals or more."""
    if is_han(text) or not SHORTEST_ACRONYM <= len(text) <= LONGEST_ACRONYM:
        return False
    return ACRONYM.fullmatch(text) is not None


def _singular(word: str) -> str:
    plural = len(word) > SINGULAR_FROM and word.endswith("s") and not word.endswith(NO_PLURAL)
    if plural and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if plural else word


def _fits(row: Row, country: str) -> bool:
    return row["country"] in (country, "") or row["type"] == SUPRANATIONAL


def _one(rows: Sequence[Row]) -> Row | None:
    """The only one of the rows; of several ids of one body the smallest."""
    bodies = {(row["country"], row["type"], _own_key(row["name"])) for row in rows}
    ordered = sorted(rows, key=lambda row: (row["funder_id"] == "", row["funder_id"]))
    return ordered[0] if len(bodies) == 1 else None


def _own_key(name: str) -> str:
    """One key for the name in every order of its words."""
    return min(funder_key(form) for form in (name, *_regional(name)))


def _owners(rows: Iterable[Row], names: Callable[[Row], set[str]]) -> dict[str, tuple[Row, ...]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for name in names(row):
            found[name].append(row)
    return {name: tuple(owners) for name, owners in found.items()}


def _names(row: Row) -> set[str]:
    written = [row["name"], row["name_zh"], *row["aliases"].split("|")]
    written += [BRACKETED.sub("", row["name"]), *_regional(row["name"])]
    return {funder_key(name) for name in written if is_han(name) or letters(name) > SHORT} - {""}


def _brands(row: Row) -> set[str]:
    return {_brand(name) for name in _names(row)} - {""}


def _brand(key: str) -> str:
    """Words of a company's key before legal forms and words for parts; "" if few letters are left.

    Of "Foo Technologies Co Ltd" it is "foo".
    """
    words = key.split()
    while len(words) > 1 and words[-1] in company_words():
        words.pop()
    return " ".join(words) if letters(key) > SHORT and letters("".join(words)) > SHORT else ""


@cache
def company_words() -> frozenset[str]:
    """Legal forms and words for parts of companies, each as a word of a `funder_key`."""
    listed = [r["word"] for r in load.rows("address_words") if r["role"] in COMPANY_ROLES]
    return frozenset(word for name in listed for word in funder_key(name).split())


def _regional(name: str) -> list[str]:
    """Other orders of the words of a province's or a municipality's fund; none of others."""
    of, before = OF_REGION.fullmatch(name), REGIONAL.fullmatch(name)
    if of:
        fund, place, kind = of.groups()
    elif before:
        place, kind, fund = before.groups()
    else:
        return []
    provincial = kind == "Provinc"
    adjective, noun = ("Provincial", "Province") if provincial else ("Municipal", "Municipality")
    forms = [f"{place} {adjective} {fund}", f"{fund} of {place} {noun}", f"{place} {fund}"]
    forms += [f"{fund} of {place}", f"{place} {noun} {fund}"]
    return [*forms, *(f"{form} of China" for form in forms)]


def _acronyms(row: Row) -> set[str]:
    inside = re.findall(r"\(([^()]*)\)$", row["name"])
    names = (*row["aliases"].split("|"), *inside, row["name"])
    return {name for name in names if is_acronym(name) or BRIEF.fullmatch(name)}


def _pairs(row: Row) -> set[str]:
    return {name for name in row["aliases"].split("|") if len(name) == SHORTEST_ACRONYM - 1}


def _is_union(one: Row, other: Row) -> bool:
    """Whether two entries are a union's of countries and its own programme's."""
    both = one["type"] == other["type"] == SUPRANATIONAL
    return both and bool(one["country"]) and one["country"] == other["country"]
