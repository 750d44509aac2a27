"""Ground truth: what becomes of each kind of line, kept or refused, and why."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from read_inputs import Given, gzipped, line, read, record, work, write_lines

from bibnet.tables import lines as lines_module
from bibnet.tables.decode.fields import WORK_FIELDS

KEPT = "kept"
PERSON = {"author": {"id": "https://openalex.org/A1"}, "institutions": [], "countries": []}


def raw(text: str) -> bytes:
    """A work with `text` (JSON, perhaps broken) as one more field that is read."""
    return b'{"id":"W5","authorships":[],' + text.encode() + b"}"


LINES: dict[str, tuple[bytes, str]] = {
    "a work": (line(work(1)), KEPT),
    "a record": (line(record()), KEPT),
    "work with only an id": (b'{"id":"https://openalex.org/W7"}', KEPT),
    "bare id": (b'{"id":"W8","authorships":[]}', KEPT),
    "lower-case id": (b'{"id":"w8"}', KEPT),
    "api id": (b'{"id":"https://api.openalex.org/works/W9"}', KEPT),
    "http id": (b'{"id":"http://openalex.org/W9"}', KEPT),
    "no id": (b'{"title":"t","authorships":[]}', "missing_id"),
    "null id": (b'{"id":null,"authorships":[]}', "missing_id"),
    "empty id": (b'{"id":"","authorships":[]}', "missing_id"),
    "number id": (b'{"id":2741809807,"authorships":[]}', "bad_id"),
    "list id": (b'{"id":["W1"],"authorships":[]}', "bad_id"),
    "true id": (b'{"id":true}', "bad_id"),
    "ror id": (b'{"id":"https://ror.org/05gsxrt27"}', "bad_id"),
    "words id": (b'{"id":"a work","title":"t"}', "bad_id"),
    "long id": (b'{"id":"W' + b"1" * 5000 + b'"}', "bad_id"),
    "author": (b'{"id":"https://openalex.org/A5","display_name":"x"}', "other_entity"),
    "institution": (b'{"id":"https://openalex.org/I5","ror":null}', "other_entity"),
    "keyword": (b'{"id":"https://openalex.org/keywords/robot"}', "other_entity"),
    "subfield": (b'{"id":"https://openalex.org/subfields/1702"}', "other_entity"),
    "record with number id": (b'{"id":17,"authors":[]}', KEPT),
    "record with list id": (b'{"id":[17],"authors":[]}', "bad_id"),
    "record with blank id": (b'{"id":"  ","authors":[]}', "bad_id"),
    "record with null authors": (b'{"id":"x","authors":null}', KEPT),
    "record with text authors": (b'{"id":"x","authors":"A. Smith"}', "authors_not_array"),
    "authorships null": (b'{"id":"W1","authorships":null}', KEPT),
    "authorships text": (b'{"id":"W1","authorships":"A. Smith"}', "authorships_not_array"),
    "authorships object": (b'{"id":"W1","authorships":{}}', "authorships_not_array"),
    "null authorship": (b'{"id":"W1","authorships":[null]}', KEPT),
    "text authorship": (b'{"id":"W1","authorships":["A. Smith"]}', KEPT),
    "blank": (b"", "blank"),
    "spaces": (b"  \t\r", "blank"),
    "carriage return": (line(work(2)) + b"\r", KEPT),
    "byte order mark": (b"\xef\xbb\xbf" + line(work(3)), KEPT),
    "nul": (b"\0", "malformed_json"),
    "html": (b"<html>429 Too Many Requests</html>", "malformed_json"),
    "csv": (b"W1,2020,A title", "malformed_json"),
    "cut": (line(work(4))[:-5], "malformed_json"),
    "two objects": (line(work(1)) + line(work(2)), "malformed_json"),
    "empty list": (b"[]", "not_an_object"),
    "list of a work": (b"[" + line(work(1)) + b"]", "not_an_object"),
    "null": (b"null", "not_an_object"),
    "number": (b"17", "not_an_object"),
    "text": (b'"W1"', "not_an_object"),
    "empty object": (b"{}", "missing_id"),
    "nan in a read field": (raw('"fwci":NaN'), "malformed_json"),
    "nan in an unread field": (raw('"apc_list":NaN'), "malformed_json"),
    "leading zero": (raw('"cited_by_count":01'), "malformed_json"),
    "empty item": (raw('"topics":[1,,2]'), "malformed_json"),
    "trailing comma": (raw('"topics":[],'), "malformed_json"),
    "control character": (raw('"title":"a\x01b"'), "malformed_json"),
    "infinite in a read field": (raw('"fwci":1e999'), KEPT),
    "infinite in an unread field": (raw('"apc_list":1e999'), KEPT),
    "huge number": (raw('"cited_by_count":10000000000000000000000000'), KEPT),
    "half pair in a read field": (raw('"title":"a\\ud800b"'), KEPT),
    "half pair in an unread field": (raw('"fulltext":"\\udc00"'), KEPT),
    "half pair in a record's id": (b'{"id":"\\ud800","authors":[]}', "bad_id"),
    "bad utf-8 in a read field": (b'{"id":"W1","title":"\xff"}', "invalid_utf8"),
    "bad utf-8 in an unread field": (b'{"id":"W1","fulltext":"\xe4\xb8"}', "invalid_utf8"),
    "encoded surrogate": (b'{"id":"W1","title":"\xed\xa0\x80"}', "invalid_utf8"),
    "depth 5,000": (raw('"mesh":' + "[" * 5000 + "]" * 5000), "too_deep"),
    "depth 100,000": (raw('"mesh":' + "[" * 100_000), "too_deep"),
    "duplicate key": (b'{"id":"W1","title":"a","title":"b"}', KEPT),
    "all null": (line(work(6, title=None, doi=None, topics=None, awards=None)), KEPT),
    "6,000 authors": (line(work(10, authorships=[PERSON] * 6000)), KEPT),
    "5 MB title": (line(work(11, title="x" * 5_000_000)), KEPT),
}

WRONG: tuple[Any, ...] = (17, 17.5, -1, True, "text", [], ["x"], [None], [17], {}, {"a": 1}, [[]])
REFUSING = {"id", "authorships", "authors"}  # the fields whose type decides about the line
FIELDS = sorted({name for name, column in WORK_FIELDS.items() if column} - REFUSING)
PERSON_FIELDS = (
    "author",
    "institutions",
    "countries",
    "affiliations",
    "raw_affiliation_strings",
    "raw_affiliation_string",
)


@pytest.mark.parametrize("name", LINES)
def test_each_kind_of_line_ends_as_it_should(tmp_path: Path, name: str) -> None:
    content, fate = LINES[name]
    given = read(tmp_path, work(100), content, work(101))
    refused = {} if fate == KEPT else {fate: 1}
    assert (dict(given.reading.reasons), given.reading.lines) == (refused, 3)


def test_all_kinds_of_lines_together_end_as_each_alone(tmp_path: Path) -> None:
    given = read(tmp_path, *(content for content, _ in LINES.values()))
    truth = Counter(fate for _, fate in LINES.values())
    kept = truth.pop(KEPT)
    assert (given.reading.works, dict(given.reading.reasons)) == (kept, dict(truth))


def test_every_line_is_a_work_or_in_quarantine_and_never_both(tmp_path: Path) -> None:
    given = read(tmp_path, *(content for content, _ in LINES.values()))
    kept = given.rows("work", "work_key")
    set_aside = [entry["line"] for entry in given.quarantine]
    assert sorted(kept + set_aside) == list(range(1, len(LINES) + 1))


@pytest.mark.parametrize("field", FIELDS)
def test_no_wrong_type_of_a_field_costs_the_work(tmp_path: Path, field: str) -> None:
    given = read(tmp_path, *(work(n, **{field: value}) for n, value in enumerate(WRONG, 1)))
    assert (given.reading.works, given.reading.quarantined) == (len(WRONG), 0)


@pytest.mark.parametrize("field", PERSON_FIELDS)
def test_no_wrong_type_in_an_authorship_costs_the_work(tmp_path: Path, field: str) -> None:
    people = ([{field: value}] for value in WRONG)
    given = read(tmp_path, *(work(n, authorships=a) for n, a in enumerate(people, 1)))
    assert (given.reading.works, given.rows("work", "authors")) == (len(WRONG), [1] * len(WRONG))


def test_line_beyond_the_limit_is_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines_module, "LONGEST_LINE", 1000)
    given = read(tmp_path, work(1), work(2, title="x" * 2_500_000), work(3))
    assert (given.reading.works, dict(given.reading.reasons)) == (2, {"line_too_long": 1})


def test_quarantine_shows_file_line_reason_and_start_of_the_line(tmp_path: Path) -> None:
    given = read(tmp_path, work(1), b'{"id":"A5","x":"\xff"}')
    assert given.quarantine == [
        {
            "file": "works.jsonl",
            "line": 2,
            "reason": "invalid_utf8",
            "detail": "",
            "raw": '{"id":"A5","x":"\\xff"}',
        }
    ]


def test_csv_given_as_works_gives_no_work(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "works.jsonl", [b"id,title", b"W1,A", b"W2,B"])
    assert Given(tmp_path, path).reading.reasons == {"malformed_json": 3}


def test_file_that_only_begins_like_gzip_is_one_line_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "works.gz"
    path.write_bytes(gzipped(b"x")[:2] + b"nonsense")
    assert Given(tmp_path, path).reading.reasons == {"gzip_untrusted": 1}
