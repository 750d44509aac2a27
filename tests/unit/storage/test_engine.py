"""Rows come from an engine in a stated order."""

import errno
import random
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import ibis
import pandas as pd
import pyarrow as pa
import pytest

from bibnet.schema import Table
from bibnet.schema.column import integer, text
from bibnet.schema.errors import UsageError
from bibnet.storage.disk import refusal
from bibnet.storage.engine import Engine, Parts, open_engine
from bibnet.storage.engine.duckdb import _refused

ROWS = pd.DataFrame({"unit": ["b", "a", None, "b"], "works": [2, 3, 1, 1]})


def test_rows_without_an_order_are_sorted_by_all_columns(engine: Engine) -> None:
    found = engine.frame(ibis.memtable(ROWS))
    assert found.fillna("").to_numpy().tolist() == [["a", 3], ["b", 1], ["b", 2], ["", 1]]


def test_an_order_that_is_asked_for_stays(engine: Engine) -> None:
    rows = ibis.memtable(ROWS)
    found = engine.frame(rows.order_by(rows.works.desc()).select("works"))
    assert found["works"].tolist() == [3, 2, 1, 1]
    assert engine.frame(rows.order_by(rows.works.desc()).limit(2))["works"].tolist() == [3, 2]


def test_groups_of_many_rows_have_one_order(engine: Engine) -> None:
    """More groups than one thread counts: the engine returns them as they are done."""
    units = [f"u{n % 60_000}" for n in range(300_000)]
    random.Random(1).shuffle(units)
    rows = ibis.memtable(pd.DataFrame({"unit": units}))
    found = engine.frame(rows.group_by("unit").aggregate(works=rows.count()))
    assert found["unit"].tolist() == sorted(set(units))


def test_no_rows_and_no_columns_to_sort(engine: Engine) -> None:
    schema = {"unit": "string", "works": "int64"}
    assert engine.frame(ibis.memtable(ROWS.head(0), schema=schema)).empty


def test_texts_are_answered_in_their_order_and_seen_as_they_pass(engine: Engine) -> None:
    words = Table("word", "Words.", (text("text", "a word"), integer("letters", "n")), ("text",))
    seen = []

    def watch(texts):
        for one in texts:
            seen.append(one)
            yield one

    def answer(texts, processes):
        assert processes == 2
        yield pa.table({"text": (found := list(texts)), "letters": [len(one) for one in found]})

    asked = ibis.memtable(pd.DataFrame({"text": ["ccc", "a", "bb"]}))
    (rows,) = engine.answers(asked, answer, words, watch)
    assert rows.to_pydict() == {"text": ["a", "bb", "ccc"], "letters": [1, 2, 3]}
    assert seen == ["a", "bb", "ccc"]


@pytest.mark.parametrize("bounds", [(), (3,), (1, 2, 9), (-5, 0, 50)])
def test_a_table_made_in_parts_has_the_same_bytes(
    engine: Engine, tmp_path: Path, bounds: tuple[int, ...]
) -> None:
    table = Table("letter", "L.", (integer("work_key", "n"), text("letters", "l")), ("work_key",))
    given = pd.DataFrame({"work_key": [9, 1, 3, 1, 9, 2], "letter": list("abcdef")})
    rows = ibis.memtable(given)
    letters = rows.group_by("work_key").aggregate(
        letters=rows.letter.group_concat("", order_by="letter")
    )
    for name, at in (("whole", ()), ("parts", bounds)):
        (tmp_path / name).mkdir()
        found = engine.write(letters, tmp_path / name, table, Parts(at))
    expected = [[1, "bd"], [2, "f"], [3, "c"], [9, "ae"]]
    assert engine.frame(found).to_numpy().tolist() == expected
    whole, parts = (tmp_path / name / "letter.parquet" for name in ("whole", "parts"))
    assert whole.read_bytes() == parts.read_bytes()


@pytest.mark.parametrize("alone", [True, False])
def test_tables_read_in_parts_show_all_their_rows_again(
    engine: Engine, tmp_path: Path, *, alone: bool
) -> None:
    """Two works have a letter of their own, one has none; `a` stands on works of all parts."""
    table = Table("own", "O.", (integer("work_key", "n"), text("letter", "l")), ("work_key",))
    given = pd.DataFrame({"work_key": [9, 1, 3, 1, 9, 3], "letter": [*list("aaabc"), "a"]})
    source = replace(table, name="letter")
    letters = engine.write(ibis.memtable(given).distinct(), tmp_path, source)
    common = letters.filter(letters.letter == "a").select("work_key").distinct()
    own = letters.anti_join(common.mutate(letter=ibis.literal("a")), ["work_key", "letter"])
    both = own.semi_join(common, "work_key")
    one = both.group_by("work_key").aggregate(letter=both.letter.max())
    found = engine.write(one, tmp_path, table, Parts((3, 9), alone=alone))
    assert engine.frame(found).to_numpy().tolist() == [[1, "b"], [9, "c"]]
    assert len(engine.frame(letters)) == 5


def test_rows_of_other_parts_are_not_seen_by_a_part_that_stands_alone(
    engine: Engine, tmp_path: Path
) -> None:
    table = Table("seen", "S.", (integer("work_key", "n"), integer("works", "w")), ("work_key",))
    keys = ibis.memtable(pd.DataFrame({"work_key": [1, 2, 3], "works": [0, 0, 0]}))
    works = engine.write(keys, tmp_path, replace(table, name="work"))
    every = works.aggregate(works=works.count())
    counted = works.drop("works").cross_join(every)
    for alone, seen in ((False, [3, 3, 3]), (True, [1, 2, 2])):
        found = engine.write(counted, tmp_path, table, Parts((2,), alone=alone))
        assert engine.frame(found)["works"].tolist() == seen


@pytest.mark.parametrize(
    ("said", "number"),
    [
        (duckdb.OutOfMemoryException("could not allocate block of size 1 MiB"), errno.ENOMEM),
        (duckdb.OutOfMemoryException("failed to offload data block of size 1 MiB"), errno.ENOSPC),
        (duckdb.IOException("Could not write file: No space left on device"), errno.ENOSPC),
    ],
)
def test_memory_and_disk_are_told_apart(tmp_path: Path, said: Exception, number: int) -> None:
    with pytest.raises(OSError, match=r"in memory|for temporary files") as told, _refused(tmp_path):
        raise said
    assert told.value.errno == number
    remedy = "fewer works" if number == errno.ENOMEM else "make room there"
    assert remedy in refusal(told.value, tmp_path, "the run").remedy


def test_an_engine_that_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pyspark", "pyspark.errors", "py4j", "py4j.protocol"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.delitem(sys.modules, "bibnet.storage.engine.spark", raising=False)
    with pytest.raises(UsageError) as told:
        open_engine(tmp_path, "spark")
    (fault,) = told.value.faults
    assert fault.what.startswith("Spark is not installed")
    assert (fault.where, fault.remedy) == ("--engine spark", "pip install 'bibnet[spark]'")
