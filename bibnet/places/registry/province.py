"""Province of an organisation's location where its record does not name one.

Older ROR records and most OpenAlex institutions leave the subdivision empty. The GeoNames id of
the city says it; else the nearest city of the country by coordinates; else the city's name, unless
the city of that name is far from the coordinates. On
the 1,649 Chinese organisations of the compact ROR lines that name their province and have
coordinates, the nearest city agrees in all but border cases (`tests/real`).
"""

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.address.city import City
from bibnet.places.address.gazetteer import load_gazetteer

# A nearest city farther away may be in another province.
NEAREST_KM = 60
# A point farther from every city of its country is no point in it.
REMOTE_KM = 300
KM_PER_DEGREE = 111.2
Points = npt.NDArray[np.float64]


def province_of_location(location: Mapping[str, Any]) -> str:
    """Canonical province of a record's place, empty if nothing says it.

    `location` has country, province, geonames_id, city (empty = unknown), lat and lon (None =
    unknown). A province the record names is kept, in the spelling of the reference list.
    """
    gazetteer = load_gazetteer()
    country = location["country"]
    if location["province"]:
        return gazetteer.province_of(country, location["province"])
    city = gazetteer.cities_by_id.get(location["geonames_id"])
    if city is None or city.country != country:
        city = nearest_city(country, location["lat"], location["lon"])
    if city is None and location["city"]:
        city = _named_city(location)
    return gazetteer.province(country, city.admin1) if city else ""


def _named_city(location: Mapping[str, Any]) -> City | None:
    """City of the record's name, None if the record's point in its country is far from it.

    Socorro in New Mexico is not the larger one in Texas.
    """
    country, lat, lon = location["country"], location["lat"], location["lon"]
    city = load_gazetteer().city_named(location["city"], country)
    if city is None or nearest_city(country, lat, lon, within=REMOTE_KM) is None:
        return city
    far = _kilometres(np.array([[city.lat, city.lon]]), lat, lon)[0] > NEAREST_KM
    return None if far else city


def nearest_city(
    country: str, lat: float | None, lon: float | None, within: float = NEAREST_KM
) -> City | None:
    """City of a country nearest to a point, None if none is within so many kilometres."""
    cities, points = _cities_of(country)
    if lat is None or lon is None or not cities:
        return None
    distance = _kilometres(points, lat, lon)
    at = int(np.argmin(distance))
    return cities[at] if distance[at] <= within else None


def _kilometres(points: Points, lat: float, lon: float) -> Points:
    east = (points[:, 1] - lon) * math.cos(math.radians(lat))
    return np.asarray(np.hypot(points[:, 0] - lat, east) * KM_PER_DEGREE)


@lru_cache(maxsize=300)
def _cities_of(country: str) -> tuple[tuple[City, ...], Points]:
    every = load_gazetteer().cities_by_id.values()
    cities = tuple(city for city in every if city.country == country)
    points = np.array([(city.lat, city.lon) for city in cities], dtype=np.float64)
    return cities, points.reshape(-1, 2)
