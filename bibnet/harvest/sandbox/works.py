"""The invented works, in the shape of the current API."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from bibnet.harvest.sandbox import calibration as rates
from bibnet.harvest.sandbox.authors import Authors
from bibnet.harvest.sandbox.authorships import make_authorships
from bibnet.harvest.sandbox.chance import Weighted
from bibnet.harvest.sandbox.citations import counts_by_year, draw_citations, draw_references
from bibnet.harvest.sandbox.funders import Funder, draw_funding
from bibnet.harvest.sandbox.identifiers import doi as invented_doi
from bibnet.harvest.sandbox.sources import draw_locations, open_access
from bibnet.harvest.sandbox.subjects import Subjects, draw_concepts, draw_keywords, draw_topics
from bibnet.harvest.sandbox.teams import Bodies, author_count, draw_team
from bibnet.harvest.sandbox.texts import (
    draw_abstract,
    draw_goals,
    draw_language,
    draw_mesh,
    draw_title,
)

Document = dict[str, Any]
TYPES = Weighted(
    (
        "article",
        "preprint",
        "conference-paper",
        "book-chapter",
        "review",
        "dissertation",
        "dataset",
    ),
    (60, 14, 14, 6, 4, 1, 1),
)
YEARS = Weighted(rates.YEAR_WEIGHTS, [float(n) for n in rates.YEAR_WEIGHTS.values()])
FIRST_OF_JANUARY = 0.12  # works known only by year stand there, which makes ties in date order
LAST_DAY = date(2026, 10, 30)
FIRST_UPDATE = date(2025, 11, 1)  # everything was rewritten then (openalex.md 4)


@dataclass(frozen=True)
class Stock:
    """What works are made from."""

    bodies: Bodies
    people: Authors
    funders: dict[str, list[Funder]]
    subjects: Subjects
    sources: dict[str, list[Document]]


def draw_date(chance: Random) -> str:
    """Day of publication, as text."""
    year = YEARS.draw(chance)
    if chance.random() < FIRST_OF_JANUARY:
        return f"{year}-01-01"
    day = date(year, 1, 1) + timedelta(days=int(chance.random() * 365))
    return min(day, LAST_DAY).isoformat()


def make_work(index: int, day: str, *, ids: list[str], stock: Stock, chance: Random) -> Document:
    """Work `index` of the corpus; `ids` are those of all works, by day of publication."""
    year, group = int(day[:4]), "ai" if chance.random() < rates.AI_SHARE else "other"
    authors = author_count(index, chance)
    team = draw_team(authors, stock.bodies, chance)
    authorships = make_authorships(
        team,
        authors,
        affiliated=chance.random() < rates.AFFILIATED[year],
        people=stock.people,
        chance=chance,
    )
    work = _identity(ids[index], index, day, group, chance)
    work |= _places(work, stock, chance)
    work |= _people(authorships)
    work |= _money(index, authorships, stock, chance)
    work |= _subjects(group, stock, chance)
    work |= _impact(year, ids, index, chance)
    work |= _flags(work, chance)
    for key, rate in rates.ABSENT_KEYS.items():
        if chance.random() < rate:
            del work[key]
    return work


def _identity(work: str, index: int, day: str, group: str, chance: Random) -> Document:
    title = draw_title(group, index, chance)
    doi = None if chance.random() < rates.NO_DOI else invented_doi(index)
    ids = {"openalex": work} | ({"doi": doi} if doi else {})
    return {
        "id": work,
        "doi": doi,
        "title": title,
        "display_name": title,
        "publication_year": int(day[:4]),
        "publication_date": day,
        "ids": ids,
        "language": draw_language(chance),
        "type": TYPES.draw(chance),
        "indexed_in": ["crossref"] if doi else [],
        "abstract_inverted_index": draw_abstract(chance),
        "mesh": draw_mesh(chance),
        "sustainable_development_goals": draw_goals(chance),
    }


def _places(work: Document, stock: Stock, chance: Random) -> Document:
    locations = draw_locations(work["id"], work["doi"], stock.sources, chance)
    price = {"value": 1900, "currency": "EUR", "value_usd": 2000}
    return {
        "primary_location": locations[0],
        "locations": locations,
        "locations_count": len(locations),
        "best_oa_location": next((place for place in locations if place["is_oa"]), None),
        "open_access": open_access(locations),
        "apc_list": price if chance.random() < rates.APC else None,
        "apc_paid": None,
        "has_fulltext": False,
        "has_content": {"pdf": False, "grobid_xml": False},
        "content_urls": None,
        "biblio": {"volume": None, "issue": None, "first_page": None, "last_page": None},
    }


def _people(authorships: list[Document]) -> Document:
    """`institutions_distinct_count` is the number of authors, the error of the recorded works."""
    corresponding = [item for item in authorships if item["is_corresponding"]]
    bodies = [body for item in authorships for body in item["institutions"]]
    return {
        "authorships": authorships,
        "institutions": [],
        "countries_distinct_count": len({b["country_code"] for b in bodies} - {None}),
        "institutions_distinct_count": len(authorships),
        "corresponding_author_ids": [
            item["author"]["id"] for item in corresponding if item["author"]["id"]
        ],
        "corresponding_institution_ids": sorted(
            {body["id"] for item in corresponding for body in item["institutions"]}
        ),
    }


def _money(index: int, authorships: list[Document], stock: Stock, chance: Random) -> Document:
    codes = sorted({code for item in authorships for code in item["countries"]})
    chance.shuffle(codes)
    funders, awards = draw_funding(codes, stock.funders, index, chance)
    return {"funders": funders, "awards": awards}


def _subjects(group: str, stock: Stock, chance: Random) -> Document:
    topics = draw_topics(group, stock.subjects, chance)
    return {
        "primary_topic": topics[0] if topics else None,
        "topics": topics,
        "concepts": draw_concepts(group, stock.subjects, chance),
        "keywords": draw_keywords(group, chance),
    }


def _impact(year: int, ids: list[str], index: int, chance: Random) -> Document:
    """Counts; the relative measures are null until all works are known."""
    citations = draw_citations(year, chance)
    references = draw_references(ids, index, chance)
    return {
        "cited_by_count": citations,
        "counts_by_year": counts_by_year(year, citations),
        "fwci": None,
        "citation_normalized_percentile": None,
        "cited_by_percentile_year": None,
        "referenced_works": references,
        "referenced_works_count": len(references),
        "related_works": [],
    }


def _flags(work: Document, chance: Random) -> Document:
    paratext = chance.random() < rates.PARATEXT
    retracted: bool | None = chance.random() < rates.RETRACTED
    if chance.random() < rates.NO_RETRACTION_FLAG:
        retracted = None
    published = date.fromisoformat(work["publication_date"])
    earliest = max(published, FIRST_UPDATE)
    updated = earliest + timedelta(days=int(chance.random() * ((LAST_DAY - earliest).days + 1)))
    return {
        "type": "paratext" if paratext else work["type"],
        "is_paratext": paratext,
        "is_retracted": retracted,
        "is_xpac": chance.random() < rates.XPAC,
        "updated_date": f"{updated}T07:36:33.{int(chance.random() * 1e6):06d}",
        "created_date": f"{min(published + timedelta(days=20), LAST_DAY)}T00:00:00",
    }
