"""INVENTED snapshot folders, after the description of OpenAlex's layout of 2026.

No Parquet part, no list of deleted ids and no non-empty `awards` of the real source is at hand:
names, columns and values here follow the documentation, not a copy of it.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from read_inputs import gzipped, line

Parts = Mapping[str, Sequence[Mapping[str, Any]]]


def snapshot_line(number: int, **fields: Any) -> dict[str, Any]:
    """A work as a JSONL part has it: nulls kept, no content_urls, the native id of a location."""
    return {
        "id": f"https://openalex.org/W{number}",
        "title": f"Invented work {number}",
        "publication_year": 2024,
        "publication_date": "2024-05-17",
        "is_xpac": False,
        "authors_count": 0,
        "authorships": [],
        "primary_location": {"id": "10.1000/x", "provenance": "crossref", "source": None},
        "awards": [],
        "updated_date": "2026-06-01T00:00:00.000Z",
        **fields,
    }


def author(number: int) -> dict[str, Any]:
    """An authorship with everything the source gives, used or not."""
    institution = {"id": "https://openalex.org/I7", "display_name": "Lab", "country_code": "DE"}
    return {
        "author_position": "middle",
        "author": {"id": f"https://openalex.org/A{number}", "display_name": "N", "orcid": None},
        "institutions": [{**institution, "ror": None, "type": "other", "lineage": ["x"]}],
        "countries": ["DE"],
        "is_corresponding": False,
        "raw_author_name": "N",
        "raw_affiliation_strings": ["Lab"],
        "affiliations": [{"raw_affiliation_string": "Lab", "institution_ids": ["I7"]}],
        "raw_orcid": None,
    }


def write_snapshot(folder: Path, parts: Parts, **announced: int) -> Path:
    """Parts as gzip JSON Lines below `works`, with a manifest; `announced` changes its counts."""
    works = folder / "works"
    for name, lines in parts.items():
        path = works / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzipped(b"".join(line(work) + b"\n" for work in lines)))
    counts = {name: announced.get(Path(name).stem, len(lines)) for name, lines in parts.items()}
    write_manifest(works, counts)
    return works


def write_manifest(works: Path, counts: Mapping[str, int]) -> None:
    """`manifest.json` as the source writes it last."""
    files = [
        {
            "url": f"s3://openalex/data/jsonl/works/{name}",
            "meta": {"content_length": 1, "record_count": count},
        }
        for name, count in counts.items()
    ]
    document = {
        "date": "2026-06-25",
        "format": "jsonl",
        "entity": "works",
        "record_count": sum(counts.values()),
        "content_length": len(files),
        "files": files,
    }
    (works / "manifest.json").write_text(json.dumps(document), encoding="utf-8")


def write_deleted(works: Path, *rows: tuple[str, str], name: str = "deleted_ids.csv") -> None:
    """`deleted_ids.csv`, plain or gzip by its name."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([("work_id", "deleted_date"), *rows])
    content = text.getvalue().encode()
    (works / name).write_bytes(gzipped(content) if name.endswith(".gz") else content)


def write_parquet_part(path: Path, works: Sequence[Mapping[str, Any]]) -> Path:
    """A Parquet part: the abstract as JSON text, `ids` as a map, everything else nested."""
    path.parent.mkdir(parents=True, exist_ok=True)
    table = pa.Table.from_pylist([dict(work) for work in works])
    ids = pa.array([[("openalex", "x")]] * len(works), pa.map_(pa.string(), pa.string()))
    abstract = pa.array(['{"deep": [0], "nets": [1]}'] * len(works))
    table = table.append_column("ids", ids).append_column("abstract_inverted_index", abstract)
    pq.write_table(table, path)
    return path
