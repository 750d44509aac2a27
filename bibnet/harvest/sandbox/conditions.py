"""The filter language: `,` AND, `|` OR, a space (a `+` in the address) AND within a field, `!` NOT.

The reading is OpenAlex's own, with its trap: a value that holds `|` is split there and nowhere
else, so that `CN+DE|FR` is "CN DE" or "FR", which is every French work (openalex.md 2.3).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bibnet.harvest.sandbox.answers import Refusal, bad_query, plan_upgrade
from bibnet.harvest.sandbox.fields import WORD, Field, bare_doi, last_part

MOST_VALUES = 100
OPENALEX_ID = re.compile(r"[a-z]\d{2,}", re.IGNORECASE)
NOT_SPLIT_AT_SPACES = frozenset({"search", "number", "count", "flag", "exists"})
Test = Callable[[frozenset[Any]], bool]


@dataclass(frozen=True)
class Condition:
    """One `field:value`; `holds` takes the field's comparable values in an object."""

    field: Field
    value: str
    holds: Test


def parse_filter(text: str, fields: Mapping[str, Field]) -> list[Condition]:
    """Conditions of a `filter` parameter, all of which must hold; raises Refusal."""
    conditions = []
    for part in text.split(",") if text else ():
        name, colon, value = part.partition(":")
        if not colon:
            raise bad_query(f"Invalid query parameter in {part}.")
        field = find_field(name.replace("-", "_"), fields)
        conditions.append(Condition(field, value, _reading(field, value)))
    return conditions


def find_field(name: str, fields: Mapping[str, Field]) -> Field:
    """The field of a name; raises Refusal when unknown, paid for, or not in the sandbox."""
    if name not in fields:
        known = ", ".join(sorted(set(fields) - {"from_updated_date"}))
        raise bad_query(
            f"{name} is not a valid field. "
            f"Valid fields are underscore or hyphenated versions of: {known}"
        )
    field = fields[name]
    if field.kind == "paid":
        raise Refusal(plan_upgrade(name))
    if field.kind == "unsupported":
        raise bad_query(f"{name} is a valid field, but the sandbox does not answer it.")
    return field


def _reading(field: Field, value: str) -> Test:
    if "|" in value:
        return _any_of(field, value)
    if " " in value and field.kind not in NOT_SPLIT_AT_SPACES:
        parts = value.split(" ")
        _check_count(field, parts)
        tests = [_one(field, part) for part in parts]
        return lambda found: all(test(found) for test in tests)
    return _one(field, value)


def _any_of(field: Field, value: str) -> Test:
    parts = value.split("|")
    _check_count(field, parts)
    if value.startswith("!"):
        tests = [_one(field, part.replace("!", "")) for part in parts]
        return lambda found: not any(test(found) for test in tests)
    for part in parts:
        if part.startswith("!"):
            raise bad_query(
                "The ! operator can only be used at the beginning of an OR query, like "
                "/works?filter=concepts.id:!C144133560|C15744967, meaning NOT (C144133560 or "
                f"C15744967). Problem value: {part}"
            )
    tests = [_one(field, part) for part in parts]
    return lambda found: any(test(found) for test in tests)


def _check_count(field: Field, parts: list[str]) -> None:
    if len(parts) > MOST_VALUES:
        raise bad_query(
            f"Maximum number of values exceeded for {field.name}. Decrease values to "
            f"{MOST_VALUES} or below, or consider downloading the full dataset at "
            "https://docs.openalex.org/download-snapshot"
        )


def _one(field: Field, value: str) -> Test:
    """Test of one value: null, !null, !value or value."""
    if value == "null":
        return lambda found: not found
    if value == "!null":
        return bool
    if field.kind == "search" and any(word.startswith("!") for word in value.split()):
        raise bad_query(f"Search filters do not support the ! operator. Problem value: {value}")
    if value.startswith("!"):
        test = _plain(field, value[1:])
        return lambda found: not test(found)
    return _plain(field, value)


def _plain(field: Field, value: str) -> Test:
    if field.kind in TESTS:
        return TESTS[field.kind](field, value)
    # Country codes may come as `countries/DE`, continents as `continents/europe`.
    wanted = re.sub(r"^(countries|continents|types)/", "", value.strip().lower())
    return lambda found: wanted in found


def _id(_: Field, value: str) -> Test:
    if not OPENALEX_ID.search(value):
        bare = value.replace("https://openalex.org/", "")
        raise bad_query(f"'{bare}' is not a valid OpenAlex ID.")
    wanted = last_part(value.strip())
    return lambda found: wanted in found


def _tail(_: Field, value: str) -> Test:
    wanted = last_part(value.strip())
    return lambda found: wanted in found


def _doi(_: Field, value: str) -> Test:
    wanted = bare_doi(value.strip())
    return lambda found: wanted in found


def _prefix(_: Field, value: str) -> Test:
    wanted = bare_doi(value.strip())
    return lambda found: any(doi.startswith(wanted) for doi in found)


def _flag(field: Field, value: str) -> Test:
    wanted = value.strip().lower()
    if wanted not in ("true", "false"):
        raise bad_query(f"Value for {field.name} must be true, false null, or !null: not {wanted}.")
    return lambda found: wanted in found


def _number(field: Field, value: str) -> Test:
    """A number, `>n`, `<n`, `n-`, `-n` or `n-m` (both ends included)."""
    text = value.strip()
    if text.startswith("<"):
        high = _float(field, text[1:])
        return lambda found: any(number < high for number in found)
    if text.startswith(">"):
        low = _float(field, text[1:])
        return lambda found: any(number > low for number in found)
    first, dash, last = text.partition("-")
    low = _float(field, first) if first or not dash else float("-inf")
    high = _float(field, last) if last else float("inf") if dash else low
    return lambda found: any(low <= number <= high for number in found)


def _float(field: Field, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise bad_query(f"Value for param {field.name} must be a number.") from None


def _date(field: Field, value: str) -> Test:
    day = value.strip().lstrip("<>")
    try:
        date.fromisoformat(day)
    except ValueError:
        raise bad_query(
            f"Value for param {field.name} is an invalid date. "
            "Format is yyyy-mm-dd (e.g. 2020-05-17)."
        ) from None
    if value.startswith("<"):
        return lambda found: any(each < day for each in found)
    if value.startswith(">"):
        return lambda found: any(each > day for each in found)
    if field.kind == "from":
        return lambda found: any(each >= day for each in found)
    if field.kind == "to":
        return lambda found: any(each <= day for each in found)
    return lambda found: day in found


def _search(_: Field, value: str) -> Test:
    """Words, all of which must occur; `OR` between groups, `NOT` before a word."""
    groups = [_group(part) for part in value.split(" OR ")]
    return lambda found: any(wanted <= found and not barred & found for wanted, barred in groups)


def _group(text: str) -> tuple[frozenset[str], frozenset[str]]:
    barred = re.findall(r"\bNOT\s+(\w+)", text)
    rest = re.sub(r"\bNOT\s+\w+", " ", text)
    wanted = [word for word in WORD.findall(rest) if word != "AND"]
    return frozenset(w.lower() for w in wanted), frozenset(w.lower() for w in barred)


def search_condition(field: Field, text: str) -> Condition:
    """The condition that the parameter `search` stands for."""
    return Condition(field, text, _one(field, text))


TESTS: Mapping[str, Callable[[Field, str], Test]] = {
    "id": _id,
    "cited_by": _id,
    "tail": _tail,
    "doi": _doi,
    "prefix": _prefix,
    "flag": _flag,
    "exists": _flag,
    "number": _number,
    "count": _number,
    "date": _date,
    "from": _date,
    "to": _date,
    "search": _search,
}
