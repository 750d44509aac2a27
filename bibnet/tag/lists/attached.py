"""Listed names inside those of hospitals, schools, kindergartens and presses attached to a body.

A list that holds a university says nothing of "High School Affiliated to North University", "North
University Cancer Hospital" or "北方大学附属医院": the name is but a part of theirs. Nor does it of
those who once studied there ("alumni of North University"). Where the university is a part of the
string of its own ("Third Hospital, North University"), the string names the university. A hospital
of armed forces is theirs: the list of categories says of which bodies.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from bibnet.places.address.vocabulary import CLINICS, ORGANISATION_NOUNS, UNIT_NOUNS
from bibnet.tag.lists.entry import GENERIC, Candidate, Entry
from bibnet.tag.lists.sighting import ADDRESS_BREAK, Lookout
from bibnet.tag.lists.spelling import DROPPED
from bibnet.tag.lists.units import packaged_units
from bibnet.tag.name import folded, is_han, segments

ATTACHED, ATTACHED_NOUN, ATTACHED_SIGNS = "attached", "attached_noun", "attached_signs"  # roles
HOSPITAL = "hospital"  # of either script
TO, OF, ARTICLE = ("to", "with"), ("of", "at", "in"), "the"
CONJUNCTION = "and"
LONGEST_NAME = 12  # words of a listed name
BODY_NOUNS = ORGANISATION_NOUNS | UNIT_NOUNS | CLINICS
Span = tuple[int, int]


def in_attached_bodies(text: str, lookout: Lookout) -> list[tuple[Candidate, str]]:
    """Listed names that a text has in those of attached bodies only, each with the part that does.

    `text` is what `readable` returns. A name that stands for itself elsewhere is left out.
    """
    lowered = text.lower()
    if not any(word in lowered for word in _cues()):
        return []
    within: dict[Entry, tuple[Candidate, str]] = {}
    free: set[Entry] = set()
    for part in (part for address in ADDRESS_BREAK.split(text) for part in segments(address)):
        read = _in_signs if is_han(part) else _in_words
        for found, is_attached in read(part, lookout):
            if is_attached:
                within.setdefault(found.entry, (found, part))
            else:
                free.add(found.entry)
    return [found for entry, found in within.items() if entry not in free]


def _in_words(part: str, lookout: Lookout) -> Iterator[tuple[Candidate, bool]]:
    """Listed names in a part, and whether each is but a part of the name of an attached body."""
    words = folded(part).split()
    for (start, end), found in _names(words, lookout).items():
        behind = _without_places(words[end:], lookout)
        attached = _is_behind(words[:start]) or _is_before(behind)
        hospital = not _words(HOSPITAL).isdisjoint(words)
        yield from ((one, attached and not _is_own(one, hospital)) for one in found)


def _names(words: Sequence[str], lookout: Lookout) -> dict[Span, list[Candidate]]:
    """Listed names among words, none within another."""
    found: dict[Span, list[Candidate]] = {}
    at = 0
    while at < len(words):
        longest = 0 if words[at] in DROPPED else LONGEST_NAME
        ends = range(min(at + longest, len(words)), at, -1)
        known = ((end, lookout.known_as(" ".join(words[at:end]))) for end in ends)
        end, names = next(((end, names) for end, names in known if names), (at + 1, []))
        own = [one for one in names if one.kind != GENERIC]
        if own:
            found[at, end] = own
        at = end
    return found


def _is_behind(before: Sequence[str]) -> bool:
    """Whether words are those of an attached body, and lead to the name behind them."""
    *phrase, joint = before or [""]
    if joint == ARTICLE and phrase:
        *phrase, joint = phrase
    if joint in TO:
        *body, last = phrase or [""]
        return last in _words(ATTACHED) and not BODY_NOUNS.isdisjoint(body)
    return joint in OF and any(map(_is_attached, _pieces(phrase)))


def _is_before(behind: Sequence[str]) -> bool:
    """Whether words right behind a name make the name of an attached body of it."""
    stop = behind.index(CONJUNCTION) if CONJUNCTION in behind else len(behind)
    return any(map(_is_attached, _pieces(behind[:stop])))


def _without_places(words: Sequence[str], lookout: Lookout) -> Sequence[str]:
    """Words without the names of places at their end, each of one word."""
    end = len(words)
    while end and lookout.places.is_place(words[end - 1]):
        end -= 1
    return words[:end]


def _is_attached(piece: Sequence[str]) -> bool:
    """Whether words are "affiliated X", or end with the noun of a body that is attached."""
    text = " ".join(piece)
    led = any(word in _words(ATTACHED) for word in piece[:-1])
    return led or any(f" {text}".endswith(f" {noun}") for noun in _words(ATTACHED_NOUN))


def _pieces(words: Sequence[str]) -> Iterator[list[str]]:
    """Words between those that join them."""
    piece: list[str] = []
    for word in words:
        if word in (*OF, *TO):
            yield piece
            piece = []
        else:
            piece.append(word)
    yield piece


def _in_signs(part: str, lookout: Lookout) -> Iterator[tuple[Candidate, bool]]:
    for name, found in lookout.index.han_in(part):
        behind = part.partition(name)[2]
        attached = any(sign in behind for sign in _words(ATTACHED_SIGNS))
        hospital = any(sign in behind for sign in _words(HOSPITAL))
        yield from ((one, attached and not _is_own(one, hospital)) for one in found)


def _is_own(found: Candidate, hospital: bool) -> bool:
    return hospital and found.entry.has_hospitals


def _words(role: str) -> frozenset[str]:
    return packaged_units().of(role)


@cache
def _cues() -> tuple[str, ...]:
    """Words of which every attached body has one, in lower case."""
    roles = (ATTACHED, ATTACHED_NOUN, ATTACHED_SIGNS)
    return tuple(sorted({word.lower() for role in roles for word in _words(role)}))
