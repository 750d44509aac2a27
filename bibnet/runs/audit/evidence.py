"""What works of a run rest on: strings with level and rule, funders, list flags, citations."""

import ibis.expr.types as ir
import pandas as pd

from bibnet.metrics.counts.listed import standing_flags
from bibnet.runs.open import WORK_COLUMNS, Run
from bibnet.schema.source import AFFILIATION_KEY

AFFILIATION_SHOWN = ("text", "level", "rule", "matched_text", "countries")
FUNDER_SHOWN = ("funder_id", "funder", "funder_country", "funder_type", "rule", "matched_text")
FLAG_SHOWN = ("institution_id", "institution", "entry_id", "category", "kind", "lists", "rule")


def work_rows(run: Run, keys: ir.Table) -> pd.DataFrame:
    """One row per work of `keys`: work_key, WORK_COLUMNS, citations, joint; by year and id."""
    work = run.tables["work"].select("work_key", *WORK_COLUMNS, "citations")
    scope = run.tables["work_scope"].select("work_key", "joint")
    rows = work.semi_join(keys, "work_key").inner_join(scope, "work_key")
    return run.engine.frame(rows.order_by(["year", "work_id"]))


def affiliation_rows(run: Run, place: ir.Table) -> pd.DataFrame:
    """One row per row of `place`: the string, what was read in it, by which level and rule.

    An author is a number in the work's list, never a name.
    """
    affiliation = run.tables["affiliation"].select(*AFFILIATION_KEY, *AFFILIATION_SHOWN)
    shown = place.select(
        *AFFILIATION_KEY, "institution_id", "institution", "country", "city", place_level="level"
    )
    rows = shown.inner_join(affiliation, AFFILIATION_KEY)
    return run.engine.frame(rows.order_by([*AFFILIATION_KEY, "institution_id", "country"]))


def by_string(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `affiliation_rows` with equal ones of a work in one: authors joined by |."""
    same = [name for name in rows.columns if name not in ("author_seq", "affiliation_seq")]
    grouped = rows.groupby(same, dropna=False, sort=False)["author_seq"]
    joined = grouped.agg(lambda authors: "|".join(map(str, sorted(set(authors)))))
    return joined.rename("authors").reset_index()


def funder_rows(run: Run, keys: ir.Table) -> pd.DataFrame:
    """One row per work and funder, with the text or award number that names it."""
    rows = run.tables["funding"].select("work_key", *FUNDER_SHOWN, "awards")
    rows = rows.semi_join(keys, "work_key")
    return run.engine.frame(rows.order_by(["work_key", "funder_id", "funder"]))


def flag_rows(run: Run, keys: ir.Table) -> pd.DataFrame:
    """One row per work, institution and entry of a list, with what matched."""
    flags = standing_flags(run.tables).select("work_key", *FLAG_SHOWN, "matched_text")
    rows = flags.semi_join(keys, "work_key").distinct()
    return run.engine.frame(rows.order_by(["work_key", "institution_id", "entry_id", "rule"]))


def named_works(rows: pd.DataFrame, works: pd.DataFrame) -> pd.DataFrame:
    """The rows with work_id and doi in place of the key, which means nothing outside a run."""
    about = works[["work_key", "work_id", "doi"]]
    found = about.merge(rows, on="work_key", how="inner")
    return found.drop(columns="work_key")
