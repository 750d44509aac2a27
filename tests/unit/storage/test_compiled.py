"""SQL kept between commands: the same as compiled anew, and missed when an expression changes."""

import os
import subprocess
import sys
import zlib
from pathlib import Path

import ibis
import ibis.expr.types as ir
import msgspec
import pytest

from bibnet.storage import compiled as module
from bibnet.storage.compiled import compiled, forget_compiled, packaged_sql, structure_key

ROWS = {"a": [1, 2, 3], "b": ["x", "y", None]}


def plain(expression: ir.Table) -> str:
    return str(ibis.to_sql(expression, dialect="duckdb"))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "bibnet"


def compiled_or_kept(expression: ir.Table) -> tuple[str, bool]:
    """The SQL, and whether it was compiled for this call."""
    calls = []

    def compile_sql(asked: ir.Table) -> str:
        calls.append(asked)
        return plain(asked)

    return compiled(expression, "duckdb", compile_sql), bool(calls)


def test_the_same_structure_over_other_tables_is_compiled_once() -> None:
    first, second = ibis.memtable(ROWS), ibis.memtable(ROWS)
    sql, fresh = compiled_or_kept(first.filter(first.a > 1).select("b"))
    again, fresh_again = compiled_or_kept(second.filter(second.a > 1).select("b"))
    assert (fresh, fresh_again) == (True, False)
    assert sql == plain(first.filter(first.a > 1).select("b"))
    assert again == plain(second.filter(second.a > 1).select("b"))
    assert first.op().name in sql
    assert second.op().name in again


@pytest.mark.parametrize(
    "changed",
    [
        lambda t: t.filter(t.a > 2).select("b"),
        lambda t: t.filter(t.a >= 1).select("b"),
        lambda t: t.filter(t.a > 1).select("a"),
        lambda t: t.filter(t.a > 1).select(c=t.b),
        lambda t: t.filter(t.a.cast("float64") > 1).select("b"),
        lambda t: t.filter(t.a > 1).select("b").distinct(),
        lambda t: t.drop("a"),
    ],
)
def test_any_change_is_another_expression(changed: object) -> None:
    table = ibis.memtable(ROWS)
    compiled_or_kept(table.filter(table.a > 1).select("b"))
    expression = changed(table)  # type: ignore[operator]
    assert compiled_or_kept(expression) == (plain(expression), True)


def test_another_type_of_a_column_is_another_expression() -> None:
    whole, text = ibis.memtable({"a": [1]}), ibis.memtable({"a": ["1"]})
    assert compiled_or_kept(whole.distinct())[1]
    assert compiled_or_kept(text.distinct())[1]


def test_two_tables_keep_their_places() -> None:
    left, right = ibis.memtable(ROWS), ibis.memtable(ROWS)
    one = left.anti_join(right, "a")
    other = right.anti_join(left, "a")
    assert compiled_or_kept(one) == (plain(one), True)
    assert compiled_or_kept(other) == (plain(other), False)
    assert compiled_or_kept(left.anti_join(left.view(), "a"))[1]


def test_dropped_columns_have_no_order(home: Path) -> None:
    table = ibis.memtable({**ROWS, "c": [1, 2, 3]})
    assert compiled_or_kept(table.drop("a", "b"))[1]
    assert not compiled_or_kept(table.drop("b", "a"))[1]


@pytest.mark.parametrize("damage", [b"", b"x" * 40, None])
def test_a_damaged_entry_is_made_again(home: Path, damage: bytes | None) -> None:
    table = ibis.memtable(ROWS)
    compiled_or_kept(table.distinct())
    (path,) = home.rglob("*.msgpack")
    path.write_bytes(path.read_bytes()[:-3] if damage is None else damage)
    assert compiled_or_kept(table.distinct()) == (plain(table.distinct()), True)


def test_the_expressions_that_were_used_last_are_kept(home: Path) -> None:
    table = ibis.memtable(ROWS)
    asked = [table.filter(table.a > least) for least in range(3)]
    for one in asked:
        compiled_or_kept(one)
    for age, path in enumerate(sorted((home / "sql").iterdir())):
        os.utime(path, (age, age))
    compiled_or_kept(asked[0])
    forget_compiled(most=1)
    assert [compiled_or_kept(one)[1] for one in asked] == [False, True, True]


def packaged(monkeypatch: pytest.MonkeyPatch, folder: Path, content: bytes) -> None:
    path = folder / "packaged"
    path.write_bytes(content)
    monkeypatch.setattr(module, "PACKAGED_SQL", path)
    monkeypatch.setattr(module, "packaged_sql", packaged_sql.__wrapped__)


def test_what_comes_with_the_package_is_not_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = ibis.memtable(ROWS)
    key, names = structure_key(table.distinct(), "duckdb")
    sql = {key: "DESCRIBE \x000\x00"}
    packaged(monkeypatch, tmp_path, zlib.compress(msgspec.msgpack.encode(sql)))
    assert compiled_or_kept(table.distinct()) == (f"DESCRIBE {names[0]}", False)
    assert compiled_or_kept(table.limit(2))[1]


@pytest.mark.parametrize("content", [b"", b"x", zlib.compress(b"\x05"), zlib.compress(b"")])
def test_a_damaged_package_is_compiled_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    packaged(monkeypatch, tmp_path, content)
    table = ibis.memtable(ROWS)
    assert compiled_or_kept(table.distinct()) == (plain(table.distinct()), True)


def test_a_key_is_the_same_in_every_process() -> None:
    """Also where an expression has a function of elements, whose form has no name of its own."""
    code = (
        "import ibis; from bibnet.storage.compiled import structure_key; "
        "rows = ibis.table({'a': 'array<string>'}, name='t'); "
        "kept = rows.mutate(a=rows.a.filter(lambda one: one.notnull())); "
        "print(structure_key(kept, 'duckdb')[0])"
    )
    command = [sys.executable, "-c", code]
    first, second = (subprocess.run(command, capture_output=True, check=True) for _ in range(2))
    assert first.stdout == second.stdout != b""
