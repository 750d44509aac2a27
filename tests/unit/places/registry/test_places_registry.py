"""Registry files of every form become the same organisations."""

import gzip
import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from bibnet.places.registry.file import registry_digest
from bibnet.places.registry.organisations import Organisation, load_registry
from bibnet.schema.errors import InputError

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


def test_parents_and_children_are_kept_and_unknown_ones_are_not(tmp_path: Path) -> None:
    """A parent that merged is its successor; one that the registry lacks is none."""
    records = [
        compact("lab", rels=[["pa", "old"], ["pa", "absent"], ["pa", "lab"], ["pa", "gone"]]),
        compact("old", status="inactive", rels=[["su", "house"]]),
        compact("house", rels=[["ch", "lab"], ["ch", "absent"]]),
        compact("gone", status="withdrawn"),
    ]
    registry = load_registry(written(tmp_path / "r.jsonl", records))
    found = {o.key: (o.parents, o.children) for o in registry.organisations}
    assert found == {"lab": (("house",), ()), "house": ((), ("lab",))}


def test_circular_parents_are_kept_as_they_are(tmp_path: Path) -> None:
    records = [compact("a", rels=[["pa", "b"]]), compact("b", rels=[["pa", "a"]])]
    registry = load_registry(written(tmp_path / "r.jsonl", records))
    found = {o.key: (o.parents, o.children) for o in registry.organisations}
    assert found == {"a": (("b",), ("b",)), "b": (("a",), ("a",))}


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


def harvest(folder: Path, *names: str, complete: bool = True) -> Path:
    """A harvest of institutions as it lies on disk: one page a name."""
    pages = folder / "pages" / "institutions"
    pages.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps({"complete": complete}))
    for number, name in enumerate(names):
        record = {"id": f"https://openalex.org/I{number}", "display_name": name}
        content = json.dumps(record).encode() + b"\n"
        (pages / f"{number:05}.jsonl.gz").write_bytes(gzip.compress(content))
    return folder


def test_a_harvest_of_institutions_is_a_registry(tmp_path: Path) -> None:
    folder = harvest(tmp_path / "2026-11-01", "First", "Second")
    for given in (folder, folder / "pages", tmp_path):
        names = [o.name for o in load_registry(given).organisations]
        assert names == ["First", "Second"]


def test_of_several_harvests_the_newest_complete_one_is_read(tmp_path: Path) -> None:
    harvest(tmp_path / "2026-08-01", "Old")
    harvest(tmp_path / "2026-11-01", "New")
    harvest(tmp_path / "2026-11-01-2", "Newest")
    harvest(tmp_path / "2026-12-01", "Unfinished", complete=False)
    assert [o.name for o in load_registry(tmp_path).organisations] == ["Newest"]
    assert registry_digest(tmp_path) == registry_digest(tmp_path / "2026-11-01-2")
    assert registry_digest(tmp_path) != registry_digest(tmp_path / "2026-08-01")


def test_an_unfinished_harvest_is_refused(tmp_path: Path) -> None:
    folder = harvest(tmp_path / "2026-12-01", "Unfinished", complete=False)
    for given in (folder, tmp_path):
        with pytest.raises(InputError, match="complete"):
            load_registry(given)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no page"):
        load_registry(tmp_path)


def test_the_digest_of_a_file_is_that_of_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "r").write_bytes(b"abc")
    assert registry_digest(tmp_path / "r") == hashlib.sha256(b"abc").hexdigest()


def test_coordinates_and_relations_of_every_form(tmp_path: Path) -> None:
    ror = {
        **ROR_OXFORD,
        "locations": [{"geonames_details": {"country_code": "GB", "lat": 51.75, "lng": -1.26}}],
        "relationships": [{"type": "Parent", "id": "https://ror.org/up"}],
    }
    openalex = {
        "id": "https://openalex.org/I2",
        "display_name": "Two",
        "geo": {"latitude": 51.75, "longitude": -1.26, "country_code": "GB"},
        "associated_institutions": [{"id": "https://openalex.org/I3", "relationship": "parent"}],
    }
    lines = compact("x", lat=51.75, lon=-1.26, rels=[["pa", "up"]])
    others = [compact("up"), {"id": "https://openalex.org/I3", "display_name": "Three"}]
    path = written(tmp_path / "r", [ror, openalex, lines, *others])
    found = {o.key: (o.lat, o.lon, o.parents) for o in load_registry(path).organisations}
    assert found["052gg0110"] == found["x"] == (51.75, -1.26, ("up",))
    assert found["I2"] == (51.75, -1.26, ("I3",))
