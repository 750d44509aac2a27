"""Findings on who takes part: institutions, funders, companies, listed bodies."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from bibnet.network.measures import weighted_network
from bibnet.report.content.cell import Cell
from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.totals import corpus_totals, works_of_years
from bibnet.report.content.wording import (
    clean,
    count,
    counted,
    is_undefined,
    listing,
    side_name,
)
from bibnet.report.findings.finding import Counted, Finding, counted_part
from bibnet.report.findings.rules import (
    Hits,
    difference_of,
    direction,
    named_part,
    part,
    points,
)
from bibnet.report.findings.volume import EVERY, OF_ALL, few_words, leaders
from bibnet.storage.frames import records

# What a flag is not: printed wherever listed bodies are shown.
NO_JUDGEMENT = (
    "A flag says that a published list holds the institution. It is no statement about a person "
    "and no finding of wrongdoing."
)
# What a body may be called by the card of its category; every other one is only listed.
NAMED_KINDS = ("defence", "security")
KIND_WORDS = "of the kind defence or security"
LISTED_ONLY = "only listed"
COMPANY_KEYS = ("institution_id", "institution", "country")
LISTED_KEYS = ("institution_id", "institution", "entry_id")
# Works and joint works that disclose a funder, whoever it is.
ANY_FUNDER = {"funder_country": "all", "funder_type": "all"}
DISCLOSED = (Cell("funding", ANY_FUNDER, "joint_works"), Cell("funding", ANY_FUNDER, "works"))


def institution_findings(content: ReportContent) -> list[Finding]:
    """Return the institutions with most joint works by side, and how the network hangs together."""
    institutions = content.exhibit("institutions")
    findings = []
    for side in content.sides:
        rows = institutions[institutions["side"] == side]
        top = leaders(rows, "joint_works", "institution_id")
        if len(top):
            named = [
                f"{clean(row['institution'])} ({count(row['joint_works'])})" for row in records(top)
            ]
            of_all = "the only institution" if len(rows) == 1 else f"of {len(rows):,} institutions"
            text = f"Most joint works: {listing(named)}, {of_all}."
            numbers = _joint_works_of(top, "institutions", ("institution_id",), "institution")
            findings.append(Finding(f"Institutions: {side_name(side)}", text, numbers))
    return [*findings, *_network(content)]


def _joint_works_of(
    rows: pd.DataFrame, exhibit: str, keys: Sequence[str], name: str
) -> list[Counted]:
    """The joint works of named rows, each written behind its name and a bracket."""
    return [
        Counted(
            f"{clean(row[name])} (",
            count(row["joint_works"]),
            Cell(
                exhibit,
                {key: None if is_undefined(row[key]) else row[key] for key in keys},
                "joint_works",
            ),
        )
        for row in records(rows)
    ]


def funding_findings(content: ReportContent) -> list[Finding]:
    """Return how many works disclose a funder, and who is named most in joint works."""
    funding = content.exhibit("funding")
    rows = funding[(funding["funder_country"] == "all") & (funding["funder_type"] == "all")]
    totals = corpus_totals(content)
    if rows.empty or is_undefined(rows.iloc[0]["works"]) or not totals.works:
        return []
    works, joint = int(rows.iloc[0]["works"]), int(rows.iloc[0]["joint_works"])
    others = Hits(works - joint, totals.works - totals.joint_works)
    text = disclosure_sentence(Hits(joint, totals.joint_works), others)
    numbers = counted_part("", works, totals.works, (DISCLOSED[1], OF_ALL[1]))
    if totals.joint_works and others.number:
        numbers += counted_part(": ", joint, totals.joint_works, (DISCLOSED[0], OF_ALL[0]))
    return [Finding("Disclosed funding", text, numbers), *_funders(content, joint)]


def disclosure_sentence(joint: Hits, others: Hits) -> str:
    """How many works name who paid; joint and other works apart, with the verdict on both."""
    every = part(joint.hits + others.hits, joint.number + others.number, "work")
    text = f"{every} name a funder or an award"
    if not joint.number or not others.number:
        return f"{text}."
    those = part(others.hits, others.number, "other")
    apart = f"{part(joint.hits, joint.number, 'joint work')} and {those}"
    interval = difference_of(joint, others)
    words = {1: "Joint works name one more often", -1: "Joint works name one less often"}
    said = words.get(direction(interval), "Whether joint works name one more often cannot be told")
    return f"{text}: {apart}. {said} ({points(interval)})."


def company_findings(content: ReportContent) -> list[Finding]:
    """Return the companies with most joint works."""
    companies = content.exhibit("companies")
    top = leaders(companies, "joint_works", "institution_id")
    if top.empty:
        return []
    named = [f"{clean(row['institution'])} ({count(row['joint_works'])})" for row in records(top)]
    of_all = "the only company" if len(companies) == 1 else f"of {len(companies):,} companies"
    text = f"Most joint works: {listing(named)}, {of_all}."
    numbers = _joint_works_of(top, "companies", COMPANY_KEYS, "institution")
    return [Finding("Companies", text, numbers)]


def listed_findings(content: ReportContent) -> list[Finding]:
    """Return how many bodies published lists hold, by what they may be called; what a flag is not.

    A body is an entry of the lists: one that several strings and institutions match counts once.
    """
    listed = content.exhibit("defence")
    if listed.empty:
        return []
    named = listed[listed["kind"].isin(NAMED_KINDS)]
    works, counted_works = _works_on_lists(content)
    most, numbers = _most_listed(named)
    text = f"{listed_sentence(bodies(listed), bodies(named))}{works}{most} {NO_JUDGEMENT}"
    return [Finding("Institutions on named lists", text, [*counted_works, *numbers])]


def _works_on_lists(content: ReportContent) -> tuple[str, list[Counted]]:
    """How many works have a listed institution, and how many of them are joint, if it is known."""
    if content.behind is None:
        return "", []
    listed = {at for at, bodies in enumerate(content.behind.columns().listed) if bodies}
    works, joint = (len(listed & set(places)) for places in works_of_years(content, content.behind))
    if not works:
        return "", []
    have = "has" if works == 1 else "have"
    text = f" {counted(works, 'work')} {have} an affiliation with one of them"
    numbers = [Counted(". ", count(works), Cell("years", EVERY, "works", on_lists=True))]
    if works == 1:
        return f"{text} and is {'joint' if joint else 'not joint'}.", numbers
    if not joint:
        return f"{text}; none of these is joint.", numbers
    cell = Cell("years", EVERY, "joint_works", on_lists=True)
    are = "is" if joint == 1 else "are"
    return f"{text}; {count(joint)} of these {are} joint.", [
        *numbers, Counted("; ", count(joint), cell),
    ]  # fmt: skip


def listed_sentence(every: int, named: int) -> str:
    """How many listed bodies there are, and how many may be called more than listed."""
    held = f"Published lists hold {counted(every, 'body', 'bodies')} of this corpus"
    if every == 1:
        return f"{held}; it is {KIND_WORDS if named else LISTED_ONLY}."
    others = every - named
    parts = [
        f"{count(number) if number else 'none'} {words}"
        for number, words in ((named, KIND_WORDS), (others, LISTED_ONLY))
    ]
    return f"{held}: {listing(parts)}."


def bodies(rows: pd.DataFrame) -> int:
    """How many listed bodies rows of defence.csv stand for: entries, each counted once."""
    return int(rows["entry_id"].nunique())


def _most_listed(rows: pd.DataFrame) -> tuple[str, list[Counted]]:
    """Which bodies that may be called more than listed have most joint works, if any has one."""
    if rows.empty:
        return "", []
    if not rows["joint_works"].fillna(0).sum():
        return f" None {KIND_WORDS} has a joint work.", []
    top = leaders(rows, "joint_works", "institution")
    if top.empty:
        return "", []
    named = [f"{clean(row['institution'])} ({count(row['joint_works'])})" for row in records(top)]
    numbers = _joint_works_of(top, "defence", LISTED_KEYS, "institution")
    return f" Most joint works {KIND_WORDS}: {listing(named)}.", numbers


def _network(content: ReportContent) -> list[Finding]:
    edges = content.edges
    if edges.empty:
        return []
    largest, linked = _largest_part(edges)
    size = max(len(content.nodes), linked)
    text = (
        f"{counted(size, 'institution')} and {counted(len(edges), 'tie')}; the largest connected "
        f"part holds {part(largest, size, 'institution')}."
    )
    return [Finding("Network", text)]


def _largest_part(edges: pd.DataFrame) -> tuple[int, int]:
    ends = pd.concat([edges["institution_a"], edges["institution_b"]], ignore_index=True)
    numbers, names = pd.factorize(ends)
    first, second = numbers.reshape(2, -1)
    network = weighted_network(len(names), first, second, np.ones(len(first), dtype="int64"))
    return int(np.bincount(network.component).max()), len(names)


def _funders(content: ReportContent, disclosed: int) -> list[Finding]:
    top = leaders(content.exhibit("funders"), "joint_works", "funder")
    if top.empty or not disclosed:
        return []
    named = [
        named_part(clean(row["funder"]), row["joint_works"], disclosed, "work")
        for row in records(top)
    ]
    text = (
        f"Among the joint works that disclose a funder ({count(disclosed)}), named most often: "
        f"{listing(named)}.{few_words(disclosed)}"
    )
    numbers = [Counted("disclose a funder (", count(disclosed), DISCLOSED[0])]
    for one in _joint_works_of(top, "funders", ("funder_id", "funder"), "funder"):
        numbers += [one, Counted(" of ", count(disclosed), DISCLOSED[0])]
    return [Finding("Funders named most", text, numbers)]
