"""The province or country whose code ends a part of an address."""

from bibnet.places.address.territory import LONGEST_CITY, Tail
from bibnet.places.address.vocabulary import ORGANISATION_NOUNS, STATE_CODES

LETTERS_OF_CODE = 2  # a province's initials are in capitals
ZIP_COUNTRY = "US"  # whose five digits behind a code say that it is a state
Owner = tuple[str, str | None]


def code_owner(tail: Tail, at: int) -> tuple[Owner, str] | None:
    """Country and province of the code in capitals that ends a part, and the rule; None for none.

    A code needs a city of the province before it or a zip code behind it; only one that is no
    country's code may stand without, as a part of its own, and one of three letters behind words
    that are not in capitals.
    """
    segment = tail.segments[at]
    code, start = segment.last, len(segment.words) - 1
    if at == 0 and start == 0:
        return None
    owners = tail.gazetteer.province_codes.get(code, ())
    for country, admin1 in owners:
        if tail.city(at, start, country, admin1):
            return (country, admin1), "province_code"
    is_country = code in tail.gazetteer.codes
    if is_country and tail.city(at, start, code, None):
        return (code, None), "country_code"
    for country, admin1 in owners:
        zipped = segment.zipped and country == ZIP_COUNTRY
        long = len(code) > LETTERS_OF_CODE and not segment.printed[start - 1].isupper()
        alone = start == 0 and len(owners) == 1 and not _is_behind_its_country(tail, at)
        told = not is_country or _is_of_state(tail, at) or _is_behind_a_country(tail, at)
        if zipped or (long and start) or (alone and told):
            return (country, admin1), "province_code"
    return None


def _is_behind_a_country(tail: Tail, at: int) -> bool:
    """Whether a code stands behind a town with the name of another country than the code's.

    "Cuba, IN" is a town: no country's code stands behind the name of a country.
    """
    country = tail.gazetteer.countries.get(tail.segments[at - 1].key)
    return country not in (None, tail.segments[at].last)


def _is_behind_its_country(tail: Tail, at: int) -> bool:
    """Whether a code stands behind a country with a city of it before that ("Rome, Italy, RM")."""
    country = tail.gazetteer.countries.get(tail.segments[at - 1].key) if at else None
    before = tail.segments[: at - 1] if country else ()
    return any(tail.gazetteer.city_in(part.key, country) for part in before if country)


def _is_of_state(tail: Tail, at: int) -> bool:
    """Whether a town that no list knows stands before a code that is rather a state's.

    "Smallville, PA" is in no Panama; an acronym or the name of a body is no town.
    """
    town = tail.segments[at - 1]
    short = len(town.words) <= LONGEST_CITY and not town.last.isupper()
    return (
        tail.segments[at].last in STATE_CODES
        and short
        and ORGANISATION_NOUNS.isdisjoint(town.words)
        and not any(sign.isdigit() for word in town.words for sign in word)
    )
