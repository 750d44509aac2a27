"""The answers to the addresses of one string, put together.

Organisations come first, the likeliest before the others, each once. The place of an address in
which no organisation was found stands behind them, unless they are in its country already: it is
an affiliation of its own, and its country counts beside theirs.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from bibnet.places.address.gazetteer import place_key
from bibnet.places.address.weak_evidence import CITY_IN_NAME, LAST_RESORTS
from bibnet.places.locate.companies import HEAD_OFFICE
from bibnet.places.locate.located import PLACE_LEVEL, SHARED_NAME, Located
from bibnet.places.reading.batch import StringBatch
from bibnet.places.registry.index import RegistryIndex

COMPANY = "company"
# Rules that say less than an organisation beside them; a city in a name says where that body is.
GUESSES = (LAST_RESORTS | {SHARED_NAME}) - {CITY_IN_NAME}


def by_text(
    addresses: Sequence[list[Located]], source: npt.NDArray[np.int64]
) -> list[list[Located]]:
    """Rows of every text from the rows of its addresses; `source` numbers the text of each."""
    number = int(source.max(initial=-1)) + 1
    parts: list[list[list[Located]]] = [[] for _ in range(number)]
    for rows, text in zip(addresses, source.tolist(), strict=True):
        parts[text].append(rows)
    return [found[0] if len(found) == 1 else _united(found) for found in parts]


def _united(parts: Iterable[list[Located]]) -> list[Located]:
    rows = [row for part in parts for row in part]
    best: dict[tuple[str | None, str | None], Located] = {}
    for row in sorted(rows, key=lambda row: -(row.score or 0.0)):
        if row.level != PLACE_LEVEL:
            best.setdefault((row.ror, row.institution), row)
    found = list(best.values())
    places = [row for row in rows if row.level == PLACE_LEVEL]
    for row in [p for p in places if p.rule not in GUESSES] or ([] if found else places):
        if row.country not in {other.country for other in found}:
            found.append(row)
    return [row._replace(place_seq=seq) for seq, row in enumerate(found, start=1)]


def placeless_addresses(batch: StringBatch, rows: Sequence[list[Located]]) -> dict[int, str]:
    """Addresses without an answer and without a place, with the place of the next beside them.

    Keys are the numbers of the addresses in the batch.
    """
    found = {}
    for at in range(len(batch) - 1):
        place, following = batch.places[at], batch.places[at + 1]
        same = batch.source[at] == batch.source[at + 1]
        if same and not rows[at] and place is None and following is not None:
            start, end = following.span
            found[at] = f"{batch.cleaned[at]}, {batch.cleaned[at + 1][start:end]}"
    return found


def is_company(row: Located) -> bool:
    """Whether a row is a company's."""
    return COMPANY in (row.type or "").split("|")


def borrowed_places(batch: StringBatch, rows: Sequence[list[Located]]) -> dict[int, str]:
    """Addresses without an organisation that end with the city of the one before, without it.

    "Gondwana College and Ring Institute, Salem": Salem is the college's, so the institute may be
    anywhere. Keys are the numbers of the addresses in the batch.
    """
    found = {}
    for at in range(1, len(batch)):
        place, same = batch.places[at], batch.source[at] == batch.source[at - 1]
        if not (same and place and place.city) or any(row.institution for row in rows[at]):
            continue
        before = [row for row in rows[at - 1] if row.institution and row.city == place.city]
        parts = [part for part in batch.segments[at] if part.key == place_key(place.city)]
        if parts and any(row.country == place.country for row in before):
            found[at] = batch.cleaned[at][: parts[0].span[0]].rstrip(" ,")
    return {at: text for at, text in found.items() if text}


def assumed_heads(
    batch: StringBatch, rows: Sequence[list[Located]], index: RegistryIndex
) -> set[int]:
    """Addresses of a bare company that a word joins to a body with a city abroad beside its name.

    "X Research & Y Institute Lille": the string names a place, so that no head office is assumed.
    """
    found = set()
    for at in range(len(batch) - 1):
        heads = [row for row in rows[at] if row.rule == HEAD_OFFICE]
        if not heads or len(heads) < len(rows[at]) or batch.source[at] != batch.source[at + 1]:
            continue
        cities = {row.country for row in rows[at + 1] if _is_elsewhere(row, index)}
        if cities and not any(row.country in cities for row in heads):
            found.add(at)
    return found


def _is_elsewhere(row: Located, index: RegistryIndex) -> bool:
    """Whether an organisation is placed in a city that is not the registry's."""
    owner = index.owner_of.get(row.ror or "")
    return owner is not None and bool(row.city) and row.city != index.texts["city"][owner]
