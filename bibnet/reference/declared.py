"""What each reference list must look like: its columns, its key and its columns of country codes.

Data, no logic. What a list says, who published it and why its rows were chosen stands on its card.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ReferenceList:
    """Shape of one list: the columns it must have, those that identify a row, those with codes."""

    columns: tuple[str, ...]
    key: tuple[str, ...]
    country_columns: tuple[str, ...] = ()
    unique_if_given: tuple[str, ...] = ()  # identifiers that may be empty but never stand twice
    other_codes: tuple[str, ...] = ()  # codes of no country that the country columns may have
    known_in: Mapping[str, str] = field(default_factory=dict)  # column -> list whose keys it holds
    interval: tuple[str, ...] = ()  # columns with its first and its last day (last empty = open)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # column -> its few values


YES_NO = ("yes", "no")
UNCLASSIFIED = "unclassified"
FUNDER_TYPES = (
    "central_programme",
    "ministry",
    "provincial",
    "university",
    "academy",
    "laboratory",
    "hospital",
    "company",
    "military_programme",
    "scholarship",
    "talent",
    "supranational",
    "other",
    UNCLASSIFIED,
)

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
        known_in={"family": "keyword_families"},
        words={
            "language": ("en", "zh"),
            "form": ("word", "plural", "prefix", "case", "substring", "together"),
            "decision": ("include", "exclude"),
        },
    ),
    "keyword_samples": ReferenceList(
        (
            "family",
            "term",
            "work_id",
            "year",
            "title",
            "field",
            "matched_text",
            "population",
            "verdict",
            "reason",
        ),
        ("family", "term", "work_id"),
        known_in={"family": "keyword_families"},
        words={"field": ("title", "abstract", "keywords"), "verdict": ("right", "wrong")},
    ),
    "keyword_families": ReferenceList(
        ("family", "meaning", "sensitive", "reason"), ("family",), words={"sensitive": YES_NO}
    ),
    "defence_institutions": ReferenceList(
        (
            "entry_id",
            "name",
            "name_zh",
            "aliases",
            "former_names",
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
        known_in={"category": "defence_categories", "lists": "published_lists"},
    ),
    "defence_categories": ReferenceList(
        ("category", "kind", "meaning", "default", "hospitals", "reason"),
        ("category",),
        words={
            "kind": ("defence", "security", "listed"),
            "default": YES_NO,
            "hospitals": YES_NO,
        },
    ),
    "published_lists": ReferenceList(
        ("list", "title", "publisher", "date", "address", "default", "reason"),
        ("list",),
        words={"default": YES_NO},
    ),
    "listed_names": ReferenceList(
        ("entry_id", "name", "kind", "source"),
        ("entry_id", "name"),
        known_in={"entry_id": "defence_institutions"},
        words={"kind": ("alias", "former_name", "generic")},
    ),
    "parent_bodies": ReferenceList(
        ("parent", "name", "country", "source"), ("name",), ("country",)
    ),
    "romanisations": ReferenceList(("written", "modern", "source"), ("written",)),
    "demonyms": ReferenceList(("word", "country", "source"), ("word",), ("country",)),
    "unit_words": ReferenceList(
        ("word", "role", "source"),
        ("word", "role"),
        words={
            "role": (
                *("unit", "unit_first", "unit_end", "own_body", "discipline"),
                *("attached", "attached_noun", "attached_signs", "hospital"),
            )
        },
    ),
    "university_colleges": ReferenceList(
        ("university", "college", "kind", "source"),
        ("university", "college"),
        words={"kind": ("own", "department")},
    ),
    "guards": ReferenceList(("guard", "meaning"), ("guard",)),
    "list_intervals": ReferenceList(
        ("entry_id", "list", "listed_from", "listed_until", "name_as_listed", "citation", "source"),
        ("entry_id", "list", "listed_from"),
        known_in={"entry_id": "defence_institutions", "list": "published_lists"},
        interval=("listed_from", "listed_until"),
    ),
    "name_affixes": ReferenceList(
        ("category", "affix", "place"),
        ("category", "affix", "place"),
        known_in={"category": "defence_categories"},
        words={"place": ("before", "after")},
    ),
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
        words={"type": FUNDER_TYPES},
    ),
    "grant_patterns": ReferenceList(
        ("pattern", "entry_id", "example", "source"), ("pattern",), known_in={"entry_id": "funders"}
    ),
    "merged_funders": ReferenceList(("from_id", "to_id", "date", "source"), ("from_id",)),
    "shared_funder_names": ReferenceList(("name", "bodies", "source"), ("name",)),
    "no_funding_phrases": ReferenceList(
        ("phrase", "form", "source"), ("phrase",), words={"form": ("whole", "holds")}
    ),
    "funding_programmes": ReferenceList(
        ("programme_id", "programme", "funder", "country", "kind", "entry_id", "source"),
        ("programme_id", "entry_id"),
        ("country",),
        other_codes=("EU",),
        known_in={"entry_id": "funders"},
    ),
    "award_registries": ReferenceList(
        ("funder", "funder_id", "country", "state", "awards", "years", "taken_in", "source"),
        ("funder",),
        ("country",),
        ("funder_id",),
        words={"state": ("in", "blocked")},
    ),
    "funder_type_groups": ReferenceList(
        ("type", "group", "meaning"), ("type",), words={"type": FUNDER_TYPES}
    ),
    "venue_schemes": ReferenceList(
        ("scheme", "venue", "name", "source"), ("scheme", "venue", "name")
    ),
    "studies": ReferenceList(
        ("study", "title", "publisher", "year", "address", "query", "sides"), ("study",)
    ),
    "published_figures": ReferenceList(
        (
            "figure_id",
            "study",
            "section",
            "measure",
            "operator",
            "value",
            "unit",
            "period",
            "scope",
            "computation",
            "arguments",
            "why",
        ),
        ("figure_id",),
        known_in={"study": "studies"},
    ),
    "ncses_pairs": ReferenceList(
        ("country_a", "country_b", "articles"), ("country_a", "country_b")
    ),
    "ncses_centralities": ReferenceList(
        ("name", "degree", "strength", "betweenness", "degree_rank"), ("name",)
    ),
    "source_events": ReferenceList(
        ("date", "source", "event", "what_changes", "direction_and_size", "address"),
        ("date", "event"),
    ),
    "registry_funder_types": ReferenceList(
        ("registry_type", "funder_type", "reason"),
        ("registry_type",),
        words={"funder_type": FUNDER_TYPES},
    ),
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
    "clusters": ReferenceList(
        ("cluster", "country", "province", "source"),
        ("cluster", "country", "province"),
        ("country",),
    ),
    "legal_forms": ReferenceList(("form", "rule", "countries", "source"), ("form", "rule")),
    "public_research_bodies": ReferenceList(
        ("name", "body", "ror", "country", "owner", "source"), ("name",), ("country",)
    ),
    "corporate_labs": ReferenceList(
        ("name", "company", "ror", "country", "source"), ("name",), ("country",)
    ),
    "municipalities": ReferenceList(
        ("country", "province", "city", "source"), ("country", "province"), ("country",)
    ),
    "populations": ReferenceList(
        ("country", "province", "city", "population", "year", "source"),
        ("country", "province", "city"),
        ("country",),
    ),
    "postcode_patterns": ReferenceList(
        ("pattern", "country", "rule", "example", "source"),
        ("pattern",),
        ("country",),
        words={"rule": ("postcode", "troop_number")},
    ),
    "internet_endings": ReferenceList(("ending", "country", "source"), ("ending",), ("country",)),
    "organisation_aliases": ReferenceList(("alias", "ror", "source", "since"), ("alias",)),
    "name_heads": ReferenceList(("head", "short", "country", "source"), ("head",), ("country",)),
    "no_employer": ReferenceList(("phrase", "where", "rule"), ("phrase",)),
    "namesake_universities": ReferenceList(
        ("name", "country", "city", "shared_with"), ("name",), ("country", "shared_with")
    ),
    "absent_bodies": ReferenceList(("name", "country", "city", "source"), ("name",), ("country",)),
    "address_words": ReferenceList(("word", "role", "form"), ("word", "role")),
    "word_families": ReferenceList(("word", "form"), ("word",)),
    "inhabited_cells": ReferenceList(("latitude", "cells"), ("latitude",)),
    "research_cities": ReferenceList(
        ("name", "country", "bodies", "elsewhere"), ("name",), ("country",)
    ),
    "label_sets": ReferenceList(
        ("set", "publisher", "licence", "labels", "tuned", "pooled", "source"), ("set",)
    ),
    "name_word_shares": ReferenceList(("stem", "names_per_100000"), ("stem",)),
}
