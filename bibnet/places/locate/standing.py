"""Which candidates of a string stand: how likely each must be for the way it is written."""

from collections.abc import Sequence

from bibnet.places.address.gazetteer import load_gazetteer, place_key
from bibnet.places.address.normalise import key_words
from bibnet.places.address.vocabulary import NATIONS, UNIT_NOUNS
from bibnet.places.address.weak_evidence import CITY_IN_NAME
from bibnet.places.locate.view import Candidates
from bibnet.places.reading.written import has_joint
from bibnet.places.registry.names import NameKind

# Curated aliases ("MIT") were read by hand, and whole names in another script than the Latin hardly
# ever stand for another body, but no model was trained on them: so less certainty is enough.
LEAST_SURE = 0.35
# The same for such a name that is a whole part of a string which names its country.
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
# "Institute of Theoretical X" is a unit of many bodies: a city beside it tells, unless it is surer.
LEAST_UNIT = 0.9
# A body whose acronym stands before its partner's needs some likeness to be their home.
LEAST_HOME = 0.25
# Of one that a word joins to a name that stands; two words join ("and the").
LEAST_JOINED, LONGEST_JOINT = 0.2, 2
# The same for an acronym that is all an address says before its places, in a string that names its
# country, whose bearers there are this many times less likely: of 22 such answers of labelled
# strings 20 were labels or stood in the string.
LEAST_ALONE, BEARERS, SHORTEST_ALONE = 0.2, 3, 3
# The same for one of so many letters that is all behind a unit with a city in its name.
LEAST_LAST, SHORTEST_LAST = 0.05, 5
SHORT = (NameKind.ACRONYM, NameKind.CURATED)
HYPHENS = frozenset("-\u2010\u2013\u2014")


def stands(string: int, at: int, seen: Candidates, least: float) -> bool:
    """Whether a candidate is likely enough; a lone city is never its university."""
    if least and seen.is_bare_place(string, at):
        return False
    sure = (seen.is_curated(at) and seen.is_exact(at)) or seen.is_in_signs(at)
    sure = sure or seen.is_in_other_script(string, at)
    bound = min(least, LEAST_SURE) if sure else least
    return seen.score[at] >= bound and not seen.shared[at]


def is_own(string: int, at: int, seen: Candidates) -> bool:
    """Whether a candidate's name is a whole part, and likely enough for that.

    Its own name; in a string that names its country any firm name, and that of a school turned
    round.
    """
    is_city = place_key(seen.matched(string, at)) in load_gazetteer().cities  # or its government
    if seen.shared[at] or is_city or not _is_whole_part(string, at, seen):
        return False
    kind, home = seen.kind(at), seen.is_in_its_country(at)
    own = seen.is_exact(at) and kind == NameKind.DISPLAY
    firm = own or (seen.is_exact(at) and kind == NameKind.ALIAS and not seen.is_generic(string, at))
    turned = seen.is_school(at) and seen.is_turned(string, at)
    score = seen.score[at]
    told = (firm and score >= LEAST_AT_HOME) or (turned and score >= LEAST_TURNED)
    written = seen.is_in_other_script(string, at) and score >= LEAST_IN_SCRIPT
    near = _is_near(string, at, seen) and score >= LEAST_NEAR
    alone = score >= LEAST_ALONE and _is_alone(string, at, seen)
    last = score >= LEAST_LAST and _is_last(string, at, seen)
    return (home and (told or written or near or alone)) or (own and score >= LEAST_OWN) or last


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


def _is_last(string: int, at: int, seen: Candidates) -> bool:
    """Whether the acronym of one body is all that follows a unit with a city in its name.

    "Brighton College, ABCDE": a unit may be called after a partner's city.
    """
    start, end = seen.span(at)
    place, parts = seen.batch.places[string], seen.batch.segments[string]
    short = seen.kind(at) == NameKind.ACRONYM and seen.is_exact(at)
    if not short or end - start < SHORTEST_LAST or parts[-1].span != (start, end):
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


def parted_by_its_city(string: int, seen: Candidates) -> list[int]:
    """The one candidate whose name is a whole part but for its country, which its city parts."""
    found = [
        at
        for at in seen.of(string)
        if seen.score[at] > 0  # whatever it is: no model was trained on them, and the city tells
        and not seen.shared[at]
        and _is_whole_part(string, at, seen)
        and seen.is_parted_by_its_city(string, at)
    ]
    return found if len(found) == 1 else []


def _is_whole_part(string: int, at: int, seen: Candidates) -> bool:
    spans = [part.span for part in seen.batch.segments[string]]
    start, end = seen.span(at)
    return start in {begin for begin, _ in spans} and end in {stop for _, stop in spans}


def joined(string: int, standing: Sequence[int], seen: Candidates) -> list[int]:
    """Candidates whose own name a word joins to that of one that stands, in its country.

    "X University and Y University, Country": the place behind both is the second one's.
    """
    text, found = seen.batch.cleaned[string], []
    for at in seen.of(string):
        own = seen.is_exact(at) and seen.is_own_name(at) and not seen.shared[at]
        if not own or at in standing or seen.score[at] < LEAST_JOINED:
            continue
        start, end = seen.span(at)
        sides = ((seen.span(o), seen.country(o)) for o in standing)
        gaps = [text[e:start] or text[end:s] for (s, e), c in sides if c == seen.country(at)]
        if any(has_joint(gap) and len(gap.split()) <= LONGEST_JOINT for gap in gaps):
            found.append(at)
    return found


def is_unit_of_many(string: int, at: int, seen: Candidates) -> bool:
    """Whether a name could be that of a unit anywhere, and nothing says that the body is meant.

    Every word of it stands in many names, the first or the last is the noun of a unit, no labelled
    string means the body and no other of its names stands beside it.
    """
    told = seen.is_labelled(at) or seen.is_named_twice(at)
    return seen.score[at] < LEAST_UNIT and not told and seen.is_generic(string, at)


def without_partners(chosen: Sequence[int], string: int, seen: Candidates) -> list[int]:
    """Candidates without the partners in the names of other bodies' units abroad.

    "X University-University of Y Institute" is at X, and so is "XU-UY Institute" where one body
    alone of the registry has the acronym XU; that body is an answer even if it was none.
    """
    found: list[int] = []
    for at in chosen:
        home = _home(at, chosen, string, seen)
        if home is None or home not in (*chosen, *found):
            found.append(at if home is None else home)
    return found


def _home(at: int, others: Sequence[int], string: int, seen: Candidates) -> int | None:
    """The body abroad before a hyphen in the name of a unit, of which a candidate is partner."""
    text, (start, end) = seen.batch.cleaned[string], seen.span(at)
    if text[max(start - 1, 0)] not in HYPHENS:
        return None
    part = next((s for s in seen.batch.segments[string] if s.span[0] <= start < s.span[1]), None)
    if part is None or part.span[1] <= end or part.words[-1] not in UNIT_NOUNS:
        return None
    before = [o for o in seen.of(string) if seen.span(o)[1] == start - 1 and seen.is_whole(o)]
    short = len(before) == 1 and seen.kind(before[0]) in SHORT
    short = short and seen.score[before[0]] >= LEAST_HOME
    homes = before if short else [o for o in before if o in others]
    return next((o for o in homes if seen.country(o) != seen.country(at)), None)


def housing(at: int, others: Sequence[int], seen: Candidates) -> list[int]:
    """The others whose whole name holds a candidate's words and more."""
    start, end = seen.span(at)
    return [
        other
        for other in others
        if seen.is_whole(other)
        and seen.span(other) != (start, end)
        and seen.span(other)[0] <= start
        and end <= seen.span(other)[1]
    ]


def is_office_abroad(string: int, at: int, seen: Candidates) -> bool:
    """Whether a body's office abroad goes by the name of the whole, and no word names its city.

    "Japanese Society of X" is an alias of the "Japanese Society of X London".
    """
    owner = seen.owner(at)
    name, words = (
        key_words(n) for n in (seen.index.texts["name"][owner], seen.matched(string, at))
    )
    rest = name[len(words) :]
    if name[: len(words)] != words or rest != key_words(seen.index.texts["city"][owner]):
        return False
    known = load_gazetteer().countries
    homes = {NATIONS.get(word) or known.get(word, "") for word in words} - {""}
    return bool(homes) and seen.country(at) not in homes and not seen.names_its_city(at)
