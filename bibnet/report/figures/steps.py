"""A number then and now: the parts of its change as bars to the right (more) and left (less)."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from bibnet.report.content.table_view import Heading, TableView
from bibnet.report.figures.figure import Body, Figure, spoken
from bibnet.report.figures.text_width import text_width
from bibnet.report.figures.theme import HALF_WIDTH, JOINT, PLAIN, row_labels

ROW_HEIGHT, BAR_HEIGHT = 24, 13  # px
LABEL_SIZE = 12
LONGEST_LABEL = 0.45  # of the width


@dataclass(frozen=True)
class Step:
    """A part of a change: what it is called, and by how much the number is more or less."""

    label: str
    change: int

    @property
    def shown(self) -> str:
        """The change with its sign."""
        return f"{self.change:+,}".replace("-", "−")


def step_figure(steps: Sequence[Step], *, id: str, title: str, subtitle: str) -> Figure:
    """Return the figure of at least one part, in the order given."""
    lead = min(
        LONGEST_LABEL * HALF_WIDTH, max(text_width(step.label, LABEL_SIZE) for step in steps) + 12
    )
    width = round(HALF_WIDTH - lead - 8)
    changes = ", ".join(f"{step.label} {step.shown}" for step in steps)
    return Figure(
        id=id,
        title=title,
        subtitle=subtitle,
        description=f"Bars of the parts of a change: {changes}. All numbers are in the table.",
        body=_body(steps, lead, width),
        datasets={
            "steps": [
                {
                    "row": f"{place:04d} {step.label}",
                    "change": step.change,
                    "shown": step.shown,
                    "tip": f"{step.label}: {step.shown}",
                    "colour": JOINT if step.change > 0 else PLAIN,
                }
                for place, step in enumerate(steps)
            ]
        },
        twin=TableView(
            title,
            [Heading("part"), Heading("change", True)],
            [[step.label, step.shown] for step in steps],
        ),
        lead=lead,
    )


def _body(steps: Sequence[Step], lead: float, width: int) -> Body:
    room = max(text_width(step.shown, LABEL_SIZE) for step in steps) + 10
    changes = [0, *(step.change for step in steps)]
    left = room if min(changes) < 0 else 0
    scale = alt.Scale(
        domain=[min(changes), max(changes)], range=[left, width - room], nice=False, zero=True
    )
    length = alt.X("change:Q", axis=None, scale=scale)
    rows = alt.Chart(alt.NamedData(name="steps")).encode(
        y=alt.Y("row:O", sort=None, axis=row_labels(lead))
    )
    bars = rows.mark_bar(height=BAR_HEIGHT).encode(
        x=length, color=alt.Color("colour:N", scale=None), **spoken()
    )
    more = rows.transform_filter("datum.change > 0").mark_text(align="left", dx=5, aria=False)
    less = rows.transform_filter("datum.change < 0").mark_text(align="right", dx=-5, aria=False)
    texts = [text.encode(x=length, text="shown:N") for text in (more, less)]
    return alt.layer(bars, *texts).properties(width=width, height=ROW_HEIGHT * len(steps))
