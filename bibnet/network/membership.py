"""Who is on a work and with what part of it: full and fractional counting.

Full: a work counts once for every unit on it. Fractional (author-affiliation, as in the
CWTS Leiden Ranking Open Edition): 1 / (authors * affiliations of the author * units of the
affiliation); authors without affiliation and affiliations without a unit give their part
to `unknown`, so that the parts of a work sum to one.
"""

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from bibnet.schema.source import AFFILIATION_KEY
from bibnet.schema.units import UNKNOWN, WHOLE
from bibnet.storage.engine import Tables


@dataclass(frozen=True)
class _Counts:
    """Per work: authors, work-level affiliations; per authorship: affiliations."""

    work: ir.Table
    author: ir.Table


def membership(tables: Tables, unit: str) -> ir.Table:
    """Rows (work_key, author_seq, unit, weight) for the place column `unit`.

    `unit` is country or institution_id. Works without authors or affiliations are wholly
    `unknown` (author_seq 0).
    """
    placed = tables["place"]
    return membership_of(tables, placed.select(*AFFILIATION_KEY, unit=placed[unit]))


def membership_of(tables: Tables, units: ir.Table) -> ir.Table:
    """`membership` for any units of affiliations: rows (AFFILIATION_KEY, unit), null = none.

    A unit named twice for one affiliation counts once.
    """
    units = units.filter(units.unit.notnull()).distinct()
    parts = ibis.union(
        _affiliation_parts(tables, units), _homeless_authorships(tables), _empty_works(tables)
    )
    carried = parts.filter((parts.unit != UNKNOWN) | (parts.weight > 0))
    return carried.group_by(["work_key", "author_seq", "unit"]).aggregate(
        weight=carried.weight.sum().cast("int64")
    )


def _counts(tables: Tables) -> _Counts:
    affiliation = tables["affiliation"]
    whole = affiliation.filter(affiliation.author_seq == 0)
    own = affiliation.filter(affiliation.author_seq > 0)
    at_work = whole.group_by("work_key").aggregate(work_affiliations=whole.count())
    with_own = own.select("work_key").distinct().mutate(has_own=ibis.literal(True))
    work = _attach(tables["work"].select("work_key", "authors"), at_work, with_own)
    author = own.group_by(["work_key", "author_seq"]).aggregate(
        entries=(own.affiliation_seq > 0).sum()
    )
    return _Counts(
        work=work.mutate(
            work_affiliations=work.work_affiliations.fill_null(0),
            has_own=work.has_own.fill_null(False),
        ),
        author=author,
    )


def _attach(work: ir.Table, *others: ir.Table) -> ir.Table:
    for other in others:
        work = work.left_join(other, "work_key").drop("work_key_right")
    return work


def _affiliation_parts(tables: Tables, units: ir.Table) -> ir.Table:
    """One row per affiliation and unit; an affiliation without a unit is `unknown`."""
    counts = _counts(tables)
    entry = tables["affiliation"].select(*AFFILIATION_KEY)
    entry = entry.inner_join(counts.work, "work_key")
    entry = entry.left_join(counts.author, ["work_key", "author_seq"])
    entry = entry.drop("work_key_right", "author_seq_right")
    per_entry = units.group_by(AFFILIATION_KEY).aggregate(units=units.count())
    found = entry.left_join(units.inner_join(per_entry, AFFILIATION_KEY), AFFILIATION_KEY)
    return found.select(
        "work_key",
        "author_seq",
        unit=found.unit.fill_null(UNKNOWN),
        weight=_weight(found),
    )


def _weight(row: ir.Table) -> ir.IntegerValue:
    """The part of one unit of one affiliation, in units of 1/WHOLE.

    Work-level affiliations carry the work only where no author has one of their own. A
    row for the authorship as a whole (affiliation_seq 0) carries it only where it is the
    authorship's sole affiliation.
    """
    units = row.units.fill_null(1)
    of_author = row.authors * ibis.greatest(row.entries.fill_null(0), 1) * units
    of_work = row.work_affiliations * units
    is_work_level = row.author_seq == 0
    idle = ibis.ifelse(is_work_level, row.has_own, (row.affiliation_seq == 0) & (row.entries > 0))
    divisor = ibis.ifelse(is_work_level, of_work, of_author)
    part = part_of_work(divisor)
    return ibis.ifelse(idle, ibis.literal(0, "int64"), part)


def part_of_work(divisor: ir.IntegerValue) -> ir.IntegerValue:
    """WHOLE / divisor, rounded down; a divisor below one counts as one."""
    at_least_one = ibis.greatest(divisor, 1)
    return (ibis.literal(WHOLE, "int64") / at_least_one).floor().cast("int64")


def _homeless_authorships(tables: Tables) -> ir.Table:
    """Authorships without affiliation are `unknown`; of no weight where the work has its own."""
    counts = _counts(tables)
    authorship = tables["authorship"].select("work_key", "author_seq")
    alone = authorship.anti_join(tables["affiliation"], ["work_key", "author_seq"])
    row = alone.inner_join(counts.work, "work_key")
    part = part_of_work(row.authors)
    carried = (row.work_affiliations > 0) & ~row.has_own
    rows = row.select(
        "work_key",
        "author_seq",
        unit=ibis.literal(UNKNOWN),
        weight=ibis.ifelse(carried, ibis.literal(0, "int64"), part),
    )
    return rows.filter(rows.weight > 0)


def _empty_works(tables: Tables) -> ir.Table:
    work = tables["work"].select("work_key")
    empty = work.anti_join(tables["authorship"], "work_key").anti_join(
        tables["affiliation"], "work_key"
    )
    return empty.select(
        "work_key",
        author_seq=ibis.literal(0, "int64"),
        unit=ibis.literal(UNKNOWN),
        weight=ibis.literal(WHOLE, "int64"),
    )
