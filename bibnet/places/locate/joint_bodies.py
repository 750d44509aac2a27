"""Bodies named after two others: the acronyms of the two before theirs are but their own name.

"ABU-CDU XYZ" is neither A B nor C D University where one body of the registry has the acronym or
name XYZ and the names of both in its own. A school that one abroad runs with one of a
country whose law has such schools in it (`JOINT_SCHOOLS`) is there.
"""

from bibnet.places.address.normalise import key_words
from bibnet.places.address.stems import GENERIC, stem_words
from bibnet.places.address.vocabulary import JOINT_SCHOOLS
from bibnet.places.locate.own_names import HYPHENS
from bibnet.places.locate.view import Candidates
from bibnet.places.registry.names import NameKind

LEAST_PARTNERS = 2
LONGEST_DASH = 3  # signs, with a blank on either side
SCHOOL_NOUNS = frozenset({"college", "institute", "school"})
LONGEST_JOINT_NAME = 60  # letters of "Joint Institute of Engineering"
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


def joint_host(string: int, at: int, seen: Candidates) -> int | None:
    """The school with which one abroad runs a joint one, its name behind a hyphen, or None.

    "University of X-Y University Joint Institute" is at Y, where Y's country has such schools.
    """
    text, end = seen.batch.cleaned[string], seen.span(at)[1]
    dash = text[end : end + LONGEST_DASH].strip()[:1]
    if dash not in HYPHENS or not seen.is_school(at):
        return None
    start = text.index(dash, end) + 1
    start += len(text[start:]) - len(text[start:].lstrip())
    for other in seen.of(string):
        if seen.span(other)[0] == start and seen.is_school(other) and seen.is_exact(other):
            country = _country_of_joint(text[seen.span(other)[1] :])
            if country == seen.country(other) != seen.country(at):
                return other
    return None


def _country_of_joint(behind: str) -> str | None:
    """Country that the words of a joint school, which begin a text, stand for; None without."""
    words = key_words(behind.partition(",")[0][:LONGEST_JOINT_NAME])
    return None if SCHOOL_NOUNS.isdisjoint(words) else JOINT_SCHOOLS.get(words[0])
