"""Ties against expectation, worked out by hand on a triangle."""

import ibis
import pytest
from build import rows_of, tables

from bibnet.metrics.counts.pairs import country_pairs, institution_pairs, institutions
from bibnet.network.counting import edges
from bibnet.schema.units import WHOLE


def tie(key: int, a: str, b: str, units: int = 2) -> dict[str, object]:
    weight = WHOLE // (units - 1)
    return {
        "work_key": key,
        "unit_a": a,
        "unit_b": b,
        "weight": weight,
        "coauthor": True,
        "dual_affiliation": False,
    }


def world() -> dict[str, ibis.Table]:
    """Works 1 and 2 are of A and B, work 3 of A, B and C; A is in one side, B in the other."""
    rows = [
        tie(1, "A", "B"),
        tie(2, "A", "B"),
        tie(3, "A", "B", 3),
        tie(3, "A", "C", 3),
        tie(3, "B", "C", 3),
    ]
    sides = {"A": "europe", "B": "china", "C": None}
    return tables(
        work_scope=[{"work_key": key, "joint": key != 2} for key in (1, 2, 3)],
        country_tie=rows,
        institution_tie=rows,
        institution=[
            {"institution_id": u, "institution": f"Name {u}", "side": s} for u, s in sides.items()
        ],
    )


def test_association_strength_and_collaboration_index() -> None:
    """m = 5; s = A 4, B 4, C 2. C_w = 3 works; C_A = C_B = 3, C_C = 1."""
    columns = (
        "country_a",
        "country_b",
        "works",
        "works_fractional",
        "association_strength",
        "collaboration_index",
    )
    assert rows_of(country_pairs(world()), *columns) == [
        ("A", "B", 3, 2.5, pytest.approx(2 * 5 * 3 / 16), pytest.approx(1.0)),
        ("A", "C", 1, 0.5, pytest.approx(2 * 5 * 1 / 8), pytest.approx(1.0)),
        ("B", "C", 1, 0.5, pytest.approx(2 * 5 * 1 / 8), pytest.approx(1.0)),
    ]


def with_edges() -> dict[str, ibis.Table]:
    found = world()
    return {**found, "edge": edges(found)}


def test_only_different_sides_cross() -> None:
    rows = rows_of(
        institution_pairs(with_edges()), "institution_a", "institution_b", "cross_side", "name_b"
    )
    assert rows == [
        ("A", "B", True, "Name B"),
        ("A", "C", False, "Name C"),
        ("B", "C", False, "Name C"),
    ]


def test_links_and_partners_of_an_institution() -> None:
    """C has no cross-side tie; A and B have two joint works in common, of three."""
    found = with_edges()
    members = [(1, "A"), (1, "B"), (2, "A"), (2, "B"), (3, "A"), (3, "B"), (3, "C"), (4, "D")]
    rows = [{"work_key": key, "unit": unit, "weight": 1} for key, unit in members]
    found |= tables(institution_membership=rows)
    found["work_scope"] = tables(work_scope=[{"work_key": k, "joint": k != 2} for k in range(5)])[
        "work_scope"
    ]
    alone = tables(institution=[{"institution_id": "D", "institution": "Name D"}])["institution"]
    found["institution"] = found["institution"].union(alone)
    columns = ("institution_id", "links", "partners", "joint_links", "joint_partners")
    assert rows_of(institutions(found), *columns) == [
        ("A", 4, 2, 2, 1),
        ("B", 4, 2, 2, 1),
        ("C", 2, 2, 0, 0),
        ("D", 0, 0, 0, 0),
    ]
