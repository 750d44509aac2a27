"""Which names found in an address stand for an organisation there, by the words beside them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bibnet.places.match import Match
from bibnet.places.normalise import IS_SIGN, Token
from bibnet.places.vocabulary import (
    CLINICS,
    COMPANY_FOLLOWERS,
    FOLLOWERS,
    LEADING_JOINTS,
    LEGAL_FORMS,
    OPENING_NOUNS,
    UNIT_NOUNS,
)

SHORTEST_SIGN_NAME = 4  # signs: "清华大学"; shorter names are inside others too often
OTHER_BRANDS = (["ai"], ["laboratories"])  # "X AI", "X Labs" are names of other companies too


@dataclass(frozen=True, slots=True)
class Followers:
    """What may follow names: words of the places named, and more where a name is a company's."""

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
        first.word in OPENING_NOUNS
        and _opening_of_part(match, tokens) in UNIT_NOUNS
        and _within(match, tokens)
    )


def _opening_of_part(match: Match, tokens: Sequence[Token]) -> str:
    """First word of the part a name starts in."""
    segment = tokens[match.start].segment
    return next(token.word for token in tokens if token.segment == segment)


def _within(match: Match, tokens: Sequence[Token]) -> bool:
    """Whether a name crosses no boundary right behind its first word ("University, York")."""
    following = tokens[min(match.start + 1, len(tokens) - 1)]
    return following.segment == tokens[match.start].segment


def _right_free(match: Match, tokens: Sequence[Token], followers: Followers) -> bool:
    if _right_edge(match, tokens):
        return True
    behind = tokens[match.end]
    rest = [t.word for t in tokens[match.end :] if t.segment == behind.segment]
    if behind.joint:
        return False
    if followers.is_company(match.name) and COMPANY_FOLLOWERS.issuperset(rest):
        return rest not in OTHER_BRANDS
    return CLINICS.isdisjoint(rest) and _may_follow(rest, followers)


def _may_follow(rest: Sequence[str], followers: Followers) -> bool:
    """Whether the words behind a name to the end of its part leave it whole."""
    word = rest[0]
    if word == "medical":
        return rest[1:2] in (["school"], ["college"], ["faculty"])
    if word in followers.places:
        return all(other.isdigit() or other in followers.places for other in rest)
    return word.isdigit() or word in FOLLOWERS or word in LEGAL_FORMS
