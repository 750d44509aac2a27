"""Claims about the tables of a run. A broken claim ends the run, with three examples."""

from collections.abc import Callable, Mapping, Sequence

import ibis.expr.types as ir

from bibnet.schema import DERIVED_TABLES, NETWORK_TABLES, SOURCE_TABLES, Table
from bibnet.schema.errors import CheckError, Fault
from bibnet.schema.units import WHOLE
from bibnet.storage.engine import Engine, Tables

EXAMPLES = 3
# Whole-number division loses less than one unit for each row of a work.
WEIGHT_TOLERANCE = WHOLE // 1_000_000_000


def every_work_stands_once(tables: Tables) -> ir.Table:
    """No work id stands twice among the works kept."""
    work = tables["work"]
    counted = work.group_by("work_id").aggregate(rows=work.count())
    return counted.filter(counted.rows > 1)


def every_authorship_has_a_work(tables: Tables) -> ir.Table:
    """No authorship without its work."""
    return tables["authorship"].anti_join(tables["work"], "work_key")


def every_affiliation_has_an_authorship(tables: Tables) -> ir.Table:
    """No affiliation of an author without the author's row; work-level ones need the work."""
    affiliation = tables["affiliation"]
    own = affiliation.filter(affiliation.author_seq > 0)
    whole = affiliation.filter(affiliation.author_seq == 0)
    columns = ["work_key", "author_seq"]
    return (
        own.anti_join(tables["authorship"], columns)
        .select(*columns)
        .union(whole.anti_join(tables["work"], "work_key").select(*columns))
    )


def every_place_has_an_affiliation(tables: Tables) -> ir.Table:
    """No place without the affiliation that it is evidence for."""
    return tables["place"].anti_join(
        tables["affiliation"], ["work_key", "author_seq", "affiliation_seq"]
    )


def every_decided_affiliation_has_a_place(tables: Tables) -> ir.Table:
    """No affiliation with a decided country whose country is missing from the places."""
    affiliation = tables["affiliation"]
    place = tables["place"].filter(tables["place"].country.notnull())
    return affiliation.filter(affiliation.level.notnull()).anti_join(
        place, ["work_key", "author_seq", "affiliation_seq"]
    )


def country_weights_of_a_work_sum_to_one(tables: Tables) -> ir.Table:
    """The parts of countries and of `unknown` sum to the work."""
    return _not_whole(tables, "country_membership")


def institution_weights_of_a_work_sum_to_one(tables: Tables) -> ir.Table:
    """The parts of institutions and of `unknown` sum to the work."""
    return _not_whole(tables, "institution_membership")


def _not_whole(tables: Tables, name: str) -> ir.Table:
    member = tables[name]
    summed = member.group_by("work_key").aggregate(weight=member.weight.sum().cast("int64"))
    rows = tables["work"].select("work_key").left_join(summed, "work_key")
    off = (rows.weight.fill_null(0) - WHOLE).abs()
    return rows.filter(off > WEIGHT_TOLERANCE).select("work_key", "weight")


def every_tie_joins_two_units(tables: Tables) -> ir.Table:
    """The first unit of a tie is smaller than the second."""
    tie = tables["institution_tie"]
    return tie.filter(tie.unit_a >= tie.unit_b)


def every_node_is_an_institution(tables: Tables) -> ir.Table:
    """No institution on a work that the institution table lacks."""
    tie = tables["institution_tie"]
    ends = tie.select(institution_id=tie.unit_a).union(tie.select(institution_id=tie.unit_b))
    return ends.anti_join(tables["institution"], "institution_id")


CLAIMS: Mapping[str, Callable[[Tables], ir.Table]] = {
    claim.__name__: claim
    for claim in (
        every_work_stands_once,
        every_authorship_has_a_work,
        every_affiliation_has_an_authorship,
        every_place_has_an_affiliation,
        every_decided_affiliation_has_a_place,
        country_weights_of_a_work_sum_to_one,
        institution_weights_of_a_work_sum_to_one,
        every_tie_joins_two_units,
        every_node_is_an_institution,
    )
}


def check_tables(engine: Engine, tables: Tables) -> list[str]:
    """Check the keys of every table and every claim; the names of the claims."""
    for table in (*SOURCE_TABLES, *DERIVED_TABLES, *NETWORK_TABLES):
        check_keys(engine, tables, table)
    return check_claims(engine, tables)


def check_claims(engine: Engine, tables: Tables) -> list[str]:
    """Check every claim and return their names; raises CheckError with all broken ones."""
    faults = []
    for name, claim in CLAIMS.items():
        broken = claim(tables)
        number = int(engine.frame(broken.aggregate(rows=broken.count()))["rows"][0])
        if number:
            faults.append(
                _broken(name, number, engine.frame(broken.limit(EXAMPLES)).to_dict("records"))
            )
    if faults:
        raise CheckError(faults)
    return list(CLAIMS)


def check_keys(engine: Engine, tables: Tables, declared: Table) -> None:
    """Raise CheckError if two rows of a declared table have the same key."""
    table = tables[declared.name]
    counted = table.group_by(list(declared.key)).aggregate(rows=table.count())
    twice = engine.frame(counted.filter(counted.rows > 1).limit(EXAMPLES))
    if len(twice):
        raise CheckError(
            _broken(f"the_key_of_{declared.name}_is_unique", len(twice), twice.to_dict("records"))
        )


def check_lines(counts: Mapping[str, int]) -> None:
    """The contract's equation: lines = kept + excluded + duplicates + quarantined."""
    parts = ("works_kept", "works_excluded", "duplicates", "quarantined")
    found = sum(counts[part] for part in parts)
    if found != counts["lines"]:
        shown = ", ".join(f"{name} {counts[name]}" for name in ("lines", *parts))
        raise CheckError(_broken("every_line_ends_in_one_state", counts["lines"] - found, [shown]))


def _broken(claim: str, number: int, examples: Sequence[object]) -> Fault:
    return Fault(
        f"the claim {claim} is broken {number} times",
        f"for example {examples}",
        "do not use this run; report the input that shows it",
    )
