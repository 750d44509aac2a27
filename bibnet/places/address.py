"""Parts of an address: the tokens between commas, without postcodes."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from bibnet.places.gazetteer import place_words
from bibnet.places.normalise import Token

POSTCODE_LETTERS = 3  # letters that touch a number in a postcode: "OX1", "CH-8092", "D-53"
ZIP_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of an address: tokens without postcodes, folded words with connectors.

    `last` is its last word as printed; `zipped` says that a US zip code was passed over.
    """

    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    last: str
    zipped: bool

    @property
    def span(self) -> tuple[int, int]:
        """Offsets of the part in the cleaned text."""
        return self.tokens[0].start, self.tokens[-1].end

    @property
    def key(self) -> str:
        """Folded words joined by blanks."""
        return " ".join(self.words)

    def key_from(self, start: int) -> str:
        """Folded words from one on, joined by blanks."""
        return " ".join(self.words[start:])


def segments_of(cleaned: str, tokens: Sequence[Token]) -> list[Segment]:
    """Parts of an address that hold words; parts of numbers only are left out."""
    found: list[Segment] = []
    for _, group in groupby(tokens, key=lambda token: token.segment):
        part = list(group)
        kept = tuple(token for at, token in enumerate(part) if not _is_code(cleaned, part, at))
        if kept:
            last = cleaned[kept[-1].start : kept[-1].end]
            zipped = any(t.word.isdigit() and len(t.word) == ZIP_DIGITS for t in part)
            found.append(Segment(kept, tuple(place_words(kept)), last, zipped))
    return found


def _is_code(cleaned: str, part: Sequence[Token], at: int) -> bool:
    """Whether a token is a number or a few letters that touch one ("OX1", "CH-8092")."""
    token = part[at]
    if token.word.isdigit():
        return True
    if len(token.word) > POSTCODE_LETTERS:
        return False
    beside = [part[n] for n in (at - 1, at + 1) if 0 <= n < len(part)]
    return any(other.word.isdigit() and _touch(cleaned, token, other) for other in beside)


def _touch(cleaned: str, one: Token, other: Token) -> bool:
    """Whether nothing or a hyphen stands between two tokens."""
    first, second = sorted((one, other), key=lambda token: token.start)
    return cleaned[first.end : second.start] in ("", "-")
