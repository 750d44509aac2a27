"""One row of an answer to an affiliation string."""

import math
from typing import NamedTuple

from bibnet.places.address.named_place import Place
from bibnet.places.registry.index import RegistryIndex
from bibnet.places.registry.names import NameKind

ORGANISATION_LEVEL, PLACE_LEVEL = 3, 4
# Rules by how the name belongs to the organisation.
RULES = {
    NameKind.CURATED: "curated_alias",
    NameKind.DISPLAY: "exact_name",
    NameKind.ALIAS: "alias",
    NameKind.BRANCH: "company_name",
    NameKind.FORMER: "former_name",
    NameKind.ACRONYM: "acronym",
    NameKind.GENERATED: "generated_name",
    NameKind.INITIALS: "initials",
    NameKind.PLACELESS: "name_without_place",
}
RANKED, GUESSED_NAME = "ranked", "guessed_name"
# Rule of the country of a school whose name a college of its own, or a hospital, bears.
OWN_COLLEGE = "own_college"
SHARED_NAME = "shared_name"  # rule of a country alone that the bodies of one name share


class Located(NamedTuple):
    """One row of the table `located_string`, columns in declared order."""

    text: str
    place_seq: int
    level: int
    ror: str | None
    institution: str | None
    country: str | None
    province: str | None
    city: str | None
    lat: float | None
    lon: float | None
    type: str | None
    rule: str
    score: float | None
    matched_text: str


def organisation_row(text: str, index: RegistryIndex, owner: int, matched: str) -> Located:
    """A row of an organisation of the registry, by the number it has there; no score yet."""
    lat, lon = float(index.lat[owner]), float(index.lon[owner])
    return Located(
        text=text,
        place_seq=1,
        level=ORGANISATION_LEVEL,
        ror=index.texts["ror"][owner] or None,
        institution=index.texts["name"][owner],
        country=index.texts["country"][owner] or None,
        province=index.texts["province"][owner] or None,
        city=index.texts["city"][owner] or None,
        lat=None if math.isnan(lat) else lat,
        lon=None if math.isnan(lon) else lon,
        type=index.texts["type"][owner] or None,
        rule=RANKED,
        score=None,
        matched_text=matched,
    )


def country_row(text: str, country: str, rule: str, matched: str) -> Located:
    """A row of a country alone."""
    empty = (None, None, None, None, None)
    return Located(text, 1, PLACE_LEVEL, None, None, country, *empty, rule, None, matched)


def place_row(text: str, cleaned: str, place: Place) -> Located:
    """A row of a place alone."""
    row = country_row(text, place.country, place.rule, cleaned[slice(*place.span)])
    return row._replace(
        province=place.province or None, city=place.city or None, lat=place.lat, lon=place.lon
    )
