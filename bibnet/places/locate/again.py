"""Addresses asked once more: with a place that another has, without one, and name by name."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from bibnet.places.address.vocabulary import CONJUNCTIONS
from bibnet.places.locate.located import RULES, Located
from bibnet.places.locate.several import borrowed_places, is_company, placeless_addresses
from bibnet.places.locate.two_schools import two_schools
from bibnet.places.locate.view import Candidates
from bibnet.places.reading.batch import StringBatch
from bibnet.places.registry.names import NameKind

Ask = Callable[[Sequence[str]], list[list[Located]]]
Span = tuple[int, int]
# What parts names that are all of an address: a word or "&" between blanks, a slash, a bar.
_PARTING = re.compile(
    rf"\s(?:{'|'.join(sorted(CONJUNCTIONS))}|[&+])\s+|\s?[/|]\s?|\s&(?=\w{{3}})", re.IGNORECASE
)
_CROWDED = re.compile(r"[,;:()]")  # where more than names is written
FIRM = (NameKind.CURATED, NameKind.DISPLAY, NameKind.ALIAS, NameKind.BRANCH, NameKind.ACRONYM)
LEAST_NAMES = 2
LEAST_BESIDE = 0.2  # score of what is less than a whole name ("Alpha" for Alpha University)


def placed_otherwise(
    batch: StringBatch, rows: Sequence[list[Located]], ask: Ask
) -> dict[int, list[Located]]:
    """Rows of addresses without an organisation, asked with another place.

    With that of the next where they have none; without their own where it is that of the body
    before, for all but companies.
    """
    borrowed = borrowed_places(batch, rows)
    asked = placeless_addresses(batch, rows) | borrowed
    found = {}
    for at, answer in zip(asked, ask(list(asked.values())) if asked else (), strict=True):
        kept = [r for r in answer if r.institution and not (at in borrowed and is_company(r))]
        if kept:
            found[at] = [row._replace(text=batch.texts[at]) for row in kept]
    return found


def name_by_name(
    seen: Candidates, rows: Sequence[list[Located]], ask: Ask
) -> dict[int, list[Located]]:
    """Rows of addresses that are but names side by side, with those each name has alone.

    "ABC & Alpha" is at both, though beside each other the models hold either for a part of the
    other's name.
    """
    batch = seen.batch
    parts = {at: _names(at, seen) or two_schools(at, seen) for at in range(len(batch))}
    missing = {at: _unanswered(names, rows[at]) for at, names in parts.items() if names}
    asked = [(at, name) for at, names in missing.items() for name in names]
    found: dict[int, list[Located]] = {}
    answers = ask([name for _, name in asked]) if asked else []
    for (at, _), answer in zip(asked, answers, strict=True):
        first = [row for row in rows[at] if row.institution]
        known = found.get(at, first)
        fresh = [row for row in answer if row.institution and not _is_acronym_abroad(row, first)]
        fresh = [row for row in fresh if row.ror not in {one.ror for one in known}]
        found[at] = known + [row._replace(text=batch.texts[at]) for row in fresh]
    return {
        at: [row._replace(place_seq=seq) for seq, row in enumerate(answer, start=1)]
        for at, answer in found.items()
        if len(answer) > len(rows[at]) or any(row.institution for row in answer)
    }


def _is_acronym_abroad(row: Located, known: Sequence[Located]) -> bool:
    """Whether a body is told by its acronym alone and no known one is in its country.

    "ABC" beside a body of Lisbon is hardly a body of Osaka.
    """
    short = row.rule == RULES[NameKind.ACRONYM]
    return short and bool(known) and row.country not in {one.country for one in known}


def _names(string: int, seen: Candidates) -> list[str]:
    """Texts of the names that are all of a string, if two are bodies' and none goes across."""
    text = seen.batch.cleaned[string]
    if _CROWDED.search(text) or not _PARTING.search(text):
        return []
    ends = [found.span() for found in _PARTING.finditer(text)]
    bounds = [0, *(offset for span in ends for offset in span), len(text)]
    parts = [part for part in list(pairwise(bounds))[::2] if text[slice(*part)].strip()]
    tokens = [token for segment in seen.batch.segments[string] for token in segment.tokens]
    spans: list[Span] = []
    for start, end in parts:
        inside = [token for token in tokens if start <= token.start < end]
        spans += [(inside[0].start, inside[-1].end)] if inside else []
    whole = [at for at in seen.of(string) if seen.is_exact(at) and seen.kind(at) in FIRM]
    likely = (at for at in seen.of(string) if seen.score[at] >= LEAST_BESIDE)
    bodies = {seen.span(at) for at in [*whole, *likely]} & set(spans)
    across = any(a < start and end < b for a, b in map(seen.span, whole) for start, end in ends)
    return [text[slice(*span)] for span in spans] if len(bodies) >= LEAST_NAMES > across else []


def _unanswered(names: Sequence[str], rows: Sequence[Located]) -> list[str]:
    """Names in which no answer stands."""
    told = [row.matched_text.casefold() for row in rows if row.institution]
    return [name for name in names if not any(words in name.casefold() for words in told)]
