"""The reader on real files: every line read, and rows as a plain count of the JSON gives them."""

import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from bibnet.tables import Reading, read_works

pytestmark = pytest.mark.real


def load(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def rows(folder: Path, table: str) -> int:
    return int(pq.read_metadata(folder / f"{table}.parquet").num_rows)


def affiliations(authorship: dict[str, Any]) -> int:
    """Affiliations of an authorship by the rules, counted the plain way."""
    strings = authorship.get("raw_affiliation_strings")
    if strings is None:
        strings = [authorship.get("raw_affiliation_string")]
    entries, institutions = authorship.get("affiliations"), authorship["institutions"]
    return len(entries or institutions or [text for text in strings if text])


@pytest.mark.parametrize("name", ["works.jsonl.gz", "works_older_schemas.jsonl.gz"])
def test_openalex_works_of_all_generations(shared_data: Path, tmp_path: Path, name: str) -> None:
    path = shared_data / "openalex" / name
    reading = read_works([path], tmp_path)
    works = load(path)
    people = [a for w in works for a in w["authorships"]]
    assert (reading.lines, reading.works, reading.unknown_fields) == (len(works), len(works), {})
    assert rows(tmp_path, "authorship") == len(people)
    assert rows(tmp_path, "affiliation") == sum(map(affiliations, people))
    assert rows(tmp_path, "stated_country") == sum(len(set(a.get("countries", ()))) for a in people)
    assert rows(tmp_path, "concept") == sum(len(w["concepts"]) for w in works)
    abstracts = pq.read_table(tmp_path / "text.parquet")["abstract"]
    assert len(abstracts.drop_null()) == sum(bool(w.get("abstract_inverted_index")) for w in works)


def test_conference_papers(shared_data: Path, tmp_path: Path) -> None:
    path = shared_data / "conferences" / "papers.jsonl.gz"
    reading = read_works([path], tmp_path)
    papers = load(path)
    people = [author for paper in papers for author in paper["authors"]]
    tied = sum(len(author["affiliations"]) for author in people)
    untied = sum(len(paper.get("affiliations", ())) for paper in papers)
    assert reading.works == len(papers) == 63_737
    assert reading.unknown_fields == {"status": 63_737}
    assert rows(tmp_path, "authorship") == len(people)
    assert rows(tmp_path, "affiliation") == tied + untied


def test_snapshot_partitions_and_examples(shared_data: Path, tmp_path: Path) -> None:
    reading = read_works([shared_data / "openalex" / "api"], tmp_path)
    assert reading.works == 67  # 27 + 27 of the partition, 10 of 2025-11, 3 single works
    assert reading.lines == reading.works + reading.quarantined
    assert set(reading.reasons) == {"other_entity", "missing_id"}


def recorded(shared_data: Path, folder: Path) -> int:
    """Write the recorded answers that are lists of works, a file each; give their works."""
    count = 0
    for number, call in enumerate(load(shared_data / "openalex/api/http_interactions.jsonl.gz")):
        if call["status"] == "200" and "/works" in call["uri"]:
            body = json.loads(call["body"])
            found = [work for work in body.get("results", []) if "id" in work]
            (folder / f"{number:03}").write_text(call["body"], encoding="utf-8")
            count += len(found) if "results" in body else "id" in body
    return count


def test_recorded_answers_of_the_api(shared_data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "answers"
    folder.mkdir()
    works = recorded(shared_data, folder)
    reading: Reading = read_works([folder], tmp_path / "tables")
    assert reading.works == works > 1000
    assert reading.unknown_fields == {}
