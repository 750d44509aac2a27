"""Companies whose branch's country stands right behind their name, before what the branch is.

"X Korea Tides Center", "X India Research Lab": a country at the end of a name is read with the
places, one in the middle is not, as it may be what a body is about ("Centre for India Studies").
"""

from collections.abc import Sequence, Set

from bibnet.places.address.country_end import LONGEST_NAME
from bibnet.places.address.gazetteer import load_gazetteer
from bibnet.places.address.parts import Segment
from bibnet.places.address.token import Token
from bibnet.places.address.vocabulary import (
    BRANCH_NOUNS,
    COMPANY_UNITS,
    ORGANISATION_NOUNS,
    UNIT_NOUNS,
)
from bibnet.places.address.weak_evidence import COUNTRY_IN_NAME
from bibnet.places.locate.company_units import LONGEST_NAME_OF_COMPANY
from bibnet.places.locate.listed_companies import company_of
from bibnet.places.locate.located import Located, country_row
from bibnet.places.locate.view import Candidates
from bibnet.places.registry.names import NameKind

Span = tuple[int, int]
BRANDS = (NameKind.CURATED, NameKind.DISPLAY, NameKind.ALIAS, NameKind.BRANCH, NameKind.ACRONYM)
UNITS = COMPANY_UNITS | UNIT_NOUNS | ORGANISATION_NOUNS | BRANCH_NOUNS


def company_abroad(string: int, seen: Candidates) -> list[Located]:
    """Row of the one country that stands right behind the names of companies, none if not one.

    A company's whole name begins a part, and behind the country the part has the noun of a unit, a
    legal form, a city of it, or nothing.
    """
    text, cleaned = seen.batch.texts[string], seen.batch.cleaned[string]
    firms = [at for at in seen.of(string) if _is_firm(at, seen)]
    ends = {seen.span(at) for at in firms}
    found = {
        country: part.span
        for part in seen.batch.segments[string]
        if (end := _end_of_firm(part, ends)) and (country := _country_behind(part, end))
    }
    rows = [
        country_row(text, country, COUNTRY_IN_NAME, cleaned[slice(*span)])
        for country, span in found.items()
    ]
    return rows if len(rows) == 1 else []


def _is_firm(at: int, seen: Candidates) -> bool:
    return seen.is_company(at) and seen.is_exact(at) and seen.kind(at) in BRANDS


def _end_of_firm(part: Segment, firms: Set[Span]) -> int:
    """Offset of the end of the company's name that begins a part, 0 if none does."""
    known = [end for start, end in firms if start == part.span[0] and end < part.span[1]]
    words = [token.word for token in part.tokens[: LONGEST_NAME_OF_COMPANY + 1]]
    listed = (n for n in range(len(words) - 1, 0, -1) if company_of(words[:n]))
    return max([*known, *(part.tokens[n - 1].end for n in listed)], default=0)


def _country_behind(part: Segment, end: int) -> str:
    """Country whose name the first words of a part behind a name are, empty if none."""
    behind = [token for token in part.tokens if token.start >= end]
    while behind and behind[0].word in COMPANY_UNITS | UNIT_NOUNS:
        behind = behind[1:]  # "X Research Institute Korea"
    for size in range(min(LONGEST_NAME, len(behind)), 0, -1):
        country = load_gazetteer().countries.get(_key(behind[:size]))
        if country:
            rest = behind[size:]
            told = not rest or not UNITS.isdisjoint(token.word for token in rest)
            city = load_gazetteer().city_in(_key(rest), country) if rest else None
            return country if told or city else ""
    return ""


def _key(tokens: Sequence[Token]) -> str:
    return " ".join(token.word for token in tokens)
