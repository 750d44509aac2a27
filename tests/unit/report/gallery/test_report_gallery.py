from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest
from invented_report import empty_content, invented_content

from bibnet.report import gallery
from bibnet.report.content.report_content import ReportContent, with_declared_frames
from bibnet.report.figures import Figure

Maker = Callable[[ReportContent], list[Figure]]
MAKERS: dict[Maker, list[str]] = {
    gallery.time_figures: ["joint_works_by_year", "joint_share_by_year", "joint_share_by_side"],
    gallery.country_figures: [
        "joint_works_by_country",
        "joint_works_by_country_and_year",
        "country_pairs_across_sides",
        "country_matrix",
    ],
    gallery.institution_figures: [
        "institutions_by_joint_works",
        "institutions_by_works",
        "institution_map",
        "institution_network",
        "country_network",
    ],
    gallery.topic_figures: ["topics_by_joint_works"],
    gallery.company_figures: ["companies_by_joint_works"],
    gallery.hub_figures: [
        "hubs_cluster_by_joint_works",
        "hubs_province_by_joint_works",
        "hubs_city_by_joint_works",
        "city_map_1",
    ],
    gallery.funding_figures: ["funders_by_joint_works", "funding_by_country", "funding_by_type"],
    gallery.citation_figures: ["mean_citations"],
    gallery.listed_figures: ["listed_by_joint_works"],
    gallery.coverage_figures: ["coverage_by_year"],
}


def content_with(**exhibits: dict[str, list[object]]) -> ReportContent:
    frames = {name: pd.DataFrame(rows) for name, rows in exhibits.items()}
    return with_declared_frames(replace(empty_content(), exhibits=frames))


@pytest.mark.parametrize(("maker", "ids"), MAKERS.items())
def test_a_whole_run_has_every_figure(maker: Maker, ids: list[str]) -> None:
    figures = maker(with_declared_frames(invented_content()))
    assert [figure.id for figure in figures] == ids


def test_the_network_of_a_country_has_its_ties_across_sides_only() -> None:
    content = with_declared_frames(invented_content())
    figure = gallery.institution_figures(content)[-1]
    pairs = content.exhibit("institution_pairs").set_index(["institution_a", "institution_b"])
    drawn = [cell.keys for cell in figure.cells if cell.exhibit == "institution_pairs"]
    rows = pairs.loc[[(cell["institution_a"], cell["institution_b"]) for cell in drawn]]
    assert len(drawn) > 3
    assert rows["cross_side"].all()
    assert ((rows["country_a"] == "AA") | (rows["country_b"] == "AA")).all()
    assert figure.title.startswith("Aland: ")


@pytest.mark.parametrize("maker", MAKERS)
def test_an_empty_run_has_no_figure(maker: Maker) -> None:
    assert maker(with_declared_frames(empty_content())) == []


def test_countries_outside_the_sides_are_not_in_the_figure_of_joint_works() -> None:
    content = content_with(
        countries={
            "side": ["north", None, "south"],
            "country": ["AA", "QQ", "ZA"],
            "joint_works": [3, 9, 4],
        }
    )
    assert gallery.country_figures(content)[0].twin.rows == [
        ["ZA", "South", "4"],
        ["AA", "North", "3"],
    ]


def test_pairs_inside_a_side_are_not_across_sides() -> None:
    content = content_with(
        country_pairs={
            "country_a": ["AA", "AA", "QQ"],
            "country_b": ["AB", "ZA", "ZA"],
            "works": [50, 5, 7],
        }
    )
    assert gallery.country_figures(content)[0].twin.rows == [["AA – ZA", "5"]]


def test_without_joint_works_topics_are_ordered_by_works() -> None:
    content = content_with(
        topics={
            "topic_id": ["T1", "T2"],
            "topic": ["a", "b"],
            "works": [1, 2],
            "joint_works": [0, 0],
        }
    )
    figure = gallery.topic_figures(content)[0]
    assert (figure.id, figure.twin.rows) == ("topics_by_works", [["b", "2"], ["a", "1"]])


def test_works_without_a_topic_have_no_bar() -> None:
    content = content_with(
        topics={"topic_id": [None], "topic": [None], "works": [9], "joint_works": [1]}
    )
    assert gallery.topic_figures(content) == []


def test_a_share_stands_with_its_number_of_works() -> None:
    content = content_with(
        funding={
            "funder_country": ["all", "ZA", None],
            "funder_type": ["all", "all", "all"],
            "works": [90, 50, 40],
            "joint_works": [40, 30, 10],
            "share_of_joint_disclosed": [1.0, 0.75, 0.25],
        }
    )
    assert gallery.funding_figures(content)[0].twin.rows == [
        ["ZA", "75.0% (30)"],
        ["unknown country", "25.0% (10)"],
    ]


def test_coverage_is_drawn_as_parts_of_the_whole() -> None:
    content = content_with(
        coverage={
            "year": [2019, 2020],
            "works": [10, 10],
            "authorships": [0, 0],  # undefined: no share
            "authorships_with_country": [0, 0],
            "works_with_country": [10, 5],
            "works_with_funder": [0, 1],
        }
    )
    rows = gallery.coverage_figures(content)[0].twin.rows
    assert [row for row in rows if row[0] == "2020"] == [
        ["2020", "authorships with country", "–", ""],
        ["2020", "works with country", "50.0%", ""],
        ["2020", "works with funder", "10.0%", ""],
    ]


def test_a_year_of_few_authorships_is_not_called_the_one_with_fewest_countries() -> None:
    content = content_with(
        coverage={
            "year": [1915, 2019, 2020],
            "works": [1, 40, 40],
            "authorships": [1, 100, 100],
            "authorships_with_country": [0, 90, 60],
        }
    )
    assert gallery.coverage_figures(content)[0].title == (
        "74.6% of all authorships have a country; of the years with 30 or more, fewest in 2020 "
        "(60.0%)"
    )


@pytest.mark.parametrize(
    ("joint", "title"),
    [
        ([0, 2, 1, 0], "Joint works: at most 2 a year, in 2019"),
        ([0, 2, 2, 0], "Joint works: at most 2 a year (in 2 of the years)"),
        ([0, 0, 0, 0], "No joint works from 2018 to 2021"),
        ([1, 2, 2, 0], "Joint works: from 1 in 2018 to 0 in 2021"),
    ],
)
def test_years_that_begin_and_end_without_joint_works(joint: list[int], title: str) -> None:
    content = content_with(
        years={
            "year": [2018, 2019, 2020, 2021, 2022],
            "side": ["all"] * 5,
            "works": [40] * 5,
            "joint_works": [*joint, 1],
            "share": [one / 40 for one in [*joint, 1]],
            "share_high": [one / 40 for one in [*joint, 1]],
            "provisional": [False] * 4 + [True],
        }
    )
    counts, shares, *_ = gallery.time_figures(content)
    assert counts.title == title
    assert shares.title == "In 2021, 0 of 40 works are joint"


def test_few_works_of_a_side_are_said_beside_its_share() -> None:
    content = content_with(
        years={
            "year": [2019, 2020],
            "side": ["north", "north"],
            "works": [40, 12],
            "share": [0.5, 0.5],
            "joint_works": [20, 6],
        }
    )
    assert "fewer than 30 works" in gallery.time_figures(content)[-1].subtitle


YEARS_OF_FEW: dict[str, list[object]] = {
    "year": [2020, 2020, 2020],
    "side": ["all", "north", "south"],
    "works": [20, 12, 11],
    "joint_works": [1, 1, 1],
    "share": [0.05, 1 / 12, 1 / 11],
    "share_high": [0.15, 2 / 12, 2 / 11],
    "provisional": [False, False, False],
}


def two_years(rows: dict[str, list[object]]) -> dict[str, list[object]]:
    """The rows of 2020, and the same of the year before."""
    last = rows["year"]
    return {name: [*cells, *cells] for name, cells in rows.items()} | {
        "year": [*(2019 for _ in last), *last]
    }


def test_one_year_is_no_time() -> None:
    content = content_with(years={**YEARS_OF_FEW, "works": [40, 30, 20]})
    assert gallery.time_figures(content) == []


def test_titles_of_few_works_give_counts_and_no_percentages() -> None:
    _, overall, sides = gallery.time_figures(content_with(years=two_years(YEARS_OF_FEW)))
    assert overall.title == "In 2020, 1 of 20 works is joint; 3 with undecided ones"
    assert (
        sides.title == "In 2020, joint works are 1 of 12 works of North and 1 of 11 works of South"
    )


def test_no_share_of_fewer_than_ten_works_is_drawn_and_the_page_says_why() -> None:
    """1 of 1 is no 100%: the table has the counts."""
    content = content_with(years=two_years({**YEARS_OF_FEW, "works": [9, 1, 8]}))
    assert [figure.id for figure in gallery.time_figures(content)] == ["joint_works_by_year"]
    assert gallery.why_no_shares(content) == [
        "There is no figure of shares over time: no two years of this run have 10 works or more. "
        "The table has them."
    ]
    assert gallery.why_no_shares(content_with(years=two_years(YEARS_OF_FEW))) == []


def test_mean_citations_of_few_works_are_not_drawn() -> None:
    def groups(*works: int) -> ReportContent:
        names = ["joint", "north only", "south only"]
        means = {"mean_citations": [9.0, 8.0, 7.0], "works_with_citations": list(works)}
        return content_with(citations={"group": names, **means})

    assert gallery.citation_figures(groups(29, 30, 3)) == []
    (figure,) = gallery.citation_figures(groups(29, 30, 40))
    assert figure.subtitle.endswith("number of authors; groups of 30 works or more")
    assert [row[0] for row in figure.twin.rows] == [
        "North only (30 works)",
        "South only (40 works)",
    ]


def test_titles_of_many_works_give_percentages() -> None:
    many = {**YEARS_OF_FEW, "works": [200, 120, 90], "joint_works": [10, 10, 10]}
    many |= {"share_high": [0.05, 10 / 120, 10 / 90]}
    _, overall, sides = gallery.time_figures(content_with(years=two_years(many)))
    assert overall.title == "In 2020, 5.0% of all works are joint"
    assert sides.title == (
        "In 2020, joint works are 8.3% of the works of North and 11.1% of the works of South"
    )


def test_names_of_equal_lines_lie_above_the_axis_and_apart() -> None:
    none = {**YEARS_OF_FEW, "joint_works": [0, 0, 0], "share": [0.0, 0.0, 0.0]}
    *_, sides = gallery.time_figures(content_with(years=two_years(none)))
    first, second = (row["at"] for row in sides.datasets["names"])
    assert first == 0
    assert second > 0


def test_hubs_show_known_places_with_their_country() -> None:
    """The city row without a name is unknown: in the table, in no figure."""
    content = content_with(
        hubs={
            "unit": ["city", "city", "province", "cluster"],
            "country": ["AA", "AA", "AA", "ZA|ZB"],
            "province": ["Upper Aland", "Upper Aland", "Upper Aland", "all"],
            "city": ["Port Aland", None, "all", "all"],
            "cluster": [None, None, None, "Zand Delta"],
            "works": [90, 9, 95, 70],
            "joint_works": [30, 3, 31, 40],
        }
    )
    cluster, province, city = gallery.hub_figures(content)
    assert cluster.twin.rows == [["Zand Delta (ZA and ZB)", "South", "40"]]
    assert province.twin.rows == [["Upper Aland, AA", "North", "31"]]
    assert city.twin.rows == [["Port Aland, AA", "North", "30"]]
