"""Horizontal bars with the number at the end of each: countries, institutions, funders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt

from bibnet.report.content.cell import Cell
from bibnet.report.content.table_view import Heading, TableView
from bibnet.report.figures.figure import Body, Figure, Rows, linked
from bibnet.report.figures.text_width import shortened, text_width
from bibnet.report.figures.theme import HALF_WIDTH, INK, JOINT, PLAIN, SOFT, row_labels

ROW_HEIGHT = 22  # px
STACKED_HEIGHT = 36  # px, a row whose label stands above its bar
LABEL_SIZE = 12
SHARE_OF_LABELS = 0.38  # of the width; longer labels stand above their bars
MARGIN = 4
BAR_HEIGHT = 13
STACKED_BAR = 11


@dataclass(frozen=True)
class Bar:
    """One bar: label, value, value as written, the group that colours it, the cell behind it.

    `note` is a second line of small print beside the label, for example the lists that hold it.
    """

    label: str
    value: float
    shown: str
    group: str = ""
    cell: Cell | None = None
    note: str = ""

    def tooltip(self) -> str:
        """Return what stands beside the pointer."""
        return f"{self.label}: {self.shown}{f'. {self.note}' if self.note else ''}"


@dataclass(frozen=True)
class BarWords:
    """The words of a bar figure; `colours` maps each group to a colour and makes the legend."""

    id: str
    title: str
    subtitle: str
    unit: str
    colours: Mapping[str, str]


def bar_figure(bars: Sequence[Bar], words: BarWords) -> Figure:
    """Return a figure of horizontal bars in the order given.

    Labels stand left of the bars; where one is long or has a note, all stand above their bars.
    """
    longest = max(text_width(bar.label, LABEL_SIZE) for bar in bars)
    stacked = longest > SHARE_OF_LABELS * HALF_WIDTH or any(bar.note for bar in bars)
    lead = 0.0 if stacked else longest + 10
    groups = [group for group in words.colours if any(bar.group == group for bar in bars)]
    room = max(text_width(bar.shown, LABEL_SIZE) for bar in bars) + 12
    colour = _colour(groups, words.colours)
    width = round(HALF_WIDTH - lead - 2 * MARGIN)
    body = _stacked(room, colour) if stacked else _beside(lead, room, colour)
    height = (STACKED_HEIGHT if stacked else ROW_HEIGHT) * len(bars)
    return Figure(
        id=words.id,
        title=words.title,
        subtitle=words.subtitle,
        description=_description(bars, words),
        body=body.properties(width=width, height=height),
        datasets={"bars": _rows(bars, width)},
        twin=_twin(bars, words),
        cells=[bar.cell for bar in bars if bar.cell],
        lead=lead,
    )


def _beside(lead: float, room: float, colour: alt.Color) -> Body:
    rows = _chart(row_labels(lead))
    drawn = rows.mark_bar(height=BAR_HEIGHT).encode(x=_length(room), color=colour, **linked())
    numbers = rows.mark_text(align="left", dx=5, aria=False).encode(x=_length(room), text="shown:N")
    return alt.layer(drawn, numbers)


def _stacked(room: float, colour: alt.Color) -> Body:
    rows, down = _chart(None), STACKED_HEIGHT / 2 - STACKED_BAR / 2 - 3
    bars = rows.mark_bar(height=STACKED_BAR, yOffset=down)
    drawn = bars.encode(x=_length(room), color=colour, **linked())
    numbers = rows.mark_text(align="left", dx=5, dy=down, aria=False)
    names = rows.mark_text(align="left", dy=-7, x=0, aria=False, color=INK)
    notes = rows.mark_text(align="right", dy=-7, aria=False, color=SOFT, fontSize=11)
    return alt.layer(
        drawn,
        numbers.encode(x=_length(room), text="shown:N"),
        names.encode(x=alt.value(0), text="name:N"),
        notes.encode(x=alt.value("width"), text="note:N"),
    )


def _chart(axis: alt.Axis | None) -> alt.Chart:
    chart = alt.Chart(alt.NamedData(name="bars"))
    rows: alt.Chart = chart.encode(y=alt.Y("row:O", sort=None, axis=axis))
    return rows


def _length(room: float) -> alt.X:
    end = alt.ExprRef(expr=f"max(40, width - {room:.0f})")
    scale = alt.Scale(range=[0, end], zero=True, nice=False)
    return alt.X("value:Q", axis=None, scale=scale)


def _colour(groups: Sequence[str], colours: Mapping[str, str]) -> alt.Color:
    scale = alt.Scale(domain=list(groups), range=[colours[group] for group in groups])
    legend = alt.Legend() if len(groups) > 1 else None
    return alt.Color("group:N", scale=scale, legend=legend)


def _rows(bars: Sequence[Bar], width: float) -> Rows:
    return [
        {
            "row": f"{place:04d} {bar.label}",
            "name": shortened(bar.label, LABEL_SIZE, width - text_width(bar.note, 11) - 12),
            "note": bar.note,
            "value": float(bar.value),
            "shown": bar.shown,
            "group": bar.group,
            "tip": bar.tooltip(),
            "link": bar.cell.address if bar.cell else "",
        }
        for place, bar in enumerate(bars)
    ]


def _twin(bars: Sequence[Bar], words: BarWords) -> TableView:
    grouped = any(bar.group for bar in bars) and len(words.colours) > 1
    noted = any(bar.note for bar in bars)
    counts = words.unit.endswith("works") and "share" not in words.unit
    count = next((bar.cell.count for bar in bars if bar.cell and counts), "")
    number = Heading(words.unit, True, count=count)
    headings = [Heading(""), *([Heading("group")] if grouped else []), number]
    rows = [
        [bar.label, *([bar.group] if grouped else []), bar.shown, *([bar.note] if noted else [])]
        for bar in bars
    ]
    headings = [*headings, *([Heading("note")] if noted else [])]
    return TableView(words.title, headings, rows, cells=[bar.cell for bar in bars])


def _description(bars: Sequence[Bar], words: BarWords) -> str:
    if len(bars) == 1:
        return f"Bar chart of {words.unit} with one bar, {bars[0].label}: {bars[0].shown}."
    return (
        f"Bar chart of {words.unit} with {len(bars)} bars, from {bars[0].label} "
        f"({bars[0].shown}) to {bars[-1].label} ({bars[-1].shown}). All numbers are in the table."
    )


ONE_COLOUR: Mapping[str, str] = {"": JOINT}
PLAIN_COLOUR: Mapping[str, str] = {"": PLAIN}
