"""Frames row by row, and where their texts are held."""

import pandas as pd

from bibnet.storage.frames import texts_in_python


def test_texts_are_python_strings_within_the_block_and_what_they_were_behind_it() -> None:
    before = pd.get_option("mode.string_storage")
    with texts_in_python():
        assert pd.get_option("mode.string_storage") == "python"
        within = pd.Series(["one", None])
    # Before pandas 3 texts were Python's objects, whatever the option.
    assert getattr(within.dtype, "storage", "python") == "python"
    assert [value for value in within if isinstance(value, str)] == ["one"]
    assert pd.get_option("mode.string_storage") == before
