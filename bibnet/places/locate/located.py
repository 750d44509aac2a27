"""One row of an answer to an affiliation string."""

from typing import NamedTuple

ORGANISATION_LEVEL, PLACE_LEVEL = 3, 4
# Rules of a country alone that the likely organisations share.
SHARED_NAME, LIKELY_COUNTRY = "shared_name", "likely_country"


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
