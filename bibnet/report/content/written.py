"""How the cells of an exhibit are written: names for codes, percentages, counts, dates."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.wording import (
    NOTHING,
    clean,
    count,
    country_name,
    decimal,
    group_name,
    is_undefined,
    listing,
    share,
    side_name,
    title_text,
)
from bibnet.schema import Column

COUNTRY_COLUMNS = frozenset(
    ["country", "country_a", "country_b", "funder_country", "partner_country"]
)
GROUP_COLUMNS = frozenset(["group", "compared_with"])
PARTS_COLUMNS = frozenset(["countries", "sides"])  # of communities: text, "US 0.43; CN 0.06"
SIDE_COLUMNS = frozenset(["side", "side_a", "side_b"])
# Codes joined by |, with _ for a space: shown as words.
CODE_COLUMNS = frozenset(
    [
        "type",
        "category",
        "lists",
        "rules",
        "funder_type",
        "reference",
        "adjusted_for",
        "family",
        "recognised_by",
        "verdict",
        "kind",
        "guard",
        "number",
    ]
)
CHANCES = frozenset(["p", "q", "p_upper", "p_lower"])
SMALLEST_CHANCE = 0.001
ALL = "all"
MEDIAN = "median"  # of counts: a whole number or half of one
SIDES_COLUMN = "paid_by"  # sides joined by |, or words
TITLE_COLUMN = "title"
LISTED_COLUMN = "listed"  # when a list held the body, seen from the work
LISTED_WORDS: Mapping[str, str] = {"then": "yes", "since": "later", "until": "no longer"}
REASON_COLUMN = "_reason"  # the end of names of columns that say why a number is empty
REASONS: Mapping[str, str] = {
    "small_cells": "too few works of the same field, year and type",
    "few_works": "too few works",
    "few_units": "too few institutions",
    "no_work": "no work is judged",
    "no_tie": "no tie",
    "no_common_stratum": "no team size in common",
    "joint_works_only": "joint works alone are no reference set",
}


def written_rows(
    content: ReportContent, columns: Sequence[Column], values: Mapping[str, Iterable[object]]
) -> list[list[str]]:
    """Write the values of columns, by their names, as text, row by row."""
    written = [
        [_written(content, column, value) for value in values[column.name]] for column in columns
    ]
    return [list(row) for row in zip(*written, strict=True)]


def _written(content: ReportContent, column: Column, value: object) -> str:
    named = NAMED.get(column.name)
    if named:
        return named(content, value) or NOTHING
    if column.name.endswith(REASON_COLUMN):
        return REASONS.get(clean(value), clean(value).replace("_", " ")) or NOTHING
    return WRITERS[column.type](column, value)


def _side_or_all(_content: ReportContent, value: object) -> str:
    name = clean(value)
    return side_name(name) if name not in ("", ALL) else name or "none"


def _sides(content: ReportContent, value: object) -> str:
    """The names of sides joined by |; other words as they are."""
    return listing([_side(content, part) for part in clean(value).split("|")])


def _codes(_content: ReportContent, value: object) -> str:
    return clean(value).replace("_", " ").replace("|", ", ")


def _listed(_content: ReportContent, value: object) -> str:
    return LISTED_WORDS.get(clean(value), clean(value))


def _title(_content: ReportContent, value: object) -> str:
    return title_text(value)


def _group(_content: ReportContent, value: object) -> str:
    return group_name(value)


def _countries(content: ReportContent, value: object) -> str:
    """The names of one code, or of several joined by |."""
    codes = clean(value).split("|")
    return listing([country_name(code, content.country_names) for code in codes])


def _parts(content: ReportContent, value: object) -> str:
    """Parts of a community by country or side: `US 0.43; none 0.06` as United States 43%, ..."""
    named = []
    for part in clean(value).split("; "):
        name, _, fraction = part.rpartition(" ")
        if not name:
            return clean(value)
        whole = country_name(_side(content, name), content.country_names)
        named.append(f"{whole} {float(fraction):.0%}")
    return ", ".join(named)


def _side(content: ReportContent, name: str) -> str:
    return side_name(name) if name in content.sides else name


def _write_integer(column: Column, value: object) -> str:
    return count(value).replace(",", "") if column.name == "year" else count(value)


def _write_number(column: Column, value: object) -> str:
    if is_undefined(value):
        return NOTHING
    if column.name in CHANCES and float(str(value)) < SMALLEST_CHANCE:
        return f"<{SMALLEST_CHANCE}"
    if column.unit == "rank" or column.name == MEDIAN:
        return f"{float(str(value)):,g}"
    return share(value) if column.unit == "fraction" else decimal(value)


def _write_flag(_column: Column, value: object) -> str:
    return NOTHING if is_undefined(value) else "yes" if value else "no"


def _write_text(_column: Column, value: object) -> str:
    return clean(value).replace("|", ", ") or NOTHING


WRITERS: Mapping[str, Callable[[Column, object], str]] = {
    "text": _write_text,
    "integer": _write_integer,
    "number": _write_number,
    "flag": _write_flag,
    "time": _write_text,
}
NAMED: Mapping[str, Callable[[ReportContent, object], str]] = {
    **dict.fromkeys(COUNTRY_COLUMNS, _countries),
    **dict.fromkeys(SIDE_COLUMNS, _side_or_all),
    **dict.fromkeys(GROUP_COLUMNS, _group),
    **dict.fromkeys(PARTS_COLUMNS, _parts),
    **dict.fromkeys(CODE_COLUMNS, _codes),
    SIDES_COLUMN: _sides,
    TITLE_COLUMN: _title,
    LISTED_COLUMN: _listed,
}
