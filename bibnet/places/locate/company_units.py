"""Companies of the list `corporate_labs` whose parts are all else that a string without place says.

"Alpha Recognition Centre, X AI, X Inc.", "Tides, X", "Alpha at X", "X Tides Lab", "X America".
"""

from collections.abc import Sequence
from itertools import combinations, pairwise

from bibnet.places.address.country_end import LONGEST_NAME
from bibnet.places.address.gazetteer import load_gazetteer
from bibnet.places.address.parts import Segment, piece
from bibnet.places.address.vocabulary import (
    COMPANY_UNITS,
    COMPASS_WORDS,
    LEADING_JOINTS,
    LEGAL_FORMS,
    NATIONS,
    ORDINARY,
    ORGANISATION_NOUNS,
    REGIONS,
    REPORTS,
    UNIT_NOUNS,
)
from bibnet.places.locate.listed_companies import (
    LISTED_COMPANY,
    ListedCompany,
    company_of,
    in_region,
    listed_by_name,
    listed_company,
)
from bibnet.places.locate.view import Candidates

AT_SIGN = "@"
LONGEST_NAME_OF_COMPANY = 10  # words, those for parts of it behind it with them
LONGEST_SUBJECT = 3  # words of what a part of a company does
LONGEST_PRODUCT = 2  # words of what it makes, without the noun of a unit behind them
# Words that say that a part of a company may be elsewhere.
ABROAD = REGIONS | COMPASS_WORDS | NATIONS.keys()
SCHOOL_UNITS = frozenset({"college", "faculty", "graduate", "school"})
# Words of no unit of a company, and those of none but a unit.
OTHERS = (ORGANISATION_NOUNS - COMPANY_UNITS - UNIT_NOUNS) | SCHOOL_UNITS
UNITS = COMPANY_UNITS | UNIT_NOUNS


def named_company(string: int, seen: Candidates) -> ListedCompany | None:
    """The listed company that is all of an address but for words for parts of it.

    The last part or the first is the company ("X, Tide Centre"), by a name of the list, with what
    a unit of it does or without. Each of the others may be a part of a company: it is no other
    body's, no place, no report.
    """
    segments, cleaned = seen.batch.segments[string], seen.batch.cleaned[string]
    if not segments:
        return None
    if whole := listed_company(segments):
        return whole
    named = [part for part in segments if not LEGAL_FORMS.issuperset(part.words)] or segments
    named = named[:-1] if _is_in_a_city(cleaned, named) else named
    parts = [*named[:-1], *_led(cleaned, named[-1])]
    companies = [_company_of(part) or _part_of(cleaned, part) for part in parts]
    last = listed_company(parts[-1:]) or _part_of(cleaned, parts[-1]) or _before(parts, companies)
    if last is None or {company for company in companies if company} != {last}:
        return None
    if last.rule != LISTED_COMPANY and cleaned[: parts[-1].span[0]].endswith("("):
        return None  # short for what stands before it
    units = [part for part, company in zip(parts, companies, strict=True) if not company]
    return last if all(_is_unit(string, part, seen) for part in units) else None


def _before(
    parts: Sequence[Segment], companies: Sequence[ListedCompany | None]
) -> ListedCompany | None:
    """The company that is the first part, if each part behind it has the noun of a unit."""
    return None if any(UNITS.isdisjoint(part.words) for part in parts[1:]) else companies[0]


def _is_in_a_city(cleaned: str, parts: Sequence[Segment]) -> bool:
    """Whether the last part is a city of the country of the company before it ("X Labs, Town").

    Not for a company with a record, which is in a city of its own.
    """
    if len(parts) == 1:
        return False
    company = _company_of(parts[-2]) or _part_of(cleaned, parts[-2])
    if company is None or company.ror:
        return False
    return load_gazetteer().city_in(parts[-1].key, company.country) is not None


def _company_of(part: Segment) -> ListedCompany | None:
    return company_of([token.word for token in part.tokens])


def _led(cleaned: str, part: Segment) -> list[Segment]:
    """A part as what stands before a company's name and that name, behind "at" or its sign."""
    tokens = part.tokens
    first = max(1, len(tokens) - LONGEST_NAME_OF_COMPANY)
    for at, (before, token) in enumerate(pairwise(tokens[first - 1 :]), start=first):
        led = token.joint in LEADING_JOINTS or AT_SIGN in cleaned[before.end : token.start]
        if led and company_of([one.word for one in tokens[at:]]):
            return [piece(cleaned, tokens[:at]), piece(cleaned, tokens[at:])]
    return [part]


def _part_of(cleaned: str, part: Segment) -> ListedCompany | None:
    """The listed company that a part is one of, as it is or in another country."""
    return _with_subject(cleaned, part) or in_region([token.word for token in part.tokens])


def _with_subject(cleaned: str, part: Segment) -> ListedCompany | None:
    """The listed company whose name begins a part with what a unit of it does ("X Tides Lab").

    Or with what it makes ("X Tides").

    No partner's name or other body's noun, no place, as a branch may be anywhere, and no legal
    form, which makes another company of it.
    """
    tokens = part.tokens
    kept = len(tokens)
    while kept and tokens[kept - 1].word in COMPANY_UNITS:
        kept -= 1
    words = [token.word for token in tokens[:kept]]
    if tokens[-1].word in LEGAL_FORMS:
        return None
    longest = LONGEST_PRODUCT if kept == len(tokens) else LONGEST_SUBJECT
    for size in range(kept - 1, max(0, kept - 1 - longest), -1):
        company = listed_by_name(words[:size])
        joined = cleaned[tokens[size - 1].end : tokens[size].start].strip()
        if company and not joined and (size > 1 or words[0] not in ORDINARY):
            return company if _is_subject(words[size:]) else None
    return None


def _is_subject(words: Sequence[str]) -> bool:
    """Whether words are what a unit does: no place, and no other body's noun."""
    known = load_gazetteer()
    runs = [" ".join(words[a:b]) for a, b in combinations(range(len(words) + 1), 2)]
    placed = any(run in known.countries or run in known.cities for run in runs)
    return not placed and (OTHERS | UNIT_NOUNS | ABROAD).isdisjoint(words)


def _is_unit(string: int, part: Segment, seen: Candidates) -> bool:
    """Whether a part may be one of a company: it is no other body's, no place and no report.

    Small letters begin none but words for units ("work on X").
    """
    words, known = {token.word for token in part.tokens}, load_gazetteer()
    cleaned = seen.batch.cleaned[string]
    small = {token.word for token in part.tokens if cleaned[token.start].islower()}
    if words & (OTHERS | REPORTS) or small - UNITS:
        return False
    if any(p in known.countries or known.dominant_city(p) for p in part.phrases(LONGEST_NAME)):
        return False
    bodies = (at for at in seen.of(string) if seen.is_named(at))
    return all(seen.span(at) != part.span for at in bodies)
