"""Abstracts: put together from the inverted index that OpenAlex gives."""

from collections.abc import Mapping
from typing import Any

import msgspec

# The longest abstracts of the source hold some ten thousand words; an index far
# beyond that is damage, and one long word at many places would fill the memory.
MOST_WORDS = 200_000
MOST_CHARACTERS = 5_000_000
OLD_INDEX = "InvertedIndex"  # until 2022 the index stood one level down, beside its length

Index = Mapping[str, Any]  # word -> list of its positions, if it is as it should be
_INDEX = msgspec.json.Decoder(dict[str, Any] | None)


def abstract_text(index: Index) -> str | None:
    """Words in the order of their positions; None if the index is malformed or absurdly long.

    Positions need not be whole: missing ones are passed over.
    """
    inner = index.get(OLD_INDEX)
    try:
        return _ordered_text(inner if isinstance(inner, dict) else index)
    except TypeError:  # something else than lists of whole numbers
        return None


def _ordered_text(index: Index) -> str | None:
    count = sum(map(len, index.values()))
    if count > MOST_WORDS or _characters(index, count) > MOST_CHARACTERS:
        return None
    words = [""] * count
    try:
        for word, positions in index.items():
            for position in positions:
                words[position] = word
    except IndexError:
        return _sorted_text(index)
    return " ".join(words) if "" not in words else _sorted_text(index)


def _characters(index: Index, count: int) -> int:
    """Length of the abstract; a bound from its longest word spares counting where it will do."""
    bound = max(map(len, index), default=0) * count
    if bound <= MOST_CHARACTERS:
        return bound
    return sum(len(word) * len(positions) for word, positions in index.items())


def _sorted_text(index: Index) -> str:
    places = [(place, word) for word, positions in index.items() for place in positions]
    return " ".join(word for _, word in sorted(places))


def parse_index(text: str) -> Index | None:
    """Inverted index written as JSON text, as in Parquet; None if it is neither one nor null.

    The snapshot cuts the text at 32,760 bytes: the words before the cut are kept.
    """
    for attempt in (text, text[: text.rfind("]") + 1] + "}"):
        try:
            return _INDEX.decode(attempt) or {}
        except (msgspec.DecodeError, UnicodeEncodeError):
            continue
    return None
