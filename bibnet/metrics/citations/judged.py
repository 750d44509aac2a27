"""The works that citation impact is of, and those that it leaves out and why: their lists.

Which works are judged hangs on the reference set of the exhibit (`citation_reference`), and in
comparisons on the strata that both groups have (`compared_stratum`); both are kept by the run, so
that a list is the same whatever works are asked for.
"""

import ibis
import ibis.expr.types as ir

from bibnet.metrics.citations.comparison import ADJUSTMENTS, EVERY
from bibnet.metrics.citations.groups import ALL, JOINT, citations_by_team_incidence
from bibnet.metrics.citations.impact import LEFT_OUT, MEASURES
from bibnet.metrics.citations.scores import SMALL_CELL
from bibnet.network.incidence import Incidence
from bibnet.schema.exhibits.citations import CITATIONS_COMPARED
from bibnet.storage.engine import Tables

IN = {measure: f"works_in_{measure}" for measure in MEASURES}
JUDGED = (*IN.values(), *LEFT_OUT, "works_in_small_cells")


def with_judged(incidence: Incidence, tables: Tables, exhibit: str) -> Incidence:
    """The incidence of an exhibit of citations with the counts JUDGED beside its own."""
    rows = incidence.rows.left_join(_judged(tables, exhibit), "work_key").drop("work_key_right")
    rows = rows.mutate(**{name: rows[name].fill_null(0) for name in JUDGED})
    return Incidence(rows, incidence.keys, (*incidence.counts, *JUDGED), incidence.weights)


def _judged(tables: Tables, exhibit: str) -> ir.Table:
    """Rows (work_key, JUDGED): 1 where a work is among those works, by the exhibit's reference."""
    chosen = tables["citation_reference"]
    score = tables["citation_score"].semi_join(
        chosen.filter(chosen.exhibit == exhibit), "reference"
    )
    flags = {IN[measure]: score[column].notnull() for measure, column in MEASURES.items()}
    flags |= {name: score.state == state for name, state in LEFT_OUT.items()}
    small = (score.cell_works < SMALL_CELL).fill_null(False)
    flags["works_in_small_cells"] = small & score.top10.notnull()
    return score.select("work_key", **{name: flag.cast("int64") for name, flag in flags.items()})


def compared_works(tables: Tables) -> Incidence:
    """Cells by compared group and adjustment: the works of both groups, with their strata."""
    team = citations_by_team_incidence(tables).rows
    team = team.filter((team.countries != ALL) & (team.authors != ALL))
    alone = team.filter(team.group != JOINT)
    own = alone.select("work_key", "countries", "authors", compared_with=alone.group)
    own = own.mutate(is_joint=ibis.literal(False))
    joint = team.filter(team.group == JOINT).select("work_key", "countries", "authors")
    facing = joint.cross_join(own.select("compared_with").distinct())
    facing = facing.mutate(is_joint=ibis.literal(True))
    both = own.union(facing.select(*own.columns))
    cells = ibis.union(*(_stratified(both, name) for name in ADJUSTMENTS))
    return Incidence(cells, ("compared_with", "adjusted_for"), ("works",))


def _stratified(works: ir.Table, adjustment: str) -> ir.Table:
    stratum: ir.StringValue = ibis.literal(EVERY)
    for column in ADJUSTMENTS[adjustment]:
        stratum = stratum + "/" + works[column]
    return works.select(
        "work_key",
        "compared_with",
        "is_joint",
        adjusted_for=ibis.literal(adjustment),
        stratum=stratum,
        works=ibis.literal(1, "int64"),
    )


def compared_incidence(tables: Tables) -> Incidence:
    """The same with the judged works of the strata that both groups have, joint and compared."""
    incidence = compared_works(tables)
    judged = _judged(tables, CITATIONS_COMPARED.name).select("work_key", *IN.values())
    rows = incidence.rows.left_join(judged, "work_key").drop("work_key_right")
    counts = list(incidence.counts)
    for measure, name in IN.items():
        kept = _is_common(tables, rows, measure)
        inside = kept & (rows[name].fill_null(0) > 0)
        ours = {name: inside & rows.is_joint, f"compared_{name}": inside & ~rows.is_joint}
        rows = rows.mutate(**{count: flag.cast("int64") for count, flag in ours.items()})
        counts += ours
    return Incidence(rows, incidence.keys, tuple(counts))


def _is_common(tables: Tables, rows: ir.Table, measure: str) -> ir.BooleanValue:
    """Whether the stratum of a row is one that the comparison by this measure is of."""
    common = tables["compared_stratum"].filter(tables["compared_stratum"].measure == measure)
    cell = common.compared_with + "|" + common.adjusted_for + "|" + common.stratum
    return (rows.compared_with + "|" + rows.adjusted_for + "|" + rows.stratum).isin(cell)
