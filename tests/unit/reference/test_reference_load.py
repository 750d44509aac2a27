import hashlib
from pathlib import Path

import pytest

from bibnet.reference import load
from bibnet.schema.errors import ReferenceListError

CARD = """[{name}]
title = "T"
publisher = "P"
address = "https://example.org"
licence = "CC0 1.0"
date = "2026-01-01"
rows = {rows}
choice = "all"
"""
COUNTRIES = "country,name,region\nAA,Aland,X\nBB,Bland,X\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "countries", COUNTRIES, 2)
    return tmp_path


def write(folder: Path, name: str, content: str, rows: int) -> None:
    (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    with (folder / "cards.toml").open("a", encoding="utf-8") as cards:
        cards.write(CARD.format(name=name, rows=rows))


def faults(folder: Path, name: str) -> list[str]:
    with pytest.raises(ReferenceListError) as error:
        load.rows(name, folder)
    return [fault.what for fault in error.value.faults]


def test_rows_are_text_in_file_order(folder: Path):
    assert load.rows("countries", folder) == [
        {"country": "AA", "name": "Aland", "region": "X"},
        {"country": "BB", "name": "Bland", "region": "X"},
    ]


def test_names_are_those_with_a_card(folder: Path):
    assert load.names(folder) == ["countries"]


def test_digest_is_the_hash_of_the_file(folder: Path):
    assert load.digest("countries", folder) == hashlib.sha256(COUNTRIES.encode()).hexdigest()


def test_schemes_collect_their_countries(folder: Path):
    content = "scheme,country,valid_on,source\nx,AA,2026-01-01,s\nx,BB,2026-01-01,s\ny,AA,,s\n"
    write(folder, "country_schemes", content, 3)
    assert load.schemes(folder) == {"x": frozenset({"AA", "BB"}), "y": frozenset({"AA"})}


def test_all_faults_of_a_file_are_reported_together(folder: Path):
    content = "scheme,country,valid_on,source\nx,AA,,s\nx,AA,,s\nx,ZZ,,s\n,BB,,s\n"
    write(folder, "country_schemes", content, 3)
    assert faults(folder, "country_schemes") == [
        "the card says 3 rows, the list has 4",
        "empty scheme + country",
        "'x + AA' stands twice",
        "unknown country code 'ZZ'",
    ]


def test_a_fault_says_where_and_what_to_do(folder: Path):
    write(folder, "country_schemes", "scheme,country,valid_on,source\nx,ZZ,,s\n", 1)
    with pytest.raises(ReferenceListError) as error:
        load.rows("country_schemes", folder)
    fault = error.value.faults[0]
    assert (fault.where, fault.remedy) == (
        f"{folder / 'country_schemes.csv'}: row 2",
        "see countries.csv",
    )


def test_missing_and_doubled_columns_are_named(folder: Path):
    write(folder, "country_schemes", "scheme,scheme,source\nx,x,s\n", 1)
    assert faults(folder, "country_schemes") == [
        "no column country",
        "no column valid_on",
        "column scheme stands twice",
    ]


def test_an_identifier_may_be_empty_but_not_stand_twice(folder: Path):
    header = (
        "entry_id,funder_id,name,name_zh,aliases,type,country,ror,crossref_doi,source,confidence"
    )
    row = "{},{},n,,,other,EU,,,s,high"
    lines = [header, row.format("a", ""), row.format("b", ""), row.format("c", "F1")]
    write(folder, "funders", "\n".join([*lines, row.format("d", "F1")]) + "\n", 4)
    assert faults(folder, "funders") == ["'F1' stands twice"]


def test_a_row_with_too_many_cells_is_named(folder: Path):
    write(folder, "country_schemes", "scheme,country,valid_on,source\nx,AA,,s,more\n", 1)
    assert faults(folder, "country_schemes") == ["5 cells, the header has 4"]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\xff\xfe", "not a CSV file in UTF-8"),
        (b'country,name,region\n"AA', "not a CSV file in UTF-8"),
        (b"", "no column country"),
    ],
)
def test_a_file_that_is_no_list_is_a_fault(folder: Path, content: bytes, what: str):
    (folder / "countries.csv").write_bytes(content)
    assert faults(folder, "countries")[0].startswith(what)


def test_a_byte_order_mark_is_no_part_of_the_header(folder: Path):
    (folder / "countries.csv").write_text("\ufeff" + COUNTRIES, encoding="utf-8")
    assert load.rows("countries", folder)[0]["country"] == "AA"


def test_a_missing_file_is_a_fault(folder: Path):
    (folder / "countries.csv").unlink()
    assert faults(folder, "countries") == ["the list cannot be read: No such file or directory"]


def test_an_unknown_list_names_the_known_ones(folder: Path):
    assert faults(folder, "tastes") == ["no list 'tastes'"]


def test_a_list_without_a_card_is_a_fault(folder: Path):
    (folder / "keywords.csv").write_text("family\n", encoding="utf-8")
    assert faults(folder, "keywords") == ["no card for 'keywords'"]


def test_check_all_reports_the_faults_of_all_lists(folder: Path):
    write(folder, "country_schemes", "scheme,country,valid_on,source\nx,ZZ,,s\n", 2)
    with pytest.raises(ReferenceListError) as error:
        load.check_all(folder)
    found = {fault.what for fault in error.value.faults}
    assert {
        "unknown country code 'ZZ'",
        "the card says 2 rows, the list has 1",
        "the list cannot be read: No such file or directory",  # the other lists
    } <= found
