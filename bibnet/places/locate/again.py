"""Addresses asked once more: with a place that another has, and without one."""

from collections.abc import Callable, Sequence

from bibnet.places.locate.located import Located
from bibnet.places.locate.several import borrowed_places, is_company, placeless_addresses
from bibnet.places.reading.batch import StringBatch

Ask = Callable[[Sequence[str]], list[list[Located]]]


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
