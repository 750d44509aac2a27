"""Where a Chinese name begins and ends in a run of signs, which no blank parts.

A name begins at the beginning of the run, behind an address ("江苏省南京市"), behind the city that
it is in ("武汉" before a body of Wuhan), behind the noun that ends another body's name (大学,
研究所, 医院 ...), and behind a sign that joins (与, 和 ...) the two. Behind anything else it is a
part of a longer name.
"""

from bibnet.places.address.cjk_address import JOINING_SIGNS, sign_city
from bibnet.places.address.vocabulary import SIGN_NOUNS
from bibnet.tag.name import folded
from bibnet.tag.place_names import PlaceNames

# Signs behind the name of a province, city or district, as addresses write them.
PLACE_SIGNS = "省市区县"
TOGETHER = ("联合", "聯合", "共建")  # what two bodies have together is neither of them
NOUNS = tuple(sorted(SIGN_NOUNS))
SHORTEST_PLACE, LONGEST_CITY = 2, 4  # signs


def begins_behind(before: str, city: str, places: PlaceNames) -> bool:
    """Whether a name may begin behind `before`; `city` is where its body is, empty if unknown."""
    body = before.rstrip(JOINING_SIGNS)
    if body.endswith(NOUNS):
        return True
    return body == before and _is_address(before, city, places)


def is_city_in_province(before: str, name: str, places: PlaceNames) -> bool:
    """Whether a province by its bare name stands before a name that begins with a city.

    "广西" before a body of Guilin; a province alone could be a part of another name.
    """
    city = any(sign_city(name[:size]) for size in range(LONGEST_CITY, SHORTEST_PLACE - 1, -1))
    return before in places.provinces and city


def begins_body(behind: str) -> bool:
    """Whether a sign that joins and another body stand behind a name ("与南城医院")."""
    body = behind.lstrip(JOINING_SIGNS)
    together = any(word in body for word in TOGETHER)
    return body != behind and body.endswith(NOUNS) and body not in NOUNS and not together


def _is_address(before: str, city: str, places: PlaceNames) -> bool:
    """Whether signs are places with their signs, one after another, or end with a city as such.

    A place without its sign may be a part of another name, unless it is the body's own city: then
    provinces and cities without one may stand before it, too.
    """
    rest, size = before, 0
    while rest:
        size = _marked(rest, places)
        if not size:
            return _ends_in(rest, city, places)
        rest = rest[size:]
    return True


def _marked(rest: str, places: PlaceNames) -> int:
    """Signs of the place, with its sign, that a run begins with; 0 if there is none."""
    end = next((n for n in range(2, len(rest) + 1) if rest[n - 1] in PLACE_SIGNS), 0)
    return end if end and places.is_place(rest[: end - 1]) else 0


def _ends_in(rest: str, city: str, places: PlaceNames) -> bool:
    """Whether a run is a city by its name alone, behind nothing or one other place."""
    starts = range(len(rest) - SHORTEST_PLACE, -1, -1)
    own = (at for at in starts if city and folded(sign_city(rest[at:])) == folded(city))
    return any(not at or places.is_place(rest[:at]) for at in own)
