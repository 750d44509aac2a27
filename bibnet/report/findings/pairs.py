"""Findings on pairs across the sides: which has most works in common, and what chance gives."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from bibnet.report.content.cell import Cell
from bibnet.report.content.in_text import country_in_text
from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.wording import (
    clean,
    count,
    counted,
    country_name,
    is_undefined,
    sentence_case,
)
from bibnet.report.findings.finding import Counted, Finding
from bibnet.report.findings.rules import against_chance
from bibnet.report.findings.volume import leaders
from bibnet.storage.frames import records

COUNTRIES = "Countries of two sides with most works in common"
INSTITUTIONS = "Institutions of two sides with most works in common"
DUAL = "dual_affiliation_works"


def country_pair_findings(content: ReportContent) -> list[Finding]:
    """Return the pair of countries with most works in common, or the pairs that share that place.

    One pair comes with the verdict of the run's test against chance.
    """
    pairs = content.exhibit("country_pairs")
    across = [
        _crosses(content, a, b) for a, b in zip(pairs["country_a"], pairs["country_b"], strict=True)
    ]
    top = leaders(pairs[pd.Series(across, pairs.index, dtype=bool)], "works", "country_a")
    first = records(top[top["works"] == top["works"].max()])
    if not first:
        return []
    names = [country_pair(row, content.country_names) for row in first]
    if len(first) > 1:
        each = [
            _counted(f"{name}: ", "country", row) for name, row in zip(names, first, strict=True)
        ]
        return [Finding(COUNTRIES, equal_pairs_sentence(names, first[0]["works"]), each)]
    tested = _tested(content, "country", first[0])
    text = f"{names[0]}: {counted(first[0]['works'], 'work')}."
    number = _counted(f"{names[0]}: ", "country", first[0])
    return [Finding(COUNTRIES, f"{text} {against_chance(tested, 'countries')}", [number])]


def institution_pair_findings(content: ReportContent) -> list[Finding]:
    """Return the one pair of institutions with most works in common; nothing where several have."""
    pairs = content.exhibit("institution_pairs")
    top = leaders(pairs[pairs["cross_side"].fillna(False).astype(bool)], "works", "institution_a")
    first = records(top[top["works"] == top["works"].max()])
    if len(first) != 1:
        return []
    row = first[0]
    names = f"{clean(row['name_a'])} and {clean(row['name_b'])}: "
    text = f"{names}{shared_sentence(row)}"
    tested = _tested(content, "institution", row)
    numbers = [_counted(names, "institution", row)]
    if not is_undefined(row[DUAL]) and row[DUAL]:
        before = f"{counted(row['works'], 'work').removeprefix(numbers[0].number)}, "
        numbers.append(_counted(before, "institution", row, DUAL))
    return [Finding(INSTITUTIONS, f"{text} {against_chance(tested, 'institutions')}", numbers)]


def _counted(before: str, level: str, row: Mapping[str, Any], name: str = "works") -> Counted:
    """A number of works of a pair, behind its names or its works."""
    keys = {end: row[end] for end in (f"{level}_a", f"{level}_b")}
    return Counted(before, count(row[name]), Cell(f"{level}_pairs", keys, name))


def equal_pairs_sentence(names: list[str], works: object) -> str:
    """Pairs that none of the others surpasses; no verdict, because each has its own."""
    told = counted(works, "work")
    return f"{'; '.join(f'{name}: {told}' for name in names)}."


def shared_sentence(row: Mapping[str, Any]) -> str:
    """Works of a pair, and on how many one person has both, where that is known."""
    dual = row[DUAL]
    one_person = (
        ""
        if is_undefined(dual)
        else f", {count(dual) if dual else 'none'} of them with one person at both"
    )
    return f"{counted(row['works'], 'work')}{one_person}."


def country_pair(row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Write the names of a pair of countries at the head of a sentence."""
    ends = [country_name(row[column], names) for column in ("country_a", "country_b")]
    return sentence_case(" and ".join(country_in_text(name) for name in ends))


def _tested(content: ReportContent, level: str, row: Mapping[str, Any]) -> Mapping[str, Any] | None:
    rows = content.exhibit(f"{level}_expectation")
    same = (rows[f"{level}_a"] == row[f"{level}_a"]) & (rows[f"{level}_b"] == row[f"{level}_b"])
    found = records(rows[same])
    return found[0] if found else None


def _crosses(content: ReportContent, first: object, second: object) -> bool:
    sides = content.side_of(clean(first)), content.side_of(clean(second))
    return all(sides) and sides[0] != sides[1]
