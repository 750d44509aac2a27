"""Registry files of every form become the same organisations."""

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from bibnet.errors import InputError
from bibnet.places.registry import Organisation, load_registry

OXFORD = Organisation(
    key="052gg0110",
    ror="052gg0110",
    openalex_id="",
    name="University of Oxford",
    names=("University of Oxford", "Oxford University"),
    acronyms=(),
    country="GB",
    province="England",
    city="Oxford",
    types=("education",),
    parents=(),
    status="active",
    successors=(),
)
ROR_OXFORD = {
    "id": "https://ror.org/052gg0110",
    "status": "active",
    "names": [
        {"value": "Oxford University", "types": ["alias"]},
        {"value": "University of Oxford", "types": ["label", "ror_display"]},
    ],
    "locations": [
        {
            "geonames_details": {
                "country_code": "GB",
                "country_subdivision_name": "England",
                "name": "Oxford",
            }
        }
    ],
    "types": ["Education"],
}


def compact(ror: str, **changes: Any) -> dict[str, Any]:
    record = {"id": ror, "status": "active", "name": ror, "names": [], "types": [], "cc": "FR"}
    return record | {"sub": None, "city": None, "rels": []} | changes


def written(path: Path, records: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def test_ror_dump_in_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "dump.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("v1-ror-data.json", "[]")
        archive.writestr("v1-ror-data_schema_v2.json", json.dumps([ROR_OXFORD]))
    assert load_registry(path).organisations == (OXFORD,)


def test_ror_list_as_json(tmp_path: Path) -> None:
    path = tmp_path / "any.name"
    path.write_text("\ufeff" + json.dumps([ROR_OXFORD], indent=1), encoding="utf-8")
    assert load_registry(path).organisations == (OXFORD,)


def test_compact_lines_in_gzip(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    record = compact(
        "052gg0110",
        name="University of Oxford",
        names=[["Oxford University", "", "al"]],
        types=["education"],
        cc="GB",
        sub="England",
        city="Oxford",
    )
    path.write_bytes(gzip.compress(json.dumps(record).encode()))
    assert load_registry(path).organisations == (OXFORD,)


def test_openalex_institutions(tmp_path: Path) -> None:
    record = {
        "id": "https://openalex.org/I40120149",
        "ror": "https://ror.org/052gg0110",
        "display_name": "University of Oxford",
        "display_name_alternatives": ["Oxford University"],
        "country_code": "GB",
        "type": "education",
        "geo": {"city": "Oxford", "region": "England"},
    }
    (oxford,) = load_registry(written(tmp_path / "i.jsonl", [record])).organisations
    assert (oxford.openalex_id, oxford.ror, oxford.city) == ("I40120149", "052gg0110", "Oxford")
    assert oxford.names == OXFORD.names


def test_withdrawn_is_dropped_and_single_successor_answers(tmp_path: Path) -> None:
    records = [
        compact("withdrawn", status="withdrawn"),
        compact("old", status="inactive", name="Old Name", rels=[["su", "new"]]),
        compact("new", name="New Name"),
        compact("split", status="inactive", rels=[["su", "new"], ["su", "other"]]),
    ]
    registry = load_registry(written(tmp_path / "r.jsonl", records))
    assert [o.key for o in registry.organisations] == ["new", "split"]
    assert registry.organisations[0].former_names == ("Old Name",)
    assert registry.successor_of == {"old": "new"}


def test_circular_successors_stay_themselves(tmp_path: Path) -> None:
    records = [
        compact("a", status="inactive", rels=[["su", "b"]]),
        compact("b", status="inactive", rels=[["su", "a"]]),
    ]
    registry = load_registry(written(tmp_path / "r.jsonl", records))
    assert [o.key for o in registry.organisations] == ["a", "b"]


def test_last_of_two_records_counts(tmp_path: Path) -> None:
    records = [compact("a", name="First"), compact("a", name="Second")]
    (only,) = load_registry(written(tmp_path / "r.jsonl", records)).organisations
    assert only.name == "Second"


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"", "r"),
        (b"[", "r"),
        (b"title,year\n1,2\n", "r: line 1"),
        (b'{"id": "https://openalex.org/W1"}', "r: line 1"),
        (b'{"id": "x", "cc": "FR", "name": "X"}\n{"id": "y", "cc"', "r: line 2"),
        (b'{"cc": "FR", "name": "X"}', "r: line 1"),
        (b'["a", 1]', "r: record 1"),
        (b"PK\x03\x04broken", "r"),
        (b"\x1f\x8bbroken", "r"),
    ],
)
def test_faults_name_the_place(tmp_path: Path, content: bytes, where: str) -> None:
    path = tmp_path / "r"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        load_registry(path)
    assert caught.value.faults[0].where == str(tmp_path / where)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        load_registry(tmp_path / "absent")


def test_wrong_types_count_as_empty(tmp_path: Path) -> None:
    record = compact("a", names="x", types=3, cc=None, rels=[1, ["pa"]], city=["x"])
    (only,) = load_registry(written(tmp_path / "r.jsonl", [record])).organisations
    assert (only.names, only.country, only.city, only.parents) == (("a",), "", "", ())
