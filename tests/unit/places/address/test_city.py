"""How far cities are from one another, and provinces that are more than their largest city."""

import pytest

from bibnet.places.address.city import City, kilometres, main_name_first, wide_provinces


def city(name: str, province: str, population: int, lat: float, lon: float) -> City:
    return City(name, "XX", province, population, lat, lon)


def test_the_distance_of_two_cities() -> None:
    """Great circle of Lisbon and Porto: 274 km; of a degree of longitude at 60 degrees: 55.6 km."""
    lisbon, porto = city("L", "1", 9, 38.717, -9.133), city("P", "2", 9, 41.15, -8.61)
    assert kilometres(lisbon.degrees, porto.degrees) == pytest.approx(274, abs=1)
    assert kilometres((60, 10), (60, 11)) == pytest.approx(55.6)
    assert kilometres(porto.degrees, porto.degrees) == 0


def test_a_province_is_wide_if_a_city_is_far_from_its_largest() -> None:
    cities = [
        city("Harbour", "1", 900, 50.0, 8.0),
        city("Quarter of Harbour", "1", 90, 50.1, 8.1),
        city("Hill", "2", 800, 50.0, 8.0),
        city("Dale", "2", 80, 50.5, 8.0),
        city("Alone", "3", 80, 50.5, 8.0),
    ]
    assert wide_provinces(cities) == {("XX", "2")}
    assert wide_provinces([]) == frozenset()


def test_a_citys_main_name_goes_before_a_larger_ones_other_name() -> None:
    def key_of(name: str) -> str:
        return name.lower()

    large, own = city("Lagoon", "1", 700_000, 50, 8), city("Shoal", "2", 300_000, 51, 8)
    small, abroad = city("Shoal", "3", 70_000, 52, 8), City("Shoal", "YY", "1", 300_000, 0, 0)
    assert main_name_first((large, own, small), "shoal", key_of) == (own, large, small)
    assert main_name_first((large, small), "shoal", key_of) == (large, small)
    assert main_name_first((large, abroad), "shoal", key_of) == (large, abroad)
    huge = city("Lagoon", "1", 7_000_000, 50, 8)
    assert main_name_first((huge, own), "shoal", key_of) == (huge, own)
    assert main_name_first((), "shoal", key_of) == ()
