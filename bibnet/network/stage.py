"""The stage network: places to who is on a work with what part, and the ties between them."""

from bibnet.network.counting import edges
from bibnet.network.levels import level_membership
from bibnet.network.membership import membership
from bibnet.network.scope import work_scope, work_sides
from bibnet.network.ties import ties
from bibnet.schema.levels import OWN_LEVEL, level_tables
from bibnet.schema.ties import (
    COUNTRY_MEMBERSHIP,
    COUNTRY_TIE,
    EDGE,
    INSTITUTION_MEMBERSHIP,
    INSTITUTION_TIE,
    WORK_SCOPE,
    WORK_SIDE,
)
from bibnet.storage.unfinished import NETWORK_FOLDER, UnfinishedRun


def tie_works(run: UnfinishedRun, sides: int, level: str) -> None:
    """Write memberships, scope and ties of every work; `sides` is how many make it joint.

    A `level` other than the institution's gets tables of its own.
    """
    tables = run.tables
    run.write(membership(tables, "country"), COUNTRY_MEMBERSHIP)
    run.write(membership(tables, "institution_id"), INSTITUTION_MEMBERSHIP)
    run.write(work_sides(tables, tables["side_country"]), WORK_SIDE)
    run.write(work_scope(tables, sides), WORK_SCOPE)
    run.write(ties(tables["country_membership"]), COUNTRY_TIE, NETWORK_FOLDER)
    run.write(ties(tables["institution_membership"]), INSTITUTION_TIE, NETWORK_FOLDER)
    run.write(edges(tables), EDGE, NETWORK_FOLDER)
    if level != OWN_LEVEL:
        declared = level_tables(level)
        run.write(level_membership(tables, level), declared.membership, NETWORK_FOLDER)
        run.write(ties(tables[declared.membership.name]), declared.tie, NETWORK_FOLDER)
