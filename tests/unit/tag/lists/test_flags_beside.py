"""Flags found by another process: the same rows, whatever happens to it."""

import subprocess
import sys
from contextlib import closing

import pandas as pd
import pytest

from bibnet.reference.load import PACKAGED
from bibnet.storage.processes import Helper
from bibnet.tag.lists import flags_beside
from bibnet.tag.lists.campus import children_of_listed, former_names
from bibnet.tag.lists.defence import INPUT_COLUMNS, packaged_entries
from bibnet.tag.lists.flags_beside import Asked, FlagsBeside, answered, packed, unpacked
from bibnet.tag.lists.guard import Guards
from bibnet.tag.lists.registry_names import registry_names
from bibnet.tag.place_names import place_names
from tests.unit.tag.lists.test_kept_flags import Body

BEIHANG = Body(
    key="1",
    ror="00wk2mp56",
    names=("Beihang University",),
    former_names=("Peking Institute of Aviation",),
)
CAMPUS = Body(key="2", ror="campus", names=("Beihang University Hangzhou",), parents=("1",))
ROWS = (
    {"text": "Beihang University, Beijing, China", "countries": "CN"},
    {"text": "Peking Institute of Aviation, Beijing", "country": "CN"},
    {"text": "Hangzhou", "ror": "campus", "institution": "Campus"},
    {"text": "Northeastern University, Boston, USA", "countries": "US"},
    {"text": "NUDT", "countries": "CN"},
    {"text": None},
)


@pytest.fixture
def asked() -> Asked:
    bodies = (BEIHANG, CAMPUS)
    former = former_names(bodies)
    entries, places = packaged_entries(former), place_names()
    children = children_of_listed(entries, bodies, places)
    guards = Guards(entries, places, registry_names(entries, bodies), children)
    frame = pd.DataFrame([dict.fromkeys(INPUT_COLUMNS) | row for row in ROWS])
    return Asked(frame.astype("string"), guards, PACKAGED, former)


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flags_beside, "processors", lambda: 2)


def test_a_process_beside_finds_the_same_flags(asked: Asked) -> None:
    with closing(FlagsBeside(asked, fewest=0)) as waiting:
        found = waiting.answer()
    assert found == asked.answer()
    assert {row[0] for row in found.flags} == {0, 1, 2, 4}
    assert found.held_back


def test_question_and_answer_lose_nothing_on_their_way(asked: Asked) -> None:
    assert unpacked(answered(packed(asked))) == asked.answer()


def test_a_process_that_is_gone_is_not_missed(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flags_beside, "SERVE", "raise SystemExit")
    with closing(FlagsBeside(asked, fewest=0)) as waiting:
        assert waiting.answer() == asked.answer()


def test_few_affiliations_and_one_processor_need_no_process(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(_self: Helper, *_arguments: str) -> None:
        raise AssertionError

    monkeypatch.setattr(Helper, "__init__", never)
    with closing(FlagsBeside(asked)) as waiting:
        assert waiting.answer() == asked.answer()
    monkeypatch.setattr(flags_beside, "processors", lambda: 1)
    with closing(FlagsBeside(asked, fewest=0)) as waiting:
        assert waiting.answer() == asked.answer()


def test_the_process_beside_loads_no_engine() -> None:
    code = "import sys, bibnet.tag.lists.flags_beside; print({'ibis', 'duckdb'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert found.stdout.strip() == b"set()"
