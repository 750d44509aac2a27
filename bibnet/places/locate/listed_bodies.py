"""Listed defence and security bodies that a registry lacks: the list knows their country.

Asked only where nothing else in a string says a place. A part of it that is a listed name gives
the country that the list says, if the name can be no other body's: the same that flags it there.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from operator import attrgetter

import numpy as np

from bibnet.places.address.country_end import LONGEST_NAME
from bibnet.places.address.gazetteer import load_gazetteer
from bibnet.places.address.normalise import IS_SIGN, tokenise
from bibnet.places.address.stems import stem_words
from bibnet.places.address.token import Token
from bibnet.places.locate.company_units import ABROAD
from bibnet.places.locate.listed_names import ListedBody, listed_body, parent_country
from bibnet.places.locate.located import Located, country_row
from bibnet.places.locate.namesake_universities import listed_countries
from bibnet.places.locate.view import Candidates
from bibnet.places.registry.index import RegistryIndex

LISTED_BODY = "listed_body"
MOST_PARTS = 3  # parts of an address that a listed name with commas in it fills
SHORTEST_WORD = 4  # letters of a word that may tell a country; shorter ones are initials
Part = tuple[Token, ...]


def listed_country(string: int, seen: Candidates) -> list[Located]:
    """Row of the one country that listed names in a string stand for; none if it is not one.

    A name is all of a part of the address, or of some parts on end; a company's is all of it, as a
    part beside it may say where a branch is. No word beside it is a place's or a region's.
    """
    text, cleaned = seen.batch.texts[string], seen.batch.cleaned[string]
    parts = [tuple(part) for _, part in groupby(tokenise(cleaned), key=attrgetter("segment"))]
    runs = _free(parts, _named(parts))
    parents = {parent_country(_words(part)) for part in parts} if runs else set()
    found = {
        body.country: cleaned[run[0].start : run[-1].end]
        for run, body in runs
        if (_is_unique(run, body, seen.index) or body.country in parents)
        and not _is_shared(string, run, body, seen)
    }
    rows = [country_row(text, country, LISTED_BODY, name) for country, name in found.items()]
    return rows if len(rows) == 1 else []


def _named(parts: Sequence[Part]) -> list[tuple[int, int, ListedBody]]:
    """Numbers of the parts, one or some on end, that are a listed name, each name once; its body.

    With the numbers that are no part of an address else ("X 360").
    """
    found: dict[tuple[str, ...], tuple[int, int, ListedBody]] = {}
    for first in range(len(parts)):
        for end in range(first + 1, min(first + MOST_PARTS, len(parts)) + 1):
            words = tuple(word for part in parts[first:end] for word in _words(part))
            if words not in found and (body := listed_body(words)):
                found[words] = first, end, body
    return list(found.values())


def _free(
    parts: Sequence[Part], named: Sequence[tuple[int, int, ListedBody]]
) -> list[tuple[Part, ListedBody]]:
    """Words of the listed names beside which no part names a place or a region, with their bodies.

    A company's has no part beside it.
    """
    found, abroad = [], [] if not named else [_may_be_abroad(part) for part in parts]
    for first, end, body in named:
        beside = sum(abroad) - sum(abroad[first:end])
        if not beside and (end - first == len(parts) or not body.is_company):
            found.append((tuple(token for part in parts[first:end] for token in part), body))
    return found


def _words(part: Part) -> list[str]:
    return [token.word for token in part]


def _phrases(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """Words on end that may be the name of a place."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST_NAME, len(words)) + 1):
            yield words[start:end]


def _may_be_abroad(part: Part) -> bool:
    """Whether a word of a part is a country's, a city's or a region's."""
    known, words = load_gazetteer(), _words(part)
    runs = map(" ".join, _phrases(words))
    placed = (run in known.countries or known.dominant_city(run) for run in runs)
    return not ABROAD.isdisjoint(words) or any(placed)


def _is_shared(string: int, run: Part, body: ListedBody, seen: Candidates) -> bool:
    """Whether a body of another country bears the name that stands there, as far as is known."""
    span = run[0].start, run[-1].end
    if listed_countries(seen.batch.cleaned[string][slice(*span)]) - {body.country}:
        return True
    bearers = (at for at in seen.of(string) if seen.span(at) == span and seen.is_whole(at))
    return any(seen.country(at) != body.country for at in bearers)


def _is_unique(run: Part, body: ListedBody, index: RegistryIndex) -> bool:
    """Whether a name says its country, or a word of it occurs in names of that country alone.

    A company's word may occur in none, as companies coin their names; one that capitals part is
    one word ("LoremIpsum"). A name in Chinese signs that is listed here is long enough.
    """
    words = _words(run)
    if IS_SIGN.match(words[0]) or _says_country(words, body.country):
        return True
    glued = all(one.end == other.start for one, other in pairwise(run))
    told = ["".join(words)] if glued else words
    told = [word for word in told if len(word) >= SHORTEST_WORD and word.isalpha()]
    found = (_countries_with(stem, index) for stem in stem_words(told))
    return any(
        countries == {body.country} or (body.is_company and not countries) for countries in found
    )


def _says_country(words: Sequence[str], country: str) -> bool:
    """Whether words of a name are the country's, a large city's there or those of a parent body."""
    known = load_gazetteer()
    for run in _phrases(words):
        key = " ".join(run)
        city = known.dominant_city(key)
        if country in (known.countries.get(key), city and city.country, parent_country(run)):
            return True
    return False


def _countries_with(stem: str, index: RegistryIndex) -> set[str]:
    """Countries of the organisations of which a name holds a word."""
    places = np.flatnonzero(index.name_token == index.token_of.get(stem, -1))
    names = np.searchsorted(index.name_start, places, side="right") - 1
    return {index.texts["country"][owner] for owner in np.unique(index.name_owner[names])}
