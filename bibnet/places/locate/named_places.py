"""The place at the end of every affiliation string and the other countries it names, as a table."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import msgspec
import pyarrow as pa

from bibnet.places.address.country_end import named_countries
from bibnet.places.address.ending import read_ending
from bibnet.places.address.gazetteer import load_gazetteer
from bibnet.places.address.named_place import Place
from bibnet.places.address.normalise import clean, tokenise, with_campus_city
from bibnet.places.address.parts import segments_of
from bibnet.schema.places import NAMED_PLACE
from bibnet.storage.arrow import declared_columns, from_stream, to_stream
from bibnet.storage.processes import Turns, Work, serve

BATCH = 2_000  # strings
BATCHES_HERE = 5  # with fewer strings than that, starting a process costs more than it saves
SERVE = "from bibnet.places.locate.named_places import serve_places; serve_places()"
COUNTRY_NAME = "country_name"


def named_places(texts: Iterable[str], processes: int = 1) -> Iterator[pa.Table]:
    """Rows of NAMED_PLACE for the strings that name a place, in batches; many by helpers, too."""
    given = iter(texts)
    batches = iter(lambda: list(islice(given, BATCH)), [])
    for batch in islice(batches, BATCHES_HERE):
        yield _table(batch)
    with Turns(
        Work(SERVE, (), _table, msgspec.msgpack.encode, from_stream), processes - 1
    ) as turns:
        yield from turns.answers(batches)


def serve_places() -> None:
    """Answer batches of strings from standard input until it ends: what a helper runs."""
    serve(lambda request: to_stream(_table(msgspec.msgpack.decode(request, type=list[str]))))


def _table(batch: Sequence[str]) -> pa.Table:
    rows = [row for text in batch for row in _rows(text)]
    columns = list(zip(*rows, strict=True)) or [()] * len(NAMED_PLACE.columns)
    return declared_columns(NAMED_PLACE, columns)


def _rows(text: str) -> Iterator[tuple[object, ...]]:
    cleaned, gazetteer = with_campus_city(clean(text)), load_gazetteer()
    segments = segments_of(cleaned, tokenise(cleaned))
    place = read_ending(segments, gazetteer)
    if place:
        yield _row(text, place, cleaned[slice(*place.span)])
    stated = place.country if place else ""
    for country in sorted(named_countries(segments, gazetteer) - {stated}):
        # A territory is also written under its state ("Hong Kong, China").
        if (stated, country) not in gazetteer.parts:
            yield text, country, None, None, None, None, COUNTRY_NAME, None


def _row(text: str, place: Place, matched: str) -> tuple[object, ...]:
    where = (place.province or None, place.city or None, place.lat, place.lon)
    return text, place.country, *where, place.rule, matched
