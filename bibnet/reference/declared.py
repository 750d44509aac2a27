"""What each reference list must look like: its columns, its key and its columns of country codes.

Data, no logic. What a list says, who published it and why its rows were chosen stands on its card.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class ReferenceList:
    """Shape of one list: the columns it must have, those that identify a row, those with codes."""

    columns: tuple[str, ...]
    key: tuple[str, ...]
    country_columns: tuple[str, ...] = ()
    unique_if_given: tuple[str, ...] = ()  # identifiers that may be empty but never stand twice
    other_codes: tuple[str, ...] = ()  # codes of no country that the country columns may have


REFERENCE_LISTS: Mapping[str, ReferenceList] = {
    "countries": ReferenceList(("country", "name", "region"), ("country",)),
    "country_schemes": ReferenceList(
        ("scheme", "country", "valid_on", "source"), ("scheme", "country"), ("country",)
    ),
    "ai_topics": ReferenceList(
        ("topic_id", "topic", "subfield_id", "subfield", "decision", "reason", "source"),
        ("topic_id",),
    ),
    "ai_concepts": ReferenceList(
        ("concept_id", "concept", "decision", "reason", "source"), ("concept_id",)
    ),
    "keywords": ReferenceList(
        ("family", "term", "language", "form", "decision", "reason", "source"),
        ("family", "language", "term"),
    ),
    "defence_institutions": ReferenceList(
        (
            "entry_id",
            "name",
            "name_zh",
            "aliases",
            "generic_aliases",
            "category",
            "lists",
            "ror",
            "openalex_id",
            "country",
            "city",
            "supervising_body",
            "source",
            "confidence",
            "date",
        ),
        ("entry_id",),
        ("country",),
        ("ror", "openalex_id"),
    ),
    "defence_categories": ReferenceList(("category", "kind", "meaning"), ("category",)),
    "published_lists": ReferenceList(("list", "title", "publisher", "date", "address"), ("list",)),
    "funders": ReferenceList(
        (
            "entry_id",
            "funder_id",
            "name",
            "name_zh",
            "aliases",
            "type",
            "country",
            "ror",
            "crossref_doi",
            "source",
            "confidence",
        ),
        ("entry_id",),
        ("country",),
        ("funder_id",),
        ("EU",),  # exceptionally reserved in ISO 3166-1; the union pays as one
    ),
    "grant_patterns": ReferenceList(("pattern", "entry_id", "example", "source"), ("pattern",)),
    "country_spellings": ReferenceList(("name", "country", "source"), ("name",), ("country",)),
    "country_parts": ReferenceList(
        ("country", "also_written", "source"), ("country",), ("country", "also_written")
    ),
    "provinces": ReferenceList(
        ("country", "admin1", "province", "source"), ("country", "admin1"), ("country",)
    ),
    "province_names": ReferenceList(
        ("name", "country", "admin1", "form", "source"), ("name", "country"), ("country",)
    ),
    "organisation_aliases": ReferenceList(("alias", "ror", "source"), ("alias",)),
    "address_words": ReferenceList(("word", "role", "form"), ("word", "role")),
}
