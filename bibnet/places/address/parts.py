"""Parts of an address: the tokens between commas, without postcodes and contact data."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter

from bibnet.places.address.token import Token
from bibnet.places.address.vocabulary import CONTACT_WORDS

POSTCODE_LETTERS = 3  # letters that touch a number in a postcode: "OX1", "CH-8092", "D-53"
ZIP_DIGITS = 5
ABBREVIATED = 3  # letters of the shortest word whose full stop ends something: not an initial


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of an address: tokens without postcodes, folded words with connectors.

    `printed` holds the words as they are printed (connectors folded); `open_at` the words that a
    number or a full stop precedes, where a name may begin; `zipped` says that a US zip code was
    passed over.
    """

    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    printed: tuple[str, ...]
    open_at: frozenset[int]
    zipped: bool

    @property
    def last(self) -> str:
        """The last word as it is printed."""
        return self.printed[-1]

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

    def until(self, end: int) -> "Segment":
        """The part up to a word."""
        words, printed = self.words[:end], self.printed[:end]
        return Segment(self.tokens, words, printed, self.open_at, self.zipped)

    def phrases(self, longest: int) -> Iterator[str]:
        """Every run of at most `longest` words, joined by blanks."""
        for start in range(len(self.words)):
            for end in range(start + 1, min(start + longest, len(self.words)) + 1):
                yield " ".join(self.words[start:end])


def segments_of(cleaned: str, tokens: Sequence[Token]) -> list[Segment]:
    """Parts of an address that hold words; parts of numbers only are left out."""
    found: list[Segment] = []
    for _, group in groupby(tokens, key=attrgetter("segment")):
        part = list(group)
        kept = list(range(len(part)))
        if any(token.word.isdigit() for token in part):
            kept = [at for at in kept if not _is_code(cleaned, part, at)]
        kept = _before_contact(kept, part)
        if kept:
            found.append(_segment(cleaned, part, kept))
    return found


def piece(cleaned: str, tokens: Sequence[Token]) -> Segment:
    """A stretch of a part as a part of its own, without the connector before it."""
    joints = [token.joint.split() for token in tokens]
    words = [word for t, joint in zip(tokens, joints, strict=True) for word in (*joint, t.word)]
    words = words[len(joints[0]) :]
    printed = tuple(cleaned[token.start : token.end] for token in tokens)
    return Segment(tuple(tokens), tuple(words), printed, frozenset(), zipped=False)


def _before_contact(kept: list[int], part: Sequence[Token]) -> list[int]:
    """The words before "e-mail", "tel." and the like."""
    if CONTACT_WORDS.keys().isdisjoint(token.word for token in part):
        return kept
    words = [*(part[at].word for at in kept), ""]
    ends = [
        n
        for n, (word, after) in enumerate(pairwise(words))
        if word in CONTACT_WORDS and (not after or after != CONTACT_WORDS[word])
    ]
    if not ends:
        return kept
    kept = kept[: ends[0]]
    return kept[:-1] if kept and part[kept[-1]].word == "e" else kept


def _segment(cleaned: str, part: Sequence[Token], kept: Sequence[int]) -> Segment:
    words: list[str] = []
    printed: list[str] = []
    open_at: set[int] = set()
    for at in kept:
        token = part[at]
        if at and _opens(cleaned, part[at - 1], token):
            open_at.add(len(words))
        joint = token.joint.split()
        words += [*joint, token.word]
        printed += [*joint, cleaned[token.start : token.end]]
    zipped = any(t.word.isdigit() and len(t.word) == ZIP_DIGITS for t in part)
    tokens = tuple(part[at] for at in kept)
    return Segment(tokens, tuple(words), tuple(printed), frozenset(open_at), zipped)


def _opens(cleaned: str, before: Token, token: Token) -> bool:
    """Whether a number or a full stop behind a whole word stands before a token."""
    if token.joint:
        return False
    if before.word.isdigit():
        return True
    if "." not in cleaned[max(before.end - 1, 0) : token.start]:
        return False
    code = len(before.word) > 1 and cleaned[before.start : before.end].rstrip(".").isupper()
    return code or len(before.word) >= ABBREVIATED


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
