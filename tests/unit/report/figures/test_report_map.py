"""Maps without borders: projections against published values, the ground, the circles."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibnet.report.content.cell import Cell
from bibnet.report.figures.map_ground import ground_dots, ground_lines, inhabited
from bibnet.report.figures.map_view import MapView, map_view
from bibnet.report.figures.point_map import MapWords, Point, map_figure

BLUE = {"North": "#0a5fb4", "South": "#d1660a"}
WORLD = MapView(0, 0, whole=True, left=0, top=0, scale=1, width=1, height=1)


def degrees(*values: float) -> np.ndarray:
    return np.array(values, dtype="float64")


def round_view(lat: float, lon: float) -> MapView:
    return MapView(lat, lon, whole=False, left=0, top=0, scale=1, width=1, height=1)


def point(name: str, lat: float, lon: float, value: int, group: str = "North") -> Point:
    cell = Cell("institutions", {"institution_id": name}, "joint_works")
    return Point(name, lat, lon, value, group, f"{name}: {value} joint works", cell)


def test_equal_earth_is_as_wide_and_high_as_published() -> None:
    """Savric, Patterson, Jenny (2018): 2.05458 times as wide as high; half the width 2.7066."""
    east, north, south = WORLD.pixels(degrees(0, 90, -90), degrees(179.9999999, 0, 0))
    assert east.round(4).tolist() == [2.7066, 0]
    assert (north[0], south[1]) == (0, -north[1])
    assert east[0] / south[1] == pytest.approx(2.05458, abs=5e-6)


def test_the_round_map_has_its_middle_at_zero_and_the_far_side_nowhere() -> None:
    """At 90 degrees from the middle the distance is sqrt(2) radii (Snyder 1987, eq. 24-1)."""
    found = round_view(0, 20).pixels(degrees(0, 0, 90, 0), degrees(20, 110, 0, -150))
    assert found[:3].round(6).tolist() == [[0, 0], [1.414214, 0], [0, -1.414214]]
    assert np.isnan(found[3]).all()


@given(
    st.floats(-30, 30), st.floats(-180, 180), st.booleans(), st.floats(-50, 50), st.floats(-50, 50)
)
def test_both_projections_keep_areas(
    middle: float, meridian: float, whole: bool, lat: float, away: float
) -> None:
    view = MapView(0 if whole else middle, meridian, whole, 0, 0, 1, 1, 1)
    small = 1e-3
    corners = [(0, 0), (small, 0), (0, small)]
    a, up, right = view.pixels(
        degrees(*(lat + dy for dy, _ in corners)),
        degrees(*(meridian + away + dx for _, dx in corners)),
    )
    area = abs(np.linalg.det(np.array([up - a, right - a])))
    assert area / np.radians(small) ** 2 == pytest.approx(np.cos(np.radians(lat)), rel=1e-3)


def test_points_on_both_sides_of_the_date_line_stand_together() -> None:
    view = map_view([0, 10], [175, -175], 400)
    places = view.pixels(degrees(0, 10), degrees(175, -175))
    assert (abs(view.longitude), view.name) == (180, "Lambert azimuthal equal-area")
    assert places[1, 0] > places[0, 0]  # 175 W lies east of 175 E


def test_points_round_the_world_are_on_a_map_of_the_world() -> None:
    view = map_view([40, 35, -34], [-100, 105, 20], 400)
    assert view.name == "Equal Earth"


@given(
    st.lists(
        st.tuples(st.floats(-80, 80), st.floats(-180, 180, exclude_max=True)),
        min_size=1,
        max_size=6,
    )
)
def test_every_point_is_on_its_map(places: list[tuple[float, float]]) -> None:
    lat, lon = degrees(*(a for a, _ in places)), degrees(*(b for _, b in places))
    view = map_view(lat, lon, 400)
    assert view.shown(view.pixels(lat, lon)).all()
    assert 0.4 * 400 <= view.height <= 0.9 * 400


def test_people_live_in_europe_and_not_in_the_pacific() -> None:
    cells = inhabited()
    near = [(abs(cells - place).max(axis=1) < 0.2).any() for place in ([52.5, 13.4], [-20, -120])]
    assert (len(cells), near) == (54_614, [True, False])


def test_no_dot_where_nobody_lives() -> None:
    path, _step = ground_dots(map_view([-21, -19], [-121, -119], 200))
    assert path == ""


def test_runs_of_dots_lie_on_the_map() -> None:
    view = map_view([45, 55], [0, 20], 400)
    path, step = ground_dots(view)
    runs = re.findall(r"M([\d.]+),([\d.]+)h([\d.]+)", path)
    assert len(runs) > 50
    assert all(float(x) + float(h) <= 400 + step for x, _, h in runs)
    assert all(float(y) <= view.height + step for _, y, _ in runs)


def test_lines_have_their_degrees_at_the_border() -> None:
    _path, labels = ground_lines(map_view([45, 55], [-5, 20], 400))
    assert [label.text for label in labels] == [
        *("45° N", "50° N"),
        *("5° W", "0°", "5° E", "10° E", "15° E"),
    ]


def test_circles_of_one_city_are_pushed_apart_and_the_largest_is_named() -> None:
    points = [
        point("Large", 50, 10, 16),
        point("Small", 50, 10, 4),
        point("Far", 40, 30, 1, "South"),
    ]
    words = MapWords("a_map", "T", "S", "joint works", "institutions", BLUE, wide=True, apart=True)
    figure = map_figure(points, words)
    first, second, third = figure.datasets["points"]
    away = np.hypot(first["x"] - second["x"], first["y"] - second["y"])
    assert away >= 15 + 7.5
    assert [row["tip"] for row in (first, third)] == ["Large: 16 joint works", "Far: 1 joint works"]
    assert {row["name"] for row in figure.datasets["names"]} == {"Large", "Small", "Far"}
    assert figure.legend == [("North", "#0a5fb4"), ("South", "#d1660a")]
    assert figure.twin.rows[0] == ["Large", "", "50.00", "10.00", "16"]
