"""Values kept in the user's cache folder: by key and form, never trusted when damaged."""

import os
from pathlib import Path

import pytest

from bibnet.storage.cache import cached


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "bibnet"


def made(value: object, key: str = "k") -> tuple[object, bool]:
    """The value, and whether it was made for this call."""
    calls: list[int] = []

    def make() -> object:
        calls.append(1)
        return value

    return cached("things", key, type(value), make), bool(calls)


def test_a_value_is_made_once_for_each_key() -> None:
    assert made([1, 2]) == ([1, 2], True)
    assert made([3]) == ([1, 2], False)
    assert made([3], "other") == ([3], True)


def test_a_value_of_another_form_is_made_again() -> None:
    made([1, 2])
    assert made("text") == ("text", True)


def test_a_changed_byte_is_found(home: Path) -> None:
    made("a long enough text")
    (path,) = home.rglob("*.msgpack")
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(bytes(content))
    assert made("another") == ("another", True)


def test_where_nothing_can_be_written_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert made([1]) == ([1], True)
    assert made([2]) == ([2], True)


def test_the_values_used_last_are_kept(home: Path) -> None:
    for number in range(4):
        cached("things", str(number), int, lambda number=number: number, most=3)
        for path in home.rglob("*.msgpack"):
            if path.stat().st_mtime > 10:
                os.utime(path, (number, number))
    assert cached("things", "1", int, lambda: -1) == 1
    cached("things", "4", int, lambda: 4, most=3)
    found = [cached("things", str(number), int, lambda: -1) for number in (1, 3, 4, 0, 2)]
    assert found == [1, 3, 4, -1, -1]
