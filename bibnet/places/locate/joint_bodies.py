"""Bodies named after two others: the acronyms of the two before theirs are but their own name.

"ABU-CDU XYZ" is neither A B nor C D University where one body of the registry has the acronym or
name XYZ and the names of both in its own.
"""

from bibnet.places.address.normalise import key_words
from bibnet.places.address.stems import GENERIC, stem_words
from bibnet.places.locate.view import Candidates
from bibnet.places.registry.names import NameKind

LEAST_PARTNERS = 2
FIRM = (NameKind.DISPLAY, NameKind.ALIAS, NameKind.ACRONYM)


def joint_body(string: int, seen: Candidates) -> list[int]:
    """The one candidate whose own name holds those of two acronyms in the string; else none."""
    partners = seen.acronyms(string)
    if len(partners) < LEAST_PARTNERS:
        return []
    exact = [at for at in seen.of(string) if seen.is_exact(at) and seen.kind(at) in FIRM]
    words = {at: _words(at, seen) for at in exact}
    found = [
        at
        for at in exact
        if len({seen.span(o) for o in partners if words[o] and words[o] < words[at]})
        >= LEAST_PARTNERS
    ]
    return found if len(found) == 1 else []


def _words(at: int, seen: Candidates) -> set[str]:
    """Stems of a body's own name that are no nouns of many."""
    return set(stem_words(key_words(seen.index.texts["name"][seen.owner(at)]))) - GENERIC
