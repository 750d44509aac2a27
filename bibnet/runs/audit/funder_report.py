"""`bibnet funders`: who paid, what is undisclosed, which programmes are military, who pays whom."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

from bibnet.metrics.counts import funded_ties, funding, programmes
from bibnet.metrics.counts.listed import standing_flags
from bibnet.network.incidence import ratio, total
from bibnet.reference import load
from bibnet.reference.country_code import country_code
from bibnet.reference.declared import UNCLASSIFIED
from bibnet.runs.audit.document import Document, Section
from bibnet.runs.narrowed import NarrowedTables, works_of_country
from bibnet.runs.open import Run
from bibnet.runs.open import load as load_run
from bibnet.storage.engine import Tables

# Most works first, then by name, so that the same run gives the same bytes.
ORDER = ("works", "joint_works")
SIGNIFICANCE = (
    "Shares are of the works that disclose a funder. share_low and share_high are of all works: "
    "as if no undisclosed work had such a funder, and as if every one had."
)
ONE_SIDE = "a joint work is paid by one side only where every funder of known country is of it"
MATCHED = "matched_text is the award number, the string or the name that names the programme."
COUNTS = ("works", "joint_works")
BOUNDED = (*COUNTS, "share_of_disclosed", "share_low", "share_high")
KINDS = ("funder_country", "funder_type")
WHO = ("funder_id", "funder", *KINDS)
LISTED = ("institution", "entry_id", "is_foreign")
Metric = Callable[[Tables], ir.Table]
Rows = Callable[..., pd.DataFrame]  # of a metric's table, the columns named


def funder_report(folder: Path, country: str | None = None) -> Document:
    """The funder audit of a finished run, or of its works with a country.

    Raises InputError if the folder is no run, UsageError for a country that no work has.
    """
    run = load_run(folder)
    tables = run.tables
    if country:
        tables = NarrowedTables(tables, works_of_country(run.engine, tables, country))
    about = f" with an institution in {country_code(country)}" if country else ""
    title = f"Funders of the works{about}, run {run.manifest['run']}"
    return Document(title, _facts(run, tables), _sections(run, tables))


def _facts(run: Run, tables: Tables) -> dict[str, Any]:
    scope = tables["work_scope"]
    counted = scope.aggregate(
        works=scope.count(),
        disclosed=scope.is_disclosed.cast("int64").sum().fill_null(0),
        joint=scope.joint.cast("int64").sum().fill_null(0),
        joint_disclosed=(scope.joint & scope.is_disclosed).cast("int64").sum().fill_null(0),
    )
    row = {str(name): int(value) for name, value in run.engine.frame(counted).iloc[0].items()}
    paid, held = funding.disclosed_works(tables), tables["funding"]
    unclassified = held.filter(held.funder_type == UNCLASSIFIED).select("work_key").distinct()
    return {
        **row,
        "disclosed_share": _share(row["disclosed"], row["works"]),
        "joint_disclosed_share": _share(row["joint_disclosed"], row["joint"]),
        "works_with_unclassified_funder": _number(run, unclassified),
        "unclassified_share": _share(_number(run, unclassified), _number(run, paid)),
        "works_with_foreign_funder_and_listed_partner": _number(run, _foreign_listed(tables)),
        "source_date": run.manifest["source"]["date"] or "unknown",
        "how_to_read": SIGNIFICANCE,
    }


def _foreign_listed(tables: Tables) -> ir.Table:
    """Works with a listed institution and a funder of another country than its entry's."""
    rows = funded_ties.listed_funders_incidence(tables).rows
    funder = tables["funding"].select("work_key", "funder_country").distinct()
    flags = standing_flags(tables).select("work_key", entry_country="country").distinct()
    both = rows.select("work_key").distinct().inner_join(funder, "work_key")
    both = both.inner_join(flags, "work_key")
    foreign = both.filter(both.funder_country != both.entry_country)
    return foreign.select("work_key").distinct()


def _number(run: Run, rows: ir.Table) -> int:
    return int(run.engine.frame(rows.aggregate(rows=rows.count()))["rows"][0])


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _sections(run: Run, tables: Tables) -> list[Section]:
    def rows(metric: Metric, *columns: str) -> pd.DataFrame:
        return _ordered(run.engine.frame(metric(tables).select(*columns)))

    programme, military = _programmes(rows)
    funders = rows(funding.funders, *WHO, *COUNTS, "classified_by")
    unclassified = funders[funders["funder_type"] == UNCLASSIFIED].reset_index(drop=True)
    return [
        Section("groups", "Governments, universities, companies", rows(groups, "group", *BOUNDED)),
        Section("funding", "By country and type", rows(bounded_funding, *KINDS, *BOUNDED)),
        Section("programmes", "Named programmes", programme),
        Section("military", "Military and defence programmes", military, MATCHED),
        Section("joint_funding", "Joint works by the paying side", _joint(run, tables), ONE_SIDE),
        Section(
            "funder_pairs",
            "Pairs of countries across the sides, by funder",
            rows(funded_ties.funder_pairs, "country_a", "country_b", *WHO, *COUNTS),
            "A row without a funder counts the works of the pair that name any.",
        ),
        Section(
            "listed_funders",
            "Listed institutions, by funder",
            rows(funded_ties.listed_funders, *WHO[1:], *LISTED, *COUNTS),
            "A list holds the institution; that says nothing of the work or of a person.",
        ),
        Section("funders", "Funders", funders),
        Section(
            "unclassified", "Funders that neither the list nor a record classifies", unclassified
        ),
    ]


def _programmes(rows: Rows) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Named programmes, and military ones apart."""
    columns = ("programme_id", "programme", "country", "kind", *COUNTS)
    found = rows(programmes.programmes, *columns, "works_by_award", "matched_text")
    military = found["kind"] == programmes.MILITARY
    return found[~military].reset_index(drop=True), found[military].reset_index(drop=True)


def _joint(run: Run, tables: Tables) -> pd.DataFrame:
    rows = funded_ties.joint_funding(tables).select(
        "paid_by", "joint_works", "share_of_joint", "share_of_disclosed"
    )
    frame = run.engine.frame(rows).sort_values(["joint_works", "paid_by"], ascending=[False, True])
    return frame.reset_index(drop=True)


def groups(tables: Tables) -> ir.Table:
    """Works by group of funder types (government, university ...), with shares and bounds."""
    kind = load.rows("funder_type_groups")
    known = ibis.memtable(
        {"funder_type": [row["type"] for row in kind], "group": [row["group"] for row in kind]}
    )
    paid = tables["funding"].select("work_key", "funder_type").inner_join(known, "funder_type")
    rows = paid.select("work_key", "group").distinct().inner_join(_joint_flag(tables), "work_key")
    counted = rows.group_by("group").aggregate(
        works=rows.count(), joint_works=rows.joint_works.sum().cast("int64")
    )
    return _with_bounds(counted, tables)


def bounded_funding(tables: Tables) -> ir.Table:
    """Works by country and type of the funder, with shares and bounds."""
    return _with_bounds(total(funding.funding_incidence(tables)), tables)


def _joint_flag(tables: Tables) -> ir.Table:
    scope = tables["work_scope"]
    return scope.select("work_key", joint_works=scope.joint.cast("int64"))


def _with_bounds(rows: ir.Table, tables: Tables) -> ir.Table:
    scope = tables["work_scope"]
    bases = scope.aggregate(
        disclosed=scope.is_disclosed.cast("int64").sum(), everything=scope.count()
    )
    rows = rows.cross_join(bases)
    return rows.mutate(
        share_of_disclosed=ratio(rows.works, rows.disclosed),
        share_low=ratio(rows.works, rows.everything),
        share_high=ratio(rows.works + rows.everything - rows.disclosed, rows.everything),
    )


def _ordered(frame: pd.DataFrame) -> pd.DataFrame:
    names = [name for name in frame.columns if name not in ORDER]
    ascending = [False] * len(ORDER) + [True] * len(names)
    return frame.sort_values([*ORDER, *names], ascending=ascending, ignore_index=True)
