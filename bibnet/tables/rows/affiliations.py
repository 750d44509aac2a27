"""Authorships of a work with their affiliations, institutions and countries.

Rules (methods: fractional counting): the entries of `affiliations`; without
them one affiliation per institution; without either one per raw string. What
`institutions` names and no entry does is appended, so that nothing is lost.
"""

from collections.abc import Iterable, Sequence

from bibnet.tables.decode.objects import Affiliation, Authorship, Institution
from bibnet.tables.identifiers import COUNTRY_CODE, INSTITUTION_ID, NOTHING, ROR, openalex_id
from bibnet.tables.rows.rows import Rows

# Ids that OpenAlex gives to "no author" and to deleted authors: not a person.
PLACEHOLDER_AUTHORS = frozenset({"A9999999999", "A5317838346"})
# Characters; the longest real case has a tenth. A short line could else fill the memory.
MOST_REPEATED = 100_000

# id, ror, name, country, type: plain tuples, because this is the hottest place of the reader
InstitutionCells = tuple[str | None, str | None, str | None, str | None, str | None, str | None]
NO_CELLS = (None,) * 5  # of an institution of which only the id is known
AffiliationCells = tuple[str | None, Sequence[InstitutionCells]]  # string, institutions


def add_authorships(rows: Rows, authorships: Sequence[Authorship | None]) -> None:
    """Add the authorships of an OpenAlex work; an empty item is a person nothing is known of."""
    key = rows.key
    for place, authorship in enumerate(authorships):
        if authorship is None:
            rows.authorship.append((key, place + 1, None))
            continue
        rows.authorship.append((key, place + 1, _author_id(rows, authorship, place)))
        if authorship.countries:
            codes = _countries(rows, authorship.countries, place)
            rows.stated_country.extend([(key, place + 1, code) for code in codes])
        add_affiliations(rows, place + 1, affiliations_of(rows, authorship, place))


def add_affiliations(rows: Rows, author_seq: int, affiliations: Iterable[AffiliationCells]) -> None:
    """Add the affiliations of an authorship (or of the work as a whole: `author_seq` 0)."""
    key = rows.key
    for seq, (text, institutions) in enumerate(affiliations, 1):
        rows.affiliation.append((key, author_seq, seq, text or None))
        for place, cells in enumerate(institutions, 1):
            rows.asserted_institution.append((key, author_seq, seq, place, *cells))


def add_work_institutions(rows: Rows, institutions: Sequence[Institution | None]) -> None:
    """Add institutions that could not be tied to authors: an affiliation each, of the work."""
    affiliations = [
        (None, (institution_cells(rows, institution, f"work_institutions[{item}]"),))
        for item, institution in enumerate(institutions)
        if institution is not None
    ]
    if affiliations:
        add_affiliations(rows, 0, affiliations)


def _author_id(rows: Rows, authorship: Authorship, place: int) -> str | None:
    value = authorship.author.id if authorship.author else None
    if not value:
        return None
    author_id = openalex_id(value, "A")
    if author_id is None:
        rows.emptied(f"authorships[{place}].author.id", value)
    return None if author_id in PLACEHOLDER_AUTHORS else author_id


def _countries(rows: Rows, values: Sequence[str | None], place: int) -> list[str]:
    """Distinct country codes, sorted."""
    codes = set()
    for item, value in enumerate(values):
        code = COUNTRY_CODE[value]
        if code != value:
            _note_country(rows, f"authorships[{place}].countries[{item}]", value)
        if code:
            codes.add(code)
    return sorted(codes) if len(codes) > 1 else list(codes)


def _note_country(rows: Rows, field: str, value: str | None) -> None:
    if value:
        rows.note(field, "coerced" if COUNTRY_CODE[value] else "emptied", value)


def affiliations_of(rows: Rows, authorship: Authorship, place: int) -> list[AffiliationCells]:
    """Affiliations of the authorship at `place` of its work, by the rules above."""
    cells = [
        institution_cells(rows, institution, f"authorships[{place}].institutions[{item}]")
        for item, institution in enumerate(authorship.institutions or ())
        if institution is not None
    ]
    entries = [entry for entry in authorship.affiliations or () if entry is not None]
    strings = _raw_strings(authorship)
    if entries:
        _count_strings_outside(rows, entries, strings)
        return _from_entries(rows, entries, cells, place)
    if cells:
        text = _text_for_each(rows, strings, len(cells), place)
        return [(text, (cell,)) for cell in cells]
    return [(text, ()) for text in strings]


def _text_for_each(rows: Rows, strings: Sequence[str], times: int, place: int) -> str | None:
    """Give the strings joined, unless repeating them for each institution would be absurd."""
    text = "; ".join(strings)
    if times > 1 and len(text) * times > MOST_REPEATED:
        rows.emptied(f"authorships[{place}].raw_affiliation_strings", text)
        return None
    return text


def _raw_strings(authorship: Authorship) -> list[str]:
    strings = authorship.raw_affiliation_strings
    if strings is None:
        strings = [authorship.raw_affiliation_string]
    return [text for text in strings if text]


def _count_strings_outside(
    rows: Rows, entries: Sequence[Affiliation], strings: Sequence[str]
) -> None:
    texts = {entry.raw_affiliation_string for entry in entries}
    if not texts.issuperset(strings):
        rows.strings_outside_affiliations += sum(text not in texts for text in strings)


def institution_cells(rows: Rows, institution: Institution, field: str) -> InstitutionCells:
    """What the source says of an institution, bare; what is of another kind is noted."""
    code = institution.country_code
    cells = (
        INSTITUTION_ID[institution.id],
        ROR[institution.ror],
        institution.display_name or None,
        COUNTRY_CODE[code],
        _types(institution),
        _lineage(institution),
    )
    if None in cells[:-1] or code != cells[3]:
        _note_cells(rows, institution, field)
    return cells


def _note_cells(rows: Rows, institution: Institution, field: str) -> None:
    if INSTITUTION_ID[institution.id] is None:
        rows.emptied(f"{field}.id", institution.id)
    if ROR[institution.ror] is None:
        rows.emptied(f"{field}.ror", institution.ror)
    if COUNTRY_CODE[institution.country_code] != institution.country_code:
        _note_country(rows, f"{field}.country_code", institution.country_code)


def _types(institution: Institution) -> str | None:
    """Types in lower case joined by |."""
    if institution.type_list:
        return "|".join(kind.lower() for kind in institution.type_list if kind) or None
    return institution.type.lower() if institution.type else None


def _lineage(institution: Institution) -> str | None:
    """Ids of the institutions above this one, joined by |; the source lists itself among them."""
    own = INSTITUTION_ID[institution.id]
    above = [INSTITUTION_ID[one] for one in institution.lineage or ()]
    return "|".join(one for one in dict.fromkeys(above) if one and one != own) or None


def _from_entries(
    rows: Rows, entries: Sequence[Affiliation], known: Sequence[InstitutionCells], place: int
) -> list[AffiliationCells]:
    """Entries of `affiliations` with their institutions' details, then what they leave out."""
    by_id = {cells[0]: cells for cells in reversed(known)}
    named: set[str | None] = set()
    affiliations: list[AffiliationCells] = []
    for item, entry in enumerate(entries):
        ids = _entry_ids(rows, entry, f"authorships[{place}].affiliations[{item}].institution_ids")
        named.update(ids)
        cells = [by_id.get(i) or (i, *NO_CELLS) for i in dict.fromkeys(ids) if i]
        affiliations.append((entry.raw_affiliation_string, cells))
    if not named.issuperset(by_id):
        outside = [cells for cells in known if cells[0] not in named]
        rows.institutions_outside_affiliations += len(outside)
        affiliations += [(None, (cells,)) for cells in outside]
    return affiliations


def _entry_ids(rows: Rows, entry: Affiliation, field: str) -> list[str | None]:
    """Ids of an entry in their order; None stands for an institution without one."""
    values = entry.institution_ids or ()
    ids = [INSTITUTION_ID[value] for value in values]
    if None in ids:
        for item, value in enumerate(values):
            if ids[item] is None and value not in NOTHING:
                rows.emptied(f"{field}[{item}]", value)
    return ids
