from collections.abc import Sequence

import ibis
import pyarrow as pa
from build import tables

from bibnet.tag.funders.funders import FunderList, funding


def entry(name: str, funder_id: str = "", **cells: str) -> dict[str, str]:
    empty = {"name_zh": "", "aliases": "", "type": "other", "country": "CN"}
    return {**empty, "entry_id": name, "name": name, "funder_id": funder_id, **cells}


LISTED = FunderList(
    [
        entry(
            "Science Fund",
            "F1",
            name_zh="科学基金",
            aliases="ScF|SciFund",
            type="central_programme",
        ),
        entry("Union Fund", "F2", type="supranational", country="EU"),
        entry("Harbour Ltd.", type="company", country=""),
        entry("City Fund", "F3"),
        entry("The City Fund", "F4"),
    ]
)


def funders(*rows: tuple[int, str | None, str | None]) -> list[Sequence[object]]:
    schema = pa.schema(
        [("work_key", pa.int64()), ("funder_id", pa.string()), ("funder", pa.string())]
    )
    table = pa.table([list(cells) for cells in zip(*rows, strict=True)] or [[], [], []], schema)
    world = {**tables(award=[]), "work_funder": ibis.memtable(table)}
    found = funding(world, LISTED).to_pyarrow().drop_columns("matched_text")
    return [tuple(row.values()) for row in found.to_pylist()]


def test_an_id_takes_name_country_and_type_of_the_list():
    assert funders((1, "F1", "whatever")) == [(1, "F1", "Science Fund", "CN", "central_programme")]


def test_an_unlisted_id_shows_its_smallest_name():
    assert funders((1, "F9", "Foo"), (2, "F9", "Bar")) == [
        (1, "F9", "Bar", None, "unclassified"),
        (2, "F9", "Bar", None, "unclassified"),
    ]


def test_an_unlisted_id_without_name_stays():
    assert funders((1, "F9", None)) == [(1, "F9", None, None, "unclassified")]


def test_a_listed_name_takes_the_id_so_that_the_funder_counts_once():
    assert funders((1, "F1", "x"), (1, None, "the science fund"), (1, None, "科学基金")) == [
        (1, "F1", "Science Fund", "CN", "central_programme")
    ]


def test_a_listed_funder_without_id_keeps_its_name():
    assert funders((1, None, "Harbour")) == [(1, None, "Harbour Ltd.", None, "company")]


def test_an_alias_matches_unless_it_is_short():
    assert funders((1, None, "SCIFUND"), (2, None, "ScF")) == [
        (1, "F1", "Science Fund", "CN", "central_programme"),
        (2, None, "ScF", None, "unclassified"),
    ]


def test_a_name_of_two_entries_matches_neither():
    assert funders((1, None, "City Fund")) == [(1, None, "City Fund", None, "unclassified")]


def test_part_of_a_name_does_not_match():
    assert funders((1, None, "Science Fund of Foo")) == [
        (1, None, "Science Fund of Foo", None, "unclassified")
    ]


def test_a_funder_with_neither_id_nor_name_is_left_out():
    assert funders((1, None, None)) == []


def test_no_funders_give_no_rows():
    assert funders() == []
