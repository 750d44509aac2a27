"""Columns of identifiers and instants in their bare, declared form.

Each function gives the column and says which values are not empty and yet not of the kind it knows.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bibnet.tables.identifiers import bare_doi, instant

Flags = npt.NDArray[np.bool_]
ADDRESS = "https://openalex.org/"
LONGEST_NUMBER = 18
DOI_ADDRESS = "https://doi.org/"
# Printable ASCII: letters of other scripts have a lower case that Python and Arrow disagree on.
USUAL_DOI = r"^https://doi\.org/10\.[!-~]+$"
USUAL_INSTANT = r"^[1-9]\d{3}-\d\d-\d\d([T ]\d\d:\d\d:\d\d(\.\d{1,6})?)?$"
INSTANT = pa.timestamp("us", tz="UTC")


def bare_ids(values: Sequence[str | None], letter: str) -> tuple[pa.Array, Flags]:
    """Bare ids of OpenAlex entities from their addresses; other forms are not known here."""
    given = pa.array(values, pa.string())
    number = pc.utf8_slice_codeunits(given, len(ADDRESS) + 1)
    usual = pc.and_(
        pc.and_(pc.starts_with(given, ADDRESS + letter), pc.ascii_is_decimal(number)),
        pc.less_equal(pc.binary_length(number), LONGEST_NUMBER),
    )
    bare = pc.if_else(usual, pc.utf8_slice_codeunits(given, len(ADDRESS)), None)
    return bare, _given(given) & ~flags(usual)


def bare_dois(values: Sequence[str | None]) -> tuple[pa.Array, Flags]:
    """DOIs without their address, in lower case."""
    given = pa.array(values, pa.string())
    usual = pc.match_substring_regex(given, USUAL_DOI)
    short = pc.ascii_lower(pc.utf8_slice_codeunits(given, len(DOI_ADDRESS)))
    bare = pc.if_else(usual, short, None)
    rest = _given(given) & ~flags(usual)
    if not rest.any():
        return bare, rest
    read = [bare_doi(values[n] or "") for n in np.flatnonzero(rest).tolist()]
    bare = pc.replace_with_mask(bare, pa.array(rest), pa.array(read, pa.string()))
    return bare, rest & flags(pc.is_null(bare))


def instants(values: Sequence[str | None]) -> tuple[pa.Array, Flags]:
    """Instants in UTC of dates and times."""
    given = pa.array(values, pa.string())
    usual = pc.match_substring_regex(given, USUAL_INSTANT)
    try:
        found = pc.if_else(usual, given, None).cast(pa.timestamp("us")).cast(INSTANT)
    except pa.ArrowInvalid:  # of the usual shape, but no day of the calendar
        usual = pa.repeat(False, len(given))
        found = pa.nulls(len(given), INSTANT)
    rest = _given(given) & ~flags(usual)
    if not rest.any():
        return found, rest
    read = [instant(values[n] or "") for n in np.flatnonzero(rest).tolist()]
    found = pc.replace_with_mask(found, pa.array(rest), pa.array(read, INSTANT))
    return found, rest & flags(pc.is_null(found))


def flags(column: pa.Array) -> Flags:
    """A column of truth values; null is False."""
    found: Flags = pc.fill_null(column, False).to_numpy(zero_copy_only=False)
    return found


def _given(values: pa.Array) -> Flags:
    return flags(pc.greater(pc.binary_length(values), 0))
