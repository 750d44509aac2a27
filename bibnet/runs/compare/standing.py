"""Where a work stands in two runs: kept or left out, and hashes of what decides where it counts."""

from collections.abc import Collection

import ibis
import ibis.expr.types as ir

from bibnet.storage.engine import Tables
from bibnet.storage.fingerprint import fingerprints
from bibnet.tables import fingerprints as compared

WORK_COLUMNS = ("doi", "title", "year", "published", "authors", "citations")
# Hashes that a run keeps of works that it leaves out; of kept works they are made here.
OF_EXCLUDED = ("subject", "strings", "asserted")


def standing(old: Tables, new: Tables, rules: Collection[str]) -> ir.Table:
    """Rows of STANDING: works that one of the runs keeps, with what either run says of them.

    `rules` are the AI rules of the query: the fields they look at are compared.
    """
    either = old["work"].select("work_id").union(new["work"].select("work_id")).distinct()
    for name, tables, other in (("old", old, new), ("new", new, old)):
        work = _with_hashes(_described(tables), tables)
        work = _with_subject(work, tables, other, rules).drop("work_key")
        either = attach(either, _renamed(work, name), f"{name}_kept")
        either = _with_left_out(either, tables["excluded"], name)
    return either


def _described(tables: Tables) -> ir.Table:
    """Kept works with the id of their first author."""
    work = tables["work"].select("work_key", "work_id", *WORK_COLUMNS)
    authors = tables["authorship"]
    first = authors.filter(authors.author_seq == 1)
    first = first.group_by("work_key").aggregate(author=first.author_id.min())
    return work.left_join(first, "work_key").drop("work_key_right")


def _with_left_out(rows: ir.Table, excluded: ir.Table, run: str) -> ir.Table:
    # One row per work: duplicates are gone before the rules.
    out = excluded.group_by("work_id").aggregate(
        rule=excluded.rule.min(),
        **{f"{name}_left_out": excluded[name].min() for name in OF_EXCLUDED},
    )
    rows = attach(rows, _renamed(out, run), f"{run}_excluded")
    either = {
        f"{run}_{name}": rows[f"{run}_{name}"].coalesce(rows[f"{run}_{name}_left_out"])
        for name in OF_EXCLUDED
    }
    return rows.mutate(**either).drop(*(f"{run}_{name}_left_out" for name in OF_EXCLUDED))


def _renamed(rows: ir.Table, run: str) -> ir.Table:
    return rows.rename({f"{run}_{name}": name for name in rows.columns if name != "work_id"})


def _with_hashes(work: ir.Table, tables: Tables) -> ir.Table:
    for name, fields in (
        ("strings", compared.strings(tables)),
        ("asserted", compared.asserted(tables)),
        ("placed", compared.placed(tables)),
        ("funders", compared.funders(tables)),
    ):
        hashed = fingerprints(fields, work).rename(**{name: "fingerprint"})
        work = work.left_join(hashed, "work_key").drop("work_key_right")
    return work


def _with_subject(
    work: ir.Table, tables: Tables, other: Tables, rules: Collection[str]
) -> ir.Table:
    """Hash what the AI rules look at, of works that such a rule leaves out of the other run."""
    fields = compared.subject(tables, rules)
    if not fields:
        return work.mutate(subject=ibis.null("string"))
    out = other["excluded"]
    judged = work.semi_join(out.filter(out.rule.isin(compared.AI_RULES)), "work_id")
    hashed = fingerprints(fields, judged).rename(subject="fingerprint")
    return work.left_join(hashed, "work_key").drop("work_key_right")


def attach(rows: ir.Table, other: ir.Table, flag: str) -> ir.Table:
    """Join columns by work_id; `flag` says whether the other table has the work."""
    marked = other.mutate(**{flag: ibis.literal(True)})
    found = rows.left_join(marked, "work_id").drop("work_id_right")
    return found.mutate(**{flag: found[flag].fill_null(False)})
