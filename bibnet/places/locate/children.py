"""Bodies of a larger one that stands in the string: "Alpha Society, Institute of Tides, Salem".

Labelled strings mostly give the larger body alone, and so the models hold the other back. But who
writes both names is at the body that the registry holds under the larger one. Of a school the
units are many and bear common names, so there the models decide.
"""

import re
from collections.abc import Mapping, Sequence

from bibnet.places.address.named_place import Place
from bibnet.places.address.normalise import key_words
from bibnet.places.address.stems import stem_words
from bibnet.places.address.vocabulary import CONNECTORS
from bibnet.places.locate.located import Located
from bibnet.places.locate.view import Candidates
from bibnet.places.registry.names import NameKind

# Of 41 new ones in labelled strings all stand there, and the labels have four of them.
LEAST_CHILD = 0.1
# Bodies below one whose own name says too little of where its people are. With any number thirty
# more labelled strings have an answer beside their label, mostly hospitals and laboratories.
LEAST_BELOW = 20
LEAST_BOTH = 2  # a larger body and one below it
_WORDS = re.compile(r"[^\W\d_]+")
_CAPITALS = re.compile("[A-Z]+")
OWN = (NameKind.CURATED, NameKind.DISPLAY, NameKind.ALIAS)


def children(string: int, standing: Sequence[int], seen: Candidates) -> list[int]:
    """Candidates whose own name stands right beside that of a larger body, which stands.

    The larger one is no school and has many below it; no candidate is in another city than the
    string's.
    """
    umbrellas = [at for at in standing if _is_umbrella(at, seen)]
    if not umbrellas:
        return []
    return [
        at
        for at in seen.of(string)
        if at not in standing
        and not seen.shared[at]
        and any(_is_child(string, at, parent, seen) for parent in umbrellas)
        and not _is_elsewhere(string, at, seen)
    ]


def at_childs_seat(
    rows: Sequence[Located],
    chosen: Sequence[int],
    places: Mapping[int, Place | None],
    seen: Candidates,
) -> list[Located]:
    """Rows of a string; a larger body for which no place is stated is where its one child is.

    "Alpha Society, Institute of Tides" is not at the society's own seat. `places` are those that
    the string states.
    """
    if len(chosen) < LEAST_BOTH:
        return list(rows)
    found = []
    for row, at in zip(rows, chosen, strict=True):
        below = [r for r, o in zip(rows, chosen, strict=True) if seen.is_below(o, seen.owner(at))]
        cities = {(r.country, r.province, r.city) for r in below}
        place = places.get(at)
        stated = seen.names_its_city(at) or (place is not None and bool(place.city))
        if len(cities) == 1 and not stated and _is_umbrella(at, seen):
            found.append(_at_seat_of(row, below[0]))
        else:
            found.append(row)
    return found


def _at_seat_of(row: Located, other: Located) -> Located:
    """A row at the place of another of its country."""
    if row.country != other.country:
        return row
    return row._replace(province=other.province, city=other.city, lat=other.lat, lon=other.lon)


def _is_umbrella(at: int, seen: Candidates) -> bool:
    """Whether an organisation is no school and has many below it."""
    return not seen.is_school(at) and bool(seen.index.children[seen.owner(at)] >= LEAST_BELOW)


def _is_child(string: int, at: int, parent: int, seen: Candidates) -> bool:
    """Whether a candidate is below another right beside whose name its own stands."""
    if not seen.is_below(at, seen.owner(parent)) or seen.country(at) != seen.country(parent):
        return False
    if not _ends_part(string, at, seen) or not _ends_part(string, parent, seen):
        return False
    (start, end), (begin, stop) = seen.span(at), seen.span(parent)
    # "Inst Comp Technol": all of the name stands there, words of it cut short.
    all_there = seen.is_whole(at) or (seen.is_covered(at) and seen.is_cut(at))
    if seen.kind(at) in OWN and all_there and seen.score[at] >= LEAST_CHILD:
        held = start <= begin and stop <= end and (start, end) != (begin, stop)
        return held or _is_beside((start, end), (begin, stop), seen.batch.cleaned[string])
    beside = _is_beside((start, end), (begin, stop), seen.batch.cleaned[string])
    return beside and _names_parent(at, parent, seen)


def _is_beside(one: tuple[int, int], other: tuple[int, int], text: str) -> bool:
    """Whether no word but connectors, and codes and acronyms in capitals, parts two names."""
    first, second = sorted((one, other))
    words = _WORDS.findall(text[first[1] : second[0]])
    small = (word for word in words if not _CAPITALS.fullmatch(word))
    return first[1] <= second[0] and CONNECTORS.issuperset(small)


def _names_parent(at: int, parent: int, seen: Candidates) -> bool:
    """Whether all the rest of an organisation's name is that of its parent."""
    whole = _stems(seen.index.texts["name"][seen.owner(at)])
    rest = _stems(seen.index.texts["name"][seen.owner(parent)])
    return seen.is_covered(at) and whole == seen.name_stems(at) | rest


def _stems(name: str) -> set[str]:
    return set(stem_words(word for word in key_words(name) if word not in CONNECTORS))


def _ends_part(string: int, at: int, seen: Candidates) -> bool:
    """Whether a name is all of a part, or stands behind a connector and ends it."""
    start, end = seen.span(at)
    part = next((p for p in seen.batch.segments[string] if p.span[0] <= start < p.span[1]), None)
    ends = any(end == p.span[1] for p in seen.batch.segments[string])
    before = seen.batch.cleaned[string][part.span[0] : start].split() if part else []
    return ends and (not before or before[-1].casefold() in CONNECTORS)


def _is_elsewhere(string: int, at: int, seen: Candidates) -> bool:
    """Whether the string ends with another city than the organisation's."""
    place = seen.batch.places[string]
    named = place is not None and bool(place.city) and not seen.names_its_city(at)
    return named and place is not None and seen.is_far(at, place.lat, place.lon)
