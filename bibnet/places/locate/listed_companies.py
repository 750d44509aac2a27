"""Companies of the list `corporate_labs` that are all of an address, or a part of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bibnet.places.address.country_end import LONGEST_NAME
from bibnet.places.address.gazetteer import load_gazetteer
from bibnet.places.address.normalise import IS_SIGN, key_words
from bibnet.places.address.parts import Segment
from bibnet.places.address.vocabulary import (
    COMPANY_UNITS,
    ORGANISATION_NOUNS,
    SIGN_COMPANY_UNITS,
    UNIT_NOUNS,
)
from bibnet.places.locate.legal_form import countries_of_form
from bibnet.places.locate.located import Located, country_row, organisation_row
from bibnet.places.locate.view import Candidates
from bibnet.places.reading.written import has_joint
from bibnet.places.registry.index import RegistryIndex
from bibnet.reference.load import rows

LISTED_COMPANY = "listed_company"
UNITS = tuple(sorted(SIGN_COMPANY_UNITS))
SCHOOL_UNITS = frozenset({"college", "faculty", "graduate", "school"})
# Words of no unit of a company.
OTHERS = (ORGANISATION_NOUNS - COMPANY_UNITS - UNIT_NOUNS) | SCHOOL_UNITS


@dataclass(frozen=True, order=True)
class ListedCompany:
    """A company of the list `corporate_labs`: its country, its ROR id, empty if it has none."""

    country: str
    ror: str = ""


def listed_company(segments: Sequence[Segment]) -> ListedCompany | None:
    """The company of the list `corporate_labs` that is all of an address, if one is.

    None where the address holds a legal form that the company's country has not.
    """
    company = _company_of([token.word for segment in segments for token in segment.tokens])
    forms = countries_of_form(segments)
    return company if company and company.country in (forms or (company.country,)) else None


def named_company(string: int, seen: Candidates) -> ListedCompany | None:
    """The listed company that is all of an address but for parts of it that stand before.

    "Alpha Recognition Centre, X AI, X Inc.": each part is the company by a name of the list, or
    words for a part of a company which are no whole name of another body.
    """
    segments = seen.batch.segments[string]
    if whole := listed_company(segments):
        return whole
    named = [_company_of([token.word for token in segment.tokens]) for segment in segments]
    companies = {company for company in named if company}
    if len(companies) != 1 or named[-1] is None or listed_company(segments[-1:]) is None:
        return None
    units = [part for part, company in zip(segments, named, strict=True) if not company]
    return named[-1] if all(_is_unit(string, part, seen) for part in units) else None


def _is_unit(string: int, segment: Segment, seen: Candidates) -> bool:
    """Whether a part of an address is words for a part of a company, and for no place."""
    words, known = {token.word for token in segment.tokens}, load_gazetteer()
    if words.isdisjoint(UNIT_NOUNS | COMPANY_UNITS) or words & OTHERS:
        return False
    if any(p in known.countries or known.dominant_city(p) for p in segment.phrases(LONGEST_NAME)):
        return False
    bodies = (at for at in seen.of(string) if seen.is_named(at))
    return all(seen.span(at) != segment.span for at in bodies)


def listed_beside(
    cleaned: str, segments: Sequence[Segment], spans: Sequence[tuple[int, int]]
) -> set[ListedCompany]:
    """Listed companies that are a whole part of an address beside names found.

    A part ends at a comma and at a word that joins equals ("X Research and Y University").
    """
    found = set()
    for segment in segments:
        tokens = segment.tokens
        gaps = (cleaned[one.end : other.start] for one, other in pairwise(tokens))
        cuts = [at for at, gap in enumerate(gaps, start=1) if has_joint(gap)]
        for start, end in pairwise([0, *cuts, len(tokens)]):
            part = tokens[start:end]
            if not any(a <= token.start < b for token in part for a, b in spans):
                found.add(_company_of([token.word for token in part]))
    return {company for company in found if company}


def company_row(company: ListedCompany, index: RegistryIndex, text: str, cleaned: str) -> Located:
    """Row of a listed company: of its record in the company's country, else that country.

    Nothing says how sure the record is, as it is told by the list.
    """
    owner = index.owner_of.get(company.ror)
    if owner is None or index.texts["country"][owner] != company.country:
        return country_row(text, company.country, LISTED_COMPANY, cleaned)
    return organisation_row(text, index, owner, cleaned)._replace(rule=LISTED_COMPANY)


def _company_of(words: Sequence[str]) -> ListedCompany | None:
    """The listed company that words name, words for parts of companies behind it."""
    listed, key = _listed(), tuple(words)
    while key and key not in listed and key[-1] in COMPANY_UNITS:
        key = key[:-1]
    return listed.get(key) or (_company_in_signs("".join(words)) if key else None)


def _company_in_signs(run: str) -> ListedCompany | None:
    """The listed company whose name begins a run of signs that ends as a part of a company does.

    Or whose part, by another name of the list, follows ("X" and its lab in one run).
    """
    if not IS_SIGN.match(run):
        return None
    for name, company in _listed_in_signs():
        rest = run.removeprefix(name)
        if rest != run and (rest.endswith(UNITS) or dict(_listed_in_signs()).get(rest) == company):
            return company
    return None


@lru_cache(maxsize=1)
def _listed_in_signs() -> tuple[tuple[str, ListedCompany], ...]:
    """Names in signs of the listed companies, the longest first."""
    names = (("".join(words), company) for words, company in _listed().items())
    return tuple(sorted((n for n in names if IS_SIGN.match(n[0])), key=lambda n: (-len(n[0]), n)))


@lru_cache(maxsize=1)
def _listed() -> dict[tuple[str, ...], ListedCompany]:
    """Each listed company by the folded words of its names; none for words of two countries."""
    found: dict[tuple[str, ...], set[ListedCompany]] = {}
    for row in rows("corporate_labs"):
        one = ListedCompany(row["country"], row["ror"])
        for key in _keys(row["name"], row["company"]):
            found.setdefault(key, set()).add(one)
    return {
        words: max(held) for words, held in found.items() if len({c.country for c in held}) == 1
    }


def _keys(*names: str) -> set[tuple[str, ...]]:
    """Folded words of names, with and without the parts that capitals make ("LoremIpsum")."""
    return {tuple(key_words(written)) for name in names for written in (name, name.lower())}
