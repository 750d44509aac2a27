"""Names that a reader may have meant, of those that there are."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process, utils

LEAST_ALIKE = 70  # of 100: below that two names share little but letters


def nearest_names(text: str, names: Iterable[str], most: int) -> list[str]:
    """The names most like a text or a part of it, the nearest first; empty where none is near.

    Case and marks do not count; of names equally near the shorter comes first, then by the letters.
    """
    known = sorted({name for name in names if name}, key=lambda name: (len(name), name))
    found = process.extract(
        text,
        known,
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=most,
        score_cutoff=LEAST_ALIKE,
    )
    return [name for name, _likeness, _place in found]
