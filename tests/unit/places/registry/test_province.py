"""A seat's province: the record's own, its city's by GeoNames id, the nearest city's, by name."""

from typing import Any

import pytest

from bibnet.places.registry.province import nearest_city, province_of_location

NOTHING = {"country": "CN", "province": "", "geonames_id": "", "city": "", "lat": None, "lon": None}
# GeoNames: 1795565 = Shenzhen, 5368361 = Los Angeles.


@pytest.mark.parametrize(
    ("seat", "province"),
    [
        ({}, ""),
        ({"province": "Ningxia Hui Autonomous Region"}, "Ningxia"),
        ({"province": "Somewhere"}, "Somewhere"),
        ({"geonames_id": "1795565"}, "Guangdong"),
        ({"geonames_id": "5368361"}, ""),
        ({"country": "US", "geonames_id": "5368361"}, "California"),
        ({"lat": 30.58, "lon": 114.27}, "Hubei"),
        ({"city": "Wuhan"}, "Hubei"),
        ({"lat": 0.0, "lon": 0.0, "city": "Wuhan"}, "Hubei"),
        ({"lat": 0.0, "lon": 0.0}, ""),
        # Two places of one name, the point nearer to neither's list entry but far from Texas.
        ({"country": "US", "lat": 34.06, "lon": -106.91, "city": "Socorro"}, ""),
        ({"country": "US", "city": "Socorro"}, "Texas"),
        ({"country": "", "lat": 30.58, "lon": 114.27}, ""),
    ],
)
def test_province_of_a_seat(seat: dict[str, Any], province: str) -> None:
    assert province_of_location({**NOTHING, **seat}) == province


def test_the_nearest_city_is_in_the_country_asked_for() -> None:
    """Lo Wu is in Hong Kong; Shenzhen is across the river."""
    names = {}
    for country in ("HK", "CN"):
        city = nearest_city(country, 22.53, 114.11)
        names[country] = city.country if city else None
    assert names == {"HK": "HK", "CN": "CN"}
