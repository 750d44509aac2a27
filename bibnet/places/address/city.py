"""A city, how far it is from another, and the provinces that are more than their largest city."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

FARTHEST_PART = 25  # kilometres of a part of a city from its middle
# Of a city that goes by its main name before a larger one of its country by another name: its
# inhabitants, and how many times larger the other is that is meant all the same.
LEAST_MAIN, OTHER_DOMINANCE = 100_000, 10
DEGREE = 111.2  # kilometres of a degree of latitude
# Smaller towns share names with people, streets and companies.
CITY_POPULATION = 100_000
# A bare city name means its largest bearer only if the next one, in another country, is this many
# times smaller. Cambridge and Birmingham stay open; Paris (Texas) and London (Ontario) do not.
CITY_DOMINANCE = 8


@dataclass(frozen=True, slots=True)
class City:
    """A city: its name, country, GeoNames first-level code, inhabitants, degrees."""

    name: str
    country: str
    admin1: str
    population: int
    lat: float
    lon: float

    @property
    def degrees(self) -> tuple[float, float]:
        """Latitude and longitude."""
        return self.lat, self.lon


def wide_provinces(cities: Iterable[City]) -> frozenset[tuple[str, str]]:
    """Country and code of the provinces with a city over FARTHEST_PART from their largest one."""
    largest: dict[tuple[str, str], City] = {}
    for city in sorted(cities, key=lambda city: -city.population):
        largest.setdefault((city.country, city.admin1), city)
    middles = ((city, largest[city.country, city.admin1]) for city in cities)
    return frozenset(
        (city.country, city.admin1)
        for city, middle in middles
        if kilometres(city.degrees, middle.degrees) > FARTHEST_PART
    )


def main_name_first(
    bearers: Sequence[City], key: str, key_of: Callable[[str], str]
) -> Sequence[City]:
    """The bearers of a name, a large one of its main name before one of another name.

    In the same country, unless the other is far larger: Baicheng of Jilin goes before a larger city
    whose old name it is, but New Delhi is Delhi. `key_of` gives the key of a city's name.
    """
    if len(bearers) < 2 or key_of(bearers[0].name) == key:
        return bearers
    first = bearers[0]
    least = max(LEAST_MAIN, first.population / OTHER_DOMINANCE)
    own = [
        city
        for city in bearers[1:]
        if city.country == first.country and city.population >= least and key_of(city.name) == key
    ]
    return (*own, *(city for city in bearers if city not in own))


def largest_by_far(bearers: Sequence[City], key: str, key_of: Callable[[str], str]) -> City | None:
    """The bearer that a bare name means, or None if it is small or another country has its like.

    `bearers` come the largest first; `key_of` gives the key of a city's name.
    """
    first, *others = main_name_first(bearers, key, key_of)
    if first.population < CITY_POPULATION:
        return None
    abroad = [city for city in others if city.country != first.country]
    # Another name of a large city is the name of a smaller one elsewhere (Waterloo).
    if key_of(first.name) != key and any(key_of(city.name) == key for city in abroad):
        return None
    rival = max((city.population for city in abroad), default=0)
    return first if first.population >= CITY_DOMINANCE * rival else None


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two places of one country by their degrees of latitude and longitude.

    On a plane: 1 % off over 1,000 km at most.
    """
    middle = math.radians((one[0] + other[0]) / 2)
    east, north = (one[1] - other[1]) * math.cos(middle), one[0] - other[0]
    return DEGREE * math.hypot(east, north)
