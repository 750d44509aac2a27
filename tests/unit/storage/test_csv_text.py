"""Tables of users: long cells are read, what cannot be read is said with a remedy that fits."""

from pathlib import Path

import pytest

from bibnet.metrics.counts.populations import read_populations
from bibnet.reference.filled import read_filled
from bibnet.runs.audit.mapped import number, read_mapped
from bibnet.schema.errors import InputError
from bibnet.storage.csv_text import LONGEST_CELL, csv_rows, csv_table


def test_a_cell_longer_than_the_library_takes_by_itself():
    assert csv_table(f"a,b\n{'x' * 200_000},1\n".encode()) == [["a", "b"], ["x" * 200_000, "1"]]


def test_marks_and_quotes():
    assert csv_table('\ufeffa,b\r\n"1,\n2",""\r\n'.encode()) == [["a", "b"], ["1,\n2", ""]]
    assert list(csv_rows(['a\t"b\n'], "\t", quoted=False)) == [["a", '"b']]


def test_every_table_of_a_user_takes_long_cells(tmp_path: Path):
    path = tmp_path / "long.csv"
    path.write_text(f"country,province,city,population,note\nDE,,,5,{'x' * 200_000}\n")
    assert len(read_mapped(path, {"text": "note"})[0]["text"]) == 200_000
    names = ("country", "province", "city", "population", "note")
    assert len(read_filled(path, names).rows[0][1]["note"]) == 200_000
    assert read_populations(path) == {("DE", "all", "all"): 5}


@pytest.mark.parametrize(
    "content", [b'a,b\n"never closed,1\n', b"a,b\n" + b"x" * (LONGEST_CELL + 1), b"\xff\xfe\n"]
)
def test_the_remedy_names_what_may_be_wrong(tmp_path: Path, content: bytes):
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    with pytest.raises(InputError) as error:
        read_mapped(path, {"text": "a"})
    (fault,) = error.value.faults
    assert fault.where == str(path)
    assert fault.remedy == (
        "give a CSV file in UTF-8 with every quotation mark closed and no cell of more than "
        "16,777,216 characters"
    )


def test_a_path_that_names_no_file_needs_another_path(tmp_path: Path):
    for path in (tmp_path / "gone.csv", tmp_path, Path("v" * 5000)):
        with pytest.raises(InputError) as error:
            read_mapped(path, {"text": "a"})
        assert (
            error.value.faults[0].remedy == "give the path of a file that is there and may be read"
        )
        assert read_filled(path, ["a"]).faults[0].remedy == error.value.faults[0].remedy


@pytest.mark.parametrize(
    ("text", "value"), [("1e3", 1000.0), ("-2", -2.0), ("inf", None), ("nan", None), ("", None)]
)
def test_numbers_of_cells(text: str, value: float | None):
    assert number(text) == value


@pytest.mark.parametrize("people", ["1" * 5000, "9" * 13, "0", "-1", "1.5", "²"])
def test_no_population(tmp_path: Path, people: str):
    path = tmp_path / "people.csv"
    path.write_text(f"country,province,city,population\nDE,,,{people}\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_populations(path)
    assert error.value.faults[0].what == f"no population: {people[:40]!r}"
