"""Counts over time: one upright bar a year, provisional years paler."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from bibnet.report.content.cell import Cell
from bibnet.report.content.table_view import Heading, TableView
from bibnet.report.content.wording import count
from bibnet.report.figures.figure import Body, Figure, Rows, linked
from bibnet.report.figures.lines import year_ticks
from bibnet.report.figures.theme import HALF_WIDTH, JOINT

PLOT_HEIGHT = 210  # px
MOST_TICKS = 5
MOST_NAMED = 14  # years; with more the numbers over the bars would touch


@dataclass(frozen=True)
class YearCount:
    """The works of one year, and the cell that they are."""

    year: int
    works: int
    provisional: bool = False
    cell: Cell | None = None


def year_figure(counts: Sequence[YearCount], *, id: str, title: str, subtitle: str) -> Figure:
    """Return a figure of counts by year; the numbers stand over the bars where there is room."""
    years = [entry.year for entry in counts]
    return Figure(
        id=id,
        title=title,
        subtitle=subtitle,
        description=_description(counts),
        body=_body(year_ticks(min(years), max(years)), _height(counts)).properties(
            width=HALF_WIDTH - (12 if _height(counts) is None else 44), height=PLOT_HEIGHT
        ),
        datasets={"years": _rows(counts)},
        twin=_twin(counts, title),
        cells=[entry.cell for entry in counts if entry.cell],
    )


def _body(ticks: Sequence[int], height_axis: alt.Axis | None) -> Body:
    axis = alt.Axis(title=None, values=list(ticks), labelAngle=0, ticks=False, grid=False)
    years = alt.Chart(alt.NamedData(name="years")).encode(
        x=alt.X("year:O", axis=axis, scale=alt.Scale(paddingInner=0.25, paddingOuter=0.2))
    )
    height = alt.Y("works:Q", axis=height_axis, scale=alt.Scale(zero=True))
    bars = years.mark_bar(color=JOINT).encode(
        y=height,
        fillOpacity=alt.FillOpacity("opacity:Q", scale=None),
        **linked(),
    )
    numbers = years.mark_text(dy=-8, aria=False).encode(y=height, text="shown:N")
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
            "link": entry.cell.address if entry.cell and entry.works else "",
        }
        for entry in counts
    ]


def _late(entry: YearCount) -> str:
    return ", provisional" if entry.provisional else ""


def _twin(counts: Sequence[YearCount], title: str) -> TableView:
    counted = next((entry.cell.count for entry in counts if entry.cell), "")
    works = Heading("joint works", True, count=counted)
    headings = [Heading("year", True), works, Heading("status")]
    rows = [[str(entry.year), count(entry.works), _late(entry)[2:]] for entry in counts]
    return TableView(title, headings, rows, cells=[entry.cell for entry in counts])


def _description(counts: Sequence[YearCount]) -> str:
    most = max(counts, key=lambda entry: (entry.works, -entry.year))
    if len(counts) == 1:
        return f"Bar chart of joint works with one year, {most.year}: {count(most.works)}."
    return (
        f"Bar chart of joint works in {len(counts)} years; the most are {count(most.works)} in "
        f"{most.year}. All numbers are in the table."
    )
