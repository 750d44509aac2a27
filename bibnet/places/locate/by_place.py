"""What a string is answered in which no organisation is found: a place, and what tells one.

Or the company or body of a list that stands there, whose country the list says.
"""

from collections.abc import Iterable, Mapping, Sequence

from bibnet.places.address.abbreviation import without_abbreviations
from bibnet.places.address.gazetteer import load_gazetteer
from bibnet.places.address.named_place import Place
from bibnet.places.address.nation_in_name import nation_place
from bibnet.places.address.normalise import tokenise
from bibnet.places.address.parts import segments_of
from bibnet.places.locate.company_abroad import company_abroad
from bibnet.places.locate.company_units import named_company
from bibnet.places.locate.hospitals import hospital_country
from bibnet.places.locate.joined_countries import joined_countries
from bibnet.places.locate.likely import shared_country, with_province
from bibnet.places.locate.listed_bodies import listed_country
from bibnet.places.locate.listed_companies import (
    ListedCompany,
    company_row,
    listed_alone,
    listed_beside,
)
from bibnet.places.locate.located import Located, place_row
from bibnet.places.locate.lone_city import lone_city
from bibnet.places.locate.namesake_universities import ABSENT_BODY, namesake_place
from bibnet.places.locate.own_names import without_namesakes_city
from bibnet.places.locate.stated import placed_row, says_more
from bibnet.places.locate.view import Candidates
from bibnet.places.reading.reader import as_read, read_place


def place_rows(text: str) -> list[Located]:
    """Row of the place that a string names, of level 4; none if it names none.

    Where no registry is at hand: no list of bodies is asked, as which of them a name means cannot
    be told without one.
    """
    cleaned, known = as_read(text), load_gazetteer()
    segments = without_abbreviations(cleaned, segments_of(cleaned, tokenise(cleaned)))
    place = read_place(text, segments, known) or nation_place(segments, known)
    return [place_row(text, cleaned, place)] if place else []


def unnamed(string: int, places: Mapping[int, Place | None], seen: Candidates) -> list[Located]:
    """Rows of a string without an organisation: its place, or what the likely ones share.

    `places` are those stated for candidates that are none of its answers.
    """
    text, cleaned = seen.batch.texts[string], seen.batch.cleaned[string]
    place = without_namesakes_city(string, seen.batch.places[string], seen)
    behind = next((p for p in places.values() if p and p is not place), None)
    if behind and not says_more(place, behind):
        return [place_row(text, cleaned, behind)]
    if countries := joined_countries(string, seen):
        return countries
    named = [place_row(text, cleaned, place)] if place else []
    if seen.is_placeless(string):
        return _placeless(string, named, seen)
    there = _listed_there(string, place, seen)
    return there or [with_province(row, string, seen) for row in named]


def _placeless(string: int, named: list[Located], seen: Candidates) -> list[Located]:
    """Rows of a string whose end names no place; `named` is the row of weaker evidence, if any."""
    text, cleaned = seen.batch.texts[string], seen.batch.cleaned[string]
    segments = seen.batch.segments[string]
    if several := listed_alone(cleaned, segments):
        return _each_country(listed_row(string, company, seen) for company in several)
    listed = namesake_place(cleaned, segments)
    if listed and (listed.rule != ABSENT_BODY or _is_told(listed, named)):
        return [place_row(text, cleaned, listed)]
    company = named_company(string, seen)
    found = [listed_row(string, company, seen)] if company else shared_country(string, seen)
    if found or named:
        return found or named
    if branch := company_abroad(string, seen):
        return branch
    place = nation_place(segments, load_gazetteer()) or lone_city(string, seen)
    if place:
        return [place_row(text, cleaned, place)]
    return listed_country(string, seen) or hospital_country(string, seen)


def _each_country(rows: Iterable[Located]) -> list[Located]:
    """Rows with an organisation, then those of further countries, each once."""
    found: list[Located] = []
    for row in sorted(rows, key=lambda row: not row.institution):
        if row.institution or row.country not in {other.country for other in found}:
            found.append(row._replace(place_seq=len(found) + 1))
    return found


def _is_told(place: Place, named: Sequence[Located]) -> bool:
    """Whether no weaker evidence names another country than that of a listed body."""
    return all(row.country == place.country for row in named)


def listed_row(string: int, company: ListedCompany, seen: Candidates) -> Located:
    """Row of a listed company that stands in a string."""
    return company_row(company, seen.index, seen.batch.texts[string], seen.batch.cleaned[string])


def _listed_there(string: int, place: Place | None, seen: Candidates) -> list[Located]:
    """Row of the one listed company that is a part of an address in the company's country."""
    segments, cleaned = seen.batch.segments[string], seen.batch.cleaned[string]
    country = place.country if place else ""
    beside = listed_beside(cleaned, segments, ())
    there = {c for c in beside if c.country == country and c.rule != ABSENT_BODY}
    rows = [listed_row(string, company, seen) for company in there]
    known = len(rows) == 1 and rows[0].institution
    return [placed_row(rows[0], place, at_home=False)] if known else []
