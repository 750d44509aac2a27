"""Institutions rolled up to the organisation at the top of the registry's hierarchy.

An institution with one parent stands under it, and so on upwards. One with several parents
(a joint laboratory of three universities) stays its own: to choose one parent would be a
guess, and to count it for all would count its works more than once. Where no parent is
known, or the parents run in a circle, it stays its own too.
"""

import ibis
import ibis.expr.types as ir

from bibnet.storage.engine import Tables

SEPARATOR = "|"
# Each doubles the storeys climbed: 8, where the registry's deepest chains have five; what then
# still has a parent runs in a circle.
DOUBLINGS = 3


def at_the_top(tables: Tables) -> ir.Table:
    """Rows (institution_id, top_id) for the institutions that stand under another.

    Reads the table institution (its `parents`). A parent that the corpus has keeps its own
    id; one that it lacks has the id the registry gives it, and the chain ends there.
    """
    institution = tables["institution"]
    one = institution.parents.notnull() & ~institution.parents.contains(SEPARATOR)
    step = institution.filter(one).select("institution_id", parent=institution.parents)
    ids = institution.select(
        parent=institution.institution_id, parent_id=institution.institution_id
    )
    rors = institution.filter(
        institution.ror.notnull() & (institution.ror != institution.institution_id)
    )
    by_ror = rors.group_by(parent=rors.ror).aggregate(parent_id=rors.institution_id.min())
    known = ids.union(by_ror)
    joined = step.left_join(known, "parent")
    upward = joined.select("institution_id", above=ibis.coalesce(joined.parent_id, joined.parent))
    upward = upward.filter(upward.above != upward.institution_id)
    rows = upward.select("institution_id", top_id=upward.above)
    for _ in range(DOUBLINGS):
        rows = _twice_as_high(rows)
    below = upward.select(below=upward.institution_id)
    return rows.anti_join(below, [("top_id", "below")])


def _twice_as_high(rows: ir.Table) -> ir.Table:
    step = rows.select(below=rows.institution_id, next_id=rows.top_id)
    joined = rows.left_join(step, [("top_id", "below")])
    found = joined.select("institution_id", top_id=ibis.coalesce(joined.next_id, joined.top_id))
    # Ibis 12 cannot join a join with itself; a filter, even of nothing, ends the join.
    return found.filter(found.top_id.notnull())
