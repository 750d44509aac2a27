"""The title of joint works by year says no more of the share than the findings do."""

from dataclasses import replace

import pandas as pd
import pytest
from invented_report import empty_content

from bibnet.report import gallery
from bibnet.report.content.report_content import with_declared_frames
from bibnet.report.figures.text_width import text_width
from bibnet.report.gallery.titles import leader_title


def title(share_high: float) -> str:
    """Joint works are 10 of 200 in 2020, up to `share_high` of them, and 60 of 200 in 2021."""
    rows = pd.DataFrame(
        [
            (2020, "all", 200, 10, 0.05, 0.05, share_high, False),
            (2021, "all", 200, 60, 0.3, 0.3, 0.3, False),
        ],
        columns=[
            "year", "side", "works", "joint_works", "share", "share_low", "share_high",
            "provisional",
        ],
    )  # fmt: skip
    content = with_declared_frames(replace(empty_content(), exhibits={"years": rows}))
    return next(one.title for one in gallery.time_figures(content) if "Joint" in one.title)


@pytest.mark.parametrize(
    ("share_high", "told"),
    [
        (0.05, True),
        (0.15, True),
        (0.25, False),  # with undecided works the share may not have risen
    ],
)
def test_a_share_that_undecided_works_could_have_had_before_did_not_rise(
    share_high: float, told: bool
) -> None:
    assert ("their share rose" in title(share_high)) == told


def test_a_name_longer_than_a_line_is_cut_in_a_title() -> None:
    title = leader_title(["L" * 300, "Short"], [3, 2], "works", "neutral")
    name, _, rest = title.removeprefix("Most works: ").partition("…")
    assert (set(name), rest) == ({"L"}, " (3), then Short (2)")
    assert text_width(f"{name}…", 16) <= 500 < text_width(f"{name}L…", 16)


def test_names_that_hold_what_parts_names_are_told_apart() -> None:
    names = ["Malaria, Fever and Ague", "Rare Diseases", "Ants"]
    assert leader_title(names, [2, 2, 1], "joint works", "neutral") == (
        "Most joint works: Malaria, Fever and Ague; Rare Diseases (2 each), then Ants (1)"
    )
