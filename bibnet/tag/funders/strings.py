"""What a funder string says: the funders it names, their award numbers, or that nobody paid.

Records and exports write funders in many ways: with acronym and numbers behind the name
("National Science Fund, NSF, (123456)"), name within name, several with semicolons or commas,
with the country, in a sentence. Each part that is no number, place or repetition is a funder,
known or not; a name counts whole, never by a part of it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from bibnet.reference import load
from bibnet.tag.funders.country_names import LONGEST_COUNTRY, CountryNames
from bibnet.tag.funders.known import FunderList, Row, funder_key, is_acronym
from bibnet.tag.funders.segments import (
    ARTICLE,
    CHUNK_BREAK,
    ENDS,
    SEGMENT_BREAK,
    Segment,
    bare,
    joined,
    numbers_of,
    outside_brackets,
    plain_text,
    read_segment,
)
from bibnet.tag.name import folded, is_han, letters
from bibnet.tag.place_names import PlaceNames

MOST_BESIDE = 20  # segments behind a name that may say its country; one farther off says nothing
MOST_SEGMENTS = 6  # segments of one name; names with commas have up to five
LEAD = re.compile(
    r"^.{0,80}?\b(?:supported|funded|financed|sponsored|granted)\b[^,;]{0,30}?\b(?:by|from)\b\s*",
    re.IGNORECASE,
)
# A funder's DOI in its registry, behind the acronyms of those it belongs to ("MINISTRY/AGENCY/").
FUNDER_DOI = re.compile(
    r"(?:[A-Z]{2,10}/){0,4}(?:https?://(?:dx\.)?doi\.org/)?(?P<doi>10\.13039/\d{6,15})"
)
JOINED = re.compile(r"(?<!\s)\s+(?:and|&)\s+|(?<=\S)(?:和|与|及)(?=\S)")
MILITARY = "military_programme"
# Types of bodies that have units with money of their own.
WITH_UNITS = ("academy", "company", "hospital", "laboratory", "ministry", "university")
UNIT = re.compile(
    r"\b(?:cent(?:er|re)|department|directorate|division|faculty|institute|laborator(?:y|ies)|"
    r"office|school|section)\b",
    re.IGNORECASE,
)
# A collaborative centre or the like behind the name of its funder: "TRR 169".
SHORT_AWARD = re.compile(r"(?<!\s)\s+[A-Z]{2,4}[ -]?\d{2,4}(?:/\d+)?$")
# What Chinese writes behind a fund's name: project, subsidised project, general, key, youth ...
HAN_TAIL = re.compile("(?:资助|面上|重点|重大|青年){0,8}(?:项目|课题|专项|资助){1,8}$")
# Of the words of a name: what must be in a listed name for an acronym in brackets to stand for it.
LIKENESS = 0.5
LEAST_NAME = 4  # letters of a name that no list holds


@dataclass(frozen=True)
class Named:
    """A funder in a string: the entry of the list or None, the text that names it, its numbers.

    `text` is empty where numbers stand without a name.
    """

    entry: Row | None
    text: str
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Said:
    """What a whole string says; `is_nothing` = that nobody paid."""

    funders: tuple[Named, ...] = ()
    is_nothing: bool = False


@dataclass(frozen=True)
class FunderStrings:
    """Reads funder strings by a list of funders and the names of places."""

    known: FunderList
    places: PlaceNames
    nothing: frozenset[str] = field(default_factory=lambda: no_funding("whole"))
    nothing_inside: frozenset[str] = field(default_factory=lambda: no_funding("holds"))

    @cached_property
    def _countries(self) -> CountryNames:
        return CountryNames(self.places.countries)

    def read(self, text: str) -> Said:
        """What a string says; an empty one says that nobody paid."""
        plain = FUNDER_DOI.sub(self._of_doi, plain_text(text)).strip(ENDS)
        words = folded(plain)
        if not words or words in self.nothing:
            return Said(is_nothing=True)
        funders = tuple(self._merged(self._chunks(plain)))
        if not any(one.entry for one in funders) and self._denies(words, plain):
            return Said(is_nothing=True)
        return Said(funders or (Named(None, plain),))

    def _of_doi(self, found: re.Match[str]) -> str:
        """The name of the funder whose DOI is printed; a DOI that no entry has stays."""
        entry = self.known.by_doi.get(found.group("doi"))
        return f"; {entry['name']}; " if entry else found.group()

    def _denies(self, words: str, plain: str) -> bool:
        padded = f" {words} "
        return any(
            phrase in plain if is_han(phrase) else f" {folded(phrase)} " in padded
            for phrase in self.nothing_inside
        )

    def _chunks(self, plain: str) -> Iterator[Named]:
        for chunk in outside_brackets(plain, CHUNK_BREAK):
            whole = self.known.named(chunk)
            yield from [Named(whole, chunk)] if whole else self._chunk(LEAD.sub("", chunk))

    def _chunk(self, chunk: str) -> Iterator[Named]:
        """Funders of a chunk: the longest runs of segments that are names, then what is left."""
        segments = [self._named(read_segment(p)) for p in outside_brackets(chunk, SEGMENT_BREAK)]
        at = 0
        while at < len(segments):
            country = self._country(segments[at:])
            size, entry = self._longest(segments[at : at + MOST_SEGMENTS], country)
            run = segments[at : at + size]
            if entry:
                yield Named(entry, joined(run), numbers_of(run))
            elif size := self._unit_of(segments[at:], country):
                run = segments[at : at + size]
                yield Named(None, joined(run), numbers_of(run))
            else:
                size = 1
                beside = segments[at + 1].text if at + 1 < len(segments) else ""
                place = f", {beside}" if self._countries.of(beside) else ""
                yield from self._unlisted(segments[at], country, place)
            at += size

    def _unit_of(self, segments: Sequence[Segment], country: str) -> int:
        """Segments of a unit and the listed body behind it; 0 if there is none.

        "Institute of Foo, Academy of Sciences" is the institute: the list does not hold it, and
        that the academy pays is not said.
        """
        if len(segments) < 2 or not self._is_name(segments[0].text):
            return 0
        size, entry = self._longest(segments[1 : 1 + MOST_SEGMENTS], country)
        unit = entry and (entry["type"] in WITH_UNITS or UNIT.search(segments[0].text))
        return 1 + size if unit else 0

    def _named(self, segment: Segment) -> Segment:
        """A segment that is a number only takes the acronym of a funder that begins the number."""
        if segment.text or not segment.numbers:
            return segment
        acronym = segment.numbers[0].partition("-")[0]
        return replace(segment, text=acronym) if self.known.named(acronym) else segment

    def _longest(self, segments: Sequence[Segment], country: str) -> tuple[int, Row | None]:
        for size in range(len(segments), 0, -1):
            if size > 1 and all(self._entry(one.text, (), "") for one in segments[:size]):
                continue  # several funders, not one of all their names
            entry = self._entry(joined(segments[:size]), segments[size - 1].brackets, country)
            if entry:
                return size, entry
        labelled = segments[0].labelled if segments else ""
        return 1, self.known.named(labelled, country) if labelled else None

    def _entry(self, text: str, brackets: Sequence[str], country: str) -> Row | None:
        """The entry of a name, of what stands in brackets behind it, or without its acronym."""
        placed = (
            [f"{text} of {name}" for name in self._countries.spelled(country)] if country else []
        )
        for form in (text, *placed, *self._shorter(text)):
            entry = self.known.named(form, country)
            if entry:
                return entry
        forms = (self.known.spelled(form, country) for form in (text, *bare(text)))
        spelled = next(filter(None, forms), None) or self._of_nation(text)
        if spelled:
            return spelled
        found = (self.known.named(inside, country) for inside in brackets)
        return next((one for one in found if one and (not text or _resembles(text, one))), None)

    def _of_nation(self, text: str) -> Row | None:
        """The entry of the country whose name or adjective begins a text ("UK X", "French X")."""
        for country, rest in self._countries.heads(text):
            heads = ("", *(f"{name} " for name in self._countries.spelled(country)))
            found = filter(None, (self.known.named(head + rest, country) for head in heads))
            own = next((one for one in found if one["country"] == country), None)
            if own:
                return own
        return None

    def _shorter(self, text: str) -> Iterator[str]:
        """The name without an acronym or a country at its ends."""
        if is_han(text):
            yield HAN_TAIL.sub("", text)
        yield SHORT_AWARD.sub("", text)
        yield from bare(text)
        words = text.split()
        for size in range(1, LONGEST_COUNTRY + 1):
            if len(words) > size and self._countries.of(" ".join(words[-size:])):
                rest = words[:-size]
                while rest and rest[-1].lower() in ("of", "the", "in", "-"):
                    rest = rest[:-1]
                yield " ".join(rest)

    def _country(self, segments: Sequence[Segment]) -> str:
        """The country beside a name: in its brackets, at its end, or in the next parts; or none.

        A next part that is a listed name says nothing of this one.
        """
        first, *others = segments
        parts = [*first.brackets]
        for segment in others[:MOST_BESIDE]:
            if self.known.named(segment.text):
                break
            parts += [segment.text, *segment.brackets]
        own = [first.text] if not self.known.named(first.text) else []
        return next(filter(None, map(self._countries.ending, [*parts, *own])), "")

    def _unlisted(self, segment: Segment, country: str, place: str) -> Iterator[Named]:
        """Funders of a segment that is no listed name: of its joined parts, else itself.

        `place` is the country beside it, as written, which tells it from its namesakes.
        """
        parts = [ARTICLE.sub("", part.strip(ENDS)) for part in JOINED.split(segment.text)]
        entries = [self._entry(part, (), country) for part in parts]
        if len(parts) > 1 and all(entries):
            numbers = [*[()] * (len(parts) - 1), segment.numbers]
            yield from map(Named, entries, parts, numbers)
        elif self._is_name(segment.text):
            yield Named(None, segment.text + place, segment.numbers)
        else:
            yield Named(None, "", segment.numbers)

    def _is_name(self, text: str) -> bool:
        """Say whether a text is more than a place, a label or a few letters."""
        words = folded(text)
        if words in self.places.countries or words in self.places.cities or words in self.nothing:
            return False
        return is_han(text) or is_acronym(text) or letters(text) >= LEAST_NAME

    def _merged(self, found: Iterable[Named]) -> Iterator[Named]:
        """One row a funder; numbers and acronyms without a name belong to the one before."""
        rows: list[Named] = []
        for one in found:
            before = rows[-1] if rows else None
            if one.entry is None and (not one.text or _repeats(before, one.text)):
                if before:
                    rows[-1] = replace(before, numbers=(*before.numbers, *one.numbers))
                elif one.numbers:
                    rows.append(one)
                continue
            same = [at for at, row in enumerate(rows) if _same(row, one)]
            if same:
                earlier = rows[same[0]]
                rows[same[0]] = replace(earlier, numbers=(*earlier.numbers, *one.numbers))
            else:
                rows.append(one)
        return (replace(row, numbers=tuple(dict.fromkeys(row.numbers))) for row in rows)


def no_funding(form: str) -> frozenset[str]:
    """Phrases of the packaged list that say that nobody paid, of a form, folded."""
    rows = load.rows("no_funding_phrases")
    return frozenset(folded(row["phrase"]) for row in rows if row["form"] == form)


def _resembles(text: str, entry: Row) -> bool:
    """Say whether a name that no list holds may be another form of the entry's.

    Never for military programmes: those need the whole name.
    """
    if entry["type"] == MILITARY:
        return False
    words = set(funder_key(text).split())
    written = (entry["name"], *entry["aliases"].split("|"))
    shared = max(len(words & set(funder_key(name).split())) for name in written)
    return shared >= LIKENESS * len(words)


def _repeats(before: Named | None, text: str) -> bool:
    """Say whether a text is only the initials of the funder named before it."""
    if before is None or not is_acronym(text):
        return False
    capitals = "".join(word[0] for word in before.text.split() if word[0].isupper())
    return text.upper() == text and len(capitals) > 1 and text.startswith(capitals[0])


def _same(row: Named, one: Named) -> bool:
    if row.entry is None or one.entry is None:
        return row.entry is one.entry and folded(row.text) == folded(one.text)
    return row.entry["entry_id"] == one.entry["entry_id"]
