"""Reading affiliation strings: their words as tokens of a registry, and their places.

One row a word stem; a word that reads as two tokens has its second reading in the occurrences only.
Postcodes and other long numbers are left out.
"""

from collections.abc import Container, Sequence

import numpy as np

from bibnet.places.address.abbreviation import without_abbreviations
from bibnet.places.address.country_end import named_countries
from bibnet.places.address.ending import read_ending
from bibnet.places.address.gazetteer import Gazetteer
from bibnet.places.address.named_place import Place
from bibnet.places.address.no_employer import with_addresses_apart, without_former
from bibnet.places.address.normalise import clean, tokenise, with_campus_city
from bibnet.places.address.parts import Segment, segments_of
from bibnet.places.address.stems import is_pair, stems
from bibnet.places.address.token import Token
from bibnet.places.address.vocabulary import (
    ACTIVITIES,
    CLINICS,
    CONJUNCTIONS,
    ENTERPRISES,
    GRADES,
    INCORPORATED,
    LEADING_JOINTS,
    MEMBERSHIPS,
    NATIONS,
    PUBLICATIONS,
    QUALIFIERS,
    SIGN_QUALIFIERS,
    UNIT_NOUNS,
)
from bibnet.places.address.weak_evidence import weak_place
from bibnet.places.reading.batch import (
    CLINIC,
    CONJUNCTION,
    JOINT,
    LEADING,
    NO_JOINT,
    NUMBER,
    UNIT,
    UNKNOWN,
    WORD,
    StringBatch,
)
from bibnet.places.registry.index import RegistryIndex
from bibnet.places.registry.spelling import Speller

LONGEST_NUMBER = 3  # digits; longer numbers are postcodes, streets and telephones
COLUMNS = ("string", "word", "segment", "id", "joint", "upper", "start", "end")
# Roles of words, by number: what makes another name of a name, what makes a society no employer,
# what no name is made of.
_ROLES = (QUALIFIERS, ENTERPRISES, MEMBERSHIPS, PUBLICATIONS, GRADES, ACTIVITIES, INCORPORATED)
_SIGNS = ({word[0] for word in SIGN_QUALIFIERS}, {word[1] for word in SIGN_QUALIFIERS})
ROLES = {word: number for number, words in enumerate((*_ROLES, *_SIGNS), 1) for word in words}
# Adjectives of countries have the roles from here on, in the order of their words.
FIRST_NATION = 100
ROLES |= {word: number for number, word in enumerate(sorted(NATIONS), FIRST_NATION)}
MOST_TOKENS = 400  # of one string; what stands behind is not read


class StringReader:
    """Reads strings against one registry."""

    def __init__(self, index: RegistryIndex, gazetteer: Gazetteer):
        self._index = index
        self._gazetteer = gazetteer
        self._speller = Speller(index.texts["token"], index.token_names.tolist(), index.arrays)

    def read(self, texts: Sequence[str]) -> StringBatch:
        """Arrays of a batch of strings."""
        cleaned = [as_read(text) for text in texts]
        tokens = [tokenise(text) for text in cleaned]
        segments = [segments_of(text, t) for text, t in zip(cleaned, tokens, strict=True)]
        rows, first, occurrences = self._rows(cleaned, tokens)
        columns = (*COLUMNS, "kind", "role")
        table = np.array(rows, dtype=np.int32).reshape(-1, len(columns)).T
        found = np.array(occurrences, dtype=np.int64).reshape(-1, 3)
        found = found[np.lexsort((found[:, 1], found[:, 0]))]
        return StringBatch(
            texts=texts,
            source=np.arange(len(texts)),
            cleaned=cleaned,
            segments=segments,
            places=[
                read_place(text, without_abbreviations(read, s), self._gazetteer)
                for text, read, s in zip(texts, cleaned, segments, strict=True)
            ],
            named=[named_countries(s, self._gazetteer) for s in segments],
            token=dict(zip(columns, table, strict=True)),
            first=np.array(first, dtype=np.int64),
            vocabulary=max(len(self._index.texts["token"]), 1),
            occurrence_key=found[:, 0],
            occurrence_at=found[:, 1],
            occurrence_reading=found[:, 2],
        )

    def _rows(
        self, cleaned: list[str], tokens: list[list[Token]]
    ) -> tuple[list[tuple[int, ...]], list[int], list[tuple[int, int, int]]]:
        rows: list[tuple[int, ...]] = []
        occurrences: list[tuple[int, int, int]] = []
        first = [0]
        size = len(self._index.texts["token"])
        read = self._speller.read
        for number, (text, found) in enumerate(zip(cleaned, tokens, strict=True)):
            for stem, token, kind in self._stems(found):
                readings = read(stem)
                at = len(rows)
                of = readings[0][0] if readings else UNKNOWN
                upper = text[token.start : token.end].isupper()
                role = ROLES.get(token.word, 0)
                spot = (_joint(token.joint), upper, token.start, token.end, kind, role)
                rows.append((number, at - first[-1], token.segment, of, *spot))
                occurrences += [(number * size + of, at, how) for of, how in readings]
            first.append(len(rows))
        return rows, first, occurrences

    def _stems(self, tokens: list[Token]) -> list[tuple[str, Token, int]]:
        """Stems of a string with their tokens and kinds; pairs and runs of initials made one."""
        written = self._index.written
        found: list[tuple[str, Token, int]] = []
        initials = False
        for token in as_one_token(tokens[:MOST_TOKENS], written):
            word = token.word
            if len(word) > LONGEST_NUMBER and word.isdigit():
                continue
            kind = _kind(word)
            for stem in stems(word):
                last = found[-1] if found else None
                initial = len(stem) == 1 and stem.isascii() and stem.isalpha()
                if (
                    last
                    and not token.joint
                    and last[1].segment == token.segment
                    and ((initial and initials) or is_pair(last[0], stem, written))
                ):
                    whole = last[1]._replace(end=token.end)
                    found[-1] = (last[0] + stem, whole, last[2])
                else:
                    found.append((stem, token, kind))
                    initials = initial
        return found


def as_one_token(tokens: Sequence[Token], written: Container[str]) -> list[Token]:
    """Tokens of which those that nothing parts are one where the registry writes them so.

    "AlphaTech" is two words, unless a name has "Alphatech". Of Latin letters only.
    """
    found: list[Token] = []
    run: list[Token] = []
    for token in tokens:
        if run and not (run[-1].end == token.start and token.word.isascii()):
            found += _whole(run, written)
            run = []
        run.append(token)
    return found + _whole(run, written)


def _whole(run: list[Token], written: Container[str]) -> list[Token]:
    """Tokens that nothing parts, as one where the registry writes all their letters as a word."""
    word = "".join(token.word for token in run)
    whole = stems(word) if len(run) > 1 else ()
    if len(whole) == 1 and whole[0] in written:
        return [run[0]._replace(word=word, end=run[-1].end)]
    return run


def as_read(text: str) -> str:
    """The text of an affiliation as its words are taken from it; offsets of answers are in it.

    Cleaned, without former employers, other addresses of a person apart, cities of campuses in
    full. Empty for nothing but signs that say nothing.
    """
    return with_campus_city(with_addresses_apart(without_former(clean(text))))


def read_place(text: str, segments: Sequence[Segment], gazetteer: Gazetteer) -> Place | None:
    """Place that the end of a string names, or else weaker evidence in it does."""
    return read_ending(segments, gazetteer) or weak_place(text, segments, gazetteer)


def _joint(joint: str) -> int:
    if not joint:
        return NO_JOINT
    if joint in CONJUNCTIONS:
        return CONJUNCTION
    return LEADING if joint in LEADING_JOINTS else JOINT


def _kind(word: str) -> int:
    """What part a word plays."""
    if word in UNIT_NOUNS:
        return UNIT
    if word in CLINICS:
        return CLINIC
    return NUMBER if word.isdigit() else WORD
