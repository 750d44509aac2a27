"""Rolling institutions up: chains, several parents, circles, ids of two kinds."""

import pytest
from build import rows_of, tables

from bibnet.network.roll_up import at_the_top


def tops(*rows: tuple[str, str | None] | tuple[str, str | None, str]) -> dict[str, str]:
    institutions = [
        {
            "institution_id": row[0],
            "parents": row[1],
            "ror": row[2] if len(row) > 2 else None,
        }
        for row in rows
    ]
    found = at_the_top(tables(institution=institutions))
    return dict(rows_of(found, "institution_id", "top_id"))


def test_a_chain_ends_at_its_top() -> None:
    rows = [("I1", "I2"), ("I2", "I3"), ("I3", None)]
    assert tops(*rows) == {"I1": "I3", "I2": "I3"}


def test_a_parent_outside_the_corpus_is_the_end() -> None:
    assert tops(("I1", "05gsxrt27")) == {"I1": "05gsxrt27"}


def test_a_parent_named_by_its_ror_id_keeps_the_id_of_the_corpus() -> None:
    assert tops(("I1", "05gsxrt27"), ("I2", None, "05gsxrt27")) == {"I1": "I2"}


def test_several_parents_leave_it_its_own() -> None:
    """To choose one would be a guess; to take all would count its works more than once."""
    assert tops(("I1", "I2|I3"), ("I4", "I1")) == {"I4": "I1"}


@pytest.mark.parametrize(
    "rows",
    [
        [("I1", "I1")],
        [("I1", "I2"), ("I2", "I1")],
        [("I1", "I2"), ("I2", "I3"), ("I3", "I2")],
        [("I1", None)],
        [],
    ],
)
def test_a_circle_or_no_parent_leaves_it_its_own(rows: list[tuple[str, str | None]]) -> None:
    assert tops(*rows) == {}
