"""Names that are all of a part of an address: less certainty is enough for them.

An organisation's own name, an acronym beside a place or its parent, a name with a slip in its city.
"""

from dataclasses import replace

from bibnet.places.address.gazetteer import load_gazetteer, place_key
from bibnet.places.address.named_place import Place
from bibnet.places.address.normalise import key_words
from bibnet.places.address.stems import stem_words
from bibnet.places.address.weak_evidence import CITY_IN_NAME
from bibnet.places.locate.by_state import is_in_its_state
from bibnet.places.locate.city_in_name import has_rare_word, is_named_with_its_city
from bibnet.places.locate.hospitals import HOSPITAL
from bibnet.places.locate.view import Candidates
from bibnet.places.registry.names import NameKind

# A whole name in another script than the Latin, in a string that names its country.
LEAST_IN_SCRIPT = 0.05
# An organisation's own name, letter by letter, that is a whole part of a string in which no other
# stands: of 14 such answers between .3 and .58 12 were labels, all 5 above .5.
LEAST_OWN = 0.5
# The same for any firm name in a string that names its country.
LEAST_AT_HOME = 0.45
# The same for a school whose name holds its city and is turned round ("X University" for
# "University of X") in a string that names its country.
LEAST_TURNED = 0.2
# The same for an acronym of SHORTEST_NEAR letters in a string whose city is near the body's own.
LEAST_NEAR, SHORTEST_NEAR = 0.44, 4
# The same for an acronym that is all an address says before its places, in a string that names its
# country, whose bearers there are this many times less likely: of 22 such answers of labelled
# strings 20 were labels or stood in the string.
LEAST_ALONE, BEARERS, SHORTEST_ALONE = 0.2, 3, 3
# The same for one of so many letters that is all behind a unit with a city in its name.
LEAST_LAST, SHORTEST_LAST = 0.05, 5
# The same for a name with but a slip in its city's, and for an acronym beside its parent's.
LEAST_SLIP, LEAST_KIN = 0.05, 0.25
# The same for a short form of bibnet's own list that begins a part, where nothing else stands: of 4
# such answers of labelled strings between .29 and .35 all stood in the string.
LEAST_CURATED = 0.29
LEAST_IN_PLACE = 0.1  # the same for an own name before its own city and province
# The same for a school's whole name where no place is written and bodies elsewhere are so many
# times less likely: of 18 such answers of real strings 17 were right, the other a name of two words
# that many names have ("Naval Academy").
LEAST_SCHOOL, ELSEWHERE, TELLING_WORDS = 0.35, 10, 3
SHORT = (NameKind.ACRONYM, NameKind.CURATED)
HYPHENS = frozenset("-\u2010\u2013\u2014")


def best_own(string: int, seen: Candidates) -> list[int]:
    """The likeliest candidate that is no mere place, if its name is a whole part.

    Else one of two bodies of one name that the city and province behind it, or the code of its
    state, tell, an acronym beside its parent's, or a school that its city tells.
    """
    for at in sorted(seen.of(string), key=lambda at: -seen.score[at]):
        if not seen.is_bare_place(string, at):
            if is_own(string, at, seen):
                return [at]
            break
    told = (
        is_in_its_place,
        is_in_its_state,
        is_beside_parent,
        is_named_with_its_city,
        _is_curated_alone,
        _is_school_alone,
    )
    return [at for at in seen.of(string) if any(one(string, at, seen) for one in told)][:1]


def is_own(string: int, at: int, seen: Candidates) -> bool:
    """Whether a candidate's name is a whole part, and likely enough for that.

    Its own name; in a string that names its country any firm name, and that of a school turned
    round.
    """
    is_city = place_key(seen.matched(string, at)) in load_gazetteer().cities  # or its government
    if seen.shared[at] or is_city or not is_whole_part(string, at, seen):
        return False
    kind, home = seen.kind(at), seen.is_in_its_country(at)
    own = seen.is_exact(at) and kind == NameKind.DISPLAY
    firm = own or (seen.is_exact(at) and kind == NameKind.ALIAS and not seen.is_generic(string, at))
    turned = seen.is_school(at) and seen.is_turned(string, at)
    score = seen.score[at]
    told = (firm and score >= LEAST_AT_HOME) or (turned and score >= LEAST_TURNED)
    written = seen.is_in_other_script(string, at) and score >= LEAST_IN_SCRIPT
    near = _is_near(string, at, seen) and score >= LEAST_NEAR
    slip = score >= LEAST_SLIP and seen.is_city_misspelt(string, at)
    alone = score >= LEAST_ALONE and _is_alone(string, at, seen)
    last = score >= LEAST_LAST and _is_last(string, at, seen)
    at_home = home and (told or written or near or alone)
    return at_home or (own and score >= LEAST_OWN) or last or slip


def _is_curated_alone(string: int, at: int, seen: Candidates) -> bool:
    """Whether a short form of bibnet's own list begins a part of the string."""
    firm = seen.is_curated(at) and seen.is_exact(at) and not seen.shared[at]
    begins = {part.span[0] for part in seen.batch.segments[string]}
    return firm and seen.score[at] >= LEAST_CURATED and seen.span(at)[0] in begins


def _is_school_alone(string: int, at: int, seen: Candidates) -> bool:
    """Whether a school's whole name is a part of a string without place, and no other's is likely.

    Its words are three, or one of them is in few names; none is a hospital's.
    """
    if seen.score[at] < LEAST_SCHOOL or seen.shared[at] or seen.batch.places[string]:
        return False
    words = stem_words(key_words(seen.matched(string, at)))
    telling = len(words) >= TELLING_WORDS or has_rare_word(words, seen)
    telling = telling and HOSPITAL not in words
    own = seen.kind(at) == NameKind.DISPLAY or not seen.is_generic(string, at)
    named = seen.is_named(at) and seen.is_school(at) and telling and own
    if not named or seen.span(at) not in {part.span for part in seen.batch.segments[string]}:
        return False
    abroad = [o for o in seen.of(string) if seen.country(o) != seen.country(at)]
    # An alias may be what a longer name abroad begins with ("X University", "X University Salem").
    alias = seen.kind(at) != NameKind.DISPLAY
    alike = any(seen.span(o) == seen.span(at) and (alias or seen.is_whole(o)) for o in abroad)
    rival = max((seen.score[o] for o in abroad), default=0.0)
    return not alike and seen.score[at] >= ELSEWHERE * rival


def _is_alone(string: int, at: int, seen: Candidates) -> bool:
    """Whether an acronym is all of an address but places, and no other's there."""
    start, end = seen.span(at)
    first, *rest = seen.batch.segments[string]
    short = seen.kind(at) == NameKind.ACRONYM and seen.is_exact(at)
    if not short or end - start < SHORTEST_ALONE or first.span != (start, end):
        return False
    placed = all(part.key in load_gazetteer().cities or _is_region(part.key) for part in rest)
    others = (seen.score[o] for o in seen.of(string) if o != at and seen.is_exact(o))
    return placed and max(others, default=0.0) * BEARERS <= seen.score[at]


def is_in_its_place(string: int, at: int, seen: Candidates) -> bool:
    """Whether an own name, letter by letter, stands before its own city and province.

    And is a whole part: of two bodies of one name in two cities of one name the province tells.
    """
    place = seen.batch.places[string]
    if seen.score[at] < LEAST_IN_PLACE or place is None or not place.city:
        return False
    own = seen.kind(at) == NameKind.DISPLAY and seen.is_exact(at) and not seen.shared[at]
    if not own or not seen.names_its_city(at):
        return False
    near = place.province == seen.province(at) and not seen.is_far(at, place.lat, place.lon)
    return near and is_whole_part(string, at, seen)


def is_beside_parent(string: int, at: int, seen: Candidates) -> bool:
    """Whether a name is an acronym that stands right beside that of its parent ("XYZ, ABC").

    And the parent is likely, too: others share both acronyms, but not the two together.
    """
    if seen.score[at] < LEAST_KIN:
        return False
    text, span = seen.batch.cleaned[string], seen.span(at)
    short = seen.kind(at) == NameKind.ACRONYM and seen.is_exact(at) and not seen.shared[at]
    ends = any(span[1] == part.span[1] for part in seen.batch.segments[string])
    return (short and ends) and any(
        seen.is_below(at, seen.owner(other))
        for other in seen.of(string)
        if seen.kind(other) in SHORT
        and seen.is_exact(other)
        and seen.score[other] >= LEAST_KIN
        and _leads(seen.span(other), span, text)
    )


def _leads(parent: tuple[int, int], child: tuple[int, int], text: str) -> bool:
    """Whether an acronym begins another's words, or stands right before them."""
    inside = child[0] == parent[0] < parent[1] < child[1]
    between = text[parent[1] : child[0]]
    return inside or (parent[1] <= child[0] and not between.strip(f", {''.join(HYPHENS)}"))


def _is_last(string: int, at: int, seen: Candidates) -> bool:
    """Whether the acronym of one body is all that follows a unit with a city in its name.

    "Brighton College, ABCDE": a unit may be called after a partner's city.
    """
    start, end = seen.span(at)
    place, parts = seen.batch.places[string], seen.batch.segments[string]
    short = seen.kind(at) == NameKind.ACRONYM and seen.is_exact(at)
    if (
        not short
        or end - start < SHORTEST_LAST
        or not any(p.span == (start, end) for p in parts[-1:])
    ):
        return False
    others = [o for o in seen.of(string) if o != at and seen.is_whole(o)]
    named = place is not None and place.rule == CITY_IN_NAME and place.span[1] <= start
    return named and not others


def _is_region(key: str) -> bool:
    known = load_gazetteer()
    return key in known.countries or key in known.province_names


def _is_near(string: int, at: int, seen: Candidates) -> bool:
    """Whether a name is an acronym and the string's city no farther than a part of the body's."""
    start, end = seen.span(at)
    place = seen.batch.places[string]
    long = seen.is_exact(at) and end - start >= SHORTEST_NEAR
    if not long or seen.kind(at) != NameKind.ACRONYM or place is None or place.lat is None:
        return False
    return bool(place.city) and not seen.is_far(at, place.lat, place.lon)


def is_whole_part(string: int, at: int, seen: Candidates) -> bool:
    """Whether a name begins and ends as parts of the string do."""
    spans = [part.span for part in seen.batch.segments[string]]
    start, end = seen.span(at)
    return start in {begin for begin, _ in spans} and end in {stop for _, stop in spans}


def without_namesakes_city(string: int, place: Place | None, seen: Candidates) -> Place | None:
    """A place without the city, if it is but read out of a name that a body of another has.

    "Suzhou University" is in either Suzhou.
    """
    if place is None or place.rule != CITY_IN_NAME:
        return place
    namesake = any(
        seen.kind(at) == NameKind.DISPLAY
        and seen.is_exact(at)
        and seen.span(at) == place.span
        and seen.country(at) == place.country
        and seen.province(at) not in (place.province, "")
        and place_key(seen.index.texts["city"][seen.owner(at)]) == place_key(place.city)
        for at in seen.of(string)
    )
    return replace(place, province="", city="", lat=None, lon=None) if namesake else place
