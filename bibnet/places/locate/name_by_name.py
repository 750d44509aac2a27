"""Addresses that are but names side by side, asked name by name."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from bibnet.places.address.gazetteer import load_gazetteer, place_key
from bibnet.places.address.normalise import key_words
from bibnet.places.address.stems import GENERIC, stem_words
from bibnet.places.address.vocabulary import CONJUNCTIONS
from bibnet.places.locate.again import Ask
from bibnet.places.locate.left_out import left_out_bodies
from bibnet.places.locate.located import RULES, SHARED_NAME, Located
from bibnet.places.locate.several import is_company
from bibnet.places.locate.two_schools import two_schools
from bibnet.places.locate.view import Candidates
from bibnet.places.registry.names import UNIVERSITY, NameKind

Span = tuple[int, int]
# What parts names that are all of an address: a word or "&" between blanks, a slash, a bar.
_PARTING = re.compile(
    rf"\s(?:{'|'.join(sorted(CONJUNCTIONS))}|[&+])\s+|\s?[/|]\s?|\s&(?=\w{{3}})", re.IGNORECASE
)
_CROWDED = re.compile(r"[,;:()]")  # where more than names is written
FIRM = (NameKind.CURATED, NameKind.DISPLAY, NameKind.ALIAS, NameKind.BRANCH, NameKind.ACRONYM)
LEAST_NAMES = 2
LEAST_BESIDE = 0.2  # score of what is less than a whole name ("Alpha" for Alpha University)
# Letters of a nickname: shorter words are acronyms, which tell by themselves or not at all.
SHORTEST_NICKNAME = 4
SCHOOL_FORMS = (f"{{}} {UNIVERSITY.capitalize()}", f"{UNIVERSITY.capitalize()} of {{}}")
SCHOOL, CURATED = "education", RULES[NameKind.CURATED]


def name_by_name(
    seen: Candidates, rows: Sequence[list[Located]], ask: Ask
) -> dict[int, list[Located]]:
    """Rows of addresses that are but names side by side, with those each name has alone.

    "ABC & Alpha" is at both, though beside each other the models hold either for a part of the
    other's name. A lone word beside a school or before a company is the school of that name
    ("Cambridge & ABC").
    """
    batch = seen.batch
    parts = {
        at: _names(at, seen) or two_schools(at, seen) or left_out_bodies(at, rows[at], seen)
        for at in range(len(batch))
    }
    missing = {at: _unanswered(names, rows[at]) for at, names in parts.items() if names}
    asked = [(at, name) for at, names in missing.items() for name in names]
    answers = dict(zip(asked, ask([name for _, name in asked]) if asked else (), strict=True))
    lone = [key for key in answers if _is_lone(key, batch.cleaned[key[0]], answers, rows)]
    answers |= _nicknamed(lone, answers, ask)
    found: dict[int, list[Located]] = {}
    for (at, name), answer in answers.items():
        first = [row for row in rows[at] if row.institution]
        known = found.get(at, first)
        told = [row for row in answer if row.institution or (at, name) in lone]
        fresh = [row for row in told if not _is_acronym_abroad(row, first)]
        found[at] = known + [
            row._replace(text=batch.texts[at]) for row in fresh if _is_new(row, known)
        ]
    return {
        at: [row._replace(place_seq=seq) for seq, row in enumerate(_bodies_first(answer), start=1)]
        for at, answer in found.items()
        if len(answer) > len(rows[at]) or any(row.institution for row in answer)
    }


def _bodies_first(answer: Sequence[Located]) -> list[Located]:
    """Rows with those of a place alone behind the others."""
    return sorted(answer, key=lambda row: not row.institution)


def _is_lone(
    key: tuple[int, str],
    text: str,
    answers: dict[tuple[int, str], list[Located]],
    rows: Sequence[list[Located]],
) -> bool:
    """Whether a name is one word without an organisation, beside a school or before a company.

    Behind a company it may be where its branch is.
    """
    at, name = key
    known = any(row.institution for row in answers[key])
    if known or not _is_nickname(name):
        return False
    beside = [*rows[at]]
    beside += [row for (o, n), found in answers.items() if o == at and n != name for row in found]
    leads = text.strip().startswith(name)
    return any(map(_is_school, beside)) or (leads and any(map(is_company, beside)))


def _nicknamed(
    lone: Sequence[tuple[int, str]], answers: dict[tuple[int, str], list[Located]], ask: Ask
) -> dict[tuple[int, str], list[Located]]:
    """Answers to lone words that have none or share a country, as the names of universities.

    A lone city is no university, but beside another school, joined to it, what else could it be?
    Where it is a city of that name alone, the country is answered.
    """
    cities = load_gazetteer().research_cities
    asked = [
        key
        for key in lone
        if place_key(key[1]) in cities or all(row.rule == SHARED_NAME for row in answers[key])
    ]
    forms = [form.format(name) for _, name in asked for form in SCHOOL_FORMS]
    found = ask(forms) if forms else []
    told: dict[tuple[int, str], list[Located]] = {}
    for key, answer in zip((key for key in asked for _ in SCHOOL_FORMS), found, strict=True):
        if len(answer) == 1 and _is_school(answer[0]) and _is_called(answer[0], key[1]):
            told.setdefault(key, answer)
    return told


def _is_nickname(name: str) -> bool:
    """Whether a name is one word that begins with a capital and is no noun of many names."""
    plain = len(name) < SHORTEST_NICKNAME or not name.isalpha() or not name[0].isupper()
    return not plain and not name.isupper() and GENERIC.isdisjoint(stem_words(key_words(name)))


def _is_school(row: Located) -> bool:
    """Whether a row is a school's."""
    return SCHOOL in (row.type or "").split("|")


def _is_called(row: Located, nickname: str) -> bool:
    """Whether a school is called by the city it is in, or bibnet's own list has its name."""
    return row.rule == CURATED or place_key(row.city or "") == place_key(nickname)


def _is_new(row: Located, known: Sequence[Located]) -> bool:
    """Whether no known row has an organisation; of a place alone, its country."""
    if row.institution:
        return row.ror not in {one.ror for one in known}
    return row.country not in {one.country for one in known}


def _is_acronym_abroad(row: Located, known: Sequence[Located]) -> bool:
    """Whether a body is told by its acronym alone and no known one is in its country.

    "ABC" beside a body of Lisbon is hardly a body of Osaka.
    """
    short = row.rule == RULES[NameKind.ACRONYM]
    return short and bool(known) and row.country not in {one.country for one in known}


def _names(string: int, seen: Candidates) -> list[str]:
    """Texts of the names that are all of a string, if two are bodies' or one is a lone word.

    A word within the whole name of a body parts none.
    """
    text = seen.batch.cleaned[string]
    if _CROWDED.search(text) or not _PARTING.search(text):
        return []
    whole = [at for at in seen.of(string) if seen.is_exact(at) and seen.kind(at) in FIRM]
    named = [seen.span(at) for at in whole]
    ends = [found.span() for found in _PARTING.finditer(text)]
    ends = [(a, b) for a, b in ends if not any(start < a and b < end for start, end in named)]
    spans = _spans_between(string, ends, seen) if ends else []
    likely = (seen.span(at) for at in seen.of(string) if seen.score[at] >= LEAST_BESIDE)
    bodies = {*named, *likely} & set(spans)
    names = [text[slice(*span)] for span in spans]
    others = [text[slice(*span)] for span in spans if span not in bodies]
    beside = bool(bodies) and len(names) >= LEAST_NAMES and all(map(_is_nickname, others))
    return names if beside or len(bodies) >= LEAST_NAMES else []


def _spans_between(string: int, ends: Iterable[Span], seen: Candidates) -> list[Span]:
    """Offsets of the words between what parts names."""
    bounds = [0, *(offset for span in ends for offset in span), len(seen.batch.cleaned[string])]
    tokens = [token for segment in seen.batch.segments[string] for token in segment.tokens]
    spans = []
    for start, end in list(pairwise(bounds))[::2]:
        inside = [token for token in tokens if start <= token.start < end]
        spans += [(inside[0].start, inside[-1].end)] if inside else []
    return spans


def _unanswered(names: Sequence[str], rows: Sequence[Located]) -> list[str]:
    """Names in which no answer stands."""
    told = [row.matched_text.casefold() for row in rows if row.institution]
    return [name for name in names if not any(words in name.casefold() for words in told)]
