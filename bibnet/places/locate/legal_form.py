"""What a company's legal form says of its country ("LLC", "GmbH"), by the list `legal_forms`.

"X LLC" is not the head office of X in a country without such a form. Forms that are written
everywhere ("Co., Ltd.") say nothing.
"""

from collections.abc import Sequence
from functools import lru_cache

from bibnet.places.address.normalise import key_words
from bibnet.places.address.parts import Segment
from bibnet.reference.load import rows


def countries_of_form(segments: Sequence[Segment]) -> tuple[str, ...]:
    """Countries of the legal form that an address holds, the one with most of them first.

    Empty where it holds none, or one that says nothing.
    """
    words = tuple(token.word for segment in segments for token in segment.tokens)
    forms = _forms()
    for length in range(max(map(len, forms)), 0, -1):
        for start in range(len(words) - length + 1):
            if words[start : start + length] in forms:
                return forms[words[start : start + length]]
    return ()


@lru_cache(maxsize=1)
def _forms() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Countries of each form that ends a name, by its folded words."""
    return {
        tuple(key_words(row["form"])): tuple(filter(None, row["countries"].split("|")))
        for row in rows("legal_forms")
        if row["rule"] == "ends"
    }
