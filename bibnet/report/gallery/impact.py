"""The figures of citation impact, and of pairs of countries against chance."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from bibnet.report.content.cell import Cell
from bibnet.report.content.in_text import group_in_text
from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.totals import FEW_WORKS
from bibnet.report.content.wording import (
    clean,
    count,
    counted,
    country_name,
    decimal,
    group_name,
    listing,
    sentence_case,
    share,
)
from bibnet.report.figures.bars import PLAIN_COLOUR
from bibnet.report.figures.dots import Dot, DotWords, dot_figure
from bibnet.report.figures.figure import Figure
from bibnet.report.figures.theme import JOINT, PALETTE, side_colours
from bibnet.report.gallery.countries import country_figures
from bibnet.report.gallery.rankings import citation_figures
from bibnet.report.gallery.titles import DEVIATE
from bibnet.storage.frames import records

EVERY = "all"
# As named in the exhibit, from small to large.
TEAMS = ("1", "2", "3-5", "6-10", "11+")
# Pairs shown of either kind: the figure stays half a screen high.
MOST_PAIRS = 8
REFERENCES: Mapping[str, str] = {
    "ai_internal": "1 = mean of the works of this run of the same field, year and type",
    "openalex": "1 = world mean of the same field, year and type, as OpenAlex has it",
}


def impact_figures(content: ReportContent) -> list[Figure]:
    """Return mean citations, normalised citations by group and by team, and top 10% shares."""
    return [*citation_figures(content), *_by_group(content), *_by_team(content)]


def chance_figures(content: ReportContent) -> list[Figure]:
    """Return the figures of countries, and the pairs that differ most from chance."""
    return [*country_figures(content), *_chance(content)]


def _by_group(content: ReportContent) -> list[Figure]:
    rows = content.exhibit("citations")
    known = records(rows[rows["mncs"].notna()])
    if not known:
        return []
    scale = REFERENCES.get(clean(known[0]["reference"]), "")
    scores = DotWords(
        "normalised_citations",
        _score_title(known),
        f"Mean normalised citation score with 95% stability interval. {scale}",
        "mean normalised citation score",
        PLAIN_COLOUR,
        mark=1.0,
    )
    top = DotWords(
        "top_cited",
        _top_title(known),
        "Share of works in the top 10% of their field, year and type, with 95% stability interval",
        "share in the top 10%",
        PLAIN_COLOUR,
        mark=0.1,
        percent=True,
    )
    return [
        dot_figure([_dot(row, "mncs", decimal) for row in known], scores),
        dot_figure([_dot(row, "pp_top10", share) for row in known], top),
    ]


def _dot(row: Mapping[str, Any], name: str, written: Callable[[object], str]) -> Dot:
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    ends = "" if low is None else f" ({written(low)}–{written(high)})"
    group = row["group"]
    cell = Cell("citations", {"group": group}, f"works_in_{name}")
    works = counted(row[f"works_in_{name}"], "work")
    return Dot(
        f"{sentence_case(group_name(group))} ({works})",
        row[name],
        low,
        high,
        f"{written(row[name])}{ends}",
        cell=cell,
    )


def _score_title(known: Sequence[Mapping[str, Any]]) -> str:
    scores = [f"{group_name(row['group'])} {decimal(row['mncs'])}" for row in known]
    return f"Normalised citations: {listing(scores)}"


def _top_title(known: Sequence[Mapping[str, Any]]) -> str:
    parts = [f"{share(row['pp_top10'])} of {_works_of(row['group'])}" for row in known]
    return f"Among the most cited 10%: {listing(parts)}"


def _works_of(group: object) -> str:
    name = group_in_text(group)
    return name if name.endswith("works") else f"works of {name}"


def _with_interval(row: Mapping[str, Any]) -> str:
    ends = f" ({decimal(row['mncs_low'])}–{decimal(row['mncs_high'])})"
    return f"{decimal(row['mncs'])}{'' if pd.isna(row['mncs_low']) else ends}"


def _by_team(content: ReportContent) -> list[Figure]:
    """Joint and one-sided works side by side at each size of team, where enough are judged."""
    rows = content.exhibit("citations_by_team")
    rows = rows[(rows["countries"] == EVERY) & rows["authors"].isin(TEAMS) & rows["mncs"].notna()]
    enough = rows[rows["works_in_mncs"] >= FEW_WORKS]
    groups = sorted(set(enough["group"]))
    if len(groups) < 2:
        return []
    colours = _group_colours(content, groups)
    found = {(row["authors"], row["group"]): row for row in records(enough)}
    dots = [
        Dot(
            _team(team, group),
            row["mncs"],
            row["mncs_low"],
            row["mncs_high"],
            _with_interval(row),
            group_name(group),
            Cell(
                "citations_by_team",
                {"group": group, "countries": EVERY, "authors": team},
                "works_in_mncs",
            ),
        )
        for team in TEAMS
        for group in groups
        if (row := found.get((team, group))) is not None
    ]
    words = DotWords(
        "normalised_citations_by_team",
        "Normalised citations at equal numbers of authors",
        f"Mean normalised citation score with 95% stability interval; only where {FEW_WORKS} works "
        "or more are judged",
        "mean normalised citation score",
        colours,
        mark=1.0,
    )
    return [dot_figure(dots, words)]


def _group_colours(content: ReportContent, groups: Sequence[str]) -> dict[str, str]:
    """One-sided works in the colour of their side, joint works in that of all figures."""
    sides = side_colours(list(content.sides))
    return {group_name(group): sides.get(group.removesuffix(" only"), JOINT) for group in groups}


def _team(authors: str, group: object) -> str:
    noun = "author" if authors == "1" else "authors"
    return f"{authors.replace('-', '–')} {noun}: {group_name(group)}"


def _chance(content: ReportContent) -> list[Figure]:
    rows = content.exhibit("country_expectation")
    chosen = pd.concat([_furthest(rows, "more", ascending=False), _furthest(rows, "less")])
    if chosen.empty:
        return []
    ordered = records(chosen.sort_values("ratio", ascending=False, kind="stable"))
    words = DotWords(
        "country_pairs_against_chance",
        _chance_title(rows),
        "Works of a pair / works expected if works and countries kept their numbers, year by year; "
        "grey: what chance gives in 95 of 100 cases, around 1. "
        f"At most {MOST_PAIRS} pairs of either kind",
        "observed / expected (works, expected works)",
        {"more than chance": JOINT, "less than chance": PALETTE[3]},
        mark=1.0,
        log=True,
    )
    return [dot_figure([_pair(content, row) for row in ordered], words)]


def _pair(content: ReportContent, row: Mapping[str, Any]) -> Dot:
    names = content.country_names
    spread = _deviation(row)
    # Below one work in twenty of what is expected a logarithmic scale has no room.
    low = None if spread is None else max(0.05, 1 - DEVIATE * spread)
    return Dot(
        f"{country_name(row['country_a'], names)} – {country_name(row['country_b'], names)}",
        row["ratio"],
        low,
        None if spread is None else 1 + DEVIATE * spread,
        f"{decimal(row['ratio'])} ({count(row['works'])} of {decimal(row['expected'])})",
        f"{row['verdict']} than chance",
        _pair_cell(row) if row["works"] else None,
    )


def _pair_cell(row: Mapping[str, Any]) -> Cell:
    keys = {name: row[name] for name in ("country_a", "country_b")}
    return Cell("country_expectation", keys, "works")


def _deviation(row: Mapping[str, Any]) -> float | None:
    """Standard deviation of what chance gives, in units of what it gives on average."""
    if row["z"] is None or not row["z"] or not row["expected"]:
        return None
    return abs(float(row["works"] - row["expected"]) / float(row["z"])) / float(row["expected"])


def _chance_title(rows: pd.DataFrame) -> str:
    numbers = (int((rows["verdict"] == verdict).sum()) for verdict in ("more", "less"))
    more, less = (count(number) if number else "none" for number in numbers)
    return (
        f"Of {counted(len(rows), 'pair')} of countries, more frequent than by chance: {more}; "
        f"less frequent: {less}"
    )


def _furthest(rows: pd.DataFrame, verdict: str, *, ascending: bool = True) -> pd.DataFrame:
    """The pairs of a verdict furthest from chance by z; equal ones by their countries."""
    kind = rows[rows["verdict"] == verdict]
    by = ["z", "country_a", "country_b"]
    return kind.sort_values(by, ascending=[ascending, True, True]).head(MOST_PAIRS)
