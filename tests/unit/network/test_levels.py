"""Networks of every level: which units a work has, what they share, and their ties."""

import ibis
import pandas as pd
import pytest
from build import rows_of, tables
from hypothesis import given, settings
from hypothesis import strategies as st

from bibnet.network.levels import level_membership, level_ties, level_units
from bibnet.query.model import LEVELS
from bibnet.schema.units import WHOLE

# Work 1: three authors; the first in Nanjing and at a second place in Munich, the second in
# Nanjing, the third of unknown place. Work 2: one author in Jiangsu, city unknown. Work 3: none.
PLACES = [
    (1, 1, 1, "I1", "CN", "Jiangsu", "Nanjing"),
    (1, 1, 2, "I2", "DE", "Bavaria", "Munich"),
    (1, 2, 1, "I3", "CN", "Jiangsu", "Nanjing"),
    (2, 1, 1, "I3", "CN", "Jiangsu", None),
]
AUTHORS = [(1, 1, "A1"), (1, 2, "A2"), (1, 3, None), (2, 1, "A1")]
FUNDERS = [(1, "F1", "CN"), (1, "F2", "CN"), (1, "F3", "DE"), (1, "F4", None)]


def world() -> dict[str, ibis.Table]:
    keys = ("work_key", "author_seq", "affiliation_seq")
    place_names = (*keys, "institution_id", "country", "province", "city")
    return tables(
        work=[
            {"work_key": 1, "authors": 3, "year": 2018},
            {"work_key": 2, "authors": 1, "year": 2020},
            {"work_key": 3, "authors": 0, "year": 2021},
        ],
        authorship=[dict(zip((*keys[:2], "author_id"), row, strict=True)) for row in AUTHORS],
        affiliation=[dict(zip(keys, row[:3], strict=True)) for row in PLACES],
        place=[{**dict(zip(place_names, row, strict=True)), "place_seq": 1} for row in PLACES],
        funding=[
            dict(zip(("work_key", "funder_id", "funder_country"), row, strict=True))
            for row in FUNDERS
        ],
        institution=[
            {"institution_id": "I1", "institution": "One", "country": "CN", "parents": "I9"},
            {"institution_id": "I2", "institution": "Two", "country": "DE"},
            {"institution_id": "I3", "institution": "Three", "country": "CN", "parents": "I9"},
        ],
    )


def parts(level: str) -> dict[tuple[int, str], float]:
    """Part of each unit in each work."""
    found: dict[tuple[int, str], float] = {}
    for work, unit, weight in rows_of(
        level_membership(world(), level), "work_key", "unit", "weight"
    ):
        found[work, unit] = found.get((work, unit), 0) + weight / WHOLE
    return found


def pairs(level: str) -> list[tuple[object, ...]]:
    tie = level_ties(level_membership(world(), level))
    columns = ("work_key", "unit_a", "unit_b", "coauthor", "dual_affiliation")
    return rows_of(tie, *columns)


UNKNOWN_OF_ONE = {(1, "unknown"): 1 / 3, (3, "unknown"): 1}


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("institution", {(1, "I1"): 1 / 6, (1, "I2"): 1 / 6, (1, "I3"): 1 / 3, (2, "I3"): 1}),
        ("organisation", {(1, "I9"): 1 / 2, (1, "I2"): 1 / 6, (2, "I9"): 1}),
        (
            "city",
            {
                (1, "CN/Jiangsu/Nanjing"): 1 / 2,
                (1, "DE/Bavaria/Munich"): 1 / 6,
                (2, "unknown"): 1,
            },
        ),
        ("province", {(1, "CN/Jiangsu"): 1 / 2, (1, "DE/Bavaria"): 1 / 6, (2, "CN/Jiangsu"): 1}),
        ("country", {(1, "CN"): 1 / 2, (1, "DE"): 1 / 6, (2, "CN"): 1}),
        ("author", {(1, "A1"): 1 / 3, (1, "A2"): 1 / 3, (2, "A1"): 1}),
    ],
)
def test_the_parts_of_each_level(level: str, expected: dict[tuple[int, str], float]) -> None:
    assert parts(level) == pytest.approx({**expected, **UNKNOWN_OF_ONE})


def test_funders_of_a_work_share_it_and_undisclosed_ones_are_unknown() -> None:
    assert parts("funder_country") == pytest.approx(
        {
            (1, "CN"): 1 / 2,
            (1, "DE"): 1 / 4,
            (1, "unknown"): 1 / 4,
            (2, "unknown"): 1,
            (3, "unknown"): 1,
        }
    )


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (
            "institution",
            [
                (1, "I1", "I2", False, True),
                (1, "I1", "I3", True, False),
                (1, "I2", "I3", True, False),
            ],
        ),
        ("organisation", [(1, "I2", "I9", True, True)]),
        ("city", [(1, "CN/Jiangsu/Nanjing", "DE/Bavaria/Munich", True, True)]),
        ("province", [(1, "CN/Jiangsu", "DE/Bavaria", True, True)]),
        ("country", [(1, "CN", "DE", True, True)]),
        ("funder_country", [(1, "CN", "DE", False, False)]),
        ("author", [(1, "A1", "A2", True, False)]),
    ],
)
def test_the_ties_of_each_level_and_their_kinds(
    level: str, expected: list[tuple[object, ...]]
) -> None:
    assert pairs(level) == expected


@pytest.mark.parametrize("level", LEVELS)
def test_the_parts_of_a_work_are_one_at_every_level(level: str) -> None:
    sums: dict[int, float] = {}
    for (work, _), part in parts(level).items():
        sums[work] = sums.get(work, 0) + part
    assert sums == pytest.approx({1: 1, 2: 1, 3: 1})


@pytest.mark.parametrize(
    ("level", "unit", "name", "country"),
    [
        ("institution", "I2", "Two", "DE"),
        ("organisation", "I9", None, None),
        ("city", "CN/Jiangsu/Nanjing", "Nanjing", "CN"),
        ("city", "GB//Cambridge", "Cambridge", "GB"),
        ("province", "CN/Jiangsu", "Jiangsu", "CN"),
        ("country", "DE", "DE", "DE"),
        ("funder_country", "DE", "DE", "DE"),
        ("author", "A1", None, None),
    ],
)
def test_how_a_unit_is_shown(level: str, unit: str, name: str | None, country: str | None) -> None:
    found = level_units(world(), level, ibis.memtable({"unit": [unit]}))
    assert rows_of(found, "unit", "name", "country") == [(unit, name, country)]


def test_a_level_that_does_not_exist() -> None:
    with pytest.raises(KeyError):
        level_membership(world(), "planet")


# What holds for any works, six or fewer: each has some authors, and each author some units.
WORK = st.lists(st.frozensets(st.sampled_from("abcdef"), min_size=1, max_size=3), max_size=5)
WORKS = st.lists(WORK, min_size=1, max_size=6)


def tie_rows(works: list[list[frozenset[str]]], first_key: int = 1) -> pd.DataFrame:
    rows = [
        {"work_key": key, "author_seq": author, "unit": unit, "weight": 1}
        for key, work in enumerate(works, start=first_key)
        for author, units in enumerate(work, start=1)
        for unit in units
    ]
    member = tables(country_membership=rows)["country_membership"]
    columns = ["work_key", "unit_a", "unit_b", "weight", "coauthor", "dual_affiliation"]
    return pd.DataFrame(rows_of(level_ties(member), *columns), columns=columns)


def counted(rows: pd.DataFrame) -> dict[tuple[str, str], tuple[int, float]]:
    pairs = rows.groupby(["unit_a", "unit_b"])["weight"]
    return {
        (str(a), str(b)): (len(weights), round(sum(weights) / WHOLE, 9))
        for (a, b), weights in pairs
    }


@settings(max_examples=12, deadline=None)
@given(works=WORKS, chance=st.randoms(use_true_random=False))
def test_laws_of_ties(works: list[list[frozenset[str]]], chance: object) -> None:
    rows = tie_rows(works)
    shuffled = sorted(works, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert counted(tie_rows(shuffled)) == counted(rows), "the order of works changes a count"
    for key, work in enumerate(works, start=1):
        units = len(frozenset().union(*work))
        total = rows.loc[rows["work_key"] == key, "weight"].sum() / WHOLE
        assert total == pytest.approx(units / 2 if units > 1 else 0), "ties of a work are not n/2"
    assert all(works_of <= len(works) for works_of, _ in counted(rows).values())
    assert (rows["coauthor"] | rows["dual_affiliation"]).all()


@settings(max_examples=6, deadline=None)
@given(one=WORKS, other=WORKS)
def test_two_corpora_of_different_works_add_up(
    one: list[list[frozenset[str]]], other: list[list[frozenset[str]]]
) -> None:
    first, second = counted(tie_rows(one)), counted(tie_rows(other, 100))
    both = counted(tie_rows(one + other))
    assert set(both) == set(first) | set(second)
    for pair, (works, weight) in both.items():
        parts_of = [found.get(pair, (0, 0.0)) for found in (first, second)]
        assert works == sum(part[0] for part in parts_of)
        assert weight == pytest.approx(sum(part[1] for part in parts_of))


@pytest.mark.long
def test_one_million_joint_works_are_counted_as_such() -> None:
    key = ibis.range(0, 1_000_000).unnest().name("work_key").as_table()
    sides = [
        key.select(
            "work_key",
            author_seq=ibis.literal(number, "int64"),
            unit=ibis.literal(unit),
            weight=ibis.literal(1, "int64"),
        )
        for number, unit in enumerate(("CN", "DE"), start=1)
    ]
    tie = level_ties(sides[0].union(sides[1]))
    counted_ties = tie.group_by(["unit_a", "unit_b"]).aggregate(
        works=tie.count(), coauthor_works=tie.coauthor.cast("int64").sum()
    )
    assert rows_of(counted_ties) == [("CN", "DE", 1_000_000, 1_000_000)]
