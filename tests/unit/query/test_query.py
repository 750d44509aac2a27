"""Queries: what a file may say, and that all its faults are reported together."""

import tomllib
from pathlib import Path

import pytest

from bibnet.query import Query, find_query, load_query, parse_query, side_of, with_affiliations
from bibnet.schema.errors import QueryError, UsageError

QUERIES = Path(__file__).parents[3] / "queries"
GOOD = """
name = "test"
question = "How entangled?"
[sides]
europe = ["FR", "DE"]
china = "china_merics"
"""


def parsed(text: str) -> Query:
    return parse_query(tomllib.loads(text), path=Path("test.toml"), text=text)


def faults(text: str) -> list[tuple[str, str]]:
    with pytest.raises(QueryError) as caught:
        parsed(text)
    assert caught.value.exit_code == 10
    return [(fault.what, fault.where) for fault in caught.value.faults]


def test_a_short_query_takes_the_defaults() -> None:
    query = parsed(GOOD)
    assert query.sides == {"europe": ("DE", "FR"), "china": ("CN", "HK")}
    assert query.schemes == {"china": "china_merics"}
    assert query.years is None
    assert query.ai == ("topics",)
    assert query.exclude == ("retracted", "paratext", "xpac")
    assert (query.affiliations, query.harvest, query.level) == ("resolve", "sides", "institution")


def test_all_faults_are_reported_together() -> None:
    text = GOOD + '[works]\nyears = [2024, 2019]\nkeyword = 1\n[count]\naffiliations = "guess"\n'
    assert faults(text) == [
        ("unknown key", "test.toml: works.keyword = 1"),
        ("years run backwards", "test.toml: works.years = [2024, 2019]"),
        ("unknown value", "test.toml: count.affiliations = 'guess'"),
    ]


@pytest.mark.parametrize(
    "years", ["[2019]", "[2019.0, 2020]", '["a", "b"]', "2019", "[true, 2020]"]
)
def test_years_must_be_two_whole_numbers(years: str) -> None:
    found = faults(GOOD + f"[works]\nyears = {years}\n")
    assert [what for what, _ in found] == ["not two whole years"]


def test_years_outside_history_are_impossible() -> None:
    assert faults(GOOD + "[works]\nyears = [1066, 2020]\n")[0][0] == "impossible years"


def test_sides_must_not_overlap() -> None:
    text = GOOD.replace('"FR", "DE"', '"FR", "HK"')
    assert faults(text)[0][0] == "sides overlap in HK"


def test_an_unknown_scheme_and_country_are_named() -> None:
    text = GOOD.replace("china_merics", "middle_kingdom").replace('"FR"', '"XX"')
    assert [what for what, _ in faults(text)] == ["unknown country code", "unknown scheme"]


def test_one_side_is_not_enough() -> None:
    text = GOOD.replace('china = "china_merics"', "")
    assert faults(text)[0][0] == "fewer than two sides"


def test_a_side_may_not_take_a_reserved_name() -> None:
    assert faults(GOOD.replace("europe =", "unknown ="))[0][0] == "reserved name of a side"


def test_a_name_must_do_as_a_folder() -> None:
    assert faults(GOOD.replace('"test"', '"../test"'))[0][0] == "not a name for a folder"


def test_all_goes_with_no_other_rule() -> None:
    assert faults(GOOD + '[works]\nai = ["all", "topics"]\n')[0][0] == "all goes with no other rule"


def test_a_file_that_is_not_toml_is_a_query_error(tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_bytes(b"name = \xff")
    with pytest.raises(QueryError, match="cannot be read"):
        load_query(path)


def test_an_unknown_name_lists_the_queries_there_are() -> None:
    with pytest.raises(QueryError, match="europe-china-ai"):
        find_query("nowhere")


@pytest.mark.parametrize("path", sorted(QUERIES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_query_of_the_project_is_right_and_named_as_its_file(path: Path) -> None:
    assert load_query(path).name == path.stem


def test_the_merics_query_is_as_published() -> None:
    query = load_query(QUERIES / "europe-china-ai.toml")
    assert query.years == (2017, 2022)
    assert len(query.sides["europe"]) == 30
    assert {"GB", "CH", "NO"} <= set(query.sides["europe"])
    assert query.sides["china"] == ("CN", "HK")


def test_side_of_maps_countries_to_sides() -> None:
    assert side_of({"a": ("DE",), "b": ("CN", "HK")}) == {"DE": "a", "CN": "b", "HK": "b"}


def test_the_command_line_may_change_how_affiliations_are_placed() -> None:
    assert with_affiliations(parsed(GOOD), "openalex").affiliations == "openalex"
    with pytest.raises(UsageError, match="guess"):
        with_affiliations(parsed(GOOD), "guess")
