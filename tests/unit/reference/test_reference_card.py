from pathlib import Path

import pytest

from bibnet.reference.card import Card, read_cards
from bibnet.schema.errors import ReferenceListError

FULL = """[colours]
title = "Colours"
publisher = "P"
address = "https://example.org"
licence = "CC0 1.0"
date = "2026-01-01"
rows = 3
choice = "all"
"""


def faults(folder: Path, content: str) -> list[str]:
    (folder / "cards.toml").write_text(content, encoding="utf-8")
    with pytest.raises(ReferenceListError) as error:
        read_cards(folder)
    return [fault.what for fault in error.value.faults]


def test_a_card_is_read(tmp_path: Path):
    (tmp_path / "cards.toml").write_text(FULL, encoding="utf-8")
    assert read_cards(tmp_path) == {
        "colours": Card(
            "Colours", "P", "https://example.org", "CC0 1.0", "2026-01-01", rows=3, choice="all"
        )
    }


def test_missing_wrong_and_unknown_fields_are_reported_together(tmp_path: Path):
    content = FULL.replace("rows = 3", 'rows = "3"').replace('title = "Colours"', 'tilte = "C"')
    assert faults(tmp_path, content) == [
        "the card has no title",
        "rows is not of type int",
        "unknown field tilte",
    ]


def test_a_card_must_be_a_table(tmp_path: Path):
    assert faults(tmp_path, "colours = 1") == ["a card is not a table"]


def test_broken_toml_is_a_fault(tmp_path: Path):
    assert faults(tmp_path, "[colours")[0].startswith("the cards cannot be read")


def test_missing_cards_are_a_fault(tmp_path: Path):
    with pytest.raises(ReferenceListError):
        read_cards(tmp_path)
