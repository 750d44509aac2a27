"""Whole names that are but a part of a longer one: "X University" in "X University (Canton)"."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.address.gazetteer import place_key
from bibnet.places.address.normalise import IS_OTHER_SCRIPT
from bibnet.places.reading.batch import StringBatch
from bibnet.places.registry.index import RegistryIndex
from bibnet.places.registry.names import NameKind

Array = npt.NDArray[Any]
Table = dict[str, Array]
_Span = tuple[int, int, int, int, bool]  # string, first, last, row, in signs


def housed(batch: StringBatch, index: RegistryIndex, table: Table) -> tuple[Array, Array]:
    """Rows of the names that a longer whole name holds and that are not meant, and its row.

    In other scripts than the Latin always; in Latin letters where the string denies the country of
    the shorter name and names that of the longer, or where the longer is the shorter and its own
    city behind it ("X University, Canton" is called so). Of several longer ones the longest.
    """
    signs = _in_other_script(index, index.name_token[index.name_start[table["name"]]])
    firm = table["whole"] & (signs | (index.name_kind[table["name"]] <= NameKind.FORMER))
    columns = (table[name][firm].tolist() for name in ("string", "first", "last"))
    rows = zip(*columns, np.flatnonzero(firm).tolist(), signs[firm].tolist(), strict=True)
    country = table["country"].tolist()
    found = [
        pair
        for _, spans in groupby(sorted(rows), itemgetter(0))
        for pair in _pairs(list(spans), country, partial(_goes_on_in_its_city, batch, index, table))
    ]
    pairs = np.array(found, dtype=np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def _in_other_script(index: RegistryIndex, tokens: Array) -> Array:
    """Whether each word is written in another script than the Latin."""
    words, at = np.unique(tokens, return_inverse=True)
    found = [bool(IS_OTHER_SCRIPT.match(index.texts["token"][word])) for word in words.tolist()]
    return np.array(found, dtype=bool)[at]


def _goes_on_in_its_city(
    batch: StringBatch, index: RegistryIndex, table: Table, row: int, other: int
) -> bool:
    """Whether a longer name is a shorter one and the longer's own city behind it."""
    token, last = batch.token, int(table["last"][row])
    if int(table["first"][row]) != int(table["first"][other]):
        return False
    text = batch.cleaned[int(token["string"][last])]
    end = int(token["end"][int(table["last"][other])])
    city = index.texts["city"][int(table["owner"][other])]
    return bool(city) and place_key(text[int(token["end"][last]) : end]) == place_key(city)


def _pairs(
    spans: list[_Span], country: list[int], in_city: Callable[[int, int], bool]
) -> Iterator[tuple[int, int]]:
    for _, first, last, row, sign in spans:
        holders = [
            (b - a, other)
            for _, a, b, other, _ in spans
            if a <= first and last <= b and b - a > last - first
            if sign or country[row] < 0 < country[other] or in_city(row, other)
        ]
        if holders:
            yield row, max(holders)[1]
