"""Hospitals that bear the name of a university: they are in its country, if nothing says more."""

from bibnet.places.address.stems import GENERIC, stem_words
from bibnet.places.locate.located import OWN_COLLEGE, Located, country_row
from bibnet.places.locate.view import Candidates
from bibnet.places.registry.names import UNIVERSITY, NameKind

HOSPITAL = stem_words(("hospital",))[0]


def hospital_country(string: int, seen: Candidates) -> list[Located]:
    """Row of the country of the university whose hospital a part of an address is, or none.

    "The Second Affiliated Hospital of X University" is no address of the university, but is in its
    country. None where bodies of two countries have the university's name.
    """
    hospitals = [
        part.span for part in seen.batch.segments[string] if HOSPITAL in stem_words(part.words)
    ]
    named = [at for at in seen.of(string) if hospitals and _is_university(at, seen)]
    held = [
        at
        for at in named
        if any(start <= seen.span(at)[0] < seen.span(at)[1] <= end for start, end in hospitals)
    ]
    if len({seen.country(at) for at in held}) != 1:
        return []
    text, matched = seen.batch.texts[string], seen.matched(string, held[0])
    return [country_row(text, seen.country(held[0]), OWN_COLLEGE, matched)]


def _is_university(at: int, seen: Candidates) -> bool:
    """Whether the whole name of a university stands there, and not only nouns of many."""
    firm = seen.is_exact(at) and seen.kind(at) <= NameKind.FORMER and seen.is_school(at)
    stems = seen.name_stems(at) if firm else set()
    return UNIVERSITY in stems and not stems <= GENERIC
