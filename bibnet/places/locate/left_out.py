"""Bodies of another country whose whole names stand in an address beside that of the answer.

"X University, Salem, Department of Tides, Y University, Bonn, Germany": the place behind both is
the second one's, so that the models hold the first for a word too much. No word is left over beside
such a name: a part of the address, a word that joins, a place or the other name begins and ends it.
"""

from collections.abc import Sequence, Set

from bibnet.places.address.gazetteer import load_gazetteer
from bibnet.places.address.normalise import key_words
from bibnet.places.address.token import Token
from bibnet.places.locate.branch import beside_spans
from bibnet.places.locate.joint_bodies import joint_host
from bibnet.places.locate.located import GUESSED_NAME, Located
from bibnet.places.locate.own_names import HYPHENS
from bibnet.places.locate.view import Candidates
from bibnet.places.reading.written import has_joint
from bibnet.places.registry.names import UNIVERSITY, NameKind

Span = tuple[int, int]
LEAST_WORDS = 2  # of a school's name


def left_out_bodies(string: int, rows: Sequence[Located], seen: Candidates) -> list[str]:
    """Names of the bodies of an address that are in no country of its rows, none without an answer.

    Universities by their names, and others beside their cities, if a university is named at all.
    """
    text = seen.batch.cleaned[string]
    answered = [row for row in rows if row.institution]
    if not answered or UNIVERSITY not in text.casefold():
        return []
    spans = [s for at in seen.of(string) if (s := _span_of(at, answered, seen))]
    countries = {row.country for row in rows}
    found: dict[Span, set[str]] = {}
    for at in seen.of(string):
        told = _is_school_name(string, at, seen) or _is_body_in_its_city(string, at, seen)
        if told and _is_apart(seen.span(at), spans) and joint_host(string, at, seen) is None:
            found.setdefault(seen.span(at), set()).add(seen.country(at))
    named = {span for span, held in found.items() if not held & countries}
    longest = [s for s in named if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in found)]
    names = [*spans, *longest]
    free = [s for s in sorted(longest) if _stands_free(string, s, names, seen)]
    return [text[slice(*s)] for s in free if not _is_placed(string, s, found[s], seen)]


def _span_of(at: int, rows: Sequence[Located], seen: Candidates) -> Span | None:
    """Offsets of a candidate's words if it is one of the answers."""
    ror = seen.index.texts["ror"][seen.owner(at)]
    told = any(row.ror == ror and row.rule != GUESSED_NAME for row in rows)
    return seen.span(at) if told else None


def _is_body_in_its_city(string: int, at: int, seen: Candidates) -> bool:
    """Whether the own name of a body that is no school stands there, and its city beside it.

    Without the city it might be that of a unit anywhere ("Computer Vision Laboratory").
    """
    own = seen.is_exact(at) and seen.kind(at) == NameKind.DISPLAY and not seen.is_school(at)
    plain = seen.denied[at] or seen.shared[at] or seen.guessed[at] or not seen.names_its_city(at)
    return own and not plain and len(key_words(seen.matched(string, at))) >= LEAST_WORDS


def _is_school_name(string: int, at: int, seen: Candidates) -> bool:
    """Whether the whole name of a school stands there, and no word beside it speaks against it."""
    firm = seen.is_exact(at) and seen.kind(at) <= NameKind.FORMER and seen.is_school(at)
    words = key_words(seen.matched(string, at)) if firm else []
    plain = seen.denied[at] or seen.shared[at] or seen.guessed[at]
    return len(words) >= LEAST_WORDS and UNIVERSITY in " ".join(words) and not plain


def _is_apart(span: Span, others: Sequence[Span]) -> bool:
    """Whether a name shares no word with others, and there are some."""
    return bool(others) and all(span[1] <= start or end <= span[0] for start, end in others)


def _stands_free(string: int, span: Span, names: Sequence[Span], seen: Candidates) -> bool:
    """Whether nothing but places, joints and names stands beside a name in its part."""
    text, segments = seen.batch.cleaned[string], seen.batch.segments[string]
    places = beside_spans(segments, names, load_gazetteer())
    taken = [*names, *places]
    first = next((s for s in segments if s.span[0] <= span[0] < s.span[1]), None)
    last = next((s for s in segments if s.span[0] < span[1] <= s.span[1]), None)
    if first is None or last is None:
        return False
    if {text[max(span[0] - 1, 0)], text[span[1] : span[1] + 1]} & HYPHENS:
        return False  # a partner in the name of an institute
    before = [token for token in first.tokens if token.start < span[0]]
    behind = [token for token in last.tokens if token.start >= span[1]]
    left = not before or _is_taken(before[-1], taken) or has_joint(text[before[-1].end : span[0]])
    right = not behind or _is_taken(behind[0], taken) or has_joint(text[span[1] : behind[0].start])
    return left and right


def _is_placed(string: int, span: Span, countries: Set[str], seen: Candidates) -> bool:
    """Whether the next part is a place where no bearer of a name is ("X University, Y")."""
    known = load_gazetteer()
    behind = [part for part in seen.batch.segments[string] if part.span[0] >= span[1]]
    key = behind[0].key if behind else ""
    city = known.dominant_city(key)
    held = {known.countries.get(key), city.country if city else None} - {None}
    held |= {country for country, _ in known.province_names.get(key, ())}
    return bool(held) and held.isdisjoint(countries)


def _is_taken(token: Token, spans: Sequence[Span]) -> bool:
    return any(start <= token.start < end for start, end in spans)
