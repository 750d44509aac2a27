"""Places named at the end of strings, by one process or by two."""

import pytest

from bibnet.places.locate import named_places as module
from bibnet.places.locate.named_places import named_places

TEXTS = [f"Department {n}, University of Somewhere, Munich, Germany" for n in range(7)]


def rows(texts: list[str], processes: int) -> list[dict[str, object]]:
    return [row for batch in named_places(texts, processes) for row in batch.to_pylist()]


def test_two_processes_give_the_rows_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH", 2)
    monkeypatch.setattr(module, "BATCHES_HERE", 1)
    alone = rows(TEXTS, 1)
    assert [(row["text"], row["country"], row["city"]) for row in alone] == [
        (text, "DE", "Munich") for text in TEXTS
    ]
    assert rows(TEXTS, 2) == alone


def test_no_string_and_no_place_give_no_row() -> None:
    assert (rows([], 2), rows(["Institute of Advanced Things"], 2)) == ([], [])
