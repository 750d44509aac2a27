"""SQL of expressions, kept between commands: compiling costs ten times what running does.

The key of an expression is its whole structure, every operation, argument and column type, with
the names of its tables in the order they are met. A changed expression has another key, so does
another version of what compiles it. Names of tables, which differ from run to run, are marks in
what is kept. The SQL of what runs of the packaged queries ask for comes with the package, under
the same keys (`tests/contract/packaged_sql.py --write` compiles it): what a first run would wait
four seconds for.
"""

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import ibis.expr.operations as ops
import ibis.expr.types as ir
import msgspec
from ibis.common.graph import Node
from ibis.expr.datashape import DataShape

from bibnet.storage.cache import cache_home, cached, forget_all_but

KEPT = "sql"
# Those of some 25 queries, 25 MB; the least recently used go first.
MOST_KEPT = 5_000
COMPILERS = ("ibis-framework", "sqlglot")
MARK = "\x00{}\x00"
PACKAGED_SQL = Path(__file__).with_name("packaged_sql.msgpack.zlib")


def compiled(expression: ir.Table, dialect: str, compile_sql: Callable[[ir.Table], str]) -> str:
    """The SQL of an expression in a dialect, from the cache where it was compiled before."""
    key, names = structure_key(expression, dialect)
    known = packaged_sql().get(key)
    if known is None:
        own = f"{version('bibnet')} {key}"
        known = cached(KEPT, own, str, lambda: with_marks(compile_sql(expression), names))
    for at, name in enumerate(names):
        known = known.replace(MARK.format(at), name)
    return known


def structure_key(expression: ir.Table, dialect: str) -> tuple[str, list[str]]:
    """The key of an expression's SQL in a dialect, and the names of its tables as they are met."""
    structure, names = _structure(expression.op())
    return f"{dialect} {compilers()} {structure}", names


@lru_cache(maxsize=1)
def packaged_sql() -> Mapping[str, str]:
    """SQL with marks by key, as it comes with the package; none where the file is no such thing."""
    try:
        content = zlib.decompress(PACKAGED_SQL.read_bytes())
        return msgspec.msgpack.decode(content, type=dict[str, str])
    except (OSError, zlib.error, ValueError, msgspec.MsgspecError):
        return {}  # compiled where it is needed


def forget_compiled(most: int = MOST_KEPT) -> None:
    """Delete what is kept beyond the `most` expressions that were used last."""
    forget_all_but(most, cache_home() / KEPT)


@lru_cache(maxsize=1)
def compilers() -> str:
    """What compiles SQL, with its versions."""
    return " ".join(f"{name} {version(name)}" for name in COMPILERS)


def with_marks(sql: str, names: list[str]) -> str:
    """The SQL with a mark in place of each table's name."""
    # The longest first: a name may begin with another one.
    for at, name in sorted(enumerate(names), key=lambda item: -len(item[1])):
        sql = sql.replace(name, MARK.format(at))
    return sql


def _structure(root: Node) -> tuple[str, list[str]]:
    """The hash of an expression's structure, and the names of its tables as they are met."""
    numbers: dict[Node, int] = {}
    names: list[str] = []
    digest = hashlib.sha256()
    for node in _below_first(root):
        digest.update(_line(node, numbers, names).encode("utf-8", "surrogatepass"))
        numbers[node] = len(numbers)
    return digest.hexdigest(), names


def _below_first(root: Node) -> Iterator[Node]:
    """Every node once, after all that it is made of."""
    done: set[Node] = set()
    waiting = [(root, False)]
    while waiting:
        node, opened = waiting.pop()
        if node in done:
            continue
        if opened:
            done.add(node)
            yield node
        else:
            waiting.append((node, True))
            waiting.extend((child, False) for child in reversed(node.__children__))


def _line(node: Node, numbers: dict[Node, int], names: list[str]) -> str:
    """A node in one line: its kind and arguments, other nodes by their numbers."""
    if isinstance(node, ops.PhysicalTable):
        if node.name not in names:
            names.append(node.name)
        return f"{type(node).__name__} {names.index(node.name)} {_text(node.schema, numbers)}\n"
    return f"{type(node).__name__} {' '.join(_texts(node.__args__, numbers))}\n"


def _texts(values: Iterable[Any], numbers: dict[Node, int]) -> Iterator[str]:
    return (_text(value, numbers) for value in values)


def _text(value: Any, numbers: dict[Node, int]) -> str:
    if isinstance(value, Node):
        return f"#{numbers[value]}"
    if isinstance(value, tuple | list):
        return f"({' '.join(_texts(value, numbers))})"
    if isinstance(value, frozenset):
        return f"{{{' '.join(sorted(_texts(value, numbers)))}}}"
    if hasattr(value, "items"):
        return " ".join(f"{name!r}:{_text(part, numbers)}" for name, part in value.items())
    if isinstance(value, DataShape):  # it shows itself by its place in memory
        return type(value).__name__
    return f"{type(value).__name__} {value!r}"
