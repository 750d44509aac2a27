"""One decoded line to rows of all source tables."""

import math
from collections.abc import Sequence
from datetime import datetime

from msgspec import UNSET

from bibnet.tables.decode.decode import Decoded
from bibnet.tables.decode.identify import Identity
from bibnet.tables.decode.objects import RecordAuthor, WorkObject, listed
from bibnet.tables.identifiers import bare_doi, instant
from bibnet.tables.rows.affiliations import (
    add_affiliations,
    add_authorships,
    add_work_institutions,
)
from bibnet.tables.rows.funding import add_funding
from bibnet.tables.rows.rows import Rows
from bibnet.tables.rows.subjects import add_subjects
from bibnet.tables.rows.title_key import title_key

CUT_AT = 100  # authorships; the API's lists end there without a word


def add_work(rows: Rows, key: int, decoded: Decoded, partition: datetime | None) -> datetime | None:
    """Add a work to every table and return when the source last changed it.

    `partition` is the date of the snapshot folder, which stands in for a missing one.
    """
    identity, work, issues = decoded
    rows.begin(key, issues)
    updated = _updated(rows, work) or partition
    authors = _authors(work)
    _add_row(rows, identity, work, (updated, len(authors)))
    if identity.form == "openalex":
        add_authorships(rows, listed(work.authorships))
    else:
        _add_record_authors(rows, listed(work.authors))
    add_affiliations(rows, 0, [(text, ()) for text in work.affiliations or () if text])
    add_work_institutions(rows, work.work_institutions or ())
    add_subjects(rows, work)
    add_funding(rows, work)
    add_citing_years(rows, work)
    rows.end()
    return updated


def _authors(work: WorkObject) -> Sequence[object]:
    return listed(work.authors) if work.authorships is UNSET else listed(work.authorships)


def _add_row(
    rows: Rows, identity: Identity, work: WorkObject, known: tuple[datetime | None, int]
) -> None:
    updated, authors = known
    percentile = work.citation_normalized_percentile
    cut = identity.form == "openalex" and authors == CUT_AT
    published = _published(rows, work)
    rows.work.append(
        (
            rows.key,
            identity.work_id,
            identity.form,
            rows.read(bare_doi, work.doi, "doi"),
            work.title or work.display_name or None,
            _year(rows, work, published),
            work.type or None,
            work.language or None,
            venue(work),
            work.is_retracted,
            work.is_paratext,
            work.is_xpac,
            work.cited_by_count if work.cited_by_count is not None else work.citations,
            _finite(work.fwci),
            _finite(percentile.value) if percentile else None,
            updated,
            authors,
            cut or bool(work.is_authors_truncated),
            work.topics is not UNSET or work.primary_topic is not UNSET,
            work.concepts is not UNSET,
            "|".join(label for label in work.country_labels or () if label) or None,
            published,
            title_key(work.title or work.display_name, first_author(work)),
        )
    )


def first_author(work: WorkObject) -> str | None:
    """Name of the first author, as the source or else the work has it."""
    if work.authorships is UNSET:
        record = next(iter(listed(work.authors)), None)
        return record.name if record else None
    first = next(iter(listed(work.authorships)), None)
    if first is None:
        return None
    return (first.author and first.author.display_name) or first.raw_author_name


def _updated(rows: Rows, work: WorkObject) -> datetime | None:
    for name, value in (("updated_date", work.updated_date), ("updated", work.updated)):
        moment: datetime | None = rows.read(instant, value, name)
        if moment:
            return moment
    return None


def _published(rows: Rows, work: WorkObject) -> datetime | None:
    date = work.publication_date
    moment: datetime | None = rows.read(instant, date, "publication_date") if date else None
    return moment


def _year(rows: Rows, work: WorkObject, published: datetime | None) -> int | None:
    year = work.publication_year if work.publication_year is not None else work.year
    if year == 0:  # there is none; catalogues write it for "unknown"
        rows.note("publication_year", "emptied", year)
        year = None
    return published.year if year is None and published else year


def venue(work: WorkObject) -> str | None:
    """Name of the journal, conference or repository."""
    source = work.primary_location and work.primary_location.source
    named = (source, work.host_venue)
    names = (venue.display_name for venue in named if venue and venue.display_name)
    return next(names, None) or work.venue or None


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _add_record_authors(rows: Rows, authors: Sequence[RecordAuthor | None]) -> None:
    """Add the authors of a record, each string an affiliation; one without a name is an author."""
    for seq, author in enumerate(authors, 1):
        rows.authorship.append((rows.key, seq, None))
        strings = (author and author.affiliations) or ()
        add_affiliations(rows, seq, [(text, ()) for text in strings if text])


def add_citing_years(rows: Rows, work: WorkObject) -> None:
    """Add the citations of each year; a year named twice counts once, with the larger number."""
    found: dict[int, int] = {}
    for entry in work.counts_by_year or ():
        if entry is not None and entry.year is not None and entry.cited_by_count is not None:
            found[entry.year] = max(entry.cited_by_count, found.get(entry.year, 0))
    rows.citing_year.extend((rows.key, year, found[year]) for year in sorted(found))
