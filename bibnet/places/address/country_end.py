"""The country that a part of an address names: alone, or at its end behind what is no name.

A country name counts as a whole part, or at the end of a part behind a place or an organisation
noun; never inside a name ("Beth Israel", "Bank of China").
"""

from collections.abc import Sequence

from bibnet.places.address.gazetteer import Gazetteer
from bibnet.places.address.parts import Segment
from bibnet.places.address.territory import LONGEST_CITY
from bibnet.places.address.vocabulary import (
    BRANCH_NOUNS,
    CONNECTORS,
    ORGANISATION_NOUNS,
)

AT = "at"  # leads from a body to where it is; "in" and "of" may stand inside a name
LONGEST_NAME = 7  # words of the longest place name looked for at the end of a part


def named_countries(segments: Sequence[Segment], gazetteer: Gazetteer) -> frozenset[str]:
    """Countries that any part of the string names, alone or at its end."""
    found = (country_at_end(segment, gazetteer) for segment in segments)
    return frozenset(country for country, _ in filter(None, found))


def country_at_end(segment: Segment, gazetteer: Gazetteer) -> tuple[str, int] | None:
    """Country a part names and the word its name starts at, or None.

    A part is also a country's that names the branch there ("Malaysia Campus").
    """
    if segment.words[-1] in BRANCH_NOUNS:
        return _of_branch(segment, gazetteer)
    if segment.words[-1] not in gazetteer.last_words:
        return None
    for start in range(max(0, len(segment.words) - LONGEST_NAME), len(segment.words)):
        key = segment.key_from(start)
        country = gazetteer.countries.get(key)
        if country:
            free = stands_free(segment, start, country, gazetteer)
            return (country, start) if free else None
        if key in gazetteer.province_names:
            return None
    return None


def _of_branch(segment: Segment, gazetteer: Gazetteer) -> tuple[str, int] | None:
    """The country that is all of a part before the noun of a branch; no province has its name."""
    key = " ".join(segment.words[:-1])
    country = gazetteer.countries.get(key)
    return (country, 0) if country and key not in gazetteer.province_names else None


def stands_free(segment: Segment, start: int, country: str, gazetteer: Gazetteer) -> bool:
    """Whether what precedes a place name shows that it is not part of a longer name.

    An organisation noun does, a number, a full stop, a word that leads to a place, or a city or
    province of the same country.
    """
    words = segment.words
    if start == 0 or start in segment.open_at or words[start - 1] in ORGANISATION_NOUNS:
        return True
    if words[start - 1] in CONNECTORS:
        # "X University at Y" is in Y; "Bank of Y" need not be.
        noun = start > 1 and words[start - 2] in ORGANISATION_NOUNS
        return noun and words[start - 1] == AT
    codes = gazetteer.province_codes.get(segment.printed[start - 1], ())
    if any(owner == country for owner, _ in codes):
        return True
    before = (" ".join(words[at:start]) for at in range(max(0, start - LONGEST_CITY), start))
    return any(
        gazetteer.city_in(key, country)
        or any(owner == country for owner, _ in gazetteer.province_names.get(key, ()))
        for key in before
    )
