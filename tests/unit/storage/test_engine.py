"""Rows come from an engine in a stated order."""

import random

import ibis
import pandas as pd

from bibnet.storage.engine import Engine

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
    assert engine.frame(ibis.memtable(ROWS.head(0))).empty
