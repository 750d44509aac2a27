"""`bibnet locate` as a user calls it: one JSON line a string, in order, whatever the string."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from command_line import bibnet

KEYS = {"text", "organisations", "country", "province", "city", "lat", "lon", "rule"}
PLACE = {"sub": "Hubei", "city": "Wuhan", "lat": 30.58, "lon": 114.27}
REGISTRY = (
    {"id": "0aaaa", "name": "Quillwater University", "cc": "CN", **PLACE},
    {"id": "0bbbb", "name": "Brindlemoor Institute of Optics", "cc": "DE", "city": "Bonn"},
    {"id": "0cccc", "name": "Quillwater College", "cc": "CN", "status": "withdrawn", **PLACE},
)


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("registry") / "lines.jsonl"
    rest = {"status": "active", "names": [], "types": ["education"], "rels": []}
    path.write_text("".join(json.dumps({**rest, **record}) + "\n" for record in REGISTRY))
    return path


def locate(*arguments: object, given: bytes = b"", cache: Path) -> tuple[int, list[Any], str]:
    """Exit code, records of standard output, standard error."""
    with mock.patch.dict(os.environ, {"XDG_CACHE_HOME": str(cache)}):
        done = bibnet("locate", *arguments, given=given)
    assert "Traceback" not in done.stderr
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def test_an_organisation_with_its_place(registry: Path, tmp_path: Path) -> None:
    text = "Dept. of X, Quillwater University, Wuhan 430072, China"
    code, (record,), _ = locate(text, "--registry", registry, cache=tmp_path)
    assert (code, record["text"], set(record) >= KEYS) == (0, text, True)
    (found,) = record["organisations"]
    assert 0 < found.pop("score") <= 1
    assert found == {
        "ror": "0aaaa",
        "name": "Quillwater University",
        "country": "CN",
        "province": "Hubei",
        "city": "Wuhan",
        "lat": 30.58,
        "lon": 114.27,
        "rule": "exact_name",
        "matched_text": "Quillwater University",
    }
    assert (record["country"], record["province"], record["city"]) == ("CN", "Hubei", "Wuhan")
    assert record["places"] == []


def test_the_country_of_an_address_without_an_organisation_is_shown(
    registry: Path, tmp_path: Path
) -> None:
    text = "Quillwater University, Wuhan, China and X Lab, Paris, France"
    _, (record,), _ = locate(text, "--registry", registry, cache=tmp_path)
    assert [found["ror"] for found in record["organisations"]] == ["0aaaa"]
    assert record["country"] == "CN"
    (place,) = record["places"]
    assert {key: place[key] for key in ("country", "city", "rule", "matched_text")} == {
        "country": "FR",
        "city": "Paris",
        "rule": "country_name",
        "matched_text": "France",
    }


def test_a_withdrawn_organisation_is_never_returned(registry: Path, tmp_path: Path) -> None:
    _, (record,), _ = locate("Quillwater College", "--registry", registry, cache=tmp_path)
    assert "0cccc" not in [found["ror"] for found in record["organisations"]]


def test_without_a_registry_places_only_and_it_is_said(tmp_path: Path) -> None:
    code, (record,), message = locate("X Lab, Nanjing, China", cache=tmp_path)
    assert (code, record["organisations"]) == (0, [])
    assert (record["country"], record["province"], record["city"]) == ("CN", "Jiangsu", "Nanjing")
    assert "no --registry" in message


def test_lines_come_back_in_order_with_blank_and_equal_ones(tmp_path: Path) -> None:
    path = tmp_path / "strings.txt.gz"
    lines = ["X, Paris, France", "", "X, Paris, France", "  ", "nowhere", "X, Bonn, Germany"]
    path.write_bytes(gzip.compress("\r\n".join(lines).encode()))
    code, records, _ = locate("--file", path, cache=tmp_path)
    assert code == 0
    assert [record["text"] for record in records] == lines
    countries = [record["country"] for record in records]
    assert countries == ["FR", None, "FR", None, None, "DE"]


def test_standard_input(tmp_path: Path) -> None:
    _, records, _ = locate("--file", "-", given="香港\n台湾\n".encode(), cache=tmp_path)
    assert [(record["text"], record["country"]) for record in records] == [
        ("香港", "HK"),
        ("台湾", "TW"),
    ]


BAD_INPUT = {
    "control characters": "X\x00\x01\x1b[2J, Paris, France",
    "mojibake": "UniversitÃ© X, GenÃ¨ve, Suisse",
    "html": "<b>X Lab</b>, Bonn &amp; K&ouml;ln, Germany<script>",
    "emoji": "🙂🙂🙂",
    "right to left": "جامعة القاهرة\u202e، مصر",
    "postcode": "100084",
    "british postcode": "CB2 1TN",
    "e-mail address": "someone@mit.edu",
    "formula": '=HYPERLINK("x"), Berlin, Germany',
    "quotes": "'; DROP TABLE work; --",
    "brackets": "(((((" * 2000,
    "commas": "," * 50_000,
    "long": "X Lab, " * 7000 + "Paris, France",
    "long word": "x" * 50_000,
    "long signs": "大学" * 25_000,
}


def test_bad_input_is_answered_line_by_line(registry: Path, tmp_path: Path) -> None:
    path = tmp_path / "bad.txt"
    path.write_text("".join(f"{text}\n" for text in BAD_INPUT.values()), encoding="utf-8")
    code, records, _ = locate("--file", path, "--registry", registry, cache=tmp_path)
    assert code == 0
    assert [record["text"] for record in records] == list(BAD_INPUT.values())
    found = {name: r["country"] for name, r in zip(BAD_INPUT, records, strict=True)}
    assert found == dict.fromkeys(BAD_INPUT) | {
        "control characters": "FR",
        "mojibake": "CH",
        "html": "DE",
        "right to left": "EG",
        "british postcode": "GB",
        "e-mail address": "US",
        "formula": "DE",
    }


def test_output_holds_nothing_that_moves_a_terminal(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bibnet", "locate", "a\x1b[2J\x9bb\u202ec"]
    shown = subprocess.run(command, capture_output=True, check=False).stdout.decode()
    assert not {"\x1b", "\x9b", "\u202e"} & set(shown)
    assert json.loads(shown)["text"] == "a\x1b[2J\x9bb\u202ec"


def test_bytes_that_are_no_text_are_counted(tmp_path: Path) -> None:
    given = b"\xef\xbb\xbfX, Paris, France\nUniversit\xe9 X, Gen\xe8ve\n"
    code, records, message = locate("--file", "-", given=given, cache=tmp_path)
    assert (code, records[0]["text"]) == (0, "X, Paris, France")
    assert records[1]["text"] == "Universit\ufffd X, Gen\ufffdve"
    assert "1 string holds bytes that are not UTF-8" in message


def test_a_file_given_as_a_string_is_pointed_out(tmp_path: Path) -> None:
    path = tmp_path / "strings.txt"
    path.write_text("X, Paris, France\n")
    code, records, message = locate(path, cache=tmp_path)
    assert (code, records[0]["text"]) == (0, str(path))
    assert f"'{path}' is also the name of a file and was read as a string; --file" in message


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 2),
        (("--file", "absent.txt"), 11),
        (("--file", "."), 11),
        (("--file", "broken.gz"), 11),
        (("X", "--registry", "absent.zip"), 11),
        (("X", "--registry", "broken.gz"), 11),
        (("X", "--registry", "."), 11),
    ],
)
def test_faults_have_three_parts(tmp_path: Path, arguments: tuple[str, ...], code: int) -> None:
    (tmp_path / "broken.gz").write_bytes(gzip.compress(b"X, Paris, France\n" * 999)[:-30])
    at = [tmp_path / name if "." in name else name for name in arguments]
    found, _, message = locate(*at, cache=tmp_path)
    assert found == code
    assert message.count("where:") == message.count("what to do:") >= 1


@pytest.mark.long
def test_two_processes_give_the_same_bytes(registry: Path, tmp_path: Path) -> None:
    given = "".join(f"Lab {n}, Quillwater University\n" for n in range(5000)).encode()
    arguments = ("--file", "-", "--registry", registry)
    one = locate(*arguments, given=given, cache=tmp_path)
    two = locate(*arguments, "--jobs", "2", given=given, cache=tmp_path)
    assert one[1] == two[1]


def test_a_reader_that_stops_early_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "many.txt"
    path.write_text("X, Paris, France\n" * 20_000)
    command = [sys.executable, "-m", "bibnet", "locate", "--file", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.readline()
        process.stdout.close()
        message = process.stderr.read().decode()
    assert "rror" not in message
