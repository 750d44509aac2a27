"""Each pair of sides by year; joint keeps its meaning, all of the sides."""

from build import rows_of, tables

from bibnet.metrics.counts.held_back import held_back
from bibnet.metrics.counts.side_pairs import side_pairs
from bibnet.network.scope import side_countries

COLUMNS = ("year", "side_a", "side_b", "works_a", "works_b", "joint_works", "share_a", "share_b")


def test_three_sides_are_three_pairs_and_a_year_without_works_is_shown() -> None:
    """Work 1 is of a and b, 2 of all three, 3 of c alone."""
    held = [(1, "a"), (1, "b"), (2, "a"), (2, "b"), (2, "c"), (3, "c")]
    found = tables(
        work_scope=[{"work_key": key, "year": 2020} for key in (1, 2, 3)],
        work_side=[{"work_key": key, "side": side} for key, side in held],
    )
    found["side_country"] = side_countries({"b": ("FR",), "a": ("DE",), "c": ("CN",)})
    assert rows_of(side_pairs(found, [2019, 2020]), *COLUMNS) == [
        (2019, "a", "b", 0, 0, 0, None, None),
        (2019, "a", "c", 0, 0, 0, None, None),
        (2019, "b", "c", 0, 0, 0, None, None),
        (2020, "a", "b", 2, 2, 2, 1.0, 1.0),
        (2020, "a", "c", 2, 2, 1, 0.5, 0.5),
        (2020, "b", "c", 2, 2, 1, 0.5, 0.5),
    ]


def held(key: int, seq: int, **more: object) -> dict[str, object]:
    row = {"work_key": key, "author_seq": seq, "affiliation_seq": 1, "entry_id": "a-body"}
    return {**row, "matched_text": "AB", "guard": "short_name", "text": f"AB {seq}", **more}


def test_what_was_held_back_has_its_works_and_its_guard_in_words() -> None:
    found = tables(
        work_scope=[
            {"work_key": 1, "year": 2020, "joint": True},
            {"work_key": 2, "year": 2020, "joint": False},
        ],
        institution=[{"institution_id": "I1", "institution": "Alpha Beta"}],
        held_back=[
            held(1, 1, institution_id="I1", institution="AlphaBeta", country="DE"),
            held(1, 2, institution_id="I1", institution="AlphaBeta", country="DE"),
            held(2, 1, institution_id="I1", institution="Alpha", country="DE", matched_text="A B"),
            held(2, 2),
        ],
    )
    columns = ("institution", "country", "works", "joint_works", "matched_text", "example")
    assert rows_of(held_back(found), *columns) == [
        ("Alpha Beta", "DE", 2, 1, "A B|AB", "AB 1"),
        (None, None, 1, 0, "AB", "AB 2"),
    ]
    assert all("acronym" in meaning for (meaning,) in rows_of(held_back(found), "guard_meaning"))
