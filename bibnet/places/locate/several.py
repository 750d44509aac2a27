"""The answers to the addresses of one string, put together.

Organisations come first, the likeliest before the others, each once. The place of an address in
which no organisation was found stands behind them, unless they are in its country already: it is
an affiliation of its own, and its country counts beside theirs.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from bibnet.places.address.weak_evidence import LAST_RESORTS
from bibnet.places.locate.located import PLACE_LEVEL, SHARED_NAME, Located
from bibnet.places.reading.batch import StringBatch

# Rules that say less than an organisation beside them.
GUESSES = LAST_RESORTS | {SHARED_NAME}


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
