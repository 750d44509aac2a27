"""Where the invented works appear: sources and locations."""

from random import Random
from typing import Any

from bibnet.harvest.sandbox import calibration as rates
from bibnet.harvest.sandbox.chance import stream
from bibnet.harvest.sandbox.identifiers import bare, openalex_id
from bibnet.harvest.sandbox.words import places, words

Document = dict[str, Any]
SOURCES_PER_PATTERN = 20
PUBLISHERS = 7
SOURCE_TYPES = {"journals": "journal", "conferences": "conference", "repositories": "repository"}


def make_sources(seed: int) -> dict[str, list[Document]]:
    """Sources by type ("journal", "conference", "repository")."""
    homes = places()
    stream(seed, "sources").shuffle(homes)
    made: dict[str, list[Document]] = {}
    number = 0
    for key, kind in SOURCE_TYPES.items():
        for pattern in words()["sources"][key]:
            for home in homes[:SOURCES_PER_PATTERN]:
                made.setdefault(kind, []).append(_source(number, pattern, home, kind))
                number += 1
    return made


def _source(number: int, pattern: str, home: str, kind: str) -> Document:
    """A source; repositories have no publisher and no ISSN."""
    issn = None if kind == "repository" else f"9999-{number:04d}"
    return {
        "id": openalex_id("S", number),
        "display_name": pattern.format(place=home),
        "issn_l": issn,
        "issn": [issn] if issn else None,
        "is_oa": kind == "repository",
        "is_in_doaj": False,
        "is_core": kind == "journal",
        **_publisher(None if kind == "repository" else number % PUBLISHERS),
        "type": kind,
    }


def _publisher(number: int | None) -> Document:
    """Host of a source; names in its lineage may be null."""
    if number is None:
        hosts: list[str] = []
        names: list[str | None] = []
    else:
        pattern = words()["sources"]["publishers"][0]
        hosts = [openalex_id("P", number), openalex_id("P", PUBLISHERS)]
        names = [pattern.format(place=places()[number]), None]
    return {
        "host_organization": hosts[0] if hosts else None,
        "host_organization_name": names[0] if names else None,
        "host_organization_lineage": hosts,
        "host_organization_lineage_names": names,
    }


def draw_locations(
    work: str, doi: str | None, sources: dict[str, list[Document]], chance: Random
) -> list[Document]:
    """Locations of a work, the primary one first."""
    kind = "conference" if chance.random() < 0.25 else "journal"
    source = None if chance.random() < rates.NO_SOURCE else chance.choice(sources[kind])
    key = f"doi:{doi.removeprefix('https://doi.org/')}" if doi else f"pmh:oai:{bare(work)}"
    landing = doi or f"https://works.example/{bare(work)}"
    locations = [_location(key, landing, source, is_oa=chance.random() < 0.4)]
    if chance.random() < rates.PUBLISHED_IN_REPOSITORY_TOO:
        repository = chance.choice(sources["repository"])
        address = f"https://repository.example/{bare(work)}"
        locations.append(_location(f"pmh:oai:{bare(work)}:copy", address, repository, is_oa=True))
    return locations


def _location(key: str, landing: str, source: Document | None, *, is_oa: bool) -> Document:
    submitted = source is not None and source["type"] == "repository"
    return {
        "id": key,
        "is_oa": is_oa,
        "landing_page_url": landing,
        "pdf_url": f"{landing}.pdf" if is_oa else None,
        "source": source,
        "license": "cc-by" if is_oa else None,
        "license_id": "https://openalex.org/licenses/cc-by" if is_oa else None,
        "version": "submittedVersion" if submitted else "publishedVersion",
        "is_accepted": not submitted,
        "is_published": not submitted,
        "raw_source_name": source["display_name"] if source else None,
        "raw_type": None if submitted else "journal-article",
    }


def open_access(locations: list[Document]) -> Document:
    """`open_access` of a work, from its locations."""
    free = [location for location in locations if location["is_oa"]]
    return {
        "is_oa": bool(free),
        "oa_status": "gold" if locations[0]["is_oa"] else "green" if free else "closed",
        "oa_url": free[0]["landing_page_url"] if free else None,
        "any_repository_has_fulltext": len(locations) > 1,
    }
