"""Lines in batches: the same rows in the same order with helpers and without."""

import json
import subprocess
import sys

import pytest
from build import authorship, institution, work

from bibnet.storage.ahead import HelperAhead
from bibnet.tables.batches import BATCH_LINES, BATCHES_EACH, Batches, grouped
from bibnet.tables.columns.batch import Batch, Taken, batch_of
from bibnet.tables.columns.take import take
from bibnet.tables.columns.travel import answer, request, taken_from
from bibnet.tables.lines import CutLine, LongLine


def line(number: int) -> bytes:
    return json.dumps(work(number, authorship(institution(1)), authorship())).encode()


def lists(number: int) -> list[list[bytes]]:
    """Lists of a batch's size, the second without a work, empty lines behind the third."""
    found = [[line(n)] * BATCH_LINES for n in range(1, number + 1)]
    found[1] = [b"{", b"not json"] + [b""] * (BATCH_LINES - 2)
    return [*found[:3], [b""] * 7, *found[3:]]


def plain(taken: int | Taken) -> object:
    if not isinstance(taken, Taken):
        return taken
    return {name: table.to_pylist() for name, table in taken.tables.items()}, taken.counts


def through(batches: Batches, given: list[list[bytes]]) -> list[object]:
    found: list[object] = []
    with batches:
        batches.ask(grouped(given, 1, None), lambda taken: found.append(plain(taken)))
        batches.settle()
    return found


def test_lists_are_joined_to_batches_and_keys_go_on_behind_empty_lines() -> None:
    given = [[b"a"] * 3, [b"b"] * BATCH_LINES, [b"", b""], [b"c", b""]]
    found = list(grouped(given, 11, None))
    assert [one if isinstance(one, int) else (one.first, len(one.lines)) for one in found] == [
        (11, 3 + BATCH_LINES),
        2,
        (11 + 3 + BATCH_LINES + 2, 2),
    ]
    assert list(grouped([], 1, None)) == []


def test_what_is_counted_of_a_batch() -> None:
    taken = take(batch_of(5, [line(1), b"", b"[]"], None))
    assert [row["work_key"] for row in taken.tables["work"].to_pylist()] == [5]
    assert [row["work_key"] for row in taken.tables["authorship"].to_pylist()] == [5, 5]
    counts = taken.counts
    assert (counts.lines, counts.works) == (3, 1)
    assert [(one.place, one.reason, one.raw) for one in counts.refused] == [
        (1, "blank", b""),
        (2, "not_an_object", b"[]"),
    ]


def test_a_batch_is_the_same_after_a_journey_to_another_process() -> None:
    batch = batch_of(1, [line(1), LongLine(b"{\0"), CutLine(b'{"id": '), b"\xff"], None)
    here = take(batch)
    assert plain(taken_from(answer(request(batch)))) == plain(here)
    assert [one.reason for one in here.counts.refused] == [
        "line_too_long",
        "cut_by_truncation",
        "invalid_utf8",
    ]


@pytest.mark.parametrize("helpers", [1, 2])
def test_helpers_change_nothing(helpers: int) -> None:
    given = lists(5)
    alone = through(Batches(most=0), given)
    assert [one if isinstance(one, int) else "rows" for one in alone].count("rows") == 5
    assert through(Batches(most=helpers, here=1), given) == alone


def test_a_batch_whose_helper_dies_is_taken_here(monkeypatch: pytest.MonkeyPatch) -> None:
    given = lists(4)
    alone = through(Batches(most=0), given)
    monkeypatch.setattr("bibnet.tables.batches.SERVE", "import sys; sys.stdin.buffer.read(1)")
    assert through(Batches(most=2, here=0), given) == alone


KILLED_BEHIND_THE_SECOND = """
import os, signal
from bibnet.storage import processes
from bibnet.tables import batches
asked = []
def answer(request):
    asked.append(request)
    if len(asked) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return batches.answer(request)
processes.serve(answer)
"""


@pytest.mark.parametrize("helpers", [1, 2])
def test_batches_of_a_helper_killed_in_the_middle_are_taken_here(
    helpers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = lists(9)
    alone = through(Batches(most=0), given)
    monkeypatch.setattr("bibnet.tables.batches.SERVE", f"exec({KILLED_BEHIND_THE_SECOND!r})")
    taken_here = []

    def noted(batch: Batch) -> Taken:
        taken_here.append(batch.first)
        return take(batch)

    monkeypatch.setattr("bibnet.tables.batches.take", noted)
    monkeypatch.setattr("bibnet.tables.columns.travel.take", noted)
    assert through(Batches(most=helpers, here=0), given) == alone
    assert len(taken_here) == 9 - 2 * helpers


def test_no_more_batches_are_under_way_than_helpers_have_room_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    under_way = []
    receive = HelperAhead.receive

    def noted(helper: HelperAhead) -> bytes | None:
        under_way.append(helper._under_way)
        return receive(helper)

    monkeypatch.setattr(HelperAhead, "receive", noted)
    assert len(through(Batches(most=2, here=0), [[line(1)] * BATCH_LINES] * 7)) == 7
    assert max(under_way) == BATCHES_EACH


@pytest.mark.parametrize("refused", [OSError, RuntimeError])
def test_where_no_process_can_start_batches_are_taken_here(
    refused: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(command: str) -> HelperAhead:
        raise refused

    given = lists(4)
    alone = through(Batches(most=0), given)
    monkeypatch.setattr("bibnet.tables.batches.HelperAhead", start)
    assert through(Batches(most=2, here=1), given) == alone


def test_a_reading_that_stops_half_way_leaves_no_process() -> None:
    batches = Batches(most=1, here=0)
    with batches:
        batches.ask(grouped(lists(4), 1, None), lambda taken: None)
        assert not batches.is_settled
        [helper] = batches._helpers
    assert isinstance(helper, HelperAhead)
    assert helper._helper._process.poll() is not None


def test_helpers_load_no_pandas() -> None:
    code = (
        "import sys; from bibnet.tables import batches; batches.serve_batches(); "
        "import pyarrow; print(pyarrow.array([1]).to_pylist(), 'pandas' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input="", capture_output=True, text=True, check=True
    )
    assert done.stdout == "[1] False\n"
