"""A place as a string names it, and how firmly."""

from dataclasses import dataclass

from bibnet.places.address.city import City

# How firmly a rule speaks: 3 = the country is written out, 2 = a province, a code or a postcode
# that one country has, 1 = a city, or a name inside a longer one, or the ending of a host name.
STRENGTH = {
    "country_name": 3,
    "country_code": 2,
    "province_name": 2,
    "province_code": 2,
    "postcode": 2,
    "troop_number": 2,
    "city_name": 1,
    "country_in_name": 1,
    "province_in_name": 1,
    "city_in_name": 1,
    "nation_in_name": 1,
    "mail_domain": 1,
}


def coordinates(city: City | None) -> tuple[float | None, float | None]:
    """Latitude and longitude of a city, None for none."""
    return (city.lat, city.lon) if city else (None, None)


@dataclass(frozen=True, slots=True)
class Place:
    """A place read from a string; empty text = not said. `span` is the part that says it.

    `lat` and `lon` are those of the city, in degrees; None where no city is named.

    `rule` is a key of STRENGTH. At the end of an address: country_name, province_name, city_name
    (in full), country_code, province_code (by code). As a last resort: postcode, country_in_name,
    province_in_name, city_in_name (a place in the name of an organisation), nation_in_name (the
    name or adjective of a country at its head), mail_domain.
    """

    country: str
    province: str
    city: str
    rule: str
    span: tuple[int, int]
    lat: float | None = None
    lon: float | None = None

    @property
    def strength(self) -> int:
        """How firmly the rule speaks, 1 to 3."""
        return STRENGTH[self.rule]
