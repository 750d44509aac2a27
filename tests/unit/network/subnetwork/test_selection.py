"""The part of a network that is asked for, counted from literal memberships and ties."""

from pathlib import Path
from tempfile import gettempdir

import pandas as pd
import pytest
from build import tables
from hypothesis import given, settings
from hypothesis import strategies as st

from bibnet.network.scope import side_countries
from bibnet.network.subnetwork.choice import Choice
from bibnet.network.subnetwork.selection import selected
from bibnet.network.ties import ties
from bibnet.schema.units import UNKNOWN, WHOLE
from bibnet.storage.engine import Engine, open_engine

# Units of each work, one author each. A is in DE, B in DE, C in CN, D in US, E in CN.
COUNTRIES = {"A": "DE", "B": "DE", "C": "CN", "D": "US", "E": "CN"}
SIDES = {"europe": ("DE",), "china": ("CN",)}
WORKS = {1: (2018, "AC"), 2: (2019, "AC"), 3: (2019, "ABD"), 4: (2020, "CD"), 5: (2020, "E")}


def world(works: dict[int, tuple[int, str]]) -> dict:
    members = [
        {"work_key": work, "author_seq": seq, "unit": unit, "weight": WHOLE // len(units)}
        for work, (_, units) in works.items()
        for seq, unit in enumerate(units, start=1)
    ]
    members += [{"work_key": 1, "author_seq": 9, "unit": UNKNOWN, "weight": 1}]
    scope = [
        {
            "work_key": work,
            "year": year,
            "joint": {"DE", "CN"} <= {COUNTRIES[unit] for unit in units},
        }
        for work, (year, units) in works.items()
    ]
    places = [
        {
            "institution_id": unit,
            "institution": f"Institute {unit}",
            "country": country,
            "side": next((s for s, codes in SIDES.items() if country in codes), None),
        }
        for unit, country in COUNTRIES.items()
    ]
    found = tables(institution_membership=members, work_scope=scope, institution=places)
    found["institution_tie"] = ties(found["institution_membership"])
    found["side_country"] = side_countries(SIDES)
    return found


def asked(engine: Engine, works: dict = WORKS, **choice: object) -> tuple[list, list]:
    nodes, edges = selected(engine, world(works), Choice(**choice))
    columns = ["id", "inside", "works", "joint_works"]
    ties_of = ["source", "target", "works", "works_fractional", "joint_works", "cross_side"]
    return (
        [tuple(row) for row in nodes[columns].to_numpy().tolist()],
        [tuple(row) for row in edges[ties_of].to_numpy().tolist()],
    )


def test_the_whole_network_has_isolates_too(engine: Engine) -> None:
    nodes, edges = asked(engine)
    assert nodes == [
        ("A", True, 3, 2), ("B", True, 1, 0), ("C", True, 3, 2), ("D", True, 2, 0),
        ("E", True, 1, 0),
    ]  # fmt: skip
    assert edges == [
        ("A", "B", 1, 0.5, 0, False),
        ("A", "C", 2, 2.0, 2, True),
        ("A", "D", 1, 0.5, 0, False),
        ("B", "D", 1, 0.5, 0, False),
        ("C", "D", 1, 1.0, 0, False),
    ]


def test_a_country_is_its_ties_with_anybody(engine: Engine) -> None:
    """C and D are partners: nodes outside, their own tie of 2020 is left out, E is not there."""
    nodes, edges = asked(engine, country="DE")
    assert [(row[0], row[1]) for row in nodes] == [
        ("A", True), ("B", True), ("C", False), ("D", False),
    ]  # fmt: skip
    assert [row[:2] for row in edges] == [("A", "B"), ("A", "C"), ("A", "D"), ("B", "D")]


def test_a_side_is_its_ties_with_anybody(engine: Engine) -> None:
    nodes, edges = asked(engine, side="china")
    assert [(row[0], row[1]) for row in nodes] == [
        ("A", False), ("C", True), ("D", False), ("E", True),
    ]  # fmt: skip
    assert [row[:3] for row in edges] == [("A", "C", 2), ("C", "D", 1)]


def test_years_are_both_included(engine: Engine) -> None:
    nodes, edges = asked(engine, years=(2019, 2020))
    assert [(row[0], row[2]) for row in nodes] == [
        ("A", 2), ("B", 1), ("C", 2), ("D", 2), ("E", 1),
    ]  # fmt: skip
    assert ("A", "C", 1, 1.0, 1, True) in edges
    assert asked(engine, years=(1990, 1991)) == ([], [])


def test_joint_works_only(engine: Engine) -> None:
    assert asked(engine, joint=True) == (
        [("A", True, 2, 2), ("C", True, 2, 2)],
        [("A", "C", 2, 2.0, 2, True)],
    )


def test_weak_ties_go_and_with_them_nodes_without_any(engine: Engine) -> None:
    nodes, edges = asked(engine, min_works=2)
    assert [row[0] for row in nodes] == ["A", "C"]
    assert [row[:3] for row in edges] == [("A", "C", 2)]


def test_a_country_without_an_institution_is_empty(engine: Engine) -> None:
    assert asked(engine, country="LI") == ([], [])


UNITS = st.lists(st.sampled_from("ABCDE"), min_size=1, max_size=5, unique=True)


@settings(max_examples=6, deadline=None)
@given(works=st.lists(st.tuples(st.integers(2018, 2020), UNITS), min_size=1, max_size=12))
def test_parts_by_year_add_up_to_the_whole(works: list[tuple[int, list[str]]]) -> None:
    """Works are of one year: ties of the years add up to those of the period, exactly."""
    opened = open_engine(Path(gettempdir()))
    corpus = {number: (year, "".join(units)) for number, (year, units) in enumerate(works, 1)}
    try:
        frames = [
            selected(opened, world(corpus), Choice(years=years))[1]
            for years in ((2018, 2018), (2019, 2019), (2020, 2020), (2018, 2020))
        ]
    finally:
        opened.close()
    whole = frames[3].set_index(["source", "target"])["works"]
    added = pd.concat(frames[:3]).groupby(["source", "target"])["works"].sum()
    assert added.to_dict() == whole.to_dict()
    assert all(pair_works <= len(corpus) for pair_works in whole)


def test_levels_beyond_the_declared_are_not_counted(engine: Engine) -> None:
    with pytest.raises(KeyError):
        selected(engine, world(WORKS), Choice("planet"))
