"""Counts over time: one upright bar a year, provisional years paler."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from bibnet.report.content.table_view import Heading, TableView
from bibnet.report.content.wording import count
from bibnet.report.figures.figure import Body, Figure, Rows
from bibnet.report.figures.lines import year_ticks
from bibnet.report.figures.theme import HALF_WIDTH, PALETTE

PLOT_HEIGHT = 250  # px
MOST_TICKS = 5
MOST_NAMED = 14  # years; with more the numbers over the bars would touch


@dataclass(frozen=True)
class YearCount:
    """The works of one year."""

    year: int
    works: int
    provisional: bool = False


def year_figure(counts: Sequence[YearCount], *, id: str, title: str, subtitle: str) -> Figure:
    """Return a figure of counts by year; the numbers stand over the bars where there is room."""
    years = [entry.year for entry in counts]
    return Figure(
        id=id,
        title=title,
        subtitle=subtitle,
        description=_description(counts),
        body=_body(year_ticks(min(years), max(years)), _height(counts)).properties(
            width=HALF_WIDTH - 24, height=PLOT_HEIGHT
        ),
        datasets={"years": _rows(counts)},
        twin=_twin(counts, title),
    )


def _body(ticks: Sequence[int], height_axis: alt.Axis | None) -> Body:
    axis = alt.Axis(title=None, values=list(ticks), labelAngle=0, ticks=False, grid=False)
    years = alt.Chart(alt.NamedData(name="years")).encode(
        x=alt.X("year:O", axis=axis, scale=alt.Scale(paddingInner=0.25, paddingOuter=0.2))
    )
    height = alt.Y("works:Q", axis=height_axis, scale=alt.Scale(zero=True))
    bars = years.mark_bar(color=PALETTE[0]).encode(
        y=height,
        fillOpacity=alt.FillOpacity("opacity:Q", scale=None),
        tooltip=[alt.Tooltip("tip:N", title=" ")],
    )
    numbers = years.mark_text(dy=-8).encode(y=height, text="shown:N")
    return alt.layer(bars, *([] if height_axis else [numbers]))


def _height(counts: Sequence[YearCount]) -> alt.Axis | None:
    """Axis of the heights in whole works; None where every column has its number."""
    if len(counts) <= MOST_NAMED:
        return None
    # More ticks than works would be halves of works, printed as whole ones.
    most = max(entry.works for entry in counts)
    return alt.Axis(
        title=None, format=",d", tickCount=min(MOST_TICKS, most), domain=False, ticks=False
    )


def _rows(counts: Sequence[YearCount]) -> Rows:
    return [
        {
            "year": entry.year,
            "works": entry.works,
            "opacity": 0.45 if entry.provisional else 1.0,
            "shown": count(entry.works),
            "tip": f"{entry.year}: {count(entry.works)}{_late(entry)}",
        }
        for entry in counts
    ]


def _late(entry: YearCount) -> str:
    return ", provisional" if entry.provisional else ""


def _twin(counts: Sequence[YearCount], title: str) -> TableView:
    headings = [Heading("year", True), Heading("joint works", True), Heading("status")]
    rows = [[str(entry.year), count(entry.works), _late(entry)[2:] or "final"] for entry in counts]
    return TableView(title, headings, rows)


def _description(counts: Sequence[YearCount]) -> str:
    most = max(counts, key=lambda entry: (entry.works, -entry.year))
    return (
        f"Bar chart of joint works in {len(counts)} years; the most are {count(most.works)} in "
        f"{most.year}. All numbers in the table."
    )
