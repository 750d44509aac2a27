"""Every kind of figure is drawn once on a small frame: Vega's own errors say little."""

import re
from collections.abc import Callable
from xml.etree import ElementTree

import altair as alt
import pytest
from test_report_network import edges, nodes

from bibnet.report.content.cell import Cell
from bibnet.report.figures import Figure, figure_spec
from bibnet.report.figures.bars import ONE_COLOUR, Bar, BarWords, bar_figure
from bibnet.report.figures.columns import YearCount, year_figure
from bibnet.report.figures.dots import Dot, DotWords, dot_figure, log_ticks
from bibnet.report.figures.drawing import Drawing
from bibnet.report.figures.heat import HeatCell, HeatWords, heat_figure
from bibnet.report.figures.lines import LineWords, Point, line_figure, spread, year_ticks
from bibnet.report.figures.network import network_figure
from bibnet.report.figures.steps import Step, step_figure
from bibnet.report.figures.subgraph import readable_subgraph
from bibnet.report.figures.svg import file_svg, inline_svg
from bibnet.schema.units import INVENTED

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
    cells = {(BAD, "2021"): HeatCell(5), (BAD, "2022"): HeatCell(0), ("b", "2022"): HeatCell(2)}
    return heat_figure(cells, [BAD, "b"], ["2021", "2022"], HeatWords("heat", "Heat", "works"))


def steps() -> Figure:
    parts = [Step(BAD, 61), Step("removed", -1_234)]
    return step_figure(parts, id="steps", title=f"Steps {BAD}", subtitle="works")


def test_the_numbers_of_a_grid_lead_to_works_unless_they_are_none() -> None:
    cell = Cell("country_years", {"year": 2021, "country": "AA"}, "joint_works")
    cells = {("Aland", "2021"): HeatCell(5, cell), ("Aland", "2022"): HeatCell(0, cell)}
    figure = heat_figure(cells, ["Aland"], ["2021", "2022"], HeatWords("heat", "Heat", "works"))
    assert figure.twin.addresses == [[cell.address, ""]]


def dots() -> Figure:
    rows = [Dot(BAD, 2.5, 1.9, 3.1, "2.5 (1.9–3.1)"), Dot("b", 0.5, None, None, "0.5")]
    return dot_figure(rows, DotWords("dots", "Dots", "scores", "score", ONE_COLOUR, 1.0))


def network() -> Figure:
    named = nodes("n", "s", "n", None).assign(country="AA")
    named.loc[0, "institution"] = BAD
    return network_figure(readable_subgraph(named, edges((0, 1, 2), (1, 2, 7))), ["n", "s"], seed=1)


KINDS = (bars, lines, columns, heat, dots, network, steps)


@pytest.fixture(scope="module")
def drawn() -> dict[str, str]:
    """Every kind of figure, drawn by one program."""
    return Drawing([kind() for kind in KINDS]).drawn()


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_has_title_source_and_mark_and_hostile_text_is_text(
    kind: Callable[[], Figure], drawn: dict[str, str]
) -> None:
    svg = file_svg(kind(), drawn[kind().id], "Source: here.", invented=True)
    texts = "".join(node.text or "" for node in ElementTree.fromstring(svg).iter())  # noqa: S314
    assert kind().title[:8] in texts
    assert "Source: here." in texts
    assert INVENTED in texts
    assert "</script>" not in svg
    assert "<a " not in svg


@pytest.mark.parametrize("kind", KINDS)
def test_a_drawing_in_the_page_has_no_style_script_or_address_of_its_own(
    kind: Callable[[], Figure], drawn: dict[str, str]
) -> None:
    svg = inline_svg(kind(), drawn[kind().id])
    tree = ElementTree.fromstring(svg.replace("xlink:", ""))  # noqa: S314
    assert tree.attrib["aria-label"] == kind().description
    for node in tree.iter():
        assert "style" not in node.attrib
        assert node.tag not in ("script", "image", "foreignObject")
        assert node.attrib.get("href", "#works/").startswith("#works/")


@pytest.mark.parametrize("kind", KINDS)
def test_a_figure_declaration_is_valid(kind: Callable[[], Figure]) -> None:
    alt.Chart.from_dict(figure_spec(kind()), validate=True)


def test_a_mark_leads_to_the_works_of_its_cell() -> None:
    cell = Cell("countries", {"country": "A&B"}, "joint_works")
    figure = bar_figure(
        [Bar("a", 2, "2", cell=cell), Bar("b", 1, "1")],
        BarWords("links", "Links", "", "works", ONE_COLOUR),
    )
    svg = inline_svg(figure, Drawing([figure]).drawn()["links"])
    assert re.findall(r'href="([^"]*)"', svg) == [
        "#works/countries?country=A%26B&amp;count=joint_works"
    ]
    assert 'aria-label="a: 2"' in svg
    assert figure.cells == [cell]


def test_identifiers_of_two_drawings_in_one_page_differ() -> None:
    inner = '<g clip-path="url(#clip0)"/><clipPath id="clip0"/></svg>'
    svg = inline_svg(bars(), f'<svg width="10" height="5">{inner}')
    assert "url(#bars-clip0)" in svg
    assert 'id="bars-clip0"' in svg


def test_long_labels_stand_above_their_bars() -> None:
    words = BarWords("long", "Long", "", "works", ONE_COLOUR)
    short, long = (bar_figure([Bar(name, 1, "1")], words) for name in ("a", "a" * 60))
    assert (short.lead > 0, long.lead) == (True, 0)


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
        ["2020", BAD, "10.0%", "10.0%", "20.0%", ""],
        ["2021", BAD, "–", "–", "–", ""],
        ["2022", BAD, "30.0%", "30.0%", "40.0%", "provisional"],
        ["2020", "b", "11.0%", "–", "–", ""],
    ]


def test_the_table_behind_a_grid() -> None:
    assert heat().twin.rows == [[BAD, "5", "0"], ["b", "0", "2"]]


def test_the_table_behind_dots() -> None:
    assert dots().twin.rows == [[BAD, "2.5 (1.9–3.1)"], ["b", "0.5"]]


def test_names_at_line_ends_are_spread() -> None:
    assert spread([1.0, 1.0, 1.5, 9.0], 1.0) == pytest.approx(
        [0.1666, 1.1666, 2.1666, 9.0], abs=1e-3
    )


def test_year_ticks_are_at_most_eight_and_hold_the_last_year() -> None:
    assert year_ticks(2017, 2022) == [2017, 2018, 2019, 2020, 2021, 2022]
    assert year_ticks(1987, 2025) == [1990, 1995, 2000, 2005, 2010, 2015, 2020, 2025]


def test_one_bar_is_described_as_one() -> None:
    figure = bar_figure([Bar("only", 1, "1")], BarWords("one", "One", "", "works", ONE_COLOUR))
    assert figure.description == "Bar chart of works with one bar, only: 1."


def test_a_change_has_its_sign_and_its_direction() -> None:
    figure = steps()
    assert figure.twin.rows == [[BAD, "+61"], ["removed", "−1,234"]]
    rows = figure.datasets["steps"]
    assert [(row["change"], row["shown"]) for row in rows] == [(61, "+61"), (-1_234, "−1,234")]
    assert rows[0]["colour"] != rows[1]["colour"]


@pytest.mark.parametrize(
    ("ends", "ticks"),
    [
        ((0.13, 1.9), [0.2, 0.5, 1]),  # 2 lies beyond the end
        ((0.05, 20), [0.1, 1, 10]),
        ((0.009, 150), [0.01, 0.1, 1, 10, 100]),
    ],
)
def test_no_tick_of_a_logarithmic_scale_lies_beyond_its_ends(
    ends: tuple[float, float], ticks: list[float]
) -> None:
    """One beyond would be drawn at the end: as a number that is not the end's."""
    assert log_ticks(*ends) == pytest.approx(ticks)
