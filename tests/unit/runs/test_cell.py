"""Cells that a reader means: keys, names, pairs in either order, and what is no cell."""

from typing import Any

import pandas as pd
import pytest

from bibnet.runs.cell import CellRows, asked_cells, turned
from bibnet.schema.errors import UsageError
from bibnet.schema.exhibits.pairs import COUNTRY_PAIRS, INSTITUTIONS
from bibnet.schema.exhibits.volume import COUNTRIES, TOPICS, YEARS

PAIRS = pd.DataFrame({"country_a": ["CN", "CN", "DE"], "country_b": ["DE", "FR", "FR"]})
PLACES = pd.DataFrame(
    {
        "institution_id": ["I1", "I2", "I3"],
        "institution": ["North University", "South Academy", "South Academy"],
        "country": ["DE", "CN", None],
    }
)


def cells(table: Any, rows: pd.DataFrame, keys: tuple[str, ...], **asked: object) -> object:
    return asked_cells(CellRows(table, rows, keys), asked)


def pairs(**asked: object) -> object:
    return cells(COUNTRY_PAIRS, PAIRS, COUNTRY_PAIRS.key, **asked)


def places(**asked: object) -> object:
    return cells(INSTITUTIONS, PLACES, INSTITUTIONS.key, **asked)


def test_a_pair_stands_in_either_order() -> None:
    expected = [{"country_a": ["CN"], "country_b": ["DE"]}]
    assert pairs(country_a="CN", country_b="DE") == expected
    assert pairs(country_a="DE", country_b="CN") == expected


def test_one_end_of_a_pair_is_looked_for_at_both() -> None:
    assert pairs(country_a="DE") == [{"country_a": ["DE"]}, {"country_b": ["DE"]}]
    assert pairs(country_b="CN") == [{"country_a": ["CN"]}]


def test_names_do_beside_ids_in_any_case() -> None:
    assert places(institution_id="north university") == [{"institution_id": ["I1"]}]
    assert places(institution="South Academy") == [{"institution_id": ["I2", "I3"]}]
    assert places(country="China") == [{"institution_id": ["I2"]}]
    assert pairs(country_a="Germany", country_b="China") == [
        {"country_a": ["CN"], "country_b": ["DE"]}
    ]


@pytest.mark.parametrize("name", ["The Netherlands", "netherlands", "NLD", "nl"])
def test_a_country_has_a_code_a_name_and_abbreviations(name: str) -> None:
    rows = pd.DataFrame({"country": ["NL", "GB"]})
    assert cells(COUNTRIES, rows, COUNTRIES.key, country=name) == [{"country": ["NL"]}]
    assert cells(COUNTRIES, rows, COUNTRIES.key, country="UK") == [{"country": ["GB"]}]


def test_a_part_of_a_country_and_a_slip_of_the_pen_are_no_cell() -> None:
    rows = pd.DataFrame({"country": ["NL", "GB"]})
    with pytest.raises(UsageError, match="no cell country='England'"):
        cells(COUNTRIES, rows, COUNTRIES.key, country="England")
    with pytest.raises(UsageError, match="perhaps one of: United Kingdom"):
        cells(COUNTRIES, rows, COUNTRIES.key, country="Unted Kingdom")


def test_the_empty_key_is_none_or_empty_text() -> None:
    rows = pd.DataFrame({"topic_id": ["T1", None], "topic": ["Vision", None]})
    for empty in (None, ""):
        assert cells(TOPICS, rows, TOPICS.key, topic_id=empty) == [{"topic_id": [None]}]


def test_a_column_that_describes_the_key_chooses_the_keys_of_its_rows() -> None:
    rows = pd.DataFrame({"side": ["europe", "europe", None], "country": ["DE", "FR", "US"]})
    assert cells(COUNTRIES, rows, ("country",), side="europe") == [{"country": ["DE", "FR"]}]


def test_a_year_may_be_text() -> None:
    rows = pd.DataFrame({"year": pd.array([2020], "Int64"), "side": ["all"]})
    assert cells(YEARS, rows, YEARS.key, year="2020") == [{"year": [2020]}]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"country_a": "XX"}, "country_a is for example one of: CN, DE"),
        ({"country_a": "DE", "country_b": "DE"}, "none has them together"),
        ({"city": "Berlin"}, "use any of: country_a, country_b"),
    ],
)
def test_what_is_no_cell_is_an_error_that_says_what_there_is(
    asked: dict[str, object], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        pairs(**asked)


def test_a_misspelt_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="is perhaps one of: North University"):
        places(institution_id="Nort University")


def test_a_pair_is_turned_by_its_column_names() -> None:
    assert turned({"side_a": 1, "year": 2}) == {"side_b": 1, "year": 2}
