"""Ties: every pair of units of every work, with the two kinds of tie told apart.

Full: a work counts once for each pair of its units. Fractional: 1 / (n - 1), n = distinct
known units of the work, so that a unit's ties of a work sum to one (Perianes-Rodriguez,
Waltman, van Eck 2016, J. Informetrics 10(4):1178). A work with one unit has no tie.
`coauthor`: two different people; `dual_affiliation`: one person with both; a tie known
only from affiliations of the work as a whole is neither. A person is an authorship row.
"""

import ibis
import ibis.expr.types as ir

from bibnet.network.membership import part_of_work
from bibnet.schema.units import UNKNOWN


def ties(membership: ir.Table) -> ir.Table:
    """Rows of COUNTRY_TIE or INSTITUTION_TIE from a membership table.

    A membership names a unit once for each person, so its rows are the people counted.
    """
    known = membership.filter(membership.unit != UNKNOWN)
    pairs = _pairs(_unit_people(known))
    both = _one_person_both(known)
    joined = pairs.left_join(both, ["work_key", "unit_a", "unit_b"])
    return joined.select(
        "work_key",
        "unit_a",
        "unit_b",
        "weight",
        "coauthor",
        dual_affiliation=joined.dual.fill_null(False),
    )


def _unit_people(known: ir.Table) -> ir.Table:
    """Per unit of a work with several: how many people have it, one of them, the work's units."""
    person = ibis.ifelse(known.author_seq > 0, known.author_seq, ibis.null("int64"))
    rows = known.group_by(["work_key", "unit"]).aggregate(
        people=person.count(), first_person=person.min()
    )
    per_work = ibis.window(group_by=rows.work_key)
    rows = rows.mutate(units=rows.count().over(per_work))
    return rows.filter(rows.units > 1)


def _pairs(people: ir.Table) -> ir.Table:
    left = people.rename(unit_a="unit", people_a="people", person_a="first_person")
    right = people.select(
        "work_key", unit_b=people.unit, people_b=people.people, person_b=people.first_person
    )
    rows = left.inner_join(right, [left.work_key == right.work_key, left.unit_a < right.unit_b])
    one_same_person = (rows.people_a == 1) & (rows.people_b == 1) & (rows.person_a == rows.person_b)
    return rows.select(
        "work_key",
        "unit_a",
        "unit_b",
        weight=part_of_work(rows.units - 1),
        coauthor=(rows.people_a > 0) & (rows.people_b > 0) & ~one_same_person.fill_null(False),
    )


def _one_person_both(known: ir.Table) -> ir.Table:
    own = known.filter(known.author_seq > 0).select("work_key", "author_seq", "unit")
    left = own.rename(unit_a="unit")
    right = own.select("work_key", "author_seq", unit_b=own.unit)
    rows = left.inner_join(
        right,
        [
            left.work_key == right.work_key,
            left.author_seq == right.author_seq,
            left.unit_a < right.unit_b,
        ],
    )
    return rows.select("work_key", "unit_a", "unit_b").distinct().mutate(dual=ibis.literal(True))
