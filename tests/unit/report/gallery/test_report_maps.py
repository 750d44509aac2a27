"""Maps of cities and institutions: who is on them, what they say, which bodies have a ring."""

from dataclasses import replace

import pandas as pd
from invented_report import empty_content

from bibnet.report import gallery
from bibnet.report.content.report_content import ReportContent, with_declared_frames


def content_with(**exhibits: dict[str, list[object]]) -> ReportContent:
    frames = {name: pd.DataFrame(rows) for name, rows in exhibits.items()}
    return with_declared_frames(replace(empty_content(), exhibits=frames))


INSTITUTIONS_WITH_PLACES: dict[str, list[object]] = {
    "institution_id": ["I1", "I2", "I3", "I4", "I5", "I6"],
    "institution": ["a", "b", "c", "d", "e", "f"],
    "country": ["AA", "AA", "ZA", "QQ", "ZA", "ZA"],
    "side": ["north", "north", "south", None, "south", "south"],
    "joint_works": [5, 4, 3, 9, 2, 0],
    "city": ["Port", "Port", "Zed", "Away", None, "Zed"],
    "lat": [50.0, 50.0, 20.0, 0.0, None, 20.0],
    "lon": [10.0, 10.0, 90.0, 0.0, None, 90.0],
}


def test_institutions_of_the_sides_with_joint_works_are_on_the_map() -> None:
    """d is in no side, f has no joint work, and e has no coordinates, which the map says."""
    content = content_with(institutions=INSTITUTIONS_WITH_PLACES)
    figure = next(f for f in gallery.institution_figures(content) if f.id == "institution_map")
    assert [row[0] for row in figure.twin.rows] == ["a", "b", "c"]
    assert figure.title == (
        "All 3 institutions of North and South with joint works are in 2 cities, 2 of them in Port"
    )
    assert "1 institution with joint works but without coordinates is not on the map." in (
        figure.subtitle
    )
    assert "no borders" in figure.subtitle


def test_without_coordinates_the_hubs_say_why_there_is_no_map() -> None:
    bare = {"unit": ["city"], "country": ["AA"], "city": ["Port"], "works": [9], "joint_works": [1]}
    assert gallery.why_no_map(content_with(hubs=bare)) == [
        "There is no map: this run knows coordinates of fewer than three places with works. They "
        "come from a registry of organisations (--registry)."
    ]
    assert gallery.why_no_map(content_with()) == []
    assert gallery.why_no_map(content_with(hubs=bare, institutions=INSTITUTIONS_WITH_PLACES)) == []


LISTED_IN_PORT = {
    "institution_id": ["a"],
    "institution": ["A Laboratory"],
    "country": ["AA"],
    "cities": ["Port|Elsewhere"],
}
CITIES: dict[str, list[object]] = {
    "unit": ["city"] * 4,
    "country": ["AA", "AA", "AA", "ZA"],
    "city": ["Port", "Bay", "Cape", "Port"],
    "works": [9, 8, 7, 6],
    "joint_works": [3, 2, 1, 1],
    "lat": [50.0, 51.0, 52.0, 20.0],
    "lon": [10.0, 11.0, 12.0, 90.0],
}


def test_a_city_with_a_listed_institution_has_a_ring_and_says_its_name() -> None:
    """Port of another country holds none."""
    content = content_with(hubs=CITIES, defence=LISTED_IN_PORT)
    figure = next(f for f in gallery.hub_figures(content) if f.id == "city_map_1")
    edges = {row["tip"]: row["edge"] for row in figure.datasets["points"]}
    assert edges == {
        "Port (AA): 3 joint works; on lists: A Laboratory": "#1f2530",
        "Bay (AA): 2 joint works": "#ffffff",
        "Cape (AA): 1 joint work": "#ffffff",
    }
    assert "A dark ring: an institution there is on a list of this run." in figure.subtitle
    bare = next(f for f in gallery.hub_figures(content_with(hubs=CITIES)) if f.id == "city_map_1")
    assert "ring" not in bare.subtitle


def test_a_listed_institution_has_a_ring_on_the_map() -> None:
    listed = {**LISTED_IN_PORT, "institution_id": ["I1"]}
    content = content_with(institutions=INSTITUTIONS_WITH_PLACES, defence=listed)
    figure = next(f for f in gallery.institution_figures(content) if f.id == "institution_map")
    ringed = [row["tip"] for row in figure.datasets["points"] if row["edge"] != "#ffffff"]
    assert ringed == ["a (Port, AA): 5 joint works"]
    assert "A dark ring: the institution is on a list of this run." in figure.subtitle
