"""The map of the explorer: circles where institutions are, names that are text, no borders."""

from dataclasses import replace

import pytest

from bibnet.report.explorer.explorer_view import Circle, Spot
from bibnet.report.explorer.map_drawing import LARGEST_RADIUS, SMALLEST_RADIUS, WIDTH, drawn_map
from bibnet.report.figures.point_map import RING
from bibnet.report.figures.theme import INK

SIDES = ("europe", "china")


def spot(name: str, side: str, works: int, lat: float, lon: float) -> Spot:
    return Spot(Circle(name, "Germany", side, works, 1, f"/?institution={name}"), lat, lon)


def test_no_spot_no_map() -> None:
    assert drawn_map([], SIDES) is None


def test_east_is_right_north_is_up_and_works_are_areas() -> None:
    spots = [
        spot("west", "europe", 100, 50.0, 0.0),
        spot("east", "china", 25, 50.0, 60.0),
        spot("south", "", 1, 10.0, 30.0),
    ]
    found = drawn_map(spots, SIDES)
    assert found
    assert found.width == WIDTH
    west, east, south = found.circles
    assert west["x"] < south["x"] < east["x"]  # type: ignore[operator]
    assert south["y"] > west["y"] == pytest.approx(east["y"], abs=1)  # type: ignore[operator]
    assert [one["r"] for one in found.circles] == [
        LARGEST_RADIUS,
        LARGEST_RADIUS / 2,
        SMALLEST_RADIUS,
    ]
    assert len({one["colour"] for one in found.circles}) == 3
    assert west["tip"] == "west (Germany): 100 works, 1 joint"
    assert {name.text for name in found.names} == {"west", "east", "south"}
    assert found.lines.startswith("M")
    assert found == drawn_map(spots, SIDES)


def test_a_dark_ring_stands_around_what_a_list_holds() -> None:
    plain = spot("plain", "europe", 9, 48.1, 11.6)
    held = replace(spot("held", "europe", 4, 52.5, 13.4), ringed=True)
    found = drawn_map([plain, held], SIDES)
    assert found
    assert [(one["edge"], one["edge_width"]) for one in found.circles] == [
        ("#fff", 1),
        (INK, RING),
    ]


def test_institutions_of_one_city_stand_beside_each_other() -> None:
    found = drawn_map([spot(name, "europe", 9, 48.1, 11.6) for name in "abc"], SIDES)
    assert found
    at = [(one["x"], one["y"]) for one in found.circles]
    apart = [
        ((x - u) ** 2 + (y - v) ** 2) ** 0.5  # type: ignore[operator]
        for place, (x, y) in enumerate(at)
        for u, v in at[:place]
    ]
    assert min(apart) > 2 * LARGEST_RADIUS


def test_a_name_with_marks_is_plain_text() -> None:
    found = drawn_map([spot("A\u202e<b>\n", "europe", 1, 0.0, 0.0)], SIDES)
    assert found
    assert "\u202e" not in str(found.circles[0]["tip"])
    assert "\n" not in found.names[0].text
