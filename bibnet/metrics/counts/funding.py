"""Who pays: works by funder, by the country and type of funders, and disclosure by year.

A work counts once in every row it belongs to, however many of its funders are in it.
Shares are of the works that disclose a funder or an award, and of all works.
"""

from collections.abc import Iterator
from datetime import date

import ibis
import ibis.expr.types as ir

from bibnet.metrics.exhibit import Exhibit
from bibnet.network.counting import joint_flag
from bibnet.network.incidence import Incidence, ratio, total
from bibnet.reference import load
from bibnet.schema.exhibits.funding import FUNDERS, FUNDING, FUNDING_YEARS
from bibnet.storage.engine import Tables

ANY = "all"
AWARD_NUMBER = "award_number"
TAKEN_IN = "in"


def funding_incidence(tables: Tables) -> Incidence:
    """Cells by funder country and funder type, `all` standing for any.

    The cell all/all is every work that discloses, also where it names an award only.
    """
    funding = tables["funding"].select("work_key", "funder_country", "funder_type")
    any_type = funding.mutate(funder_type=ibis.literal(ANY))
    any_country = funding.mutate(funder_country=ibis.literal(ANY))
    disclosed = disclosed_works(tables).select(
        "work_key", funder_country=ibis.literal(ANY), funder_type=ibis.literal(ANY)
    )
    cells = ibis.union(funding, any_type, any_country, disclosed, distinct=True)
    rows = cells.inner_join(joint_flag(tables), "work_key")
    rows = rows.mutate(works=ibis.literal(1, "int64"))
    return Incidence(rows, ("funder_country", "funder_type"), ("works", "joint_works"))


def disclosed_works(tables: Tables) -> ir.Table:
    """Works that name a funder or an award (work_key)."""
    scope = tables["work_scope"]
    return scope.filter(scope.is_disclosed).select("work_key")


def funding(tables: Tables) -> ir.Table:
    """The funding exhibit."""
    scope = tables["work_scope"]
    bases = scope.aggregate(
        disclosed=scope.is_disclosed.cast("int64").sum(),
        joint_disclosed=(scope.is_disclosed & scope.joint).cast("int64").sum(),
        everything=scope.count(),
        joint=scope.joint.cast("int64").sum(),
    )
    rows = total(funding_incidence(tables)).cross_join(bases)
    return rows.mutate(
        share_of_disclosed=ratio(rows.works, rows.disclosed),
        share_of_joint_disclosed=ratio(rows.joint_works, rows.joint_disclosed),
        share_of_works=ratio(rows.works, rows.everything),
        share_of_joint=ratio(rows.joint_works, rows.joint),
    )


def funders_incidence(tables: Tables) -> Incidence:
    """Cells by funder: id, or name where there is no id."""
    funding, keys = tables["funding"], ("funder_id", "funder")
    by_award = told_by_award(funding).any().cast("int64")
    rows = funding.group_by(["work_key", *keys]).aggregate(works_by_award=by_award)
    rows = rows.inner_join(joint_flag(tables), "work_key")
    rows = rows.mutate(works=ibis.literal(1, "int64"))
    return Incidence(rows, keys, ("works", "joint_works", "works_by_award"))


def funders(tables: Tables) -> ir.Table:
    """The funders exhibit."""
    funding = tables["funding"]
    by_award = told_by_award(funding)
    details = funding.group_by(["funder_id", "funder"]).aggregate(
        funder_country=funding.funder_country.min(),
        funder_type=funding.funder_type.min(),
        classified_by=funding.classified_by.min(),
        award_example=funding.matched_text.min(where=by_award),
    )
    rows = total(funders_incidence(tables))
    same = [
        rows.funder_id.identical_to(details.funder_id),
        rows.funder.identical_to(details.funder),
    ]
    joined = rows.inner_join(details, same)
    return joined.drop("funder_id_right", "funder_right")


def told_by_award(funding: ir.Table) -> ir.BooleanValue:
    """Whether a row of FUNDING rests on the form of an award number."""
    return funding.rule.fill_null("").contains(AWARD_NUMBER)


def funding_years_incidence(tables: Tables) -> Incidence:
    """Cells by year; every work once."""
    scope = tables["work_scope"]
    rows = scope.select(
        "work_key",
        "year",
        works=ibis.literal(1, "int64"),
        disclosed=scope.is_disclosed.cast("int64"),
        joint_works=scope.joint.cast("int64"),
        joint_disclosed=(scope.joint & scope.is_disclosed).cast("int64"),
    )
    counts = ("works", "disclosed", "joint_works", "joint_disclosed")
    return Incidence(rows, ("year",), counts)


def funding_years(tables: Tables, source: date | None) -> ir.Table:
    """The funding_years exhibit; `source` is the source's date, None = every registry counts."""
    rows = total(funding_years_incidence(tables))
    events = coverage_events(source)
    known = ibis.memtable(
        {"event_year": list(events), "coverage_event": list(events.values())},
        schema={"event_year": "int64", "coverage_event": "string"},
    )
    joined = rows.left_join(known, rows.year == known.event_year)
    return joined.mutate(disclosed_share=ratio(joined.disclosed, joined.works))


def coverage_events(source: date | None) -> dict[int, str]:
    """Year of publication -> the award registries whose years begin or end there, in words.

    Only registries that the source had taken in by its date.
    """
    found: dict[int, list[str]] = {}
    for row in load.rows("award_registries"):
        taken = row["taken_in"]
        if row["state"] == TAKEN_IN and (source is None or taken <= source.isoformat()):
            for year, step in registry_steps(row["years"]):
                said = f"{row['funder']}: awards {step} {year} (taken in {taken})"
                found.setdefault(year, []).append(said)
    return {year: "; ".join(sorted(found[year])) for year in sorted(found)}


def registry_steps(years: str) -> Iterator[tuple[int, str]]:
    """First and last years of ranges such as 2019|2022-2026: (2019, "begin"), (2019, "end") ..."""
    for part in filter(None, years.split("|")):
        first, _, last = part.partition("-")
        yield int(first), "begin in"
        yield int(last or first), "end in"


EXHIBITS = (
    Exhibit(FUNDING, funding_incidence, funding),
    Exhibit(FUNDERS, funders_incidence, funders),
    Exhibit(FUNDING_YEARS, funding_years_incidence),
)
