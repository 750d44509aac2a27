"""Which affiliations an authorship has, and what each holds."""

from pathlib import Path
from typing import Any

from read_inputs import Given, read, record, work

BONN = {
    "id": "https://openalex.org/I1",
    "display_name": "Bonn",
    "ror": "https://ror.org/041nas322",
    "country_code": "DE",
    "type": "Education",
}
WUHAN = {"id": "https://openalex.org/I2", "display_name": "Wuhan", "country_code": "CN"}
BONN_CELLS = ("I1", "041nas322", "Bonn", "DE", "education")
WUHAN_CELLS = ("I2", None, "Wuhan", "CN", None)


def person(folder: Path, **fields: Any) -> Given:
    """Read one work of one authorship."""
    return read(folder, work(1, authorships=[fields]))


def strings(given: Given) -> list[Any]:
    return given.rows("affiliation", "author_seq", "affiliation_seq", "text")


def institutions(given: Given) -> list[Any]:
    columns = ("institution_id", "ror", "institution", "country", "type")
    return given.rows("asserted_institution", "affiliation_seq", "institution_seq", *columns)


def entry(text: str | None, *ids: object) -> dict[str, Any]:
    return {"raw_affiliation_string": text, "institution_ids": list(ids)}


def test_entries_name_their_institutions(tmp_path: Path) -> None:
    given = person(
        tmp_path,
        institutions=[BONN, WUHAN],
        affiliations=[entry("Bonn and Wuhan", BONN["id"], WUHAN["id"]), entry("Bonn", BONN["id"])],
    )
    assert strings(given) == [(1, 1, "Bonn and Wuhan"), (1, 2, "Bonn")]
    assert institutions(given) == [
        (1, 1, *BONN_CELLS),
        (1, 2, *WUHAN_CELLS),
        (2, 1, *BONN_CELLS),
    ]


def test_null_and_minus_one_are_no_institution(tmp_path: Path) -> None:
    given = person(tmp_path, institutions=[], affiliations=[entry("Somewhere", None, -1, "-1")])
    assert (strings(given), institutions(given)) == ([(1, 1, "Somewhere")], [])
    assert given.rows("field_issue") == []


def test_id_that_institutions_does_not_have_keeps_its_id(tmp_path: Path) -> None:
    given = person(tmp_path, affiliations=[entry("Bonn", "I1")])
    assert institutions(given) == [(1, 1, "I1", None, None, None, None)]


def test_id_named_twice_in_an_entry_counts_once(tmp_path: Path) -> None:
    given = person(tmp_path, institutions=[BONN], affiliations=[entry("B", "I1", BONN["id"])])
    assert institutions(given) == [(1, 1, *BONN_CELLS)]


def test_institution_that_no_entry_names_is_a_further_affiliation(tmp_path: Path) -> None:
    given = person(tmp_path, institutions=[BONN, WUHAN], affiliations=[entry("Bonn", "I1")])
    assert strings(given) == [(1, 1, "Bonn"), (1, 2, None)]
    assert institutions(given) == [(1, 1, *BONN_CELLS), (2, 1, *WUHAN_CELLS)]
    assert given.reading.institutions_outside_affiliations == 1


def test_strings_that_no_entry_holds_are_counted(tmp_path: Path) -> None:
    given = person(tmp_path, raw_affiliation_strings=["A", "B"], affiliations=[entry("A")])
    assert given.reading.strings_outside_affiliations == 1


def test_without_entries_each_institution_is_an_affiliation(tmp_path: Path) -> None:
    given = person(tmp_path, institutions=[BONN, WUHAN], raw_affiliation_strings=["Bonn", "Wuhan"])
    assert strings(given) == [(1, 1, "Bonn; Wuhan"), (1, 2, "Bonn; Wuhan")]
    assert institutions(given) == [(1, 1, *BONN_CELLS), (2, 1, *WUHAN_CELLS)]


def test_empty_list_of_entries_is_as_none(tmp_path: Path) -> None:
    given = person(tmp_path, institutions=[BONN], affiliations=[])
    assert strings(given) == [(1, 1, None)]


def test_institution_without_id_keeps_its_row(tmp_path: Path) -> None:
    given = person(
        tmp_path, institutions=[{"id": None, "display_name": "NIEHS"}], raw_affiliation_string="X"
    )
    assert strings(given) == [(1, 1, "X")]
    assert institutions(given) == [(1, 1, None, None, "NIEHS", None, None)]


def test_without_institutions_each_string_is_an_affiliation(tmp_path: Path) -> None:
    given = person(tmp_path, institutions=[], raw_affiliation_strings=["A", "", None, "B"])
    assert strings(given) == [(1, 1, "A"), (1, 2, "B")]


def test_singular_string_of_the_old_schema(tmp_path: Path) -> None:
    assert strings(person(tmp_path, raw_affiliation_string="NIEHS")) == [(1, 1, "NIEHS")]


def test_authorship_without_any_has_no_affiliation(tmp_path: Path) -> None:
    given = person(tmp_path, author={"id": "https://openalex.org/A7"})
    assert (strings(given), given.rows("authorship", "author_id")) == ([], ["A7"])


def test_author_without_id_or_with_a_placeholder_is_a_row(tmp_path: Path) -> None:
    ids = [None, "https://openalex.org/A9999999999", "https://openalex.org/A5"]
    given = read(tmp_path, work(1, authorships=[{"author": {"id": i}} for i in ids]))
    assert given.rows("authorship", "author_seq", "author_id") == [(1, None), (2, None), (3, "A5")]


def test_stated_countries_are_distinct_and_sorted(tmp_path: Path) -> None:
    given = person(tmp_path, countries=["DE", "CN", "DE", None])
    assert given.rows("stated_country", "author_seq", "country") == [(1, "CN"), (1, "DE")]


def test_country_code_is_mended_or_emptied_and_noted(tmp_path: Path) -> None:
    given = person(tmp_path, countries=["de", "GER"], institutions=[{**BONN, "country_code": "X"}])
    assert given.rows("stated_country", "country") == ["DE"]
    assert given.rows("field_issue", "field", "action", "value") == [
        ("authorships[0].countries[0]", "coerced", "de"),
        ("authorships[0].countries[1]", "emptied", "GER"),
        ("authorships[0].institutions[0].country_code", "emptied", "X"),
    ]


def test_several_types_of_an_institution_are_joined(tmp_path: Path) -> None:
    given = person(tmp_path, institutions=[{**BONN, "type_list": ["Facility", "funder"]}])
    assert given.rows("asserted_institution", "type") == ["facility|funder"]


def test_authors_of_a_record(tmp_path: Path) -> None:
    people = [{"name": "A", "affiliations": ["X", ""]}, {"affiliations": None}, None]
    given = read(tmp_path, record(authors=people, affiliations=["Y"]))
    assert given.rows("authorship", "author_seq") == [1, 2, 3]
    assert strings(given) == [(1, 1, "X"), (0, 1, "Y")]


def test_long_string_is_not_repeated_for_a_thousand_institutions(tmp_path: Path) -> None:
    given = person(tmp_path, institutions=[WUHAN] * 1000, raw_affiliation_string="x" * 1000)
    assert strings(given)[-1] == (1, 1000, None)
    assert given.rows("field_issue", "action") == ["emptied"]
