"""Horizontal bars with the number at the end of each: countries, institutions, funders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt

from bibnet.report.content.table_view import Heading, TableView
from bibnet.report.figures.figure import Body, Figure, Rows
from bibnet.report.figures.text_width import shortened, text_width
from bibnet.report.figures.theme import HALF_WIDTH, PALETTE

ROW_HEIGHT = 22  # px
LABEL_SIZE = 12
LONGEST_LABEL = 210  # px; leaves the bars more than half of the figure
MARGIN = 12


@dataclass(frozen=True)
class Bar:
    """One bar: its label, its value, the value as written, the group that colours it."""

    label: str
    value: float
    shown: str
    group: str = ""

    def tooltip(self) -> str:
        """Return what stands beside the pointer."""
        return f"{self.label}: {self.shown}"


@dataclass(frozen=True)
class BarWords:
    """The words of a bar figure; `colours` maps each group to a colour and makes the legend."""

    id: str
    title: str
    subtitle: str
    unit: str
    colours: Mapping[str, str]


def bar_figure(bars: Sequence[Bar], words: BarWords) -> Figure:
    """Return a figure of horizontal bars in the order given, longest labels cut."""
    lead = min(LONGEST_LABEL, max(text_width(bar.label, LABEL_SIZE) for bar in bars) + 4)
    groups = [group for group in words.colours if any(bar.group == group for bar in bars)]
    room = max(text_width(bar.shown, LABEL_SIZE) for bar in bars) + 12
    body = _body(lead, room, _colour(groups, words.colours))
    return Figure(
        id=words.id,
        title=words.title,
        subtitle=words.subtitle,
        description=_description(bars, words),
        body=body.properties(
            width=round(HALF_WIDTH - lead - 2 * MARGIN), height=ROW_HEIGHT * len(bars)
        ),
        datasets={"bars": _rows(bars, lead)},
        twin=_twin(bars, words),
        lead=lead,
    )


def _body(lead: float, room: float, colour: alt.Color) -> Body:
    rows = alt.Chart(alt.NamedData(name="bars")).encode(
        y=alt.Y("row:O", sort=None, axis=_labels(lead)), tooltip=[alt.Tooltip("tip:N", title=" ")]
    )
    end = alt.ExprRef(expr=f"max(40, width - {room:.0f})")
    scale = alt.Scale(range=[0, end], zero=True, nice=False)
    length = alt.X("value:Q", axis=None, scale=scale)
    drawn = rows.mark_bar(height=13).encode(x=length, color=colour)
    numbers = rows.mark_text(align="left", dx=5).encode(x=length, text="shown:N")
    return alt.layer(drawn, numbers)


def _labels(lead: float) -> alt.Axis:
    return alt.Axis(
        title=None,
        domain=False,
        ticks=False,
        labelPadding=6,
        labelLimit=0,  # cut before, which is much faster
        minExtent=lead,
        maxExtent=lead,
        labelExpr="slice(datum.value, 5)",
    )


def _colour(groups: Sequence[str], colours: Mapping[str, str]) -> alt.Color:
    scale = alt.Scale(domain=list(groups), range=[colours[group] for group in groups])
    legend = alt.Legend() if len(groups) > 1 else None
    return alt.Color("group:N", scale=scale, legend=legend)


def _rows(bars: Sequence[Bar], lead: float) -> Rows:
    return [
        {
            "row": f"{place:04d} {shortened(bar.label, LABEL_SIZE, lead)}",
            "value": float(bar.value),
            "shown": bar.shown,
            "group": bar.group,
            "tip": bar.tooltip(),
        }
        for place, bar in enumerate(bars)
    ]


def _twin(bars: Sequence[Bar], words: BarWords) -> TableView:
    grouped = any(bar.group for bar in bars) and len(words.colours) > 1
    headings = [Heading(""), *([Heading("group")] if grouped else []), Heading(words.unit, True)]
    rows = [[bar.label, *([bar.group] if grouped else []), bar.shown] for bar in bars]
    return TableView(words.title, headings, rows)


def _description(bars: Sequence[Bar], words: BarWords) -> str:
    ends = f"{bars[0].label} with {bars[0].shown} is first"
    last = f", {bars[-1].label} with {bars[-1].shown} is last" if len(bars) > 1 else ""
    return f"Bar chart of {len(bars)} rows, {words.unit}: {ends}{last}. All numbers in the table."


ONE_COLOUR: Mapping[str, str] = {"": PALETTE[0]}
