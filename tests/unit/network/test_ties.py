"""Ties of a work: full and fractional weight, and the two kinds."""

from build import rows_of, table
from hypothesis import given, settings
from hypothesis import strategies as st

from bibnet.network.ties import ties
from bibnet.schema.units import WHOLE


def found(*members: tuple[int, str]) -> list[tuple[object, ...]]:
    rows = [{"work_key": 1, "author_seq": a, "unit": u, "weight": 1} for a, u in members]
    columns = ("unit_a", "unit_b", "weight", "coauthor", "dual_affiliation")
    tie = ties(table("country_membership", *rows))
    return [(a, b, w / WHOLE, c, d) for a, b, w, c, d in rows_of(tie, *columns)]


def test_two_people_in_two_countries_are_coauthors() -> None:
    assert found((1, "DE"), (2, "CN")) == [("CN", "DE", 1.0, True, False)]


def test_one_person_with_both_is_a_dual_affiliation() -> None:
    assert found((1, "DE"), (1, "CN")) == [("CN", "DE", 1.0, False, True)]


def test_a_second_person_makes_it_both_kinds() -> None:
    assert found((1, "DE"), (1, "CN"), (2, "CN")) == [("CN", "DE", 1.0, True, True)]


def test_a_tie_known_only_from_the_work_as_a_whole_is_neither() -> None:
    assert found((0, "DE"), (0, "CN")) == [("CN", "DE", 1.0, False, False)]


def test_one_end_known_only_from_the_work_as_a_whole_is_neither() -> None:
    assert found((1, "DE"), (0, "CN")) == [("CN", "DE", 1.0, False, False)]
    assert found((1, "DE"), (2, "DE"), (0, "CN")) == [("CN", "DE", 1.0, False, False)]


def test_two_people_who_both_have_both_are_both_kinds() -> None:
    assert found((1, "DE"), (1, "CN"), (2, "DE"), (2, "CN")) == [("CN", "DE", 1.0, True, True)]


def test_three_units_halve_each_tie() -> None:
    assert found((1, "A"), (2, "B"), (3, "C")) == [
        ("A", "B", 0.5, True, False),
        ("A", "C", 0.5, True, False),
        ("B", "C", 0.5, True, False),
    ]


def test_unknown_has_no_tie_and_is_no_unit() -> None:
    assert found((1, "DE"), (2, "unknown")) == []
    assert found((1, "A"), (2, "B"), (3, "unknown")) == [("A", "B", 1.0, True, False)]


def test_one_unit_has_no_tie() -> None:
    assert found((1, "DE"), (2, "DE")) == []


PEOPLE = st.frozensets(st.tuples(st.integers(0, 4), st.sampled_from("ABC")), max_size=10)


@settings(max_examples=10)
@given(st.lists(PEOPLE, min_size=1, max_size=20))
def test_kinds_are_those_of_the_pairs_of_people(works: list[frozenset[tuple[int, str]]]) -> None:
    rows = [
        {"work_key": key, "author_seq": person, "unit": unit, "weight": 1}
        for key, members in enumerate(works)
        for person, unit in sorted(members)
    ]
    columns = ("work_key", "unit_a", "unit_b", "coauthor", "dual_affiliation")
    for key, a, b, coauthor, dual in rows_of(ties(table("country_membership", *rows)), *columns):
        ends = [{who for who, unit in works[key] if unit == end and who} for end in (a, b)]
        assert coauthor == any(one != other for one in ends[0] for other in ends[1])
        assert dual == bool(ends[0] & ends[1])
