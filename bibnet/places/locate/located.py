"""One row of an answer to an affiliation string."""

from typing import NamedTuple

from bibnet.places.address.named_place import Place
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
