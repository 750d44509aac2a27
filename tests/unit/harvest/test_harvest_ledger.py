"""The ledger's lines, and what is set right when a harvest begins."""

import errno
from pathlib import Path
from typing import Any

import pytest

from bibnet.harvest import disk
from bibnet.harvest.ledger import LEDGER, Ledger, sealed, unsealed
from bibnet.harvest.pages import page_name, write_page
from bibnet.harvest.recover import open_ledger
from bibnet.schema.errors import UsageError


def add_page(ledger: Ledger, number: int, following: str | None, **more: Any) -> str:
    """A page of one work, on disk and in the ledger."""
    walk = ledger.walk("2020")
    name = page_name("2020", number)
    sha256 = write_page(ledger.folder, name, [{"id": f"https://openalex.org/W{number}"}])
    entry = {"event": "page", "partition": "2020", "walk": walk.walk, "page": number}
    entry |= {"cursor": walk.cursor, "next": following, "count": 1, "announced": 3}
    ledger.append({**entry, "credits": 1, "file": name, "sha256": sha256, **more})
    return name


def three_pages(folder: Path) -> Ledger:
    ledger = Ledger(folder)
    for number, following in ((1, "b"), (2, "c"), (3, None)):
        add_page(ledger, number, following)
    ledger.append({"event": "walked", "partition": "2020", "distinct": 3})
    return ledger


def reopened(folder: Path) -> tuple[Ledger, list[str]]:
    said: list[str] = []
    return open_ledger(folder, said.append), said


def test_a_line_comes_back() -> None:
    assert unsealed(sealed({"event": "page", "page": 1})) == {"event": "page", "page": 1}


@pytest.mark.parametrize("line", [b"", b"{", b"[]", b"17", b'{"event": "page"}', b"[" * 100_000])
def test_a_line_without_its_seal_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match="line"):
        unsealed(line)


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    written = three_pages(tmp_path)
    ledger, said = reopened(tmp_path)
    assert (ledger.walks, ledger.pages, ledger.credits, said) == (
        written.walks,
        written.pages,
        3,
        [],
    )
    assert ledger.walk("2020").complete


def test_a_cut_last_line_is_dropped_with_its_page(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    add_page(ledger, 1, "b")
    kept = ledger.path.read_bytes()
    lost = add_page(ledger, 2, "c")
    ledger.path.write_bytes(ledger.path.read_bytes()[:-9])
    again, said = reopened(tmp_path)
    assert (again.walk("2020").cursor, (tmp_path / lost).exists(), said) == ("b", False, [])
    assert again.path.read_bytes() == kept


def test_a_page_without_a_line_is_removed(tmp_path: Path) -> None:
    three_pages(tmp_path)
    stray = tmp_path / page_name("2020", 4)
    stray.write_bytes(b"half a page")
    reopened(tmp_path)
    assert not stray.exists()


def test_a_page_cut_short_restarts_its_partition(tmp_path: Path) -> None:
    three_pages(tmp_path)
    page = tmp_path / page_name("2020", 2)
    page.write_bytes(page.read_bytes()[:-5])
    ledger, said = reopened(tmp_path)
    assert said == [
        "repaired: pages/2020/00002.jsonl.gz (ledger.jsonl, line 2): "
        "the page is missing, cut short or changed"
    ]
    walk = ledger.walk("2020")
    assert (walk.walk, walk.cursor, walk.complete, page.exists()) == (2, "*", False, False)
    assert walk.older == [page_name("2020", 1), page_name("2020", 3)]


def test_a_missing_page_restarts_its_partition(tmp_path: Path) -> None:
    three_pages(tmp_path)
    (tmp_path / page_name("2020", 3)).unlink()
    ledger, _ = reopened(tmp_path)
    assert ledger.walk("2020").walk == 2


def test_a_line_changed_by_hand_restarts_its_partition(tmp_path: Path) -> None:
    ledger = three_pages(tmp_path)
    lines = ledger.path.read_text().splitlines(keepends=True)
    lines[1] = lines[1].replace('"count":1', '"count":7')
    ledger.path.write_text("".join(lines))
    again, said = reopened(tmp_path)
    assert said == [
        "repaired: ledger.jsonl, line 2: the line was changed by hand",
        "repaired: ledger.jsonl, partition 2020: pages are missing",
    ]
    assert (again.walk("2020").walk, again.walk("2020").cursor) == (2, "*")
    assert (tmp_path / f".damaged-{LEDGER}").exists()


def test_a_removed_line_restarts_its_partition(tmp_path: Path) -> None:
    ledger = three_pages(tmp_path)
    lines = ledger.path.read_text().splitlines(keepends=True)
    ledger.path.write_text("".join(lines[1:]))
    again, _ = reopened(tmp_path)
    assert again.walk("2020").walk == 2


def test_a_removed_last_page_line_is_fetched_again(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    add_page(ledger, 1, "b")
    add_page(ledger, 2, "c")
    ledger.path.write_text(ledger.path.read_text().splitlines(keepends=True)[0])
    again, said = reopened(tmp_path)
    assert (again.walk("2020").cursor, again.walk("2020").last_page, said) == ("b", 1, [])


def test_rubbish_for_a_ledger_is_reported_line_by_line(tmp_path: Path) -> None:
    (tmp_path / LEDGER).write_bytes(b"\xff\n{}\n")
    ledger, said = reopened(tmp_path)
    assert ([line.split(": ")[1] for line in said], ledger.walks) == (
        ["ledger.jsonl, line 1", "ledger.jsonl, line 2"],
        {},
    )


def test_repairs_are_done_once(tmp_path: Path) -> None:
    three_pages(tmp_path)
    (tmp_path / page_name("2020", 3)).unlink()
    reopened(tmp_path)
    ledger, said = reopened(tmp_path)
    assert (said, len(ledger.repairs), ledger.walk("2020").walk) == ([], 1, 2)


def test_a_line_the_disk_refuses_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    ledger = three_pages(tmp_path)
    before = ledger.path.read_bytes()
    monkeypatch.setattr(disk.os, "fsync", full)
    with pytest.raises(UsageError, match="No space left"):
        ledger.append({"event": "session", "credits": 1})
    assert (ledger.path.read_bytes(), ledger.credits) == (before, 3)
