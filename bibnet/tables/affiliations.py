"""Authorships of a work with their affiliations, institutions and countries.

Rules (methods: fractional counting): the entries of `affiliations`; without
them one affiliation per institution; without either one per raw string. What
`institutions` names and no entry does is appended, so that nothing is lost.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bibnet.tables.identifiers import country_code, openalex_id, ror_id
from bibnet.tables.objects import Affiliation, Authorship, Institution
from bibnet.tables.rows import Path, Rows

NO_INSTITUTION = (None, -1, "-1", "")  # -1 leaked from the source in January 2026
# Ids that OpenAlex gives to "no author" and to deleted authors: not a person.
PLACEHOLDER_AUTHORS = frozenset({"A9999999999", "A5317838346"})


class InstitutionCells(NamedTuple):
    """An institution as asserted_institution holds it."""

    institution_id: str | None
    ror: str | None = None
    institution: str | None = None
    country: str | None = None
    type: str | None = None


class AffiliationCells(NamedTuple):
    """One affiliation: its string and its institutions."""

    text: str | None
    institutions: Sequence[InstitutionCells] = ()


def add_authorships(rows: Rows, authorships: Sequence[Authorship | None]) -> None:
    """Add the authorships of an OpenAlex work; an empty item is a person nothing is known of."""
    for place, authorship in enumerate(authorships):
        seq = place + 1
        path: Path = ("authorships", place)
        if authorship is None:
            rows.authorship.append((rows.key, seq, None))
            continue
        rows.authorship.append((rows.key, seq, _author_id(rows, authorship, path)))
        if authorship.countries:
            codes = _countries(rows, authorship.countries, path)
            rows.stated_country.extend((rows.key, seq, code) for code in codes)
        add_affiliations(rows, seq, affiliations_of(rows, authorship, path))


def add_affiliations(rows: Rows, author_seq: int, affiliations: Iterable[AffiliationCells]) -> None:
    """Add the affiliations of an authorship (or of the work as a whole: `author_seq` 0)."""
    for seq, (text, institutions) in enumerate(affiliations, 1):
        rows.affiliation.append((rows.key, author_seq, seq, text or None))
        for place, cells in enumerate(institutions, 1):
            rows.asserted_institution.append((rows.key, author_seq, seq, place, *cells))


def _author_id(rows: Rows, authorship: Authorship, path: Path) -> str | None:
    value = authorship.author and authorship.author.id
    author_id = rows.read(_read_author, value, (*path, "author", "id"))
    return None if author_id in PLACEHOLDER_AUTHORS else author_id


def _read_author(value: str) -> str | None:
    return openalex_id(value, "A")


def _read_institution(value: object) -> str | None:
    return openalex_id(value, "I")


def _countries(rows: Rows, values: Sequence[str | None], path: Path) -> list[str]:
    """Distinct country codes, sorted."""
    codes = {
        _country(rows, value, (*path, "countries", place)) for place, value in enumerate(values)
    }
    return sorted(code for code in codes if code)


def _country(rows: Rows, value: str | None, path: Path) -> str | None:
    code: str | None = rows.read(country_code, value, path)
    if code and code != value:
        rows.note(path, "coerced", value)
    return code


def affiliations_of(rows: Rows, authorship: Authorship, path: Path) -> list[AffiliationCells]:
    """Affiliations of an authorship by the rules above."""
    entries = [entry for entry in authorship.affiliations or () if entry is not None]
    institutions = authorship.institutions or ()
    known = [
        (institution.id, _cells(rows, institution, (*path, "institutions", place)))
        for place, institution in enumerate(institutions)
        if institution is not None
    ]
    cells = [cell for _, cell in known]
    strings = _raw_strings(authorship)
    if entries:
        return _from_entries(rows, entries, cells, strings, path)
    if cells:
        text = "; ".join(strings)
        return [AffiliationCells(text, (cell,)) for cell in cells]
    return [AffiliationCells(text) for text in strings]


def _raw_strings(authorship: Authorship) -> list[str]:
    strings = authorship.raw_affiliation_strings
    if strings is None:
        strings = [authorship.raw_affiliation_string]
    return [text for text in strings if text]


def _cells(rows: Rows, institution: Institution, path: Path) -> InstitutionCells:
    value = None if institution.id in NO_INSTITUTION else institution.id
    return InstitutionCells(
        rows.read(_read_institution, value, (*path, "id")),
        rows.read(ror_id, institution.ror, (*path, "ror")),
        institution.display_name or None,
        _country(rows, institution.country_code, (*path, "country_code")),
        _types(institution),
    )


def _types(institution: Institution) -> str | None:
    """Types in lower case joined by |."""
    types = institution.type_list or (institution.type,)
    return "|".join(kind.lower() for kind in types if kind) or None


def _from_entries(
    rows: Rows,
    entries: Sequence[Affiliation],
    known: Sequence[InstitutionCells],
    strings: Sequence[str],
    path: Path,
) -> list[AffiliationCells]:
    """Entries of `affiliations` with the details of their institutions, then what they leave out."""
    by_id = {cells.institution_id: cells for cells in reversed(known) if cells.institution_id}
    named: set[str | None] = set()
    affiliations = []
    for place, entry in enumerate(entries):
        ids = _entry_ids(rows, entry, (*path, "affiliations", place, "institution_ids"))
        named.update(ids)
        cells = [by_id.get(i) or InstitutionCells(i) for i in dict.fromkeys(ids) if i]
        affiliations.append(AffiliationCells(entry.raw_affiliation_string, cells))
    outside = [cells for cells in known if cells.institution_id not in named]
    rows.institutions_outside_affiliations += len(outside)
    texts = {entry.raw_affiliation_string for entry in entries}
    rows.strings_outside_affiliations += sum(text not in texts for text in strings)
    return affiliations + [AffiliationCells(None, (cells,)) for cells in outside]


def _entry_ids(rows: Rows, entry: Affiliation, path: Path) -> list[str | None]:
    """Ids of an entry in their order; None stands for an institution without one."""
    return [
        None if value in NO_INSTITUTION else rows.read(_read_institution, value, (*path, place))
        for place, value in enumerate(entry.institution_ids or ())
    ]
