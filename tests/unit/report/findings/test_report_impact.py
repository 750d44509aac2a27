"""Figures and findings of citation impact and of pairs against chance."""

from dataclasses import replace

import pandas as pd
from invented_report import empty_content

from bibnet.report import gallery
from bibnet.report.content.report_content import ReportContent, with_declared_frames
from bibnet.report.findings.impact import impact_findings


def content_with(**exhibits: dict[str, list[object]]) -> ReportContent:
    frames = {name: pd.DataFrame(rows) for name, rows in exhibits.items()}
    return with_declared_frames(replace(empty_content(), exhibits=frames))


def groups(works: int) -> dict[str, list[object]]:
    return {
        "group": ["joint", "north only", "south only"],
        "reference": ["ai_internal"] * 3,
        "mncs": [1.5, 1.0, None],
        "mncs_low": [1.1, 0.9, None],
        "mncs_high": [2.0, 1.1, None],
        "pp_top10": [0.2, 0.1, None],
        "pp_top10_low": [0.1, None, None],
        "pp_top10_high": [0.3, None, None],
        "works_in_mncs": [works, 300, 0],
    }


def test_groups_are_drawn_with_their_intervals_and_works() -> None:
    figures = gallery.impact_figures(content_with(citations=groups(100)))
    assert [figure.id for figure in figures] == ["normalised_citations", "top_cited"]
    assert figures[0].twin.rows == [
        ["Joint works (100 works)", "1.50 (1.10–2.00)"],
        ["North only (300 works)", "1.00 (0.900–1.10)"],
    ]
    shares = [row[1] for row in figures[1].twin.rows]
    assert shares == ["20.0% (10.0%–30.0%)", "10.0%"]
    assert "works of this run of the same field, year and type" in figures[0].subtitle


def test_teams_stand_side_by_side_where_enough_works_are_judged() -> None:
    rows = {
        "group": ["joint", "north only", "joint", "north only", "joint"],
        "countries": ["all", "all", "all", "all", "2"],
        "authors": ["6-10", "6-10", "11+", "11+", "6-10"],
        "mncs": [1.2, 1.1, 2.0, 1.0, 9.0],
        "works_in_mncs": [50, 60, 3, 70, 50],
    }
    (figure,) = gallery.impact_figures(content_with(citations_by_team=rows))
    assert [row[0] for row in figure.twin.rows] == [
        "6–10 authors: joint works",
        "6–10 authors: North only",
        "11+ authors: North only",  # three joint works of that size are too few
    ]


def test_pairs_furthest_from_chance_are_shown_of_either_kind() -> None:
    rows = {
        "country_a": ["AA", "AB", "AC"],
        "country_b": ["ZA", "ZB", "ZA"],
        "works": [50, 2, 10],
        "expected": [10.0, 20.0, 9.0],
        "ratio": [5.0, 0.1, 1.1],
        "z": [12.0, -4.0, 0.3],
        "verdict": ["more", "less", "as_expected"],
    }
    (figure,) = gallery.chance_figures(content_with(country_expectation=rows))
    assert figure.twin.rows == [
        ["AA – ZA", "more than chance", "5.00 (50 of 10.00)"],
        ["AB – ZB", "less than chance", "0.100 (2 of 20.00)"],
    ]


def compared(low: float, high: float) -> dict[str, list[object]]:
    return {
        "compared_with": ["north only"] * 2,
        "adjusted_for": ["authors", "nothing"],
        "compared_works_in_mncs": [100, 300],
        "mncs_difference": [0.1, 0.5],
        "mncs_difference_low": [low, 0.2],
        "mncs_difference_high": [high, 0.8],
        "mncs_difference_p": [0.6, 0.002],
        "works_in_mncs": [100, 100],
    }


def test_findings_say_what_is_left_at_equal_teams() -> None:
    content = content_with(citations=groups(100), citations_compared=compared(-0.2, 0.4))
    first, second = impact_findings(content)
    assert "joint works 1.50 (1.10 to 2.00, 100 works)" in first.text
    assert second.text == (
        "Joint works are cited more than those of North only: the scores differ by 0.500 (95% "
        "interval 0.200 to 0.800, p = 0.002; 100 joint works, 300 others); at equal numbers of "
        "authors by 0.100 (95% interval −0.200 to 0.400, p = 0.600; 100 joint works, 100 others), "
        "so no difference can be told; at equal numbers of countries it cannot be told (fewer "
        "than 30 works that can be compared)."
    )
    cell = "#works/citations_compared?compared_with=north%20only&adjusted_for="
    assert [piece for piece in second.pieces if piece[1]] == [
        ("100", f"{cell}nothing&count=works_in_mncs"),
        ("300", f"{cell}nothing&count=compared_works_in_mncs"),
        ("100", f"{cell}authors&count=works_in_mncs"),
        ("100", f"{cell}authors&count=compared_works_in_mncs"),
    ]


def test_a_difference_that_is_one_of_several_needs_a_smaller_p() -> None:
    rows = {
        "compared_with": ["north only", "south only"],
        "adjusted_for": ["nothing"] * 2,
        "compared_works_in_mncs": [300, 300],
        "mncs_difference": [0.5, 0.3],
        "mncs_difference_low": [0.2, 0.1],
        "mncs_difference_high": [0.8, 0.5],
        "mncs_difference_p": [0.03, 0.04],
        "works_in_mncs": [100, 100],
    }
    north, south = impact_findings(content_with(citations_compared=rows))
    assert north.text.startswith(
        "Whether joint works are cited more than those of North only cannot be told: the scores "
        "differ by 0.500 (95% interval 0.200 to 0.800, p = 0.030, 0.060 corrected for all "
        "comparisons; 100 joint works, 300 others);"
    )
    assert "p = 0.040, 0.060 corrected for all comparisons" in south.text
    rows["mncs_difference_p"] = [0.01, 0.04]
    north, south = impact_findings(content_with(citations_compared=rows))
    assert north.text.startswith("Joint works are cited more than those of North only")
    assert south.text.startswith("Joint works are cited more than those of South only")


def test_few_works_give_no_finding() -> None:
    assert impact_findings(content_with(citations=groups(3))) == []
