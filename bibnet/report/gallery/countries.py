"""The figures of countries: joint works, by year, and pairs across the sides."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from bibnet.report.content.cell import Cell
from bibnet.report.content.in_text import country_in_text, side_in_text
from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.totals import corpus_totals
from bibnet.report.content.wording import count, country_name, sentence_case
from bibnet.report.figures.bars import ONE_COLOUR, Bar, BarWords, bar_figure
from bibnet.report.figures.figure import Figure
from bibnet.report.figures.heat import HeatCell, HeatWords, heat_figure
from bibnet.report.figures.lines import year_ticks
from bibnet.report.gallery.ranking import MOST_BARS, group_colours, group_of, how_many, leading
from bibnet.report.gallery.spans import every_year, since_first
from bibnet.report.gallery.time import joint_definition
from bibnet.report.gallery.titles import leader_title, part_title
from bibnet.storage.frames import records

MOST_COUNTRIES = 20
MOST_HEAT_ROWS = 15
MOST_COLUMNS = 12  # countries across a matrix; more have no room for their names
PAIR = ("country_a", "country_b")


def country_figures(content: ReportContent) -> list[Figure]:
    """Return joint works by country, by country and year, the matrix and the pairs of them."""
    countries = content.exhibit("countries")
    joint = leading(countries[countries["side"].notna()], ("joint_works",), "country")
    figures = []
    if len(joint):
        bars = [_country_bar(content, row) for row in records(joint.head(MOST_COUNTRIES))]
        figures.append(bar_figure(bars, _country_words(content, joint)))
        figures += _heat(content, list(joint["country"].head(MOST_HEAT_ROWS)))
    pairs = _pairs_across(content)
    return [*figures, *_pairs(content, pairs), *_matrix(content, pairs, joint)]


def _country_bar(content: ReportContent, row: Mapping[str, Any]) -> Bar:
    works = row["joint_works"]
    cell = Cell("countries", {"country": row["country"]}, "joint_works")
    name = _country(content, row["country"])
    return Bar(name, works, count(works), group_of(row["side"]), cell)


def _country_words(content: ReportContent, joint: pd.DataFrame) -> BarWords:
    number = len(joint)
    cut = f", the first {MOST_COUNTRIES} of {number}" if number > MOST_COUNTRIES else ""
    subtitle = (
        f"Joint works by country{cut}: a work with several countries counts once for each. "
        f"{joint_definition(content)}"
    )
    title = _country_title(content, joint) or "Joint works by country"
    colours = group_colours(content)
    return BarWords("joint_works_by_country", title, subtitle, "joint works", colours)


def _country_title(content: ReportContent, joint: pd.DataFrame) -> str:
    """Who leads on the side with most countries, and in how many of all joint works it is."""
    widest = max(content.sides, key=lambda side: len(content.sides[side]), default="")
    own = joint[joint["side"] == widest]
    if own.empty or (len(own) > 1 and own["joint_works"].iloc[1] == own["joint_works"].iloc[0]):
        return ""
    name = sentence_case(_in_text(content, own["country"].iloc[0]))
    whole = corpus_totals(content).joint_works
    return part_title(name, int(own["joint_works"].iloc[0]), whole, "joint works")


def _heat(content: ReportContent, codes: Sequence[str]) -> list[Figure]:
    rows = content.exhibit("country_years")
    rows, _ = since_first(rows[rows["country"].isin(codes)], "joint_works")
    if rows["year"].nunique() < 2:
        return []
    cells = {
        (_country(content, country), str(year)): HeatCell(
            int(works),
            Cell("country_years", {"year": int(year), "country": country}, "joint_works"),
        )
        for country, year, works in zip(
            rows["country"], rows["year"], rows["joint_works"], strict=True
        )
    }
    present, years = set(rows["country"]), every_year([int(year) for year in rows["year"]])
    words = HeatWords(
        "joint_works_by_country_and_year",
        _rise_title(content, rows, codes),
        f"Joint works by country and year, {len(codes)} countries; darker is more, empty is a year "
        "without works",
        ticks=[str(year) for year in year_ticks(years[0], years[-1])],
    )
    names = [_country(content, code) for code in codes if code in present]
    return [heat_figure(cells, names, [str(year) for year in years], words)]


def _rise_title(content: ReportContent, rows: pd.DataFrame, codes: Sequence[str]) -> str:
    """Which country leads its side in every year, if one does."""
    side = max(content.sides, key=lambda name: len(content.sides[name]), default="")
    own = rows[rows["country"].isin([c for c in codes if content.side_of(c) == side])]
    table = own.pivot_table(index="year", columns="country", values="joint_works", aggfunc="sum")
    table = table.astype("float64").fillna(0)
    if len(table.columns) < 2 or not len(table):
        return "Joint works by country and year"
    best = table.idxmax(axis=1)
    alone = table.eq(table.max(axis=1), axis=0).sum(axis=1) == 1
    if best.nunique() == 1 and alone.all():
        leader = sentence_case(_in_text(content, best.iloc[0]))
        return f"{leader} leads {side_in_text(side)} in every year"
    return "Joint works by country and year"


def _pairs_across(content: ReportContent) -> pd.DataFrame:
    """The pairs of countries of two sides, most works first."""
    pairs = content.exhibit("country_pairs")
    sides = [[content.side_of(code) for code in pairs[column]] for column in PAIR]
    across = [bool(a and b and a != b) for a, b in zip(*sides, strict=True)]
    return leading(pairs[pd.Series(across, pairs.index, dtype=bool)], ("works",), "country_a")


def _pairs(content: ReportContent, chosen: pd.DataFrame) -> list[Figure]:
    bars = [
        Bar(_pair(content, a, b), int(works), count(works), cell=_pair_cell(a, b))
        for a, b, works in zip(*(chosen[c].head(MOST_BARS) for c in (*PAIR, "works")), strict=True)
    ]
    if not bars:
        return []
    named = zip(*(chosen[column].head(MOST_BARS) for column in PAIR), strict=True)
    names = [_pair(content, a, b, _in_text) for a, b in named]
    counts = [int(bar.value) for bar in bars]
    neutral = "Pairs of countries across the sides"
    words = BarWords(
        "country_pairs_across_sides",
        leader_title(names, counts, "works together across the sides", neutral),
        f"{neutral}: works with both countries; {how_many(len(chosen), 'pair')}",
        "works",
        ONE_COLOUR,
    )
    return [bar_figure(bars, words)]


def _matrix(content: ReportContent, chosen: pd.DataFrame, joint: pd.DataFrame) -> list[Figure]:
    """Countries of one side against those of the other; only of two sides that have several."""
    if len(content.sides) != 2 or chosen.empty:
        return []
    across, down = sorted(content.sides, key=lambda side: len(content.sides[side]))
    order = list(joint["country"])
    columns = [code for code in order if code in content.sides[across]][:MOST_COLUMNS]
    rows = [code for code in order if code in content.sides[down]][:MOST_COUNTRIES]
    if len(columns) < 2 or len(rows) < 2:
        return []
    works = {frozenset((a, b)): int(n) for a, b, n in chosen[[*PAIR, "works"]].itertuples(False)}
    cells = {
        (_country(content, row), _country(content, column)): HeatCell(
            works.get(frozenset((row, column)), 0), _pair_cell(*sorted((row, column)))
        )
        for row in rows
        for column in columns
    }
    shown = [[_country(content, code) for code in codes] for codes in (rows, columns)]
    words = HeatWords(
        "country_matrix",
        f"Works with a country of {side_in_text(down)} and one of {side_in_text(across)}",
        f"Number of works; at most {MOST_COUNTRIES} by {MOST_COLUMNS} countries, most joint works "
        "first; darker is more",
        (f"countries of {side_in_text(down)}", f"countries of {side_in_text(across)}"),
    )
    return [heat_figure(cells, shown[0], shown[1], words)]


def _pair(
    content: ReportContent,
    first: object,
    second: object,
    name: Callable[[ReportContent, object], str] | None = None,
) -> str:
    """A pair by its names, the side that the query names first before the other."""
    named = name or _country
    order = list(content.sides)
    ends = sorted((first, second), key=lambda code: order.index(content.side_of(code)))
    return " – ".join(named(content, code) for code in ends)


def _pair_cell(first: object, second: object) -> Cell:
    return Cell("country_pairs", {"country_a": first, "country_b": second}, "works")


def _country(content: ReportContent, code: object) -> str:
    return country_name(code, content.country_names)


def _in_text(content: ReportContent, code: object) -> str:
    """The name of a country inside a title."""
    return country_in_text(_country(content, code))
