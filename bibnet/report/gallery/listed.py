"""The figures of institutions that a published list holds, with the lists that hold them."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from bibnet.report.content.cell import Cell
from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.wording import clean, count, counted
from bibnet.report.figures.bars import Bar, BarWords, bar_figure
from bibnet.report.figures.figure import Figure
from bibnet.report.figures.theme import OUTSIDE, PALETTE
from bibnet.report.gallery.ranking import MOST_BARS, leading
from bibnet.report.gallery.titles import leader_title
from bibnet.storage.frames import records

KEYS = ("institution_id", "institution", "entry_id")
LISTED = "only listed"
# The words a category may be called by, each with its colour; the rest is only listed.
KINDS: Mapping[str, str] = {"defence": PALETTE[3], "security": PALETTE[4], LISTED: OUTSIDE}
MOST_LISTS = 2  # named beside an institution; the table has all


def listed_figures(content: ReportContent) -> list[Figure]:
    """Return the listed institutions with most joint works (most works if there are none)."""
    listed = content.exhibit("defence")
    fact = "joint_works" if listed["joint_works"].fillna(0).sum() > 0 else "works"
    chosen = leading(listed, (fact,), "institution")
    if chosen.empty:
        return []
    bars = [_bar(row, fact) for row in records(chosen.head(MOST_BARS))]
    return [bar_figure(bars, _words(chosen, bars, fact))]


def _bar(row: Mapping[str, Any], fact: str) -> Bar:
    kind = clean(row["kind"])
    return Bar(
        clean(row["institution"]),
        row[fact],
        count(row[fact]),
        kind if kind in KINDS else LISTED,
        Cell("defence", {key: row[key] for key in KEYS}, fact),
        note=_lists(clean(row["lists"])),
    )


def _lists(joined: str) -> str:
    names = [name.replace("_", " ") for name in joined.split("|") if name]
    more = len(names) - MOST_LISTS
    return ", ".join(names[:MOST_LISTS]) + (f" and {more} more" if more > 0 else "")


def _words(chosen: pd.DataFrame, bars: list[Bar], fact: str) -> BarWords:
    noun = fact.replace("_", " ")
    neutral = f"Listed institutions with most {noun}"
    title = leader_title(
        [b.label for b in bars],
        [int(b.value) for b in bars],
        f"{noun} of a listed institution",
        neutral,
    )
    shown = f"the first {MOST_BARS} of " if len(chosen) > MOST_BARS else ""
    subtitle = (
        f"{neutral}, with the lists that hold them: {shown}"
        f"{counted(len(chosen), 'entry', 'entries')}. A list holds the institution; that is no "
        "judgement of a work or a person."
    )
    return BarWords(f"listed_by_{fact}", title, subtitle, noun, KINDS)
