"""What the figures of countries, institutions and funders share: order, names, words."""

from collections.abc import Mapping, Sequence

import pandas as pd

from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.wording import clean, counted, side_name
from bibnet.report.figures.bars import Bar, BarWords
from bibnet.report.figures.theme import OUTSIDE, side_colours
from bibnet.report.gallery.time import joint_definition
from bibnet.report.gallery.titles import leader_title

MOST_BARS = 12
NO_SIDE = "no side"


def leading(frame: pd.DataFrame, facts: Sequence[str], key: str) -> pd.DataFrame:
    """Return rows whose first fact is above zero, most first, equal ones by key."""
    by = [*facts, key]
    ordered = frame.sort_values(by, ascending=[False] * len(facts) + [True], kind="stable")
    return ordered[ordered[facts[0]].fillna(0) > 0]


def group_of(side: object) -> str:
    """Name the side of a bar, or say that it has none."""
    return side_name(clean(side)) if clean(side) else NO_SIDE


def group_colours(content: ReportContent) -> Mapping[str, str]:
    """Map the names of all sides, and of none, to their colours."""
    named = {side_name(s): colour for s, colour in side_colours(list(content.sides)).items()}
    return {**named, NO_SIDE: OUTSIDE}


def ranking_words(
    content: ReportContent, id: str, neutral: str, bars: Sequence[Bar], unit: str = "joint works"
) -> BarWords:
    """Return the words of a ranking: who leads, its unit, how many are shown.

    `bars` are those shown; `neutral` is the title where no few lead.
    """
    explained = f" {joint_definition(content)}" if unit == "joint works" else " Full counting."
    shown = f"at most {MOST_BARS} shown" if len(bars) >= MOST_BARS else "all shown"
    title = leading_title([bar.label for bar in bars], bars, unit, neutral)
    subtitle = f"{neutral}: number of {unit}, {shown}.{explained}"
    return BarWords(id, title, subtitle, unit, group_colours(content))


def leading_title(names: Sequence[str], bars: Sequence[Bar], unit: str, neutral: str) -> str:
    """Who leads a ranking, by `names` as a title says them."""
    return leader_title(names, [int(bar.value) for bar in bars], unit, neutral)


def how_many(number: int, noun: str) -> str:
    """Say how many of a number are shown: the first 12 of 31 pairs, all 7 pairs."""
    shown = f"the first {MOST_BARS} of " if number > MOST_BARS else "all "
    return shown + counted(number, noun) if number > 1 else counted(number, noun)
