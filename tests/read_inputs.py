"""Builders for the tests of the reader: files of works, and what reading them gives."""

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from bibnet.tables import Reading, read_works


def work(number: int = 1, **fields: Any) -> dict[str, Any]:
    """A small OpenAlex work object."""
    given = {"id": f"https://openalex.org/W{number}", "title": f"Work {number}", "authorships": []}
    return {**given, **fields}


def record(name: str = "r1", **fields: Any) -> dict[str, Any]:
    """A small bibnet record."""
    return {"id": name, "title": "Record", "authors": [], **fields}


def line(value: Any) -> bytes:
    """One JSON line, without its newline."""
    return json.dumps(value, ensure_ascii=False).encode()


def write_lines(path: Path, lines: Sequence[bytes | Mapping[str, Any]]) -> Path:
    """A plain file of lines; objects are written as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join((x if isinstance(x, bytes) else line(x)) + b"\n" for x in lines))
    return path


def gzipped(data: bytes) -> bytes:
    """One gzip member, the same bytes every time."""
    return gzip.compress(data, mtime=0)


class Given:
    """What reading some paths gave: the Reading, the tables and the quarantine."""

    def __init__(self, folder: Path, *paths: Path) -> None:
        self.folder = folder / "tables"
        self.reading: Reading = read_works(paths, self.folder)

    def rows(self, table: str, *columns: str) -> list[Any]:
        """Rows of a table: values of one column, or tuples of several."""
        read = pq.read_table(self.folder / f"{table}.parquet").to_pylist()
        if len(columns) == 1:
            return [row[columns[0]] for row in read]
        return [tuple(row[name] for name in columns or row) for row in read]

    @property
    def quarantine(self) -> list[dict[str, Any]]:
        """Entries of quarantine.jsonl."""
        text = (self.folder / "quarantine.jsonl").read_text(encoding="utf-8")
        return [json.loads(entry) for entry in text.splitlines()]


def read(folder: Path, *lines: bytes | Mapping[str, Any]) -> Given:
    """Read one file of lines."""
    return Given(folder, write_lines(folder / "works.jsonl", lines))
