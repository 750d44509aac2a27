"""The figures of citation impact, and of pairs of countries against chance."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.totals import FEW_WORKS
from bibnet.report.content.wording import clean, count, counted, country_name, decimal, share
from bibnet.report.figures.bars import ONE_COLOUR, Bar, BarWords, bar_figure
from bibnet.report.figures.figure import Figure
from bibnet.report.figures.theme import OUTSIDE, PALETTE
from bibnet.report.gallery.countries import country_figures
from bibnet.report.gallery.rankings import citation_figures, group_name
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
    """Return mean citations, normalised citations by group and by team, and top 10 % shares."""
    return [*citation_figures(content), *_by_group(content), *_by_team(content)]


def chance_figures(content: ReportContent) -> list[Figure]:
    """Return the figures of countries, and the pairs that differ most from chance."""
    return [*country_figures(content), *_chance(content)]


def _by_group(content: ReportContent) -> list[Figure]:
    rows = content.exhibit("citations")
    known = records(rows[rows["mncs"].notna()])
    if not known:
        return []
    mncs = [Bar(group_name(row["group"]), row["mncs"], _with_interval(row)) for row in known]
    top = [Bar(group_name(row["group"]), row["pp_top10"], _top_share(row)) for row in known]
    scale = REFERENCES.get(clean(known[0]["reference"]), "")
    words = BarWords(
        "normalised_citations",
        "Normalised citations of joint works and of works of one side",
        f"Mean normalised citation score with 95% stability interval. {scale}",
        "mean normalised citation score",
        ONE_COLOUR,
    )
    top_words = BarWords(
        "top_cited",
        "Works among the most cited 10%",
        "Share of works in the top 10% of their field, year and type, with 95% stability interval",
        "share in the top 10%",
        ONE_COLOUR,
    )
    return [bar_figure(mncs, words), bar_figure(top, top_words)]


def _top_share(row: Mapping[str, Any]) -> str:
    ends = f" ({share(row['pp_top10_low'])}–{share(row['pp_top10_high'])})"
    return f"{share(row['pp_top10'])}{'' if pd.isna(row['pp_top10_low']) else ends}"


def _with_interval(row: Mapping[str, Any]) -> str:
    ends = f" ({decimal(row['mncs_low'])}–{decimal(row['mncs_high'])})"
    works = counted(row["works_in_mncs"], "work")
    return f"{decimal(row['mncs'])}{'' if pd.isna(row['mncs_low']) else ends}, {works}"


def _by_team(content: ReportContent) -> list[Figure]:
    """Joint and one-sided works side by side at each size of team, where enough are judged."""
    rows = content.exhibit("citations_by_team")
    rows = rows[(rows["countries"] == EVERY) & rows["authors"].isin(TEAMS) & rows["mncs"].notna()]
    enough = rows[rows["works_in_mncs"] >= FEW_WORKS]
    groups = sorted(set(enough["group"]))
    if len(groups) < 2:
        return []
    colours = {
        group_name(group): PALETTE[place] if place < len(PALETTE) else OUTSIDE
        for place, group in enumerate(groups)
    }
    found = {(row["authors"], row["group"]): row for row in records(enough)}
    bars = [
        Bar(_team(team, group), row["mncs"], _with_interval(row), group_name(group))
        for team in TEAMS
        for group in groups
        if (row := found.get((team, group))) is not None
    ]
    words = BarWords(
        "normalised_citations_by_team",
        "Normalised citations at equal numbers of authors",
        f"Mean normalised citation score; only where {FEW_WORKS} works or more are judged",
        "mean normalised citation score",
        colours,
    )
    return [bar_figure(bars, words)]


def _team(authors: str, group: object) -> str:
    return f"{authors} {'author' if authors == '1' else 'authors'}: {group_name(group)}"


def _chance(content: ReportContent) -> list[Figure]:
    rows = content.exhibit("country_expectation")
    chosen = pd.concat([_furthest(rows, "more", ascending=False), _furthest(rows, "less")])
    if chosen.empty:
        return []
    names = content.country_names
    bars = [
        Bar(
            f"{country_name(row['country_a'], names)} – {country_name(row['country_b'], names)}",
            row["ratio"],
            f"{decimal(row['ratio'])} ({count(row['works'])} of {decimal(row['expected'])})",
            f"{row['verdict']} than chance",
        )
        for row in records(chosen.sort_values("ratio", ascending=False, kind="stable"))
    ]
    words = BarWords(
        "country_pairs_against_chance",
        "Pairs of countries furthest from chance",
        "Works in common / works expected if works and countries kept their numbers, year by year "
        f"(observed of expected); at most {MOST_PAIRS} of either kind",
        "observed / expected",
        {"more than chance": PALETTE[0], "less than chance": PALETTE[1]},
    )
    return [bar_figure(bars, words)]


def _furthest(rows: pd.DataFrame, verdict: str, *, ascending: bool = True) -> pd.DataFrame:
    """The pairs of a verdict furthest from chance by z; equal ones by their countries."""
    kind = rows[rows["verdict"] == verdict]
    by = ["z", "country_a", "country_b"]
    return kind.sort_values(by, ascending=[ascending, True, True]).head(MOST_PAIRS)
