"""The place at the end of every affiliation string and the other countries it names, as a table."""

from collections.abc import Iterable, Iterator
from itertools import islice

import pyarrow as pa

from bibnet.places.address.ending import named_countries, read_ending
from bibnet.places.address.gazetteer import load_gazetteer
from bibnet.places.address.named_place import Place
from bibnet.places.address.normalise import clean, tokenise
from bibnet.places.address.parts import segments_of
from bibnet.schema.places import NAMED_PLACE
from bibnet.storage.arrow import arrow_schema

BATCH = 10_000
COUNTRY_NAME = "country_name"


def named_places(texts: Iterable[str]) -> Iterator[pa.Table]:
    """Rows of NAMED_PLACE for the strings that name a place, in batches."""
    rows = (row for text in texts for row in _rows(text))
    schema = arrow_schema(NAMED_PLACE)
    while batch := list(islice(rows, BATCH)):
        columns = zip(*batch, strict=True)
        arrays = [pa.array(c, field.type) for c, field in zip(columns, schema, strict=True)]
        yield pa.Table.from_arrays(arrays, schema=schema)


def _rows(text: str) -> Iterator[tuple[object, ...]]:
    cleaned, gazetteer = clean(text), load_gazetteer()
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
