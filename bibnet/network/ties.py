"""Ties: every pair of units of every work, with the two kinds of tie told apart.

Full: a work counts once for each pair of its units. Fractional: 1 / (n - 1), n = distinct
known units of the work, so that a unit's ties of a work sum to one (Perianes-Rodriguez,
Waltman, van Eck 2016, J. Informetrics 10(4):1178). A work with one unit has no tie.
`coauthor`: two different people; `dual_affiliation`: one person with both; a tie known
only from affiliations of the work as a whole is neither. A person is an authorship row.
"""

import ibis.expr.types as ir

from bibnet.network.membership import part_of_work
from bibnet.schema.units import UNKNOWN


def ties(membership: ir.Table) -> ir.Table:
    """Rows of COUNTRY_TIE or INSTITUTION_TIE from a membership table.

    A membership names a unit once for each person.
    """
    units = _units_in_company(membership.filter(membership.unit != UNKNOWN))
    left = units.rename(unit_a="unit", people_a="people")
    right = units.select("work_key", unit_b=units.unit, people_b=units.people)
    rows = left.inner_join(right, [left.work_key == right.work_key, left.unit_a < right.unit_b])
    people_a, people_b = _size(rows.people_a), _size(rows.people_b)
    shared = _size(rows.people_a.intersect(rows.people_b)) > 0
    one_same_person = (people_a == 1) & (people_b == 1) & shared
    return rows.select(
        "work_key",
        "unit_a",
        "unit_b",
        weight=part_of_work(rows.units - 1),
        coauthor=(people_a > 0) & (people_b > 0) & ~one_same_person,
        dual_affiliation=shared,
    )


def _units_in_company(known: ir.Table) -> ir.Table:
    """Rows (work_key, unit, people, units) of works with several units; `units` is how many.

    A unit that is known from the work as a whole has no people, null or an empty list.
    """
    people = known.author_seq.collect(where=known.author_seq > 0)
    rows = known.group_by(["work_key", "unit"]).aggregate(people=people)
    counted = rows.group_by("work_key").aggregate(units=rows.count())
    return rows.inner_join(counted.filter(counted.units > 1), "work_key")


def _size(people: ir.ArrayValue) -> ir.IntegerValue:
    return people.length().fill_null(0)
