"""Province of an organisation's location where its record does not name one.

Older ROR records and most OpenAlex institutions leave the subdivision empty. The GeoNames id of
the city says it; else the nearest city of the country by coordinates; else the city's name. On
the 1,649 Chinese organisations of the compact ROR lines that name their province and have
coordinates, the nearest city agrees in all but border cases (`tests/real`).
"""

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.address.gazetteer import City, load_gazetteer

# A nearest city farther away may be in another province.
NEAREST_KM = 60
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
        city = gazetteer.city_named(location["city"], country)
    return gazetteer.province(country, city.admin1) if city else ""


def nearest_city(country: str, lat: float | None, lon: float | None) -> City | None:
    """City of a country nearest to a point, None if none is within NEAREST_KM."""
    cities, points = _cities_of(country)
    if lat is None or lon is None or not cities:
        return None
    east = (points[:, 1] - lon) * math.cos(math.radians(lat))
    squares = (points[:, 0] - lat) ** 2 + east**2
    at = int(np.argmin(squares))
    near = math.sqrt(float(squares[at])) * KM_PER_DEGREE <= NEAREST_KM
    return cities[at] if near else None


@lru_cache(maxsize=300)
def _cities_of(country: str) -> tuple[tuple[City, ...], Points]:
    every = load_gazetteer().cities_by_id.values()
    cities = tuple(city for city in every if city.country == country)
    points = np.array([(city.lat, city.lon) for city in cities], dtype=np.float64)
    return cities, points.reshape(-1, 2)
