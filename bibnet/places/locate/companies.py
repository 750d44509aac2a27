"""Companies: which of its records a company's name means, and where one without a record sits.

One rule for all forms of a name: "X", "X Inc.", "X Research" and "X AI Lab" are the same company.
Where the address names no place it is the head office, which is the record of that name that no
other is the parent of; where it names one, the company's branch there (`stated`, `branch`). A legal
form that the head office's country does not have is that of a branch ("X LLC").
"""

import re
from collections.abc import Sequence, Set
from functools import lru_cache

from bibnet.places.address.gazetteer import Gazetteer
from bibnet.places.address.vocabulary import (
    COMPANY_UNITS,
    SIGN_NOUNS,
    UNIT_NOUNS,
)
from bibnet.places.locate.branch import beside_spans
from bibnet.places.locate.legal_form import countries_of_form
from bibnet.places.locate.listed_companies import listed_company
from bibnet.places.locate.located import Located
from bibnet.places.locate.view import Candidates
from bibnet.places.registry.names import NameKind

HEAD_OFFICE, LEGAL_FORM = "head_office", "legal_form"
LEAST_ALONE = 0.35  # score of a company that the registry knows no branch of
LEAST_AT_HOME = 0.1  # of one that stands beside its own city
SIGN_DIGITS = "0-9零〇一二三四五六七八九十百"
_ORDINAL = r"(?<!\w)\d{1,4}(?:st|nd|rd|th)\s+(?:\w+\s+)?"
BARE = (NameKind.BRANCH, NameKind.ACRONYM)
RIVAL = 0.4  # share of a company's score that another body of its acronym needs, to be meant too
BRANDS = (NameKind.DISPLAY, NameKind.ALIAS, NameKind.BRANCH, NameKind.FORMER, NameKind.ACRONYM)


def head_office(string: int, seen: Candidates, known: Gazetteer) -> int | None:
    """Row of the head office of the company whose name is all that an address says, or None.

    Beside it may stand words for parts of a company, and places. The record of another country than
    the list `corporate_labs` gives is that of a branch.
    """
    for at in seen.of(string):
        if seen.is_company(at) and seen.is_exact(at) and _is_all(string, at, seen, known):
            if _is_contested(string, at, seen):
                return None
            if seen.is_curated(at):
                return at
            head = _head([o for o in seen.of(string) if _is_brand(at, o, seen)], seen)
            if head is not None and is_listed_elsewhere(string, head, seen):
                return None
            sure = head is not None and seen.index.children[seen.owner(head)] > 0
            return head if sure or seen.score[at] >= LEAST_ALONE else None
    return None


def at_home(string: int, seen: Candidates, known: Gazetteer) -> list[int]:
    """The company whose name is all that an address says beside the company's own city, if any."""
    return [
        at
        for at in seen.of(string)
        if seen.is_company(at)
        and seen.is_exact(at)
        and seen.score[at] >= LEAST_AT_HOME
        and seen.names_its_city(at)
        and _is_all(string, at, seen, known, COMPANY_UNITS | UNIT_NOUNS)
    ][:1]


def is_of_foreign_form(string: int, at: int, seen: Candidates) -> bool:
    """Whether an address holds a legal form that the country of a company's record has not."""
    forms = countries_of_form(seen.batch.segments[string]) if seen.is_company(at) else ()
    return bool(forms) and seen.country(at) not in forms


def branch_of_form(string: int, at: int, seen: Candidates) -> int | None:
    """The one company of a name in the country that has most of its legal form, or None."""
    home = countries_of_form(seen.batch.segments[string])[0]
    bearers = (o for o in seen.of(string) if _is_brand(at, o, seen))
    there = [o for o in bearers if seen.country(o) == home]
    return there[0] if len(there) == 1 else None


def is_numbered(cleaned: str) -> bool:
    """Whether an address names an institute by its number, which is not at the head office.

    "54th Research Institute", "第五十四研究所".
    """
    return bool(_numbered().search(cleaned))


def without_seat(row: Located) -> Located:
    """A row without the place of the seat: of a numbered body nobody knows where it is."""
    return row._replace(province=None, city=None, lat=None, lon=None)


@lru_cache(maxsize=1)
def _numbered() -> re.Pattern[str]:
    letters = "|".join(sorted(noun for noun in UNIT_NOUNS if noun.isascii()))
    signs = "|".join(sorted(SIGN_NOUNS))
    return re.compile(
        rf"{_ORDINAL}(?:{letters})(?!\w)|第[{SIGN_DIGITS}]+(?:{signs})", re.IGNORECASE
    )


def is_branch(string: int, at: int, seen: Candidates) -> bool:
    """Whether a company's name is that of a branch, or another's, and says nothing of where it is.

    A brand is not the beginning of another ("Protago" is not Protagonist). Where the company's own
    city stands beside its name, that says where it is.
    """
    if seen.names_its_city(at):
        return False
    branches = is_brand_branch(string, at, seen), is_listed_elsewhere(string, at, seen)
    another = seen.is_company(at) and seen.is_cut(at)
    return is_lone_branch(at, seen) or any(branches) or another


def is_lone_branch(at: int, seen: Candidates) -> bool:
    """Whether a company's bare name is that of a branch, whose head office the registry lacks."""
    return is_bare_branch(at, seen) and not seen.index.parents[seen.owner(at)]


def is_brand_branch(string: int, at: int, seen: Candidates) -> bool:
    """Whether a branch's bare name is that of companies elsewhere and words for parts of them.

    "X Research" is no more in the country of the record "X Research (China)" than "X" is.
    """
    if not is_bare_branch(at, seen):
        return False
    start, end = seen.span(at)
    tokens = [token for part in seen.batch.segments[string] for token in part.tokens]
    return any(
        seen.is_whole(of)
        and seen.span(of)[0] == start
        and all(t.word in COMPANY_UNITS for t in tokens if seen.span(of)[1] <= t.start < end)
        and seen.is_company(of)
        and seen.country(of) != seen.country(at)
        for of in seen.of(string)
    )


def is_listed_elsewhere(string: int, at: int, seen: Candidates) -> bool:
    """Whether the list `corporate_labs` has the company that is all of an address elsewhere."""
    listed = listed_company(seen.batch.segments[string]) if seen.is_company(at) else None
    return listed is not None and listed.country != seen.country(at)


def is_bare_branch(at: int, seen: Candidates) -> bool:
    """Whether a company's bare name is that of a branch: of where it is, it says nothing."""
    bare = seen.is_company(at) and seen.is_whole(at) and seen.kind(at) in BARE
    return bare and bool(seen.index.has_parent[seen.owner(at)])


def _is_all(
    string: int, at: int, seen: Candidates, known: Gazetteer, units: Set[str] = COMPANY_UNITS
) -> bool:
    """Whether an address holds a candidate's name, words for parts of companies and places only."""
    start, end = seen.span(at)
    segments = seen.batch.segments[string]
    inside = [t for s in segments for t in s.tokens if start <= t.start < end]
    if all(token.word in COMPANY_UNITS for token in inside):
        return False
    places = beside_spans(segments, [(start, end)], known)
    return all(
        start <= token.start < end
        or token.word in units
        or any(begin <= token.start < stop for begin, stop in places)
        for segment in segments
        for token in segment.tokens
    )


def _is_contested(string: int, at: int, seen: Candidates) -> bool:
    """Whether a company's acronym is all of an address, and no less that of another body."""
    start, end = seen.span(at)
    tokens = [token for segment in seen.batch.segments[string] for token in segment.tokens]
    if seen.kind(at) != NameKind.ACRONYM or any(not start <= t.start < end for t in tokens):
        return False
    rivals = (o for o in seen.of(string) if seen.span(o) == (start, end) and seen.is_whole(o))
    return any(not seen.is_company(o) and seen.score[o] >= RIVAL * seen.score[at] for o in rivals)


def _is_brand(at: int, other: int, seen: Candidates) -> bool:
    """Whether a company bears the whole name at the words of another candidate's."""
    same = seen.span(other) == seen.span(at)
    return same and seen.is_company(other) and seen.is_whole(other) and seen.kind(other) in BRANDS


def _head(bearers: Sequence[int], seen: Candidates) -> int | None:
    """The one record that has no parent; of several the one that is a parent of any.

    A company that a holding owns is the head office of the branches that bear its name.
    """
    heads = [at for at in bearers if not seen.index.has_parent[seen.owner(at)]]
    if len(heads) > 1:
        heads = [at for at in heads if seen.index.children[seen.owner(at)] > 0]
    if not heads:
        heads = [at for at in bearers if any(seen.is_below(of, seen.owner(at)) for of in bearers)]
    return heads[0] if len(heads) == 1 else None
