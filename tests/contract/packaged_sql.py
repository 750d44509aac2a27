"""The SQL that comes with the package, compiled from what runs of the packaged queries ask for.

`python tests/contract/packaged_sql.py --write` compiles it anew. Where expressions have changed
since, they miss it and are compiled on the first run: it is never wrong, it only saves less.
"""

import os
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest import mock

import ibis.expr.types as ir
import msgspec

from bibnet.harvest.sandbox.listed import with_listed_subjects, write_lists
from bibnet.harvest.sandbox.registry import write_funder_records, write_registry
from bibnet.harvest.sandbox.world import build_world
from bibnet.query import Query, load_query
from bibnet.query.model import AFFILIATION_MODES, ALL_WORKS
from bibnet.runs.pipeline.order import run_query
from bibnet.runs.pipeline.request import Request
from bibnet.storage.compiled import PACKAGED_SQL, structure_key, with_marks

QUERIES = Path(__file__).parents[2] / "queries"
SEED, WORKS = 1, 2000  # of the invented works that the queries are run on
BEST = 9  # of zlib
# How works come to be: told AI by rules or all taken, places of the source or of strings as well.
WAYS = [(ai, mode) for ai in (None, (ALL_WORKS,)) for mode in AFFILIATION_MODES]
Compile = Callable[[ir.Table], str]


@contextmanager
def recorded() -> Iterator[dict[str, str]]:
    """SQL with marks by key of whatever DuckDB is asked for in the block, each compiled anew."""
    found: dict[str, str] = {}

    def compiled(expression: ir.Table, dialect: str, compile_sql: Compile) -> str:
        sql = compile_sql(expression)
        key, names = structure_key(expression, dialect)
        found[key] = with_marks(sql, names)
        return sql

    with mock.patch("bibnet.storage.engine.duckdb.compiled", compiled):
        yield found


def asked() -> Iterator[Query]:
    """Every packaged query, and the first of them in every way that works come to be in it."""
    queries = [load_query(path) for path in sorted(QUERIES.glob("*.toml"))]
    yield from queries
    for ai, affiliations in WAYS:
        yield replace(queries[0], ai=ai or queries[0].ai, affiliations=affiliations, years=None)


def run_all(folder: Path, *, works: int, queries: list[Query]) -> dict[str, str]:
    """SQL with marks by key of runs of queries over invented works in a folder."""
    world = with_listed_subjects(build_world(SEED, works))
    source, registry, funders = (folder / f"{name}.jsonl" for name in ("works", "registry", "paid"))
    source.write_bytes(b"".join(msgspec.json.encode(work) + b"\n" for work in world.works))
    write_registry(world, registry)
    write_funder_records(world, funders)
    write_lists(world, folder / "lists")
    with recorded() as found:
        for number, query in enumerate(queries):
            request = Request(
                query, (source,), folder / str(number), registry=registry, invented=True,
                funder_records=funders, lists=folder / "lists",
            )  # fmt: skip
            run_query(request, lambda line: None)
    return found


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_CACHE_HOME"] = name
        found = run_all(Path(name), works=WORKS, queries=[*asked()])
    content = msgspec.msgpack.encode(dict(sorted(found.items())))
    PACKAGED_SQL.write_bytes(zlib.compress(content, BEST))
    sys.stdout.write(f"{len(found)} expressions, {len(content)} bytes, {PACKAGED_SQL}\n")


if __name__ == "__main__" and "--write" in sys.argv:
    main()
