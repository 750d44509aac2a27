"""An end of an address, and the words behind one that are but a place."""

from collections.abc import Sequence
from dataclasses import dataclass

from bibnet.places.address.gazetteer import Gazetteer, place_words
from bibnet.places.address.territory import LONGEST_CITY
from bibnet.places.address.token import Token

SLASH = "/"


@dataclass(frozen=True, slots=True)
class End:
    """Token behind which an address may be complete, and where what completes it begins.

    `country` is the one stated, empty behind a city or an organisation; `city` that of the city;
    `free`: even a comma may
    part; `sure`: a city of the country stands before it, so that even a blank may; `beside`: the
    country stated for the string, in which an organisation that is all of its part is not;
    `abroad`: one is stated in which the school before it is not;
    `placed`: a place of another country is all that follows; `follower`: number of the token behind
    the mark of a list that follows, 0 for none, and `opens` the offset behind the mark.
    """

    at: int
    begin: int
    country: str = ""
    city: str = ""
    free: bool = False
    sure: bool = False
    beside: str = ""
    abroad: bool = False
    placed: bool = False
    follower: int = 0
    opens: int = 0


def place_alone(tokens: Sequence[Token], known: Gazetteer) -> str:
    """Country of the place that is all that words say: a country or a large city; else empty."""
    if not 0 < len(tokens) <= LONGEST_CITY or tokens[0].segment != tokens[-1].segment:
        return ""
    key = " ".join([tokens[0].word, *place_words(tokens[1:])])
    city = known.dominant_city(key)
    return known.countries.get(key) or (city.country if city else "")
