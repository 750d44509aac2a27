"""Cells that are asked for again are those of the first time; what notes something has none."""

from bibnet.tables.columns import known
from bibnet.tables.columns.known import Known
from bibnet.tables.rows.rows import Rows


def test_cells_are_made_once_as_long_as_there_is_room(monkeypatch) -> None:
    monkeypatch.setattr(known, "CACHED", 2)
    asked: list[str] = []

    def cells(rows: Rows, key: str) -> tuple[str, int]:
        asked.append(key)
        if not key:
            rows.begin(0, ())
            rows.note("name", "emptied", key)
        return key, len(key)

    found = Known(cells)
    assert [found[key] for key in ("ab", "", "ab", "", "c", "c")] == [
        ("ab", 2), None, ("ab", 2), None, ("c", 1), ("c", 1),
    ]  # fmt: skip
    assert asked == ["ab", "", "c", "c"]
