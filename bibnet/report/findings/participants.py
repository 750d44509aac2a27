"""Findings on who takes part: institutions, funders, companies, listed bodies, citations."""

import numpy as np
import pandas as pd

from bibnet.network.measures import weighted_network
from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.totals import FEW_WORKS, corpus_totals, ratio
from bibnet.report.content.wording import (
    clean,
    count,
    counted,
    decimal,
    is_undefined,
    listing,
    share,
    side_name,
)
from bibnet.report.findings.volume import Finding, few_words, leaders
from bibnet.report.gallery.rankings import group_name
from bibnet.storage.frames import records

# What a flag is not: printed wherever listed bodies are shown.
NO_JUDGEMENT = (
    "A flag says that a published list holds the institution. It is no statement about a person "
    "and no finding of wrongdoing."
)
CIVILIAN = "civilian_"


def institution_findings(content: ReportContent) -> list[Finding]:
    """Return the institutions with most joint works by side, the strongest tie, the network."""
    institutions = content.exhibit("institutions")
    findings = []
    for side in content.sides:
        rows = institutions[institutions["side"] == side]
        top = leaders(rows, "joint_works", "institution_id")
        if len(top):
            named = [
                f"{clean(row['institution'])} ({count(row['joint_works'])})" for row in records(top)
            ]
            text = f"Most joint works: {listing(named)}, of {counted(len(rows), 'institution')}."
            findings.append(Finding(f"Institutions: {side_name(side)}", text))
    return [*findings, *_strongest_tie(content), *_network(content)]


def funding_findings(content: ReportContent) -> list[Finding]:
    """Return how many works disclose a funder, and who is named most in joint works."""
    funding = content.exhibit("funding")
    rows = funding[(funding["funder_country"] == "all") & (funding["funder_type"] == "all")]
    if rows.empty or is_undefined(rows.iloc[0]["works"]):
        return []
    row, totals = rows.iloc[0], corpus_totals(content)
    told = ratio(row["works"], totals.works)
    text = f"{counted(row['works'], 'work')} name a funder or an award"
    text += f" ({share(told)} of all works)" if told is not None else ""
    joint = ratio(row["joint_works"], totals.joint_works)
    text += (
        f"; of the joint works {count(row['joint_works'])} ({share(joint)})"
        if joint is not None
        else ""
    )
    return [Finding("Disclosed funding", f"{text}."), *_funders(content, int(row["joint_works"]))]


def company_findings(content: ReportContent) -> list[Finding]:
    """Return the companies with most joint works."""
    companies = content.exhibit("companies")
    top = leaders(companies, "joint_works", "institution_id")
    if top.empty:
        return []
    named = [f"{clean(row['institution'])} ({count(row['joint_works'])})" for row in records(top)]
    text = (
        f"Most joint works: {listing(named)}, of {counted(len(companies), 'company', 'companies')}."
    )
    return [Finding("Companies", text)]


def listed_findings(content: ReportContent) -> list[Finding]:
    """Return how many institutions published lists hold, civilian apart; what a flag is not."""
    listed = content.exhibit("defence")
    if listed.empty:
        return []
    civilian = listed["category"].fillna("").str.startswith(CIVILIAN)
    text = (
        f"Published lists hold {counted(_bodies(listed), 'institution')} of this corpus, "
        f"{count(_bodies(listed[civilian]))} of them in civilian categories."
        f"{_most_listed(listed[~civilian])} {NO_JUDGEMENT}"
    )
    return [Finding("Institutions on named lists", text)]


def citation_findings(content: ReportContent) -> list[Finding]:
    """Return mean citations by group, where enough works have known citations."""
    citations = content.exhibit("citations")
    known = citations[citations["mean_citations"].notna()]
    enough = known[known["works_with_citations"].fillna(known["works"]).fillna(0) >= FEW_WORKS]
    if len(enough) < 2:
        return []
    parts = [
        f"{group_name(row['group'])} {decimal(row['mean_citations'])} "
        f"({counted(row['works_with_citations'], 'work')})"
        for row in records(enough)
    ]
    text = (
        f"Mean citations: {listing(parts)}. The groups differ in fields, years and numbers of "
        "authors, for which this mean is not adjusted."
    )
    return [Finding("Citations", text)]


def _bodies(rows: pd.DataFrame) -> int:
    ids = (
        rows["institution_id"].astype(object).fillna("")
        + "\t"
        + rows["entry_id"].astype(object).fillna("").where(rows["institution_id"].isna(), "")
    )
    return int(ids.nunique())


def _most_listed(rows: pd.DataFrame) -> str:
    top = leaders(rows, "joint_works", "institution")
    if top.empty:
        none = not rows["joint_works"].fillna(0).sum()
        return " None of the others has a joint work." if len(rows) and none else ""
    row = records(top)[0]
    named = f"{clean(row['institution'])} ({count(row['joint_works'])})"
    return f" Most joint works among the others: {named}."


def _strongest_tie(content: ReportContent) -> list[Finding]:
    pairs = content.exhibit("institution_pairs")
    top = leaders(pairs[pairs["cross_side"].fillna(False).astype(bool)], "works", "institution_a")
    if top.empty:
        return []
    row = records(top)[0]
    if len(top) > 1 and top["works"].iloc[1] == row["works"]:
        return []  # no single strongest tie
    text = (
        f"{clean(row['name_a'])} and {clean(row['name_b'])}: {counted(row['works'], 'work')} in "
        "common"
    )
    dual = row["dual_affiliation_works"]
    if not is_undefined(dual):
        text += f", {count(dual) if dual else 'none'} of them with one person at both"
    return [Finding("Strongest tie across sides", f"{text}.")]


def _network(content: ReportContent) -> list[Finding]:
    edges = content.edges
    if edges.empty:
        return []
    largest, linked = _largest_part(edges)
    size = max(len(content.nodes), linked)
    text = (
        f"{counted(size, 'institution')} are linked by {counted(len(edges), 'tie')}; the "
        f"largest connected part holds {count(largest)} of them ({share(largest / size)})."
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
        f"{clean(row['funder'])} ({count(row['joint_works'])}, "
        f"{share(row['joint_works'] / disclosed)})"
        for row in records(top)
    ]
    text = (
        f"Among the joint works that disclose a funder ({count(disclosed)}), named most often: "
        f"{listing(named)}.{few_words(disclosed)}"
    )
    return [Finding("Funders named most", text)]
