"""Listed names inside longer ones: "North University of Flight" is not North University."""

import re

from bibnet.places.address.vocabulary import CONTINUING
from bibnet.tag.lists.entry import Entry
from bibnet.tag.lists.spelling import content_words
from bibnet.tag.name import folded, is_han, is_short, segments
from bibnet.tag.place_names import PlaceNames
from bibnet.tag.romanisation import modern_forms

# A word before a name, and words behind it, that make another name of it.
PREFIXES = re.compile(r"(?:^|\s)(?:national|\u56fd\u7acb|\u570b\u7acb)$")
GOES_ON = re.compile(r"^(?:of|for)\s+(?:the\s+)?(?P<rest>.+)$")
LONGEST_PLACE = 4  # words of the name of a country


def only_in_longer_name(entry: Entry, text: str, places: PlaceNames) -> bool:
    """Say whether a text has a name of the entry, but each time as a part of a longer name.

    False where it has none: then it is no evidence against an identifier.
    """
    names = {folded(name) for name, _ in entry.names if not is_short(name)}
    around = [
        (segment[: found.start()], segment[found.end() :])
        for written in map(folded, segments(text))
        for segment in (written, *modern_forms(written))
        for name in names
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", segment)
        if name
    ]
    return bool(around) and all(
        _is_longer(*sides, places) or _is_of_a_city(sides[0], entry, places) for sides in around
    )


def holds_name(longer: str, entry: Entry) -> bool:
    """Say whether a name has the words of the entry's own name in order, and others between.

    "North University of Flight Technology" holds "North University of Technology".
    """
    words = iter(content_words(longer))
    own = content_words(folded(entry.name))
    return longer != folded(entry.name) and bool(own) and all(word in words for word in own)


def holds_signs(longer: str, entry: Entry) -> bool:
    """Say whether a name in Chinese script holds one of the entry's and more ("北电子科技大学")."""
    own = (name for name, _ in entry.names if is_han(name) and not is_short(name))
    return any(name in longer and name != longer for name in own)


def is_part_of(shorter: str, entry: Entry) -> bool:
    """Say whether a name has words of one of the entry's names in order, and lacks others.

    "North University" is not North University of Flight.
    """
    own = content_words(shorter)
    names = (content_words(folded(name)) for name, _ in entry.names)
    longer = (iter(name) for name in names if len(name) > len(own) > 1)
    return any(all(word in words for word in own) for words in longer)


def _is_longer(before: str, behind: str, places: PlaceNames) -> bool:
    if PREFIXES.search(before.strip()) or not CONTINUING.isdisjoint(behind.split()[:1]):
        return True
    more = GOES_ON.match(behind.strip())
    words = more.group("rest").split() if more else []
    is_place = any(places.is_place(" ".join(words[:size])) for size in range(1, LONGEST_PLACE + 1))
    return bool(words) and not is_place


def _is_of_a_city(before: str, entry: Entry, places: PlaceNames) -> bool:
    """Whether a city of the country, and not the body's own, is all that stands before a name.

    "Sud Institute of Radar" is not the Institute of Radar in Nord.
    """
    city = folded(before)
    known = entry.country in places.cities.get(city, ())
    return known and bool(entry.city) and city != folded(entry.city)
