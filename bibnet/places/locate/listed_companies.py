"""Companies of the list `corporate_labs` that are all of an address, or a whole part of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bibnet.places.address.normalise import IS_SIGN, key_words
from bibnet.places.address.parts import Segment
from bibnet.places.address.token import Token
from bibnet.places.address.vocabulary import (
    COMPANY_REGIONS,
    COMPANY_UNITS,
    LEGAL_FORMS,
    SIGN_COMPANY_UNITS,
)
from bibnet.places.locate.legal_form import countries_of_form
from bibnet.places.locate.located import Located, country_row, organisation_row
from bibnet.places.locate.namesake_universities import ABSENT_BODY
from bibnet.places.reading.written import has_joint
from bibnet.places.registry.index import RegistryIndex
from bibnet.reference.load import rows

LISTED_COMPANY = "listed_company"
LONGEST_REGION = 2  # words
UNITS = tuple(sorted(SIGN_COMPANY_UNITS))


@dataclass(frozen=True, order=True)
class ListedCompany:
    """A company of the list `corporate_labs`: its country, its ROR id, empty if it has none.

    Or a body of the list `absent_bodies`, which stands in an address as a company does.
    """

    country: str
    ror: str = ""
    rule: str = LISTED_COMPANY


def listed_company(segments: Sequence[Segment]) -> ListedCompany | None:
    """The company of the list `corporate_labs` that is all of an address, if one is.

    None where the address holds a legal form that the company's country has not.
    """
    company = company_of([token.word for segment in segments for token in segment.tokens])
    forms = countries_of_form(segments)
    return company if company and company.country in (forms or (company.country,)) else None


def listed_by_name(words: Sequence[str]) -> ListedCompany | None:
    """The company of the list with exactly these folded words as a name."""
    return _listed().get(tuple(words))


def listed_beside(
    cleaned: str, segments: Sequence[Segment], spans: Sequence[tuple[int, int]]
) -> set[ListedCompany]:
    """Listed companies that are a whole part of an address beside names found.

    A part ends at a comma and at a word that joins equals ("X Research and Y University").
    """
    found = set()
    for run in _runs(cleaned, segments):
        if not any(a <= token.start < b for token in run for a, b in spans):
            words = [token.word for token in run]
            found.add(company_of(words) or in_region(words))
    return {company for company in found if company}


def listed_alone(cleaned: str, segments: Sequence[Segment]) -> list[ListedCompany]:
    """The listed companies that are each a whole part of an address and all of it, two at least."""
    named = [company_of([token.word for token in run]) for run in _runs(cleaned, segments)]
    found = dict.fromkeys(company for company in named if company)
    several = len(found) > 1 or (len(named) > 1 and len(segments) == 1)
    return list(found) if several and all(named) else []


def _runs(cleaned: str, segments: Sequence[Segment]) -> Iterator[Sequence[Token]]:
    """Words of the parts of an address: between commas and words that join equals."""
    for segment in segments:
        tokens = segment.tokens
        gaps = (cleaned[one.end : other.start] for one, other in pairwise(tokens))
        cuts = [at for at, gap in enumerate(gaps, start=1) if has_joint(gap)]
        for start, end in pairwise([0, *cuts, len(tokens)]):
            yield tokens[start:end]


def in_region(words: Sequence[str]) -> ListedCompany | None:
    """A listed company in the country that the words behind its name stand for.

    "X America Inc", "X North America": it is not the company's record.
    """
    name = list(words)
    while name and name[-1] in LEGAL_FORMS:
        name.pop()
    for size in (LONGEST_REGION, 1):
        country = COMPANY_REGIONS.get(" ".join(name[-size:]))
        if country and company_of(name[:-size]):
            return ListedCompany(country)
    return None


def company_row(company: ListedCompany, index: RegistryIndex, text: str, cleaned: str) -> Located:
    """Row of a listed company: of its record in the company's country, else that country.

    Nothing says how sure the record is, as it is told by the list.
    """
    owner = index.owner_of.get(company.ror)
    if owner is None or index.texts["country"][owner] != company.country:
        return country_row(text, company.country, company.rule, cleaned)
    return organisation_row(text, index, owner, cleaned)._replace(rule=LISTED_COMPANY)


def company_of(words: Sequence[str]) -> ListedCompany | None:
    """The listed company that words name, words for parts of companies behind it.

    Also where the first word is printed as two ("LOR EM Labs"), as some PDFs do.
    """
    listed, key = _listed(), tuple(words)
    while key and key not in listed and key[-1] in COMPANY_UNITS:
        key = key[:-1]
    joined = ("".join(key[:2]), *key[2:]) if len(key) > 1 and key not in listed else ()
    found = listed.get(key) or listed.get(joined)
    return found or (_company_in_signs("".join(words)) if key else None)


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
    found: dict[tuple[str, ...], set[ListedCompany]] = {
        tuple(key_words(row["name"])): {ListedCompany(row["country"], rule=ABSENT_BODY)}
        for row in rows("absent_bodies")
    }
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
