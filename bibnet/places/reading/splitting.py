"""Which strings of a batch hold several addresses, and the text of each address."""

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.address.gazetteer import Gazetteer
from bibnet.places.address.parts import Segment
from bibnet.places.address.token import FOOTNOTE_MARKS
from bibnet.places.address.vocabulary import CONNECTORS, INTRODUCING, JOINING
from bibnet.places.reading.addresses import address_spans
from bibnet.places.reading.batch import CONJUNCTION, StringBatch, part_bounds
from bibnet.places.reading.end import SLASH, place_alone
from bibnet.places.reading.marks import list_marks
from bibnet.places.reading.name_ends import CITY_NAME, IN_NAMES
from bibnet.places.reading.phrases import Hits
from bibnet.places.reading.school_ends import LONG_NAME
from bibnet.places.reading.written import Named, Written, has_joint
from bibnet.places.registry.index import TELLING, TYPES, RegistryIndex
from bibnet.places.registry.names import UNIVERSITY, NameKind

Array = npt.NDArray[Any]
TIGHT = frozenset("/|;\n")  # signs that part without a blank beside them
MARK = re.compile(f"[{FOOTNOTE_MARKS}]")  # of a footnote; it parts so, too
SHORTEST_ACRONYM = 4  # letters of an acronym that tells; of three letters many have one
COMPANY = TYPES.index("company")
ALONE = (NameKind.CURATED, NameKind.BRANCH)  # kinds whose names of one word tell, too
_PARTING = re.compile(rf"[;|/\n.*+\u2022{FOOTNOTE_MARKS}\u3002]|\d|\b(?:with|from)\b")


def rare_names(index: RegistryIndex) -> Array:
    """Whether each name of the registry holds a word that tells organisations apart."""
    if not len(index.name_hash):
        return np.empty(0, dtype=bool)
    rarest = np.maximum.reduceat(index.token_idf[index.name_token], index.name_start[:-1])
    return np.asarray((rarest >= TELLING) & (index.name_kind <= NameKind.ACRONYM))


def _ending_words(known: Gazetteer) -> frozenset[str]:
    """Last words of the names of countries, the last but one of "Republic of" and its like."""
    names = [key.split(" ") for key in known.countries]
    told = (next((w for w in reversed(words) if w not in CONNECTORS), words[-1]) for words in names)
    return frozenset(told)


class Splitter:
    """Cuts the strings of batches that were read against one registry."""

    def __init__(self, index: RegistryIndex, known: Gazetteer):
        self._index, self._known = index, known
        self._rare = rare_names(index)
        self._ending = _ending_words(known)
        kind = index.name_kind
        self._firm = kind <= NameKind.FORMER
        alone = np.isin(kind, ALONE) | (kind == NameKind.ACRONYM)
        self._telling = self._rare & ((index.name_length > 1) | alone)
        company = index.types[index.name_owner, COMPANY] if len(kind) else kind > 0
        self._telling |= (kind == NameKind.CURATED) & ~company
        self._university = index.holding(UNIVERSITY)

    def addresses(self, batch: StringBatch, hits: Hits) -> dict[int, list[str]]:
        """Texts of the addresses of each string that holds several; the others are left out."""
        abroad = {at for at, parts in enumerate(batch.segments) if self._goes_on(parts)}
        written = enumerate(zip(batch.cleaned, batch.segments, strict=True))
        placed = {at for at, (text, parts) in written if self._ends_in_places(text, parts)}
        listed = {at for at, text in enumerate(batch.cleaned) if list_marks(text)}
        joined = self._joined(batch, hits) | self._of_two_countries(batch, hits)
        asked = sorted(abroad | placed | listed | joined)
        found = {}
        named = self._named(batch, hits, asked)
        for at in asked:
            string = Written(batch.cleaned[at], batch.segments[at], named[at], self._known)
            spans = address_spans(string, batch.places[at], self._known)
            if len(spans) > 1:
                found[at] = [batch.cleaned[at][start:end] for start, end in spans]
        return found

    def _goes_on(self, segments: list[Segment]) -> bool:
        """Whether a word that may end the name of a country stands before the end of a string."""
        last = self._ending
        return any(not last.isdisjoint(part.words) for part in segments[:-1]) or any(
            not last.isdisjoint(part.words[:-1]) for part in segments[-1:]
        )

    def _ends_in_places(self, text: str, segments: list[Segment]) -> bool:
        """Whether a word or a slash joins a place, all that follows, to what stands before it."""
        tokens = segments[-1].tokens if segments else ()
        joint = next((n for n in range(1, len(tokens)) if tokens[-n].joint in JOINING), 0)
        if not joint and not (tokens and text[: tokens[0].start].rstrip().endswith(SLASH)):
            return False
        return bool(place_alone(tokens[-joint:], self._known))

    def _joined(self, batch: StringBatch, hits: Hits) -> set[int]:
        """Strings in which a telling name follows another, and is joined to it or is abroad.

        Or follows other words, which may be a body with its city in its name, and no end of the
        string states a place, or is then a part of its own beside a
        school.
        """
        begin, end = part_bounds(batch)
        part = (hits.first == begin[hits.first]) & (hits.last == end[hits.first])
        telling = self._telling[hits.name] | (self._rare[hits.name] & part)
        string, first = hits.string[telling], hits.first[telling]
        earliest = np.full(len(batch), np.iinfo(np.int64).max)
        np.minimum.at(earliest, string, hits.last[telling])
        loose = np.array([p is None or p.rule in IN_NAMES for p in batch.places], dtype=bool)
        behind = (earliest[string] < first) | (loose[string] & (first > batch.first[string]))
        later = np.unique(first[behind])
        token = batch.token
        of = token["string"]
        joined = token["joint"][later] == CONJUNCTION
        found = set(of[later[joined]].tolist())
        for row in later[~joined].tolist():
            gap = _gap_before(batch, row)
            parted = len(gap) > 1 or gap in TIGHT or MARK.fullmatch(gap)
            if parted and (_PARTING.search(gap) or has_joint(gap)):
                found.add(int(of[row]))
        stated = self._stated(batch)[string]
        country = self._index.country[self._index.name_owner[hits.name[telling]]]
        schools = self._university[hits.name[telling]]
        abroad = np.isin(string, string[behind]) | schools
        abroad &= (stated >= 0) & (country != stated)
        second = behind & part[telling] & loose[string] & np.isin(string, string[schools])
        return found | set(string[abroad | second].tolist())

    def _of_two_countries(self, batch: StringBatch, hits: Hits) -> set[int]:
        """Strings with schools of two countries whose names tell, or are long and begin a part."""
        begin, _ = part_bounds(batch)
        whole = (hits.first == begin[hits.first]) & self._firm[hits.name]
        whole &= self._index.name_length[hits.name] >= LONG_NAME
        schools = (self._telling[hits.name] | whole) & self._university[hits.name]
        country = self._index.country[self._index.name_owner[hits.name[schools]]]
        pairs = np.unique(np.stack([hits.string[schools], country]), axis=1)
        strings, count = np.unique(pairs[0], return_counts=True)
        return set(strings[count > 1].tolist())

    def _stated(self, batch: StringBatch) -> Array:
        """Number of the country that the end of each string states, -1 for none."""
        number = self._index.country_of
        told = [p and (p.strength > 1 or p.rule == CITY_NAME) for p in batch.places]
        firm = [p.country if p and t else "" for p, t in zip(batch.places, told, strict=True)]
        return np.array([number.get(country, -1) for country in firm], dtype=np.int64)

    def _named(
        self, batch: StringBatch, hits: Hits, asked: Iterable[int]
    ) -> dict[int, list[Named]]:
        """Whole names in the strings asked about."""
        found: dict[int, list[Named]] = {at: [] for at in asked}
        chosen = np.isin(hits.string, list(found))
        token, country = batch.token, self._index.texts["country"]
        name, start, end = hits.name, token["start"][hits.first], token["end"][hits.last]
        short = (self._index.name_kind[name] == NameKind.ACRONYM) & (end - start < SHORTEST_ACRONYM)
        told = (self._telling[name] & ~short, self._rare[name] & ~short, self._university[name])
        columns = (hits.string, start, end, self._index.name_owner[name], *told)
        for string, begin, stop, owner, tells, rare, university in zip(
            *(column[chosen].tolist() for column in columns), strict=True
        ):
            one = Named(begin, stop, owner, country[owner], tells, rare, university)
            found[string].append(one)
        return found


def _gap_before(batch: StringBatch, row: int) -> str:
    """What is printed before a word, back to one that is no mark and leads to no address.

    Marks are numbers and single letters ("2", "b", "e"), words that lead such as "also".
    """
    token = batch.token
    starts, ends, of = token["start"], token["end"], token["string"]
    text, before = batch.cleaned[of[row]], row - 1
    while before > 0 and of[before - 1] == of[row]:
        printed = text[starts[before] : ends[before]]
        if len(printed) > 1 and not printed.isdigit() and printed.casefold() not in INTRODUCING:
            break
        before -= 1
    gap: str = text[ends[before] : starts[row]]
    return gap
