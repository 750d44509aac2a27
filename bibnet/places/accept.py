"""Which names found in an address stand for an organisation there, by the words beside them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bibnet.places.match import LEGAL_FORMS, Match
from bibnet.places.normalise import IS_SIGN, Token

# What may follow a name in its part without making it another: "X University School of Law".
UNIT_WORDS = frozenset(
    "school college faculty department graduate campus institute division laboratory".split()
)
# A name that begins so is whole at its left: "Department of Physics University of Oxford".
OPENING_NOUNS = frozenset(
    "university universitat universite universita universidad universidade universitatea".split()
)
# Connectors that may stand before a whole name: "Center for Vision at the University of X".
LEADING_JOINTS = frozenset("at the der da la in am an".split())
CLINICS = frozenset("hospital clinic clinics klinikum clinical center health".split())
SHORTEST_SIGN_NAME = 4  # signs: "清华大学"; shorter names are inside others too often


# What may follow the name of a company without making it another: "X Research", "X AI Lab".
COMPANY_WORDS = frozenset(
    """research ai laboratory laboratories group brain cloud team health reality robotics digital
    advanced technologies technology cognitive artificial intelligence r d rd center institute
    science sciences applied com alexa ads web services international usa us engineering
    """.split()
)


@dataclass(frozen=True, slots=True)
class Followers:
    """Words that may follow a name: those of the places named, and whether a name is a company's."""

    places: frozenset[str]
    is_company: Callable[[str], bool]


def accepted(
    matches: Sequence[Match], tokens: Sequence[Token], followers: Followers
) -> list[Match]:
    """Names that stand for an organisation, the longest first, none inside another."""
    ordered = sorted(matches, key=lambda match: (match.start - match.end, match.start))
    taken: set[int] = set()
    kept = []
    for match in ordered:
        span = range(match.start, match.end)
        if taken.isdisjoint(span) and _stands(match, tokens, followers):
            kept.append(match)
        taken.update(span)
    return kept


def _stands(match: Match, tokens: Sequence[Token], followers: Followers) -> bool:
    if IS_SIGN.match(tokens[match.start].word):
        whole = _left_edge(match, tokens) and _right_edge(match, tokens)
        return whole or match.end - match.start >= SHORTEST_SIGN_NAME
    return _left_free(match, tokens) and _right_free(match, tokens, followers)


def _left_edge(match: Match, tokens: Sequence[Token]) -> bool:
    start = match.start
    return start == 0 or tokens[start - 1].segment != tokens[start].segment


def _right_edge(match: Match, tokens: Sequence[Token]) -> bool:
    end = match.end
    return end == len(tokens) or tokens[end].segment != tokens[end - 1].segment


def _left_free(match: Match, tokens: Sequence[Token]) -> bool:
    if _left_edge(match, tokens):
        return True
    first = tokens[match.start]
    if first.joint:
        return first.joint in LEADING_JOINTS
    before = tokens[match.start - 1].word
    return before.isdigit() or (
        first.word in OPENING_NOUNS and _within(match, tokens) and match.end - match.start > 1
    )


def _within(match: Match, tokens: Sequence[Token]) -> bool:
    """Whether a name crosses no boundary right behind its first word ("University, York")."""
    following = tokens[min(match.start + 1, len(tokens) - 1)]
    return following.segment == tokens[match.start].segment


def _right_free(match: Match, tokens: Sequence[Token], followers: Followers) -> bool:
    if _right_edge(match, tokens):
        return True
    behind = tokens[match.end]
    if behind.joint:
        return False
    rest = [t.word for t in tokens[match.end :] if t.segment == behind.segment]
    if followers.is_company(match.name) and COMPANY_WORDS.issuperset(rest):
        return True
    if not CLINICS.isdisjoint(rest):
        return False
    word = behind.word
    if word == "medical":
        return rest[1:2] in (["school"], ["college"], ["faculty"])
    return word.isdigit() or word in followers.places or word in UNIT_WORDS | LEGAL_FORMS
