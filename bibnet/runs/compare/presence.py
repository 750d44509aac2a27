"""Why a work is in one corpus and not in the other."""

from datetime import datetime

import ibis
import ibis.expr.types as ir

from bibnet.runs.compare.standing import attach
from bibnet.runs.pipeline.selection import FUNDERS, INSTITUTIONS, TOP_CITED
from bibnet.tables.corpus import MAX_COUNTRIES, SAME_PAPER_RULE
from bibnet.tables.fingerprints import AI_RULES

# Rules that look at where a work is.
OF_PLACES = (MAX_COUNTRIES, INSTITUTIONS)
# Shorter titles are of editorials, errata and tables of contents, which are many works.
SHORTEST_TITLE = 20
# A preprint and its article are a year apart at most, or nobody would call them one work.
YEARS_APART = 1
# Marks and blanks of a title: what is no letter or digit of any script.
TITLE_MARKS = "[^0-9A-Za-z\u00c0-\U0010ffff]+"


def presence(works: ir.Table, source: datetime | None, anew: str) -> ir.Table:
    """One row per work that either run keeps, with the part it is in if only one does.

    Columns: work_id, doi, title, rule, came (part of a work that only the new corpus has, else
    empty), went (part of one that only the old corpus has); of the works that both keep
    kept_in_both, old_citations, moved_by (what moved it, if anything did), other_affiliations and
    other_funders (whether anything of them is another). `source` is the date of the old run's
    source, None where it is not known; `anew` is the part of works that bibnet places elsewhere.
    """
    rows = attach(works, _replaced(works), "replaced")
    rows = attach(rows, _replacing(rows), "replacing")
    return rows.select(
        "work_id",
        doi=ibis.coalesce(rows.new_doi, rows.old_doi),
        title=ibis.coalesce(rows.new_title, rows.old_title),
        rule=ibis.coalesce(rows.new_rule, rows.old_rule),
        came=_came(rows, source, anew),
        went=_went(rows, anew),
        kept_in_both=rows.old_kept & rows.new_kept,
        old_citations=rows.old_citations.fill_null(0),
        moved_by=_moved_by(rows, anew),
        other_affiliations=_differs(rows, "strings")
        | _differs(rows, "asserted")
        | _differs(rows, "placed"),
        other_funders=_differs(rows, "funders"),
    )


def _differs(rows: ir.Table, name: str) -> ir.BooleanValue:
    """Whether a hash differs; an unknown one differs from a known one."""
    return ~rows[f"old_{name}"].identical_to(rows[f"new_{name}"])


def _moved_by(rows: ir.Table, anew: str) -> ir.StringValue:
    """What moved a work that both runs know: the first cause that holds."""
    return ibis.cases(
        (_differs(rows, "strings"), "affiliations_changed"),
        (_differs(rows, "asserted"), "rematched_by_source"),
        else_=anew,
    )


def _gone(rows: ir.Table) -> ir.Table:
    return rows.filter(rows.old_kept & ~rows.new_kept & ~rows.new_excluded)


def _appeared(rows: ir.Table) -> ir.Table:
    return rows.filter(rows.new_kept & ~rows.old_kept & ~rows.old_excluded)


def _replaced(rows: ir.Table) -> ir.Table:
    """Old works whose id is gone while a kept work of the new run is the same by DOI or title.

    The other work may have a DOI of its own: a preprint that is merged into its article.
    """
    gone, there = _gone(rows), rows.filter(rows.new_kept)
    dois = there.filter(there.new_doi.notnull()).select(old_doi="new_doi")
    by_doi = gone.semi_join(dois, "old_doi").select("work_id")
    return by_doi.union(_same_title(gone, there).select("work_id")).distinct()


def _replacing(rows: ir.Table) -> ir.Table:
    """New works whose id came up while an old one with their DOI or title is gone."""
    appeared, gone = _appeared(rows), _gone(rows)
    dois = gone.filter(gone.old_doi.notnull()).select(new_doi="old_doi")
    by_doi = appeared.semi_join(dois, "new_doi").select("work_id")
    by_title = _same_title(gone, appeared).select(work_id="other_id")
    return by_doi.union(by_title).distinct()


def _same_title(gone: ir.Table, there: ir.Table) -> ir.Table:
    """Pairs of an old and a new work with one title, about one year, and one first author.

    Where the source does not say who the first author is, the number of authors must be the same.
    """
    before = _described(gone, "old")
    after = _described(there, "new").rename(
        other_id="work_id", other_year="year", other_authors="authors", other_author="author"
    )
    pairs = before.inner_join(after, "title_key")
    both_known = pairs.author.notnull() & pairs.other_author.notnull()
    same_people = ibis.ifelse(
        both_known, pairs.author == pairs.other_author, pairs.authors == pairs.other_authors
    )
    near = (pairs.year - pairs.other_year).abs() <= YEARS_APART
    return pairs.filter(same_people & near & (pairs.work_id != pairs.other_id))


def _described(rows: ir.Table, run: str) -> ir.Table:
    title = rows[f"{run}_title"].lower().re_replace(TITLE_MARKS, " ").strip()
    described = rows.select(
        "work_id",
        title_key=title,
        year=rows[f"{run}_year"],
        authors=rows[f"{run}_authors"],
        author=rows[f"{run}_author"],
    )
    return described.filter(described.title_key.length() >= SHORTEST_TITLE)


def _went(rows: ir.Table, anew: str) -> ir.StringValue:
    return ibis.cases(
        (~rows.old_kept | rows.new_kept, ibis.null("string")),
        (rows.new_excluded, _left_out(rows, rows.new_rule, anew)),
        (rows.replaced, "merged"),
        else_="removed",
    )


def _came(rows: ir.Table, source: datetime | None, anew: str) -> ir.StringValue:
    return ibis.cases(
        (~rows.new_kept | rows.old_kept, ibis.null("string")),
        (rows.old_excluded, _left_out(rows, rows.old_rule, anew)),
        (rows.replacing, "merged"),
        else_=_first_time(rows, source),
    )


def _left_out(rows: ir.Table, rule: ir.StringValue, anew: str) -> ir.StringValue:
    """Why a work that both inputs have is kept in one run only, by the rule of the other."""
    return ibis.cases(
        (rule.isin(OF_PLACES), _moved_by(rows, anew)),
        (rule == SAME_PAPER_RULE, "merged"),
        (rule == FUNDERS, "funders_changed"),
        (rule == TOP_CITED, "citations"),
        (~rule.isin(AI_RULES), "retyped"),
        (_differs(rows, "subject"), "topics_changed"),
        else_="rule_changed",
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
