"""Names in the names of streets: "2000 Harbour College Avenue" is no Harbour College."""

import re
from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.address.vocabulary import STREETS
from bibnet.places.reading.batch import StringBatch

Array = npt.NDArray[Any]
Table = dict[str, Array]
LONGEST_NUMBER = 12  # signs of a house number and the blank behind it
MOST_BEHIND = 3  # words of a street's name behind what is read as a body's, its noun the last
_HOUSE = re.compile(r"\d[a-z]?,?\s$", re.IGNORECASE)


def in_street(batch: StringBatch, table: Table) -> Array:
    """Whether a house number stands right before each name and a street's noun ends its part.

    Reads the columns string, first and last.
    """
    token, found = batch.token, np.zeros(len(table["first"]), dtype=bool)
    streets = {at for at, text in enumerate(batch.cleaned) if _names_street(text)}
    for row in np.flatnonzero(np.isin(table["string"], sorted(streets))).tolist():
        text = batch.cleaned[int(table["string"][row])]
        start, end = token["start"][table["first"][row]], token["end"][table["last"][row]]
        if _HOUSE.search(text[max(0, start - LONGEST_NUMBER) : start]):
            behind = _plain(text[end:].partition(",")[0])
            found[row] = len(behind) <= MOST_BEHIND and not STREETS.isdisjoint(behind[-1:])
    return found


def _names_street(text: str) -> bool:
    """Whether a text holds a number and the noun of a street."""
    words = _plain(text)
    return not STREETS.isdisjoint(words) and any(word[0].isdigit() for word in words)


def _plain(text: str) -> list[str]:
    """Words of a text in small letters, without commas and stops."""
    return text.casefold().replace(",", " ").replace(".", " ").split()
