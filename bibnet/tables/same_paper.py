"""Works under two ids that are one paper: by their DOI, else by title, year and first author.

A preprint and its article, or one DOI under two ids. Both stay in the corpus unless the query says
`deduplicate = true`; then the one that counts stays as it is, and nothing of the other is added.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir

from bibnet.storage.engine import Tables
from bibnet.tables.corpus import SAME_PAPER_RULE

DOI, TITLE = "doi", "title"
YEARS_APART = 1
KEPT = {"key": "work_key", "id": "work_id", "year": "year"}
PREPRINT_TYPES = ("preprint", "posted-content")


@dataclass(frozen=True)
class SamePapers:
    """Pairs of works that are one paper, and what merging them does to the headline numbers.

    `pairs` counts them by rule; `merged` says whether the run counts each paper once. `works` and
    `joint_works` are those of the corpus with both of each pair, `left` and `joint_left` what is
    left of them when the pairs are merged; None where a later stage decides which works are
    joint or count (institutions that a query or a side names).
    """

    pairs: Mapping[str, int] = field(default_factory=dict)
    merged: bool = False
    works: int | None = None
    joint_works: int | None = None
    left: int | None = None
    joint_left: int | None = None


def same_papers(tables: Tables) -> ir.Table:
    """Rows of SAME_PAPER: each work that another one stands for, with the rule.

    Reads work and affiliation. The work that counts has an affiliation, is no preprint, was
    changed last at the source, has the smallest id: the first of these that decides. One DOI goes
    first; then equal titles with the same first author whose years are at most one apart.
    """
    work = _ranked(tables)
    by_doi = _pairs(work, DOI, work.doi)
    left = work.anti_join(by_doi.select("work_key"), "work_key")
    by_title = _pairs(left, TITLE, left.title_key)
    near = (by_title.year - by_title.kept_year).abs() <= YEARS_APART
    columns = ("work_key", "work_id", "kept_key", "kept_id", "rule")
    return by_doi.select(*columns).union(by_title.filter(near).select(*columns))


def _ranked(tables: Tables) -> ir.Table:
    placed = tables["affiliation"].select("work_key").distinct().mutate(placed=ibis.literal(1))
    work = tables["work"].left_join(placed, "work_key").drop("work_key_right")
    preprint = work.type.fill_null("").lower().isin(PREPRINT_TYPES)
    return work.mutate(placed=work.placed.fill_null(0), preprint=preprint.cast("int64"))


def _pairs(work: ir.Table, rule: str, key: ir.StringColumn) -> ir.Table:
    known = work.filter(key.notnull()).mutate(shared=key)
    best_first = ibis.window(
        group_by=known.shared,
        order_by=[
            known.placed.desc(),
            known.preprint,
            known.updated.desc(nulls_first=False),
            known.work_id,
        ],
    )
    ranked = known.mutate(
        place=ibis.row_number().over(best_first),
        **{f"kept_{name}": known[column].first().over(best_first) for name, column in KEPT.items()},
    )
    return ranked.filter(ranked.place > 0).mutate(rule=ibis.literal(rule))


def merged_away(same: ir.Table) -> ir.Table:
    """Works left out when the pairs are merged, as rows of EXCLUDED."""
    return same.select("work_key", "work_id", rule=ibis.literal(SAME_PAPER_RULE))


def joint_works(country: ir.Table, side_country: ir.Table, sides: int) -> ir.Table:
    """Works (work_key) with a country of every side; `country` has rows (work_key, country)."""
    side = country.inner_join(side_country, "country").select("work_key", "side").distinct()
    counted = side.group_by("work_key").aggregate(sides=side.count())
    return counted.filter(counted.sides == sides).select("work_key")
