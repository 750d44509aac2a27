"""Every kind of figure is drawn once on a small frame: Vega's own errors say little."""

from collections.abc import Callable
from xml.etree import ElementTree

import altair as alt
import pytest
from test_report_network import edges, nodes

from bibnet.report.figures import Figure, page_spec, published_spec
from bibnet.report.figures.bars import ONE_COLOUR, Bar, BarWords, bar_figure
from bibnet.report.figures.columns import YearCount, year_figure
from bibnet.report.figures.drawing import figure_svg
from bibnet.report.figures.heat import heat_figure
from bibnet.report.figures.lines import LineWords, Point, line_figure, spread, year_ticks
from bibnet.report.figures.network import network_figure
from bibnet.report.figures.subgraph import readable_subgraph

BAD = "</script><b>&{{x}}"


def bars() -> Figure:
    colours = {"North": "#0a5fb4", "South": "#d1660a"}
    return bar_figure(
        [Bar(BAD, 7, "7", "North"), Bar("other", 3, "3", "South")],
        BarWords("bars", f"Bars {BAD}", "works", "works", colours),
    )


def lines() -> Figure:
    points = [
        Point(2020, BAD, 0.1, 0.1, 0.2),
        Point(2021, BAD, None),
        Point(2022, BAD, 0.3, 0.3, 0.4, provisional=True),
        Point(2020, "b", 0.11),
    ]
    return line_figure(
        points, LineWords("lines", "Lines", "shares", "share", {BAD: "#0a5fb4", "b": "#2b2f38"})
    )


def columns() -> Figure:
    counts = [YearCount(2021, 5), YearCount(2022, 7, provisional=True)]
    return year_figure(counts, id="years", title="Years", subtitle="works")


def heat() -> Figure:
    cells = {(BAD, 2021): 5, (BAD, 2022): 0, ("b", 2022): 2}
    return heat_figure(cells, [BAD, "b"], id="heat", title="Heat", subtitle="works")


def network() -> Figure:
    named = nodes("n", "s", "n", None).assign(country="AA")
    named.loc[0, "institution"] = BAD
    return network_figure(readable_subgraph(named, edges((0, 1, 2), (1, 2, 7))), ["n", "s"], seed=1)


def svg_of(figure: Figure) -> str:
    return figure_svg(figure, page_spec(figure, invented=False), "Source: here.")


KINDS = (bars, lines, columns, heat, network)


@pytest.mark.parametrize("kind", KINDS)
def test_figure_is_drawn_with_title_source_and_hostile_text_as_text(
    kind: Callable[[], Figure],
) -> None:
    svg = svg_of(kind())
    texts = "".join(node.text or "" for node in ElementTree.fromstring(svg).iter())  # noqa: S314
    assert kind().title[:8] in texts
    assert "Source: here." in texts
    assert "</script>" not in svg


@pytest.mark.parametrize("kind", KINDS)
def test_figure_declaration_is_valid_and_says_invented(kind: Callable[[], Figure]) -> None:
    page = page_spec(kind(), invented=True)
    for spec in (page, published_spec(kind(), page, "s")):
        alt.Chart.from_dict(spec, validate=True)
        assert "INVENTED" in str(spec["title"])


@pytest.mark.parametrize("kind", KINDS)
def test_figure_has_a_table_and_a_description(kind: Callable[[], Figure]) -> None:
    figure = kind()
    assert figure.twin.rows
    assert all(len(row) == len(figure.twin.headings) for row in figure.twin.rows)
    assert figure.description.endswith("table.")


def test_the_table_behind_a_bar_figure() -> None:
    assert bars().twin.rows == [[BAD, "North", "7"], ["other", "South", "3"]]


def test_the_table_behind_a_line_figure() -> None:
    assert lines().twin.rows == [
        ["2020", BAD, "10.0%", "10.0%", "20.0%", "final"],
        ["2021", BAD, "–", "–", "–", "final"],
        ["2022", BAD, "30.0%", "30.0%", "40.0%", "provisional"],
        ["2020", "b", "11.0%", "–", "–", "final"],
    ]


def test_the_table_behind_a_grid() -> None:
    assert heat().twin.rows == [[BAD, "5", "0"], ["b", "0", "2"]]


def test_names_at_line_ends_are_spread() -> None:
    assert spread([1.0, 1.0, 1.5, 9.0], 1.0) == pytest.approx(
        [0.1666, 1.1666, 2.1666, 9.0], abs=1e-3
    )


def test_year_ticks_are_at_most_eight_and_hold_the_last_year() -> None:
    assert year_ticks(2017, 2022) == [2017, 2018, 2019, 2020, 2021, 2022]
    assert year_ticks(1987, 2025) == [1990, 1995, 2000, 2005, 2010, 2015, 2020, 2025]


def test_one_bar_of_one_colour_is_drawn() -> None:
    figure = bar_figure([Bar("only", 1, "1")], BarWords("one", "One", "", "works", ONE_COLOUR))
    assert "only" in svg_of(figure)
