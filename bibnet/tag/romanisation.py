"""Older romanisations of Chinese names, read as the modern ones."""

from collections.abc import Iterator, Sequence
from functools import cache

from bibnet.reference import load


def modern_forms(key: str) -> Iterator[str]:
    """Forms of a folded name with each old spelling replaced; nothing where it has none.

    "Shanghai Chiao Tung University" gives "Shanghai Jiao Tong University". First all at once, then
    each alone, because a name may keep one of them by tradition.
    """
    padded = f" {key} "
    pairs = [pair for pair in _pairs() if pair[0] in padded]
    if not pairs:
        return
    for chosen in (pairs, *([pair] for pair in pairs if len(pairs) > 1)):
        yield _replaced(padded, chosen)


def _replaced(padded: str, pairs: Sequence[tuple[str, str]]) -> str:
    for written, modern in pairs:
        padded = padded.replace(written, modern)
    return padded.strip()


@cache
def _pairs() -> tuple[tuple[str, str], ...]:
    rows = load.rows("romanisations")
    pairs = ((f" {row['written']} ", f" {row['modern']} ") for row in rows)
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))
