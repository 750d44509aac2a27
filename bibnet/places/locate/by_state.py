"""Bodies that the code of their state or their own city tells, and nothing else of the string."""

from collections.abc import Sequence

from bibnet.places.address.gazetteer import load_gazetteer, place_words
from bibnet.places.locate.view import Candidates


def is_in_its_state(string: int, at: int, seen: Candidates) -> bool:
    """Whether the code of a body's state is the last part of a string that states no place.

    "Eddy University, GA" is that of Georgia in the United States though Gabon has the code, too:
    its whole name ends a part, and no other body of that name is in the state.
    """
    if seen.batch.places[string] or not seen.is_named(at) or not _is_of_code(string, at, seen):
        return False
    ends = any(seen.span(at)[1] == part.span[1] for part in seen.batch.segments[string])
    others = (o for o in seen.of(string) if o != at and seen.span(o) == seen.span(at))
    return ends and not any(seen.is_named(o) and _is_of_code(string, o, seen) for o in others)


def _is_of_code(string: int, at: int, seen: Candidates) -> bool:
    """Whether all of a string's last part is the code of a candidate's state, in capitals."""
    known, parts = load_gazetteer(), seen.batch.segments[string]
    code = parts[-1].last if parts and len(parts[-1].words) == 1 else ""
    owners = known.province_codes.get(code, ())
    return any(
        country == seen.country(at) and known.province(country, admin1) == seen.province(at)
        for country, admin1 in owners
    )


def at_own_cities(string: int, standing: Sequence[int], seen: Candidates) -> list[int]:
    """Candidates by short forms of bibnet's own list that a city of their country makes a part.

    "XYZ Lyon, University of Y" names two bodies, however sure the second is.
    """
    return [
        at
        for at in seen.curated(string)
        if at not in standing and not seen.shared[at] and _is_with_city(string, at, standing, seen)
    ]


def _is_with_city(string: int, at: int, standing: Sequence[int], seen: Candidates) -> bool:
    """Whether a short form of a word begins a part of which a city of its country is the rest.

    Or that is all words of the name of a body below it that does not stand itself ("XYZ Valley").
    """
    start, end = seen.span(at)
    part = next((p for p in seen.batch.segments[string] if p.span[0] == start), None)
    behind = [token for token in part.tokens if token.start >= end] if part else []
    word = " " not in seen.matched(string, at)  # "X School of Lyon" may be another than X School
    key = " ".join([behind[0].word, *place_words(behind[1:])]) if behind and word else ""
    if not key or part is None or any(seen.span(o) == part.span for o in standing):
        return False
    centre = any(
        seen.span(o) == part.span and seen.is_below(o, seen.owner(at)) for o in seen.of(string)
    )
    return centre or load_gazetteer().city_in(key, seen.country(at)) is not None
