"""Which works count: one row per work, then the rules of the query, each work under the first.

Works read -> duplicates, excluded, kept. Nothing vanishes: every row of `work` ends in
exactly one of the three.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir

from bibnet.query.model import FIRST_YEAR, LAST_YEAR
from bibnet.storage.engine import Tables

NOT_AI = "not_ai"
MAX_COUNTRIES = "max_countries"
DELETED = "deleted"
AI_NOT_JUDGEABLE = "ai_not_judgeable"
KEYS_PER_FILE = 2**32  # work_key = file_seq * 2**32 + line
SAME_PAPER_RULE = "same_paper"
IMPLAUSIBLE_YEAR = "implausible_year"
# Journals date issues ahead, by a year at most.
YEARS_AHEAD = 1
# A year with fewer works, and less than one work in a hundred, can be a slip of the pen: it does
# not tell how far files reach.
MORE_THAN_SLIPS = 30
WORKS_A_SLIP = 100


@dataclass(frozen=True)
class CorpusRules:
    """The rules of a query that decide whether a work is in the corpus.

    `exclude` holds any of retracted, paratext, xpac. `judge_ai` is False where the
    query takes all works; `plausible` are the first and last year that a work can be of. Empty or
    None means no such rule.
    """

    exclude: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    plausible: tuple[int, int] | None = None
    judge_ai: bool = False
    languages: tuple[str, ...] = ()
    max_authors: int | None = None


def last_plausible_year(source: date | None) -> int:
    """The last year that a work can be of: the year after the source's date.

    Where the source has no date, the last year that a query may name.
    """
    return source.year + YEARS_AHEAD if source else LAST_YEAR


def last_year(works: Mapping[int, int]) -> int | None:
    """The last year that files reach, from their works by year; None where none has a year.

    A year counts that has MORE_THAN_SLIPS works or one in WORKS_A_SLIP, so that the wrong year of
    one work does not make all other years final.
    """
    plausible = {year: works[year] for year in works if FIRST_YEAR <= year <= LAST_YEAR}
    enough = min(MORE_THAN_SLIPS, sum(plausible.values()) / WORKS_A_SLIP)
    return max((year for year, number in plausible.items() if number >= enough), default=None)


def duplicates(work: ir.Table, input_file: ir.Table) -> ir.Table:
    """Rows of works that stand more than once, but for the one that counts (DUPLICATE).

    The latest `updated` wins as an instant, a missing one loses. Equal ones: the source may have
    changed the work without saying so, and the row of the later file wins, by the date in its
    path, else by the newest `updated` of its works; at last the later row.
    """
    dated = _with_dates(work, input_file)
    newest_first = ibis.window(
        group_by=dated.work_id,
        order_by=[
            *(dated[name].desc(nulls_first=False) for name in ("updated", "dated", "newest")),
            dated.work_key.desc(),
        ],
    )
    ranked = dated.mutate(
        place=ibis.row_number().over(newest_first),
        kept_key=dated.work_key.first().over(newest_first),
    )
    return ranked.filter(ranked.place > 0).select("work_key", "work_id", "kept_key")


def _with_dates(work: ir.Table, input_file: ir.Table) -> ir.Table:
    """Works with the date of their file and the newest change of a work in it."""
    rows = work.select("work_key", "work_id", "updated").mutate(
        file_seq=(work.work_key // KEYS_PER_FILE).cast("int64")
    )
    newest = rows.group_by("file_seq").aggregate(newest=rows.updated.max())
    files = input_file.select("file_seq", "dated")
    joined = rows.left_join(newest, "file_seq").drop("file_seq_right")
    return joined.left_join(files, "file_seq").drop("file_seq_right")


def excluded(tables: Tables, rules: CorpusRules) -> ir.Table:
    """Works left out by a rule, with the first rule that excludes each (EXCLUDED).

    Reads work, duplicate, ai_hit and ai_unjudged (work_key), and deleted_work if there is
    one. Order: deleted at the source, retracted, paratext, xpac, no_year, years,
    implausible_year, the AI rule, languages, authors.
    """
    work = tables["work"].anti_join(tables["duplicate"], "work_key")
    work = _with_deletion(_with_ai_verdict(work, tables), tables)
    rule = ibis.cases(
        *((condition, name) for name, condition in _conditions(work, rules)),
        else_=ibis.null("string"),
    )
    judged = work.select("work_key", "work_id", rule=rule)
    return judged.filter(judged.rule.notnull())


def _with_ai_verdict(work: ir.Table, tables: Tables) -> ir.Table:
    hits = tables["ai_hit"].select("work_key").distinct().mutate(ai_hit=ibis.literal(True))
    unjudged = tables["ai_unjudged"].select("work_key").mutate(ai_unjudged=ibis.literal(True))
    return (
        work.left_join(hits, "work_key")
        .drop("work_key_right")
        .left_join(unjudged, "work_key")
        .drop("work_key_right")
    )


def _with_deletion(work: ir.Table, tables: Tables) -> ir.Table:
    """Mark works deleted at the source, unless it changed them on a later day.

    The list of deletions is cumulative, and a line changed later says that the source
    shows the work again. Without either date the deletion holds.
    """
    if "deleted_work" not in tables:
        return work.mutate(is_deleted=ibis.literal(False))
    listed = tables["deleted_work"]
    last = listed.group_by("work_id").aggregate(deleted=listed.deleted.max())
    last = last.mutate(listed=ibis.literal(True))
    found = work.left_join(last, "work_id").drop("work_id_right")
    back = (found.updated.date() > found.deleted.date()).fill_null(False)
    return found.mutate(is_deleted=found.listed.fill_null(False) & ~back)


def _conditions(work: ir.Table, rules: CorpusRules) -> list[tuple[str, ir.BooleanValue]]:
    flags = {
        "retracted": work.is_retracted.fill_null(False),
        "paratext": work.is_paratext.fill_null(False) | (work.type.fill_null("") == "paratext"),
        "xpac": work.is_xpac.fill_null(False),
    }
    conditions = [(DELETED, work.is_deleted)]
    conditions += [(name, flags[name]) for name in flags if name in rules.exclude]
    conditions.append(("no_year", work.year.isnull()))
    if rules.years:
        conditions.append(("years", ~work.year.between(*rules.years)))
    if rules.plausible:
        conditions.append((IMPLAUSIBLE_YEAR, ~work.year.between(*rules.plausible)))
    if rules.judge_ai:
        conditions.append((AI_NOT_JUDGEABLE, work.ai_hit.isnull() & work.ai_unjudged.notnull()))
        conditions.append((NOT_AI, work.ai_hit.isnull()))
    if rules.languages:
        conditions.append(("languages", ~work.language.isin(rules.languages).fill_null(False)))
    if rules.max_authors:
        conditions.append(("max_authors", work.authors > rules.max_authors))
    return conditions


def kept_keys(tables: Tables) -> ir.Table:
    """Keys of the works that stay: neither duplicate nor excluded (one column, work_key)."""
    work = tables["work"].select("work_key")
    return work.anti_join(tables["duplicate"], "work_key").anti_join(tables["excluded"], "work_key")


def only_kept(table: ir.Table, kept: ir.Table) -> ir.Table:
    """Rows of a source table that belong to kept works."""
    return table.semi_join(kept, "work_key")


def too_many_countries(work: ir.Table, country: ir.Table, most: int) -> ir.Table:
    """Works with more than `most` countries, as rows of EXCLUDED.

    `country` has rows (work_key, country); countries are known only once affiliations are
    placed, so this rule comes after all others.
    """
    counted = country.group_by("work_key").aggregate(countries=country.country.nunique())
    wide = work.semi_join(counted.filter(counted.countries > most), "work_key")
    return wide.select("work_key", "work_id", rule=ibis.literal(MAX_COUNTRIES))
