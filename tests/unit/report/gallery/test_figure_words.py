"""What titles and labels say: articles of countries, places, shares of few works."""

from dataclasses import replace

import pandas as pd
import pytest
from invented_report import empty_content

from bibnet.report import gallery
from bibnet.report.content.report_content import ReportContent, with_declared_frames
from bibnet.report.findings.pairs import country_pair_findings


def content_with(**exhibits: dict[str, list[object]]) -> ReportContent:
    frames = {name: pd.DataFrame(rows) for name, rows in exhibits.items()}
    return with_declared_frames(replace(empty_content(), exhibits=frames))


@pytest.mark.parametrize(("whole", "label"), [(10, "1 of 10"), (29, "1 of 29"), (30, "3.3% (1)")])
def test_a_share_of_few_works_is_told_as_its_numbers(whole: int, label: str) -> None:
    content = content_with(
        funding={
            "funder_country": ["AA"], "funder_type": ["all"], "works": [1], "joint_works": [1],
            "share_of_joint_disclosed": [1 / whole],
        },
    )  # fmt: skip
    (figure,) = gallery.funding_figures(content)
    assert [row["shown"] for row in figure.datasets["bars"]] == [label]
    assert ("(number of joint works)" in figure.subtitle) == (whole == 30)


def hubs(*rows: tuple[str, str, str | None, str | None, str]) -> ReportContent:
    columns = ["country", "province", "city", "cluster", "unit"]
    frame = pd.DataFrame(rows, columns=columns).assign(works=4, joint_works=2)
    names = {"GB": "United Kingdom", "ZA": "Zand", "ZB": "Zebra", "MO": "Macao", "SG": "Singapore"}
    return replace(content_with(hubs=frame.to_dict("list")), country_names=names)


def test_a_place_stands_in_a_title_by_its_name_and_in_the_figure_with_its_country() -> None:
    content = hubs(
        ("GB", "England", "London", None, "city"), ("SG", "Singapore", "Singapore", None, "city")
    )
    figure = gallery.hub_figures(content)[0]
    assert figure.title == "Most joint works: London and Singapore (2 each)"
    assert figure.twin.rows[0][0] == "London, United Kingdom"


def test_namesakes_in_a_title_have_their_country_as_a_sentence_says_it() -> None:
    content = hubs(
        ("GB", "England", "London", None, "city"), ("CA", "Ontario", "London", None, "city")
    )
    title = "Most joint works: London in CA and London in the United Kingdom (2 each)"
    assert gallery.hub_figures(content)[0].title == title


def test_namesakes_of_one_country_are_told_by_their_province() -> None:
    content = hubs(
        ("GB", "Wales", "Bangor", None, "city"), ("GB", "Ulster", "Bangor", None, "city")
    )
    figure = gallery.hub_figures(content)[0]
    assert figure.title == "Most joint works: Bangor in Wales and Bangor in Ulster (2 each)"
    labels = ["Bangor, Wales, United Kingdom", "Bangor, Ulster, United Kingdom"]
    assert [row[0] for row in figure.twin.rows] == labels


def test_a_cluster_that_lies_in_one_side_and_beyond_has_the_colour_of_the_side() -> None:
    """Pearl River Delta: China and Hong Kong are of the side, Macao of none."""
    content = hubs(("ZA|MO", "all", "all", "Delta", "cluster"))
    figure = gallery.hub_figures(content)[0]
    assert figure.title == "Most joint works: Delta (2)"
    assert [row["group"] for row in figure.datasets["bars"]] == ["South"]


def test_countries_in_a_title_have_their_article() -> None:
    content = replace(
        content_with(
            countries={
                "side": ["north", "north", "south"], "country": ["AA", "AB", "ZA"],
                "works": [9, 9, 9], "joint_works": [3, 2, 4],
            },
            country_pairs={"country_a": ["AA"], "country_b": ["ZA"], "works": [3]},
            years={"year": [2020], "side": ["all"], "works": [40], "joint_works": [4]},
        ),
        country_names={"AA": "United Kingdom", "ZA": "The Netherlands"},
    )  # fmt: skip
    titles = [figure.title for figure in gallery.country_figures(content)]
    assert titles == [
        "The United Kingdom is in 3 of 4 joint works",
        "Most works together across the sides: the United Kingdom – the Netherlands (3)",
    ]
    assert country_pair_findings(content)[0].text.startswith(
        "The United Kingdom and the Netherlands: 3 works."
    )


def test_a_mark_of_no_work_leads_nowhere() -> None:
    years = {"year": [2020, 2021], "side": ["all"] * 2, "works": [40, 40], "joint_works": [0, 4]}
    covered = {"year": [2020, 2021], "works": [10, 10], "works_with_funder": [0, 3]}
    content = content_with(
        years={**years, "share": [0.0, 0.1]}, coverage={**covered, "authorships": [0, 0]}
    )
    by_year, share = gallery.time_figures(content)
    (coverage,) = gallery.coverage_figures(content)
    assert [bool(row["link"]) for row in by_year.datasets["years"]] == [False, True]
    assert [bool(row["link"]) for row in share.datasets["points"]] == [False, True]
    funders = [row for row in coverage.datasets["points"] if "funder" in str(row["series"])]
    assert [bool(row["link"]) for row in funders] == [False, True]


def test_a_pair_without_a_work_leads_nowhere() -> None:
    rows = {"country_a": ["AA", "AB"], "country_b": ["ZA", "ZA"], "works": [0, 1]}
    tested = {"expected": [9.0, 9.0], "ratio": [0.0, 0.11], "z": [-3.0, -2.9]}
    content = content_with(country_expectation={**rows, **tested, "verdict": ["less", "less"]})
    (figure,) = gallery.chance_figures(content)
    links = {str(row["shown"]): bool(row["link"]) for row in figure.datasets["dots"]}
    assert links == {"0.00 (0 of 9.00)": False, "0.110 (1 of 9.00)": True}
