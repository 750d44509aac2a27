"""Which candidates of a string stand: how likely each must be for the way it is written."""

from collections.abc import Sequence

from bibnet.places.address.gazetteer import load_gazetteer
from bibnet.places.address.normalise import key_words
from bibnet.places.address.stems import GENERIC, stem_words
from bibnet.places.address.vocabulary import CONNECTORS, NATIONS, ORGANISATION_NOUNS, UNIT_NOUNS
from bibnet.places.locate.joint_bodies import joint_body, joint_host
from bibnet.places.locate.own_names import (
    BEARERS,
    HYPHENS,
    SHORT,
    SHORTEST_ALONE,
    best_own,
    is_whole_part,
)
from bibnet.places.locate.view import Candidates
from bibnet.places.reading.written import has_joint
from bibnet.places.registry.names import UNIVERSITY, NameKind

# Curated aliases ("MIT") were read by hand, and whole names in another script than the Latin hardly
# ever stand for another body, but no model was trained on them: so less certainty is enough.
LEAST_SURE = 0.35
# So many signs are no other body's, unless they are but the beginning of its name, which is vetoed.
LEAST_MANY_SIGNS, MANY_SIGNS = 0.2, 6
# "Institute of Theoretical X" is a unit of many bodies: a city beside it tells, unless it is surer.
LEAST_UNIT = 0.9
# A body whose acronym stands before its partner's needs some likeness to be their home.
LEAST_HOME = 0.25
NAMED = (NameKind.DISPLAY, NameKind.ALIAS)
LEAST_BEHIND = 0.1  # of a body behind an acronym in the part before, to be meant rather
# Of one that a word joins to a name that stands; two words join ("and the").
LEAST_JOINED, LONGEST_JOINT = 0.2, 2
LONGEST_ACRONYM = 5  # letters of a word in capitals that stands for a name, not for a word of it
DEPARTMENTS = frozenset(("department", "dept", "division", "faculty", "section"))
SUBJECT_JOINTS = ("for", "of")  # lead from the noun of a unit to its subject


def those_that_stand(string: int, seen: Candidates, least: float) -> list[int]:
    """Candidates of a string that are likely enough for the way they are written, best first.

    A body named after two others of the string is the only one. With `least` 0 all candidates.
    """
    joint = joint_body(string, seen) if least else []
    firm = joint or [at for at in seen.of(string) if stands(string, at, seen, least)]
    return firm or best_own(string, seen) or parted_by_its_city(string, seen)


def stands(string: int, at: int, seen: Candidates, least: float) -> bool:
    """Whether a candidate is likely enough; a lone city is never its university."""
    score = seen.score[at]
    if seen.shared[at] or score < min(least, LEAST_MANY_SIGNS):
        return False  # as most are
    if score < least and score < _bound(string, at, seen, least):
        return False
    alone = seen.is_bare_place(string, at) or is_of_its_country_alone(string, at, seen)
    return not (least and (alone or _is_but_letters(string, at, seen)))


def _is_but_letters(string: int, at: int, seen: Candidates) -> bool:
    """Whether one short word in capitals is read as a longer one cut short: it is an acronym."""
    printed = seen.matched(string, at)
    short = printed.isupper() and printed.isalpha() and len(printed) <= LONGEST_ACRONYM
    return short and seen.is_cut(at)


def _bound(string: int, at: int, seen: Candidates, least: float) -> float:
    """What a candidate needs that is not likely enough for any name."""
    start, end = seen.span(at)
    if seen.is_in_signs(at) and end - start >= MANY_SIGNS:
        return min(least, LEAST_MANY_SIGNS)
    sure = (seen.is_curated(at) and seen.is_exact(at)) or seen.is_in_signs(at)
    sure = sure or seen.is_in_other_script(string, at)
    return min(least, LEAST_SURE) if sure else least


def is_of_its_country_alone(string: int, at: int, seen: Candidates) -> bool:
    """Whether all that a string has of a university's name is the country that is its last part.

    "University of X in Y, Malta" is not the University of Malta: the noun belongs to other words.
    """
    parts = seen.batch.segments[string]
    known, last = load_gazetteer().countries, parts[-1] if parts else None
    if seen.is_whole(at) or last is None or known.get(last.key) != seen.country(at):
        return False
    country = set(stem_words(token.word for token in last.tokens))
    if seen.name_stems(at) - country != {UNIVERSITY}:
        return False
    with_noun = [p.words for p in parts[:-1] if UNIVERSITY in stem_words(p.words)]
    return all(any(_is_telling(word) for word in words) for words in with_noun)


def _is_telling(word: str) -> bool:
    """Whether a word is no noun of many names, no connector and no country."""
    plain = word in CONNECTORS or word in load_gazetteer().countries
    return not plain and GENERIC.isdisjoint(stem_words([word]))


def parted_by_its_city(string: int, seen: Candidates) -> list[int]:
    """The one candidate whose name is a whole part but for its country, which its city parts."""
    found = [
        at
        for at in seen.of(string)
        if seen.score[at] > 0  # whatever it is: no model was trained on them, and the city tells
        and not seen.shared[at]
        and is_whole_part(string, at, seen)
        and seen.is_parted_by_its_city(string, at)
    ]
    return found if len(found) == 1 else []


def joined(string: int, standing: Sequence[int], seen: Candidates) -> list[int]:
    """Candidates whose own name a word joins to that of one that stands, in its country.

    "X University and Y University, Country": the place behind both is the second one's. So for
    an acronym that is a whole part but for the word that joins ("XYZ and Y University").
    """
    text, found = seen.batch.cleaned[string], []
    for at in seen.of(string):
        if not standing or at in standing or seen.score[at] < LEAST_JOINED:
            continue
        own = seen.is_exact(at) and not seen.shared[at]
        if not (own and (seen.is_own_name(at) or _is_acronym_alone(string, at, seen))):
            continue
        start, end = seen.span(at)
        sides = ((seen.span(o), seen.country(o)) for o in standing)
        gaps = [text[e:start] or text[end:s] for (s, e), c in sides if c == seen.country(at)]
        if any(has_joint(gap) and len(gap.split()) <= LONGEST_JOINT for gap in gaps):
            found.append(at)
    return found


def _is_acronym_alone(string: int, at: int, seen: Candidates) -> bool:
    """Whether an acronym begins or ends a part, and no other body there is half as likely."""
    start, end = seen.span(at)
    if seen.kind(at) != NameKind.ACRONYM or end - start < SHORTEST_ALONE:
        return False
    edge = any(start == part.span[0] or end == part.span[1] for part in seen.batch.segments[string])
    others = (seen.score[o] for o in seen.of(string) if o != at and seen.span(o) == (start, end))
    return edge and max(others, default=0.0) * BEARERS <= seen.score[at]


def is_unit_of_many(string: int, at: int, seen: Candidates) -> bool:
    """Whether a name could be that of a unit anywhere, and nothing says that the body is meant.

    Every word of it stands in many names, the first or the last is the noun of a unit, no labelled
    string means the body and no other of its names stands beside it.
    """
    told = seen.is_labelled(at) or seen.is_named_twice(at)
    return seen.score[at] < LEAST_UNIT and not told and seen.is_generic(string, at)


def without_strays(string: int, chosen: Sequence[int], seen: Candidates) -> list[int]:
    """Candidates without those that a part of a name or a unit's gives in a country of its own.

    Beside a body whose whole name stands in a string without a place and is in another country,
    "Department of Tides" is one of its units, and words of a name are no more than words. What a
    word or a sign joins to it may be anywhere.
    """
    if len(chosen) == 1 and _is_of_unit_abroad(string, chosen[0], seen):
        return []
    firm = [at for at in chosen if seen.is_whole(at) and not _may_be_unit(string, at, seen)]
    countries = {seen.country(at) for at in firm}
    alone = not countries and len(seen.batch.segments[string]) == 1
    return [
        at
        for at in chosen
        if at in firm
        or alone
        or (not countries and not _is_department(string, at, seen))
        or seen.country(at) in countries
        or any(_belongs_with(string, at, other, seen) for other in firm)
    ]


def _is_of_unit_abroad(string: int, at: int, seen: Candidates) -> bool:
    """Whether an acronym is all of the first part, before one that rather names a body elsewhere.

    "XYZ, The Tides Institute": XYZ is a unit there, whoever else goes by it.
    """
    span, parts = seen.span(at), seen.batch.segments[string]
    if seen.kind(at) != NameKind.ACRONYM or len(parts) == 1 or parts[0].span != span:
        return False
    nouns = not ORGANISATION_NOUNS.isdisjoint(parts[1].words)
    return nouns and any(
        seen.score[o] >= LEAST_BEHIND
        and seen.kind(o) in NAMED
        and seen.country(o) != seen.country(at)
        and parts[1].span[0] <= seen.span(o)[0] < parts[1].span[1]
        for o in seen.of(string)
    )


def _may_be_unit(string: int, at: int, seen: Candidates) -> bool:
    """Whether a name could be that of a unit anywhere, or begins as the names of departments do."""
    return _is_department(string, at, seen) or is_unit_of_many(string, at, seen)


def _is_department(string: int, at: int, seen: Candidates) -> bool:
    first, *_ = seen.matched(string, at).casefold().split()
    return seen.is_whole(at) and first in DEPARTMENTS


def _belongs_with(string: int, one: int, other: int, seen: Candidates) -> bool:
    """Whether a body is a part of another, or a word, a sign or a blank alone joins their names."""
    parts = ((one, other), (other, one))
    related = any(seen.is_below(child, seen.owner(parent)) for child, parent in parts)
    (_, end), (begin, _) = sorted((seen.span(one), seen.span(other)))
    gap = seen.batch.cleaned[string][end:begin]
    return related or has_joint(gap) or "," not in gap


def _is_named_after(string: int, at: int, others: Sequence[int], seen: Candidates) -> bool:
    """Whether a company's name begins that of a school's unit ("Softco Centre for X, Y School")."""
    schools = any(o != at and seen.is_school(o) for o in others)
    if not schools or not seen.is_company(at):
        return False
    end = seen.span(at)[1]
    part = next((s for s in seen.batch.segments[string] if s.span[0] < end <= s.span[1]), None)
    behind = [token for token in part.tokens if token.start >= end] if part else []
    return len(behind) > 1 and behind[0].word in UNIT_NOUNS and behind[1].joint in SUBJECT_JOINTS


def without_partners(chosen: Sequence[int], string: int, seen: Candidates) -> list[int]:
    """Candidates without the partners in the names of other bodies' units abroad.

    "X University-University of Y Institute" is at X, and so is "XU-UY Institute" where one body
    alone of the registry has the acronym XU; that body is an answer even if it was none. "Softco
    Centre for Y, X University" is at X alone. A joint school with one of China is in China.
    """
    found: list[int] = []
    for at in chosen:
        if _is_named_after(string, at, chosen, seen):
            continue
        host = joint_host(string, at, seen)
        if host is not None:
            found += [] if host in (*chosen, *found) else [host]
            continue
        if any(joint_host(string, o, seen) == at for o in chosen):
            found.append(at)
            continue
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
    behind = [token.word for token in part.tokens if token.start >= end] if part else []
    if UNIT_NOUNS.isdisjoint(behind):
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
