"""The figures of countries: joint works, by year, and pairs across the sides."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.wording import count, country_name
from bibnet.report.figures.bars import ONE_COLOUR, Bar, BarWords, bar_figure
from bibnet.report.figures.figure import Figure
from bibnet.report.figures.heat import heat_figure
from bibnet.report.gallery.ranking import MOST_BARS, group_colours, group_of, how_many, leading
from bibnet.report.gallery.time import joint_definition
from bibnet.storage.frames import records

MOST_COUNTRIES = 32
MOST_HEAT_ROWS = 15


def country_figures(content: ReportContent) -> list[Figure]:
    """Return joint works by country, by country and year, and by pair of countries."""
    countries = content.exhibit("countries")
    joint = leading(countries[countries["side"].notna()], ("joint_works",), "country")
    figures = []
    if len(joint):
        bars = [_country_bar(content, row) for row in records(joint.head(MOST_COUNTRIES))]
        figures.append(bar_figure(bars, _country_words(content, len(joint))))
        figures += _heat(content, list(joint["country"].head(MOST_HEAT_ROWS)))
    return figures + _pairs(content)


def _country_bar(content: ReportContent, row: Mapping[str, Any]) -> Bar:
    works = row["joint_works"]
    return Bar(_country(content, row["country"]), works, count(works), group_of(row["side"]))


def _country_words(content: ReportContent, countries: int) -> BarWords:
    cut = f", the first {MOST_COUNTRIES} of {countries}" if countries > MOST_COUNTRIES else ""
    subtitle = (
        f"Number of joint works{cut}. A work with several countries counts once for each. "
        f"{joint_definition(content)}"
    )
    return BarWords(
        "joint_works_by_country",
        "Joint works by country",
        subtitle,
        "joint works",
        group_colours(content),
    )


def _heat(content: ReportContent, codes: Sequence[str]) -> list[Figure]:
    rows = content.exhibit("country_years")
    rows = rows[rows["country"].isin(codes)]
    if rows["year"].nunique() < 2:
        return []
    cells = {
        (_country(content, country), int(year)): int(works)
        for country, year, works in zip(
            rows["country"], rows["year"], rows["joint_works"], strict=True
        )
    }
    present = set(rows["country"])
    return [
        heat_figure(
            cells,
            [_country(content, code) for code in codes if code in present],
            id="joint_works_by_country_and_year",
            title="Joint works by country and year",
            subtitle=f"Number of joint works, {len(codes)} countries; darker is more, empty is a "
            "year without works",
        )
    ]


def _pairs(content: ReportContent) -> list[Figure]:
    pairs = content.exhibit("country_pairs")
    sides = [
        [content.side_of(code) for code in pairs[column]] for column in ("country_a", "country_b")
    ]
    across = [bool(a and b and a != b) for a, b in zip(*sides, strict=True)]
    chosen = leading(pairs[pd.Series(across, pairs.index, dtype=bool)], ("works",), "country_a")
    bars = [
        Bar(f"{_country(content, a)} – {_country(content, b)}", int(works), count(works))
        for a, b, works in zip(
            *(chosen[c].head(MOST_BARS) for c in ("country_a", "country_b", "works")), strict=True
        )
    ]
    words = BarWords(
        "country_pairs_across_sides",
        "Pairs of countries across the sides",
        f"Works with both countries; {how_many(len(chosen), 'pair')}",
        "works",
        ONE_COLOUR,
    )
    return [bar_figure(bars, words)] if bars else []


def _country(content: ReportContent, code: object) -> str:
    return country_name(code, content.country_names)
