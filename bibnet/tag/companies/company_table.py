"""From affiliations to companies: each distinct string is read once, then joined back."""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from bibnet.reference import load
from bibnet.reference.public_bodies import public_rors
from bibnet.schema.source import AFFILIATION_KEY
from bibnet.schema.tags import COMPANY
from bibnet.storage.cache import cached
from bibnet.storage.frames import frame_digest
from bibnet.storage.package import package_digest
from bibnet.storage.texts import joined, parts
from bibnet.tag.companies.company import named_companies
from bibnet.tag.companies.company_lists import CORPORATE_LAB, Company, CompanyLists
from bibnet.tag.name import folded, without_country
from bibnet.tag.place_names import PlaceNames

COMPANY_TYPE = "company"
SEPARATOR = "|"
FOUND = ("institution_id", "institution", "country", "recognised_by", "matched_text")
# Fewer distinct strings are read within a tenth of a second.
FEWEST_KEPT = 1_000
# The least recently used go first.
MOST_KEPT = 8
# What one distinct string needs to be read: its places decide what is already answered.
INPUT = ("text", "countries", "institutions", "rors", "has_company")


def packaged_lists() -> CompanyLists:
    """The reference lists of the package."""
    names = ("legal_forms", "corporate_labs", "public_research_bodies")
    return CompanyLists(*(load.rows(name) for name in names))


def described(tables: Mapping[str, ir.Table]) -> ir.Table:
    """Every affiliation with a string, and what its places already say (AFFILIATION_KEY, INPUT).

    `institutions` and `rors` are joined by |; `has_company` is 1 where a place is a company.
    """
    affiliation = tables["affiliation"].select(*AFFILIATION_KEY, "text", "countries")
    place = tables["place"]
    kinds = parts(place.type.fill_null(""), SEPARATOR)
    is_company = kinds.contains(COMPANY_TYPE) & ~place.ror.isin(public_rors()).fill_null(False)
    place = place.mutate(is_company=is_company.cast("int64"))
    placed = place.group_by(AFFILIATION_KEY).aggregate(
        institutions=_joined(place.institution),
        rors=_joined(place.ror),
        has_company=place.is_company.max(),
    )
    rows = affiliation.filter(affiliation.text.notnull())
    rows = rows.left_join(placed, AFFILIATION_KEY)
    text = {name: rows[name].fill_null("") for name in INPUT if name != "has_company"}
    # Without a view ibis takes the filled columns for those of the tables that were joined.
    return rows.select(*AFFILIATION_KEY, **text, has_company=rows.has_company.fill_null(0)).view()


def _joined(column: ir.StringColumn) -> ir.StringScalar:
    return joined(column, SEPARATOR)


def strings(tables: Mapping[str, ir.Table]) -> ir.Table:
    """Distinct rows of INPUT with the number of their affiliations, sorted."""
    rows = described(tables)
    counted = rows.group_by(list(INPUT)).aggregate(affiliations=rows.count())
    return counted.order_by(list(INPUT))


def companies(tables: Mapping[str, ir.Table], string: pd.DataFrame, places: PlaceNames) -> ir.Table:
    """Rows of COMPANY. `string` is the result of `strings`, empty to find none.

    A lab counts as its company unless an institution of the affiliation is it. A name with a
    legal form counts where no institution of the affiliation is a company and none has a
    name inside it (or it inside theirs): what the registry knows as no company is none.
    """
    given = string.to_dict("records")
    found = [(given[at], company) for at, company in _kept_unanswered(string, places)]
    rows = _input_with(found, _spellings(found))
    matched = described(tables).inner_join(_memtable(rows), list(INPUT))
    named = {name: matched[f"found_{name}"].nullif("") for name in FOUND}
    each = matched.select(*AFFILIATION_KEY, **named, ror=matched.found_ror.nullif("")).view()
    return _identified(each, tables["institution"]).select(*COMPANY.column_names)


def _kept_unanswered(string: pd.DataFrame, places: PlaceNames) -> list[tuple[int, Company]]:
    """Number of the row and company, for every company that is found.

    Of many strings they are kept between runs, by the hash of the rows and the state of bibnet.
    """

    def read() -> list[tuple[int, Company]]:
        lists, known = packaged_lists(), {*places.cities, *places.countries}
        rows = enumerate(string.to_dict("records"))
        return [(at, company) for at, row in rows for company in _unanswered(row, lists, known)]

    if len(string) < FEWEST_KEPT:
        return read()
    key = frame_digest(string, INPUT, package_digest())
    return cached("companies", key, list[tuple[int, Company]], read, most=MOST_KEPT)


def _unanswered(
    row: Mapping[Hashable, Any], lists: CompanyLists, places: Collection[str]
) -> list[Company]:
    """Companies that the string names and its places do not hold."""
    rors = str(row["rors"]).split(SEPARATOR)
    held = [folded(without_country(name)) for name in str(row["institutions"]).split(SEPARATOR)]
    found = named_companies(str(row["text"]), lists, places)
    found = [one for one in found if not one.ror or one.ror not in rors]
    labs = [one for one in found if one.rule == CORPORATE_LAB]
    if row["has_company"]:
        return [one for one in labs if one.ror]
    formed = [one for one in found if one.rule != CORPORATE_LAB]
    return [*labs, *(one for one in formed if not _is_held(folded(one.name), held))]


def _is_held(name: str, held: Sequence[str]) -> bool:
    padded = f" {name} "
    return any(f" {one} " in padded or padded in f" {one} " for one in held if one)


def _spellings(found: Sequence[tuple[Mapping[Hashable, Any], Company]]) -> dict[str, str]:
    """Key of a name -> its spelling in most affiliations (equal: the smallest text)."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for row, company in found:
        counted[company.key][company.name] += int(row["affiliations"])
    return {
        key: min(names, key=lambda name: (-names[name], name)) for key, names in counted.items()
    }


def _input_with(
    found: Sequence[tuple[Mapping[Hashable, Any], Company]], spelling: Mapping[str, str]
) -> pd.DataFrame:
    columns = [*INPUT, *(f"found_{name}" for name in (*FOUND, "ror"))]
    rows = [
        (
            *(row[name] for name in INPUT),
            "",
            company.name if company.country else spelling[company.key],
            company.country or _only(str(row["countries"])),
            company.rule,
            company.matched_text,
            company.ror,
        )
        for row, company in found
    ]
    return pd.DataFrame(rows, columns=columns)


def _only(countries: str) -> str:
    return "" if SEPARATOR in countries else countries


def _memtable(frame: pd.DataFrame) -> ir.Table:
    kinds = {name: pa.int64() if name == "has_company" else pa.string() for name in frame.columns}
    rows = pa.Table.from_pylist(frame.to_dict("records"), schema=pa.schema(list(kinds.items())))
    return ibis.memtable(rows)


def _identified(rows: ir.Table, institution: ir.Table) -> ir.Table:
    """Give the companies of the corpus their own id, name and country; one row each."""
    own = institution.filter(institution.ror.notnull())
    own = own.group_by("ror").aggregate(
        own_id=own.institution_id.min(),
        own_name=own.institution.argmin(own.institution_id),
        own_country=own.country.argmin(own.institution_id),
    )
    joined = rows.left_join(own, "ror")
    named = joined.mutate(
        institution_id=ibis.coalesce(joined.own_id, joined.ror),
        institution=ibis.coalesce(joined.own_name, joined.institution),
        country=ibis.coalesce(joined.own_country, joined.country),
    )
    keys = ["work_key", "author_seq", "affiliation_seq", "institution_id", "institution"]
    best = ibis.window(group_by=keys, order_by=[named.recognised_by, named.matched_text])
    first = named.mutate(rank=ibis.row_number().over(best))
    return first.filter(first["rank"] == 0)
