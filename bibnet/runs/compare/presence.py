"""Where a work stands in two runs, and why it is in one corpus and not in the other."""

from datetime import datetime

import ibis
import ibis.expr.types as ir

from bibnet.storage.engine import Tables

KEPT, EXCLUDED, ABSENT = "kept", "excluded", "absent"


def presence(works: ir.Table, source: datetime | None) -> ir.Table:
    """One row per work that either run keeps, with the part it is in if only one does.

    Columns: work_id, doi, title, rule, came (part of a work that only the new corpus has, else
    empty), went (part of one that only the old corpus has). `source` is the date of the old
    run's source, None where it is not known.
    """
    rows = _attach(works, _replaced(works), "replaced")
    rows = _attach(rows, _replacing(rows), "replacing")
    return rows.select(
        "work_id",
        doi=ibis.coalesce(rows.new_doi, rows.old_doi),
        title=ibis.coalesce(rows.new_title, rows.old_title),
        rule=ibis.coalesce(rows.new_rule, rows.old_rule),
        came=_came(rows, source),
        went=_went(rows),
    )


def standing(old: Tables, new: Tables) -> ir.Table:
    """Rows of STANDING: works that one of the runs keeps, with what either run says of them."""
    either = old["work"].select("work_id").union(new["work"].select("work_id")).distinct()
    for name, tables in (("old", old), ("new", new)):
        either = _of_run(either, tables, name)
    return either


def _of_run(rows: ir.Table, tables: Tables, run: str) -> ir.Table:
    work = tables["work"].select("work_id", "doi", "title", "year", "published")
    work = work.rename({f"{run}_{name}": name for name in work.columns if name != "work_id"})
    rows = _attach(rows, work, f"{run}_kept")
    excluded = tables["excluded"]
    # One row per work: duplicates are gone before the rules.
    rule = excluded.group_by("work_id").aggregate(**{f"{run}_rule": excluded.rule.min()})
    return _attach(rows, rule, f"{run}_excluded")


def _attach(rows: ir.Table, other: ir.Table, flag: str) -> ir.Table:
    marked = other.mutate(**{flag: ibis.literal(True)})
    found = rows.left_join(marked, "work_id").drop("work_id_right")
    return found.mutate(**{flag: found[flag].fill_null(False)})


def _gone(rows: ir.Table) -> ir.Table:
    return rows.filter(rows.old_kept & ~rows.new_kept & ~rows.new_excluded)


def _appeared(rows: ir.Table) -> ir.Table:
    return rows.filter(rows.new_kept & ~rows.old_kept & ~rows.old_excluded)


def _replaced(rows: ir.Table) -> ir.Table:
    """Old works whose id is gone while a kept work of the new run has their DOI."""
    there = rows.filter(rows.new_kept & rows.new_doi.notnull()).select(old_doi="new_doi")
    return _gone(rows).semi_join(there, "old_doi").select("work_id")


def _replacing(rows: ir.Table) -> ir.Table:
    """New works whose id came up while an old one with their DOI is gone."""
    gone = _gone(rows)
    there = gone.filter(gone.old_doi.notnull()).select(new_doi="old_doi")
    return _appeared(rows).semi_join(there, "new_doi").select("work_id")


def _went(rows: ir.Table) -> ir.StringValue:
    return ibis.cases(
        (~rows.old_kept | rows.new_kept, ibis.null("string")),
        (rows.new_excluded, "left_out_now"),
        (rows.replaced, "merged"),
        else_="removed",
    )


def _came(rows: ir.Table, source: datetime | None) -> ir.StringValue:
    return ibis.cases(
        (~rows.new_kept | rows.old_kept, ibis.null("string")),
        (rows.old_excluded, "kept_now"),
        (rows.replacing, "merged"),
        else_=_first_time(rows, source),
    )


def _first_time(rows: ir.Table, source: datetime | None) -> ir.StringValue:
    """New or added late, by the year, and within the source's year by the day.

    1 January is no day: it stands where the source knows the year only.
    """
    if source is None:
        return ibis.literal("first_seen")
    day = rows.new_published.date()
    is_day = day.notnull() & ~((day.month() == 1) & (day.day() == 1))
    dated = is_day & (day.year() == source.year)
    return ibis.cases(
        (rows.new_year > source.year, "new"),
        (rows.new_year < source.year, "added_late"),
        (dated & (day > ibis.date(source.date().isoformat())), "new"),
        (dated, "added_late"),
        else_="first_seen",
    )
