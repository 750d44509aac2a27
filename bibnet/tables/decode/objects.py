"""The fields bibnet uses of an OpenAlex work object and of a bibnet record, all optional.

One struct holds both forms and every schema generation, so that one decoder
reads them all. Unions stand only where generations really differ (scores as
text, topic hierarchy ids as numbers). `UNSET` tells a missing key from null.
"""

from collections.abc import Sequence
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import UNSET, Meta, UnsetType

Whole = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]  # what a 64-bit column can hold
Item = TypeVar("Item")
Score = float | str | None  # text in some snapshots of 2022 and 2023


class Institution(msgspec.Struct, gc=False, frozen=True):
    """An institution of an authorship."""

    id: str | int | None = None
    display_name: str | None = None
    ror: str | None = None
    country_code: str | None = None
    type: str | None = None
    type_list: tuple[str | None, ...] | None = None
    lineage: tuple[str | None, ...] | None = None


class Affiliation(msgspec.Struct, gc=False):
    """An entry of an authorship's `affiliations`: one raw string and its institutions."""

    raw_affiliation_string: str | None = None
    institution_ids: list[str | int | None] | None = None


class Author(msgspec.Struct, gc=False):
    """The author of an authorship: the id; the name only to recognise one paper twice."""

    id: str | None = None
    display_name: str | None = None


class Authorship(msgspec.Struct, gc=False):
    """One person on one work, as OpenAlex gives it."""

    author: Author | None = None
    institutions: list[Institution | None] | None = None
    countries: list[str | None] | None = None
    affiliations: list[Affiliation | None] | None = None
    raw_affiliation_strings: list[str | None] | None = None
    raw_affiliation_string: str | None = None
    raw_author_name: str | None = None


class RecordAuthor(msgspec.Struct, gc=False):
    """One person on one work, as a bibnet record gives it."""

    name: str | None = None
    affiliations: list[str | None] | None = None


class Level(msgspec.Struct, gc=False, frozen=True):
    """A level of the topic hierarchy: subfield or field."""

    id: str | int | None = None
    display_name: str | None = None


class Topic(msgspec.Struct, gc=False):
    """A topic of a work with its place in the hierarchy."""

    id: str | None = None
    display_name: str | None = None
    score: Score = None
    subfield: Level | None = None
    field: Level | None = None


class Concept(msgspec.Struct, gc=False):
    """A concept of a work (OpenAlex's older classification)."""

    id: str | None = None
    display_name: str | None = None
    score: Score = None


class Keyword(msgspec.Struct, gc=False):
    """A keyword of a work; `keyword` is the older name of `display_name`."""

    display_name: str | None = None
    keyword: str | None = None


class Funder(msgspec.Struct, gc=False):
    """A funder of a work."""

    id: str | None = None
    display_name: str | None = None
    ror: str | None = None


class Award(msgspec.Struct, gc=False):
    """An award of a work: an item of `awards` or of the older `grants`."""

    funder_id: str | None = None
    funder: Funder | str | None = None
    funder_display_name: str | None = None
    funder_award_id: str | None = None
    award_id: str | None = None


class Source(msgspec.Struct, gc=False):
    """The journal, conference or repository of a location."""

    display_name: str | None = None


class Location(msgspec.Struct, gc=False):
    """Where a work is published."""

    source: Source | None = None


class Percentile(msgspec.Struct, gc=False):
    """Citation percentile of a work, normalised by field, year and type."""

    value: float | None = None


class CitingYear(msgspec.Struct, gc=False):
    """How often a work was cited in one year."""

    year: Whole | None = None
    cited_by_count: Whole | None = None


class WorkObject(msgspec.Struct, gc=False):
    """A line that holds a work: an OpenAlex work object or a bibnet record."""

    id: Any = None
    doi: str | None = None
    title: str | None = None
    display_name: str | None = None
    publication_year: Whole | None = None
    publication_date: str | None = None
    type: str | None = None
    language: str | None = None
    is_retracted: bool | None = None
    is_paratext: bool | None = None
    is_xpac: bool | None = None
    is_authors_truncated: bool | None = None
    authorships: list[Authorship | None] | UnsetType | None = UNSET
    cited_by_count: Whole | None = None
    counts_by_year: list[CitingYear | None] | None = None
    fwci: float | None = None
    citation_normalized_percentile: Percentile | None = None
    primary_location: Location | None = None
    host_venue: Source | None = None
    primary_topic: Topic | UnsetType | None = UNSET
    topics: list[Topic | None] | UnsetType | None = UNSET
    concepts: list[Concept | None] | UnsetType | None = UNSET
    keywords: list[Keyword | str | None] | None = None
    funders: list[Funder | str | None] | None = None
    awards: list[Award | None] | None = None
    grants: list[Award | None] | None = None
    abstract_inverted_index: dict[str, Any] | str | None = None
    updated_date: str | None = None
    updated: str | None = None
    # a bibnet record only
    authors: list[RecordAuthor | None] | UnsetType | None = UNSET
    year: Whole | None = None
    venue: str | None = None
    abstract: str | None = None
    citations: Whole | None = None
    affiliations: list[str | None] | None = None
    country_labels: list[str | None] | None = None
    # of a format in which institutions could not be tied to authors
    work_institutions: list[Institution | None] | None = None


def listed(items: Sequence[Item] | UnsetType | None) -> Sequence[Item]:
    """Items of a list that may be null or missing."""
    return () if items is None or isinstance(items, UnsetType) else items
