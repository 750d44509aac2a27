import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibnet.harvest.sandbox.answers import Refusal
from bibnet.harvest.sandbox.fields import fields_of
from bibnet.harvest.sandbox.ordering import (
    Backwards,
    Key,
    cursor_key,
    decode_cursor,
    encode_cursor,
    full_order,
    parse_sort,
    sort_key,
    sort_values,
)

FIELDS = fields_of("works")


def names(order: list[Key]) -> list[str]:
    return [("-" if key.descending else "") + key.field.name for key in order]


def order_of(sort: str | None, *, cursor: bool, search: bool = False) -> list[Key]:
    asked = parse_sort(sort, FIELDS, search=search)
    return full_order("works", asked, FIELDS, search=search, cursor=cursor)


DEFAULT = ["-cited_by_percentile_year.max", "-cited_by_count", "id"]


@pytest.mark.parametrize(
    ("sort", "cursor", "expected"),
    [
        (None, False, DEFAULT),
        (None, True, DEFAULT),
        ("publication_date", True, ["publication_date", *DEFAULT]),
        ("publication_year:desc", True, ["-publication_date", *DEFAULT]),
        ("cited_by_count:desc", False, ["-cited_by_count", "-publication_date", "id"]),
        ("fwci,openalex:desc", True, ["fwci", "-openalex", *DEFAULT]),
    ],
)
def test_the_default_order_follows_what_was_asked_for(
    sort: str | None, cursor: bool, expected: list[str]
) -> None:
    assert names(order_of(sort, cursor=cursor)) == expected


def test_a_search_is_in_order_of_relevance() -> None:
    order = order_of(None, cursor=True, search=True)
    assert names(order) == ["-relevance_score", "publication_date", "id"]


@pytest.mark.parametrize(
    ("sort", "status"),
    [
        ("nonsense", 400),
        ("relevance_score:desc", 400),
        ("updated_date", 429),
        ("created_date:desc", 429),
    ],
)
def test_some_orders_are_refused(sort: str, status: int) -> None:
    with pytest.raises(Refusal) as refusal:
        parse_sort(sort, FIELDS, search=False)
    assert refusal.value.answer.status == status


def test_a_cursor_is_written_as_recorded() -> None:
    """The text of a real cursor of November 2025, decoded."""
    recorded = "Ils2MC4wLCAwLCAnaHR0cHM6Ly9vcGVuYWxleC5vcmcvVzMwNDU5MjE4OTEnXSI="
    assert encode_cursor([60.0, 0, "https://openalex.org/W3045921891"]) == recorded
    key = decode_cursor(recorded, order_of(None, cursor=True))
    assert key == (-60.0, -0.0, (0, "https://openalex.org/W3045921891"))


def test_missing_numbers_are_infinite_and_come_last() -> None:
    order = order_of(None, cursor=True)
    found = sort_values({"id": "W1", "cited_by_count": 0}, 0.0, order)
    assert found == ["-Infinity", 0, "W1"]
    assert cursor_key(found, order)[0] == float("inf")


def test_dates_are_milliseconds() -> None:
    order = order_of("publication_date", cursor=True)
    assert sort_values({"publication_date": "2009-01-01"}, 0.0, order)[0] == 1230768000000


@pytest.mark.parametrize("cursor", ["null", "None"])
def test_a_null_cursor_says_that_the_end_was_reached(cursor: str) -> None:
    with pytest.raises(Refusal) as refusal:
        decode_cursor(cursor, order_of(None, cursor=True))
    assert json.loads(refusal.value.answer.body) == {
        "error": "Pagination error.",
        "message": "Cursor is null. Likely reached end of results.",
    }


WRONG = ["", "abc", "äöü", "e30=", encode_cursor([1]), encode_cursor(["a", "b", "c", "d"])]


@pytest.mark.parametrize("cursor", WRONG)
def test_a_wrong_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(Refusal) as refusal:
        decode_cursor(cursor, order_of(None, cursor=True))
    assert b"Invalid cursor value" in refusal.value.answer.body


def test_an_apostrophe_makes_a_cursor_that_is_refused() -> None:
    """As at the source, whose cursors are the text of a Python list."""
    order = order_of("display_name", cursor=True)
    cursor = encode_cursor(["Saint X's", 1, 1, "W1"])
    with pytest.raises(Refusal):
        decode_cursor(cursor, order)


@given(st.binary(max_size=40))
def test_any_cursor_is_read_or_refused(noise: bytes) -> None:
    cursor = base64.b64encode(noise).decode()
    try:
        decode_cursor(cursor, order_of(None, cursor=True))
    except Refusal as refusal:
        assert refusal.answer.status == 400


@given(st.text(), st.text())
def test_backwards_turns_the_order_of_texts(left: str, right: str) -> None:
    assert (Backwards(left) < Backwards(right)) == (left > right)


COUNT = st.none() | st.integers(0, 9)


@given(COUNT, COUNT, st.booleans())
def test_a_cursor_keeps_the_order(left: Any, right: Any, descending: bool) -> None:
    order = [Key(FIELDS["cited_by_count"], descending)]
    keys = []
    for count in (left, right):
        found = sort_values({"cited_by_count": count}, 0.0, order)
        key = sort_key({"cited_by_count": count}, order[0])
        assert decode_cursor(encode_cursor(found), order) == (key,)
        keys.append(key)
    if None not in (left, right) and left != right:
        assert (keys[0] < keys[1]) == ((left < right) != descending)
