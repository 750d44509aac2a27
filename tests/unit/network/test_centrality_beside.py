"""Centrality measured by another process: the same numbers to the last bit, whatever happens."""

import subprocess
import sys
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path

import msgspec
import pandas as pd
import pyarrow as pa
import pytest

from bibnet.network import beside
from bibnet.network.beside import (
    Asked,
    CentralityBeside,
    _Answer,
    _answered,
    _packed,
    _unpacked,
)
from bibnet.network.centrality import Centrality, tie_works
from bibnet.storage.processes import Helper


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def asked(units: int, works: int) -> Asked:
    """Works of two and three of some units, one unit without any; counted into edges."""
    names = [f"I{number:03}" for number in range(units + 1)]
    institutions = pd.DataFrame({"institution_id": names, "institution": names, "country": None})
    teams = [sorted({work % units, work * 7 % units, work * 3 % units}) for work in range(works)]
    rows = [
        (f"W{work}", names[a], names[b])
        for work, team in enumerate(teams)
        for place, a in enumerate(team)
        for b in team[place + 1 :]
    ]
    ties = pd.DataFrame(rows, columns=["work_id", "institution_a", "institution_b"])
    pairs = ties.groupby(["institution_a", "institution_b"]).size()
    edges = pairs.rename("works").reset_index()
    tied = tie_works(institutions["institution_id"], edges, ties, "institution")
    return Asked(institutions, edges, tied, seed=1, min_works=None)


def same(found: Centrality, known: Centrality) -> bool:
    """Every column, kind and number of both."""
    rows = [pa.Table.from_pandas(one.rows, preserve_index=False) for one in (found, known)]
    numbers = [
        {**asdict(one.partition), "community": one.partition.community.tolist()}
        for one in (found, known)
    ]
    others = [(one.path_min_works, one.largest_component) for one in (found, known)]
    return rows[0].equals(rows[1]) and numbers[0] == numbers[1] and others[0] == others[1]


def test_a_process_beside_gives_the_same_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "processors", lambda: 2)
    question = asked(20, 120)
    with closing(CentralityBeside(question, fewest_ties=0)) as waiting:
        found = waiting.answer()
    assert same(found, question.answer())
    assert found.rows["strength_rank_low"].notna().any()


def test_question_and_answer_lose_nothing_on_their_way() -> None:
    question = asked(6, 9)
    answer = msgspec.msgpack.decode(_answered(_packed(question)), type=_Answer)
    assert same(_unpacked(answer), question.answer())


def test_a_process_that_is_gone_is_not_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "processors", lambda: 2)
    monkeypatch.setattr(beside, "SERVE", "raise SystemExit")
    question = asked(6, 9)
    with closing(CentralityBeside(question, fewest_ties=0)) as waiting:
        assert same(waiting.answer(), question.answer())


def test_a_small_network_and_one_processor_need_no_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never(_self: Helper, *_arguments: str) -> None:
        raise AssertionError

    monkeypatch.setattr(Helper, "__init__", never)
    question = asked(6, 9)
    with closing(CentralityBeside(question)) as waiting:
        assert same(waiting.answer(), question.answer())
    monkeypatch.setattr(beside, "processors", lambda: 1)
    with closing(CentralityBeside(question, fewest_ties=0)) as waiting:
        assert same(waiting.answer(), question.answer())


def test_what_was_measured_is_taken_by_a_run_with_other_sides(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(beside, "processors", lambda: 1)
    question = asked(6, 9)
    known = CentralityBeside(question, fewest_ties=0).answer()
    other_sides = replace(question, institutions=question.institutions.assign(side="europe"))
    with monkeypatch.context() as no_measuring:
        no_measuring.setattr(Asked, "answer", lambda _self: 1 / 0)
        assert same(CentralityBeside(other_sides, fewest_ties=0).answer(), known)
        for another in (replace(question, seed=2), asked(6, 11)):
            with pytest.raises(ZeroDivisionError):
                CentralityBeside(another, fewest_ties=0).answer()


def test_measures_that_were_cut_short_are_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "processors", lambda: 1)
    question = asked(6, 9)
    CentralityBeside(question, fewest_ties=0).answer()
    [file] = tmp_path.rglob("centrality/*")
    file.write_bytes(file.read_bytes()[:-1])
    assert same(CentralityBeside(question, fewest_ties=0).answer(), question.answer())


def test_the_process_beside_loads_no_engine() -> None:
    """Ibis takes a quarter of a second, which is a tenth of what the process does."""
    code = "import sys, bibnet.network.beside; print({'ibis', 'duckdb'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert found.stdout.strip() == b"set()"
