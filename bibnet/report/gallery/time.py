"""The figures of what changes over time: works, shares, coverage."""

from collections.abc import Mapping, Sequence

import pandas as pd

from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.totals import FEW_WORKS
from bibnet.report.content.wording import is_undefined, side_name
from bibnet.report.figures.columns import YearCount, year_figure
from bibnet.report.figures.figure import Figure
from bibnet.report.figures.lines import LineWords, Point, line_figure
from bibnet.report.figures.theme import PALETTE, SERIES_LIMIT, side_colours

ALL = "all"
COVERAGE_LINES: Mapping[str, tuple[str, str]] = {
    "authorships with a country": ("authorships_with_country", "authorships"),
    "works with a country": ("works_with_country", "works"),
    "works with a funder": ("works_with_funder", "works"),
}


def time_figures(content: ReportContent) -> list[Figure]:
    """Return joint works by year, their share of all works, and of each side's; none if no year."""
    years = content.exhibit("years")
    overall = years[years["side"] == ALL]
    figures = []
    if overall["joint_works"].sum() > 0:
        figures.append(_joint_by_year(overall, content))
    if overall["share"].notna().any():
        figures.append(_share_of_all(overall))
    if years[years["side"] != ALL]["share"].notna().any():
        figures.append(_share_by_side(years[years["side"] != ALL], content))
    return figures


def coverage_figures(content: ReportContent) -> list[Figure]:
    """Return the figure of coverage by year; none where the table is empty."""
    coverage = content.exhibit("coverage")
    if coverage.empty:
        return []
    late = _provisional_years(content)
    points = [
        Point(int(year), line, _fraction(part, whole), provisional=int(year) in late)
        for line, (known, total) in COVERAGE_LINES.items()
        for year, part, whole in zip(*(coverage[c] for c in ("year", known, total)), strict=True)
    ]
    words = LineWords(
        id="coverage_by_year",
        title="What is known of the corpus, by year",
        subtitle="Part of all authorships and of all works",
        value_name="coverage",
        colours=dict(zip(COVERAGE_LINES, (PALETTE[0], PALETTE[2], PALETTE[4]), strict=True)),
    )
    return [line_figure(points, words)]


def joint_definition(content: ReportContent) -> str:
    """Say in words what a joint work is in this run."""
    names = [side_name(side) for side in content.sides]
    return f"Joint works have at least one country of {' and of '.join(names)}."


def _joint_by_year(overall: pd.DataFrame, content: ReportContent) -> Figure:
    counts = [
        YearCount(int(year), int(works), _is_true(late))
        for year, works, late in zip(
            *(overall[name] for name in ("year", "joint_works", "provisional")), strict=True
        )
    ]
    late = " Paler bars are provisional years." if any(c.provisional for c in counts) else ""
    return year_figure(
        counts,
        id="joint_works_by_year",
        title="Joint works by year",
        subtitle=f"Number of works. {joint_definition(content)}{late}",
    )


def _share_of_all(overall: pd.DataFrame) -> Figure:
    words = LineWords(
        id="joint_share_by_year",
        title="Joint works as a share of all works",
        subtitle="Share of the corpus; the band reaches up to the share there would be if every "
        "work with an authorship of unknown country were joint",
        value_name="share",
        colours={"all works": PALETTE[0]},
    )
    return line_figure(_share_points(overall, {ALL: "all works"}), words)


def _share_by_side(years: pd.DataFrame, content: ReportContent) -> Figure:
    sides = [side for side in content.sides if (years["side"] == side).any()][:SERIES_LIMIT]
    colours = side_colours(list(content.sides))
    words = LineWords(
        id="joint_share_by_side",
        title="Joint works as a share of each side's works",
        subtitle="Share of the works with a country of the side; bands as in the figure before."
        f"{_few(years)}",
        value_name="share",
        colours={side_name(side): colours[side] for side in sides},
    )
    return line_figure(_share_points(years, {side: side_name(side) for side in sides}), words)


def _few(years: pd.DataFrame) -> str:
    works = years["works"][years["works"].fillna(0) > 0]
    if not (works < FEW_WORKS).any():
        return ""
    return (
        f" In some years a side has fewer than {FEW_WORKS} works: there one work moves the share "
        "by more than three percentage points."
    )


def _share_points(years: pd.DataFrame, names: Mapping[str, str]) -> list[Point]:
    rows = years[years["side"].isin(list(names))]
    columns = ("year", "side", "share", "share_low", "share_high", "provisional")
    return [
        Point(int(year), names[side], _number(value), _number(low), _number(high), _is_true(late))
        for year, side, value, low, high, late in zip(*(rows[c] for c in columns), strict=True)
    ]


def _provisional_years(content: ReportContent) -> Sequence[int]:
    years = content.exhibit("years")
    late = years["provisional"].fillna(False).astype(bool)
    return sorted({int(year) for year in years["year"][late]})


def _fraction(part: object, whole: object) -> float | None:
    if is_undefined(part) or is_undefined(whole) or not whole:
        return None
    return float(str(part)) / float(str(whole))


def _number(value: object) -> float | None:
    return None if is_undefined(value) else float(str(value))


def _is_true(value: object) -> bool:
    return not is_undefined(value) and bool(value)
