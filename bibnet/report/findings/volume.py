"""Findings on how much is done together: sentences computed from the numbers of the run.

A sentence appears only where its number is defined. None says why something is so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.totals import FEW_WORKS, Totals, corpus_totals, ratio, total
from bibnet.report.content.wording import (
    clean,
    count,
    counted,
    country_name,
    decimal,
    is_undefined,
    listing,
    share,
    side_name,
    year_span,
)
from bibnet.storage.frames import records

NAMED = 3  # countries or institutions named in one sentence
PAIR_HEADING = "Strongest pair of countries across sides"


@dataclass(frozen=True)
class Finding:
    """One sentence or two, under a short heading."""

    heading: str
    text: str


def volume_findings(content: ReportContent) -> list[Finding]:
    """Return what the corpus holds and how much of it is joint, over all years and by year."""
    totals = corpus_totals(content)
    if not totals.works:
        return [Finding("Corpus", "This run has no work by year, so it has no findings.")]
    return [_corpus(content, totals), *_change(content, totals), *_by_side(content)]


def country_findings(content: ReportContent) -> list[Finding]:
    """Return which countries of each side take part most, and the strongest pair across sides."""
    leading = [finding for side in content.sides for finding in _leading_countries(content, side)]
    return [*leading, *_strongest_pair(content)]


def few_words(works: int) -> str:
    """Say that a number of works is small, or nothing."""
    return (
        f" With only {counted(works, 'work')}, one work more or less moves a share by "
        f"{100 / works:.1f} percentage points."
        if 0 < works < FEW_WORKS
        else ""
    )


def leaders(frame: pd.DataFrame, fact: str, key: str) -> pd.DataFrame:
    """Return the rows with most of a fact, at most three, above zero; equal ones by key.

    Rows that tie with one that is not returned are left out, so that chance names no one.
    """
    ordered = frame[frame[fact].fillna(0) > 0].sort_values([fact, key], ascending=[False, True])
    next_best = ordered[fact].iloc[NAMED] if len(ordered) > NAMED else 0
    return ordered[ordered[fact] > next_best].head(NAMED)


def _corpus(content: ReportContent, totals: Totals) -> Finding:
    start = (
        f"The corpus holds {counted(totals.works, 'work')} of {year_span(totals.years)}"
        f"{_known_country(totals)}."
    )
    sides = listing([side_name(side) for side in content.sides])
    if not totals.joint_works:
        return Finding(
            "Joint works", f"{start} None of them has a country of every side ({sides})."
        )
    return Finding(
        "Joint works",
        f"{start} {_joint(totals)} a country of "
        f"every side ({sides}).{_at_most(totals)}{few_words(totals.works)}",
    )


def _joint(totals: Totals) -> str:
    verb = "has" if totals.joint_works == 1 else "have"
    return f"{counted(totals.joint_works, 'work')} ({share(totals.share)}) {verb}"


def _known_country(totals: Totals) -> str:
    known = totals.authorships_share
    if known is None:
        return ""
    return (
        f"; a country is known for {share(known)} of their "
        f"{counted(totals.authorships, 'authorship')}"
    )


def _at_most(totals: Totals) -> str:
    if totals.share_high is None or share(totals.share_high) == share(totals.share):
        return ""
    return (
        f" The share would be {share(totals.share_high)} if every work with an authorship of "
        "unknown country were joint as well."
    )


def _change(content: ReportContent, totals: Totals) -> list[Finding]:
    years = content.exhibit("years")
    rows = years[(years["side"] == "all") & ~years["provisional"].fillna(False).astype(bool)]
    rows = rows[rows["works"].fillna(0) > 0].sort_values("year")
    if len(rows) < 2 or not rows["share"].notna().all() or not rows["joint_works"].sum():
        return []
    first, *_between, last = records(rows)
    fewest = min(int(first["works"]), int(last["works"]))
    text = f"{_one_year(first)}; {_one_year(last)}.{_late(totals)}"
    small = f" One of these years has only {counted(fewest, 'work')}." if fewest < FEW_WORKS else ""
    return [Finding("First and last final year", text + small)]


def _one_year(row: Mapping[str, Any]) -> str:
    low, high = share(row["share_low"]), share(row["share_high"])
    most = "" if is_undefined(row["share_high"]) or low == high else f", at most {high}"
    works = f"{counted(row['joint_works'], 'joint work')} of {count(row['works'])}"
    return f"{row['year']}: {works} ({low}{most})"


def _late(totals: Totals) -> str:
    if not totals.provisional:
        return ""
    years = listing([str(year) for year in totals.provisional])
    return f" {years} {'is' if len(totals.provisional) == 1 else 'are'} provisional and left out."


def _by_side(content: ReportContent) -> list[Finding]:
    years = content.exhibit("years")
    parts, known = [], content.exhibit("coverage")
    for side in content.sides:
        rows = years[years["side"] == side]
        part = ratio(total(rows["joint_works"]), total(rows["works"]))
        if part is not None and rows["share"].notna().any():
            works = total(rows["works"])
            reach = ratio((rows["share_high"] * rows["works"].astype("float64")).sum(), works)
            most = "" if share(reach) == share(part) else f", at most {share(reach)},"
            shown = counted(works, "work")
            parts.append(f"{share(part)}{most} of the {shown} of {side_name(side)}")
    if len(parts) < 2 or not total(years["joint_works"]):
        return []
    covered = ratio(total(known["works_with_country"]), total(known["works"]))
    beside = f" A country is known for {share(covered)} of all works." if covered else ""
    return [Finding("Seen from each side", f"Joint works are {listing(parts)}.{beside}")]


def _leading_countries(content: ReportContent, side: str) -> list[Finding]:
    countries = content.exhibit("countries")
    top = leaders(countries[countries["side"] == side], "joint_works", "country")
    if top.empty or len(content.sides[side]) < 2:
        return []
    named = [
        f"{country_name(row['country'], content.country_names)} "
        f"({count(row['joint_works'])}, {share(row['share_of_joint'])} of all joint works)"
        for row in records(top)
    ]
    joint = corpus_totals(content).joint_works
    return [
        Finding(
            f"Countries: {side_name(side)}",
            f"Most joint works: {listing(named)}. A work with several countries counts once for "
            f"each.{few_words(joint)}",
        )
    ]


def _strongest_pair(content: ReportContent) -> list[Finding]:
    pairs = content.exhibit("country_pairs")
    across = [
        _crosses(content, a, b) for a, b in zip(pairs["country_a"], pairs["country_b"], strict=True)
    ]
    top = leaders(pairs[pd.Series(across, pairs.index, dtype=bool)], "works", "country_a")
    if top.empty:
        return []
    if len(top) > 1 and top["works"].iloc[0] == top["works"].iloc[1]:
        return [
            Finding(PAIR_HEADING, _equal_pairs(content, top[top["works"] == top["works"].max()]))
        ]
    row = records(top)[0]
    names = _pair_names(content, row)
    strength = row["association_strength"]
    compared = (
        ""
        if is_undefined(strength)
        else f", {decimal(strength)} times the number expected "
        "from the totals of both (association strength)"
    )
    text = f"{names}: {counted(row['works'], 'work')} in common{compared}."
    return [Finding(PAIR_HEADING, text)]


def _equal_pairs(content: ReportContent, pairs: pd.DataFrame) -> str:
    names = [_pair_names(content, row) for row in records(pairs)]
    return f"{'; '.join(names)}: {counted(pairs['works'].iloc[0], 'work')} in common each."


def _pair_names(content: ReportContent, row: Mapping[str, Any]) -> str:
    return " and ".join(
        country_name(row[column], content.country_names) for column in ("country_a", "country_b")
    )


def _crosses(content: ReportContent, first: object, second: object) -> bool:
    sides = content.side_of(clean(first)), content.side_of(clean(second))
    return all(sides) and sides[0] != sides[1]
