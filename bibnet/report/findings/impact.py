"""Findings on citation impact: joint works against works of one side, as they are and adjusted."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from bibnet.report.content.cell import Cell
from bibnet.report.content.in_text import group_in_text
from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.totals import FEW_WORKS
from bibnet.report.content.wording import (
    clean,
    count,
    counted,
    decimal,
    group_name,
    is_undefined,
    listing,
    minus,
)
from bibnet.report.findings.finding import Counted, Finding
from bibnet.report.findings.rules import (
    NO_INTERVAL,
    SIGNIFICANT,
    Interval,
    direction,
    family_wise,
    probability,
)
from bibnet.storage.frames import records

REFERENCES: Mapping[str, str] = {
    "ai_internal": "the works of this run of the same field, year and type",
    "openalex": "all works of the same field, year and type, as OpenAlex has it",
}
# As named in the exhibit; both adjustments stand in a sentence, or neither.
ADJUSTMENTS: Mapping[str, str] = {
    "authors": "at equal numbers of authors",
    "countries": "at equal numbers of countries",
}
CORRECTED = "corrected_p"  # of a row that is one of several comparisons


def impact_findings(content: ReportContent) -> list[Finding]:
    """Return normalised citations by group, and what is left of differences at equal teams."""
    return [*_groups(content), *_compared(content)]


def group_sentence(rows: Sequence[Mapping[str, Any]], reference: str) -> str:
    """Mean scores with their intervals; groups of FEW_WORKS works or more that have one.

    Nothing with fewer than two such groups. It compares nothing: the next sentence does.
    """
    enough = _told_groups(rows)
    if len(enough) < 2:
        return ""
    parts = [
        f"{group_name(row['group'])} {decimal(row['mncs'])} ({decimal(row['mncs_low'])} to "
        f"{decimal(row['mncs_high'])}, {counted(row['works_in_mncs'], 'work')})"
        for row in enough
    ]
    expected = REFERENCES.get(reference, reference)
    return (
        f"Mean normalised citation score with 95% stability interval (1 = mean of {expected}): "
        f"{listing(parts)}."
    )


def _told_groups(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [
        row
        for row in rows
        if not is_undefined(row["mncs_low"]) and float(row["works_in_mncs"] or 0) >= FEW_WORKS
    ]


def comparison_sentence(rows: Mapping[str, Mapping[str, Any]], group: str) -> str:
    """What is told of joint works against a group: as they are, and at equal teams.

    `rows` by adjustment, with CORRECTED where their p is one of several. "More" and "less" only
    where interval and test allow it. Nothing where
    the unadjusted difference itself cannot be judged. Of the adjusted ones each is given, or
    "cannot be told" stands in its place, both always.
    """
    interval = judged(rows.get("nothing"))
    if math.isnan(interval[0]):
        return ""
    plain = rows["nothing"]
    verb = {1: "are cited more than", -1: "are cited less than"}.get(_told(plain))
    start = (
        f"Joint works {verb} those of {group}"
        if verb
        else f"Whether joint works are cited more than those of {group} cannot be told"
    )
    adjusted = [f"{words} {_left(rows.get(name))}" for name, words in ADJUSTMENTS.items()]
    return f"{start}: the scores differ by {_number(plain)}; {'; '.join(adjusted)}."


def judged(row: Mapping[str, Any] | None) -> Interval:
    """The interval of a difference; NaN where either group has fewer than FEW_WORKS works."""
    if row is None or is_undefined(row["mncs_difference_low"]):
        return NO_INTERVAL
    fewest = min(float(row[f"{part}works_in_mncs"] or 0) for part in ("", "compared_"))
    ends = float(row["mncs_difference_low"]), float(row["mncs_difference_high"])
    return ends if fewest >= FEW_WORKS else NO_INTERVAL


def _left(row: Mapping[str, Any] | None) -> str:
    interval = judged(row)
    if row is None or math.isnan(interval[0]):
        return f"it cannot be told (fewer than {FEW_WORKS} works that can be compared)"
    told = "" if _told(row) else ", so no difference can be told"
    return f"by {_number(row)}{told}"


def _told(row: Mapping[str, Any]) -> int:
    """The direction of a judged difference; 0 where the test of exchanged works gives none.

    Intervals of skewed scores leave out zero too often where a group is small.
    """
    p = row.get(CORRECTED, row["mncs_difference_p"])
    return 0 if is_undefined(p) or float(p) > SIGNIFICANT else direction(judged(row))


def _number(row: Mapping[str, Any]) -> str:
    """The difference, its interval, the p of the test and the works on either side."""
    low, high = (decimal(row[f"mncs_difference_{end}"]) for end in ("low", "high"))
    joint = counted(row["works_in_mncs"], "joint work")
    works = f"{joint}, {counted(row['compared_works_in_mncs'], 'other')}"
    p = row["mncs_difference_p"]
    tested = "" if is_undefined(p) else f", {probability('p', p)}"
    corrected = row.get(CORRECTED, p)
    if tested and float(p) <= SIGNIFICANT < float(corrected):
        tested += f", {float(corrected):.3f} corrected for all comparisons"
    number = decimal(row["mncs_difference"])
    return minus(f"{number} (95% interval {low} to {high}{tested}; {works})")


def _groups(content: ReportContent) -> list[Finding]:
    rows = content.exhibit("citations")
    reference = clean(rows["reference"].iloc[0]) if len(rows) else ""
    text = group_sentence(records(rows), reference)
    numbers = [
        Counted(
            f" to {decimal(row['mncs_high'])}, ",
            count(row["works_in_mncs"]),
            Cell("citations", {"group": row["group"]}, "works_in_mncs"),
        )
        for row in _told_groups(records(rows))
    ]
    return [Finding("Normalised citations", text, numbers)] if text else []


def _compared(content: ReportContent) -> list[Finding]:
    rows = _corrected(records(content.exhibit("citations_compared")))
    found = []
    for group in sorted({row["compared_with"] for row in rows}):
        named = {str(row["adjusted_for"]): row for row in rows if row["compared_with"] == group}
        text = comparison_sentence(named, group_in_text(group))
        heading = f"Normalised citations of joint works and of {group_in_text(group)}"
        found += [Finding(heading, text, _counted_works(named))] if text else []
    return found


def _corrected(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The rows that sentences tell of, their p corrected for all that the sentences compare."""
    told = [row for row in rows if row["adjusted_for"] in ("nothing", *ADJUSTMENTS)]
    tests = [_p(row) for row in told]
    held = family_wise(tests)
    return [{**row, CORRECTED: p} for row, p in zip(told, held, strict=True)]


def _p(row: Mapping[str, Any]) -> float:
    """The p of a comparison that can be judged; NaN without one."""
    p = row["mncs_difference_p"]
    return math.nan if is_undefined(p) or math.isnan(judged(row)[0]) else float(p)


def _counted_works(rows: Mapping[str, Mapping[str, Any]]) -> list[Counted]:
    """The numbers of judged works in the order of the sentence, of each difference that is told."""
    found = []
    for name in ("nothing", *ADJUSTMENTS):
        row = rows.get(name)
        if row is None or math.isnan(judged(row)[0]):
            continue
        keys = {"compared_with": row["compared_with"], "adjusted_for": name}
        joint, others = count(row["works_in_mncs"]), count(row["compared_works_in_mncs"])
        found += [
            Counted("; ", joint, Cell("citations_compared", keys, "works_in_mncs")),
            Counted(", ", others, Cell("citations_compared", keys, "compared_works_in_mncs")),
        ]
    return found
