"""Findings on how much is done together: sentences computed from the numbers of the run.

Each sentence is made by one function, whose text says when it is allowed; else it is silent. None
says why something is so.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from bibnet.report.content.cell import Cell
from bibnet.report.content.in_text import country_in_text, side_in_text
from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.totals import FEW_WORKS, Totals, corpus_totals, total
from bibnet.report.content.wording import (
    count,
    counted,
    country_name,
    is_undefined,
    listing,
    sentence_case,
    side_name,
    year_span,
)
from bibnet.report.findings.finding import Counted, Finding, counted_part
from bibnet.report.findings.rules import Hits, difference_of, direction, named_part, part, points
from bibnet.storage.frames import records

CHANGE = "First and last year"
EVERY = {"side": "all"}
UNDECIDED = "undecided_works"
OF_ALL = (Cell("years", EVERY, "joint_works"), Cell("years", EVERY, "works"))
NAMED = 3  # countries or institutions named in one sentence


def volume_findings(content: ReportContent) -> list[Finding]:
    """Return what the corpus holds and how much of it is joint, over all years and by year."""
    totals = corpus_totals(content)
    if not totals.works:
        return [Finding("Corpus", "This run has no work by year, so it has no findings.")]
    return [_joint(content, totals), *_change(content, totals), *_by_side(content)]


def country_findings(content: ReportContent) -> list[Finding]:
    """Return which countries of each side take part most."""
    return [finding for side in content.sides for finding in _leading_countries(content, side)]


def few_words(works: int) -> str:
    """Say why no share is told of a small number of works, or nothing."""
    return (
        " Of so few works no share is told: one work more or less would move it by "
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


def corpus_sentence(totals: Totals) -> str:
    """What the corpus holds; how many authorships have a country, where there are any."""
    known = (
        f"; a country is known for {_known(totals)}" if totals.authorships_share is not None else ""
    )
    return f"The corpus holds {counted(totals.works, 'work')} of {year_span(totals.years)}{known}."


def _known(totals: Totals) -> str:
    return part(totals.authorships_with_country, totals.authorships, "authorship")


def without_authors_sentence(works: int) -> str:
    """How many works the undecided ones do not hold though nothing is known of their authors."""
    if not works:
        return ""
    names, are = ("names", "is") if works == 1 else ("name", "are")
    return f" {counted(works, 'work')} {names} no author and {are} not among the undecided."


def joint_sentence(joint: Hits, sides: str) -> str:
    """How many works are joint, and how many could be; a share always with its counts."""
    with_them = _with_undecided(joint) if joint.undecided else ""
    some = part(joint.hits, joint.number, "work") if joint.hits else "None of the works"
    verb = "have" if joint.hits > 1 else "has"
    text = f"{some} {verb} a country of every side ({sides})."
    return f"{text}{with_them}{few_words(joint.number)}"


def _with_undecided(joint: Hits) -> str:
    one, number = joint.undecided == 1, count(joint.undecided)
    if joint.hits:
        others, too = "One other work has" if one else f"Another {number} works have", " too"
    else:
        others, too = "One work has" if one else f"{number} works have", ""
    would = f"{'that' if one else 'those'} would make {part(joint.most, joint.number, 'work')}"
    return f" {others} an author of unknown country and may be joint{too}; {would}."


def change_sentence(first: tuple[int, Hits], last: tuple[int, Hits]) -> str:
    """Two years side by side: "rose" and "fell" only where the interval allows it.

    The interval is that of the difference, whatever the undecided works are. Years are given with
    FEW_WORKS works or more each.
    """
    interval = difference_of(last[1], first[1])
    said = {1: "The share rose", -1: "The share fell"}.get(direction(interval))
    words = said or "Whether the share changed cannot be told"
    spread = points(interval)
    if first[1].undecided or last[1].undecided:
        spread += ", whichever way the undecided works fall"
    return f"{sentence_case(_year(*first))}; {_year(*last)}. {words} ({spread})."


def _year(year: int, joint: Hits) -> str:
    undecided = f", with {count(joint.undecided)} undecided" if joint.undecided else ""
    verb = "was" if joint.hits == 1 else "were"
    return f"in {year}, {part(joint.hits, joint.number, 'work')} {verb} joint{undecided}"


def left_out_sentence(provisional: tuple[int, ...]) -> str:
    """Which years are not compared because they still grow; nothing without one."""
    if not provisional:
        return ""
    years = listing([str(year) for year in provisional])
    return f" {years} {'is' if len(provisional) == 1 else 'are'} provisional and left out."


def _joint(content: ReportContent, totals: Totals) -> Finding:
    start = corpus_sentence(totals)
    if totals.share is None:
        return Finding("Joint works", start)
    high = totals.share if totals.share_high is None else totals.share_high
    undecided = max(round(high * totals.works) - totals.joint_works, 0)
    sides = listing([side_in_text(side) for side in content.sides])
    joint = Hits(totals.joint_works, totals.works, undecided)
    unknown = without_authors_sentence(totals.works_without_authors)
    text = f"{start} {joint_sentence(joint, sides)}{unknown}"
    return Finding("Joint works", text, _counted_of_all(start, joint, totals.works_without_authors))


def _counted_of_all(start: str, joint: Hits, without_authors: int) -> list[Counted]:
    """The numbers of the first finding in their order; what is written as a word opens nothing."""
    works = Cell("years", EVERY, "works")
    found = [Counted("The corpus holds ", count(joint.number), works)]
    if joint.hits:
        found += counted_part(f"{start} ", joint.hits, joint.number, OF_ALL)
    if joint.undecided > 1:
        before = ". Another " if joint.hits else ". "
        found.append(Counted(before, count(joint.undecided), Cell("years", EVERY, UNDECIDED)))
    if joint.undecided:
        found.append(Counted(f" make {count(joint.most)} of ", count(joint.number), works))
    if without_authors:
        cell = Cell("coverage", {}, "works_without_authors")
        found.append(Counted(". ", count(without_authors), cell))
    return found


def hits_of(row: Mapping[str, Any]) -> Hits:
    """Joint works of a row of years.csv, and the undecided ones that its bounds tell."""
    works, joint = int(row["works"]), int(row["joint_works"])
    high = row["share_high"]
    most = joint if is_undefined(high) else round(float(high) * works)
    return Hits(joint, works, max(most - joint, 0))


def added(parts: Sequence[Hits]) -> Hits:
    """The parts as one."""
    return Hits(
        sum(one.hits for one in parts),
        sum(one.number for one in parts),
        sum(one.undecided for one in parts),
    )


def _change(content: ReportContent, totals: Totals) -> list[Finding]:
    """First and last year with FEW_WORKS works, of those that are known not to be provisional."""
    years = content.exhibit("years")
    settled = ~years["provisional"].fillna(True).astype(bool)
    rows = years[(years["side"] == "all") & settled & years["share"].notna()]
    rows = rows[rows["works"].fillna(0) >= FEW_WORKS].sort_values("year")
    if len(rows) < 2 or not rows["joint_works"].sum():
        return []
    first, *_between, last = records(rows)
    text = change_sentence(*((int(row["year"]), hits_of(row)) for row in (first, last)))
    numbers = [one for row in (first, last) for one in _counted_of_year(row)]
    known = years[(years["side"] == "all") & settled & (years["works"].fillna(0) > 0)]["year"]
    if known.min() < first["year"] or known.max() > last["year"]:
        text += (
            f" {first['year']} and {last['year']} are the first and the last year of {FEW_WORKS} "
            "works or more."
        )
    text += left_out_sentence(totals.provisional)
    return [Finding(CHANGE, text, numbers)]


def _counted_of_year(row: Mapping[str, Any]) -> list[Counted]:
    """The numbers of a year in the order of its sentence: joint works, all works, undecided."""
    keys, joint = {**EVERY, "year": int(row["year"])}, hits_of(row)
    cells = [Cell("years", keys, name) for name in ("joint_works", "works", UNDECIDED)]
    found = counted_part(f"n {row['year']}, ", joint.hits, joint.number, cells)
    if joint.undecided:
        found.append(Counted(" joint, with ", count(joint.undecided), cells[2]))
    return found


def side_sentence(parts: Mapping[str, Hits]) -> str:
    """Joint works as a part of each side's works; with undecided ones where there are any."""
    return " ".join(_of_side(side, joint) for side, joint in parts.items())


def _of_side(side: str, joint: Hits) -> str:
    verb = "is" if joint.hits == 1 else "are"
    most = part(joint.most, joint.number, "work")
    with_them = f", {most} with undecided ones" if joint.undecided else ""
    return f"{side}: {part(joint.hits, joint.number, 'work')} {verb} joint{with_them}."


def _by_side(content: ReportContent) -> list[Finding]:
    years, known = content.exhibit("years"), content.exhibit("coverage")
    parts: dict[str, Hits] = {}
    numbers: list[Counted] = []
    for side in content.sides:
        rows = years[(years["side"] == side) & years["share"].notna()]
        if total(rows["works"]):
            parts[side_name(side)] = added([hits_of(row) for row in records(rows)])
            numbers += _counted_of_side(side, parts[side_name(side)])
    if len(parts) < 2 or not total(years["joint_works"]):
        return []
    works = total(known["works"])
    placed = total(known["works_with_country"])
    others = "; the others count for no side" if placed < works else ""
    beside = f" A country is known for {part(placed, works, 'work')}{others}." if works else ""
    cells = [Cell("coverage", {}, name) for name in ("works_with_country", "works")]
    numbers += counted_part(" A country is known for ", placed, works, cells)
    return [Finding("Seen from each side", f"{side_sentence(parts)}{beside}", numbers)]


def _counted_of_side(side: str, joint: Hits) -> list[Counted]:
    """The numbers of a side in the order of its sentence."""
    cells = [Cell("years", {"side": side}, name) for name in ("joint_works", "works")]
    found = counted_part(f"{side_name(side)}: ", joint.hits, joint.number, cells)
    if joint.undecided:
        found.append(Counted(f", {count(joint.most)} of ", count(joint.number), cells[1]))
    return found


def _leading_countries(content: ReportContent, side: str) -> list[Finding]:
    countries = content.exhibit("countries")
    top = leaders(countries[countries["side"] == side], "joint_works", "country")
    joint = corpus_totals(content).joint_works
    if top.empty or len(content.sides[side]) < 2 or not joint:
        return []
    names = [
        country_in_text(country_name(row["country"], content.country_names)) for row in records(top)
    ]
    named = [
        named_part(name, row["joint_works"], joint, "joint work")
        for name, row in zip(names, records(top), strict=True)
    ]
    numbers = [
        one
        for name, row in zip(names, records(top), strict=True)
        for one in counted_part(
            f"{name} (",
            int(row["joint_works"]),
            joint,
            [Cell("countries", {"country": row["country"]}, "joint_works"), OF_ALL[0]],
        )
    ]
    return [
        Finding(
            f"Countries: {side_name(side)}",
            f"Most joint works: {listing(named)}. A work with several countries counts once for "
            f"each.{few_words(joint)}",
            numbers,
        )
    ]
