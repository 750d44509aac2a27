"""Words of strings as tokens of a registry."""

import pytest
from small_registry import body

from bibnet.places.address.gazetteer import load_gazetteer
from bibnet.places.address.normalise import tokenise
from bibnet.places.reading.reader import StringReader, as_one_token
from bibnet.places.registry.index import build_index
from bibnet.places.registry.organisations import build_registry


@pytest.mark.parametrize(
    ("text", "written", "words"),
    [
        ("AlphaTide University", {"alphatide"}, "alphatide university"),
        ("AlphaTide University", {"alpha", "tide"}, "alpha tide university"),
        ("Alpha Tide University", {"alphatide"}, "alpha tide university"),  # a blank parts them
        ("SunKyeTide Lab", {"sunkyetide"}, "sunkyetide laboratory"),
        ("AeroSpace Lab", {"arospace"}, "aerospace laboratory"),  # "ae" is written for an umlaut
        ("", {"alphatide"}, ""),
    ],
)
def test_a_word_with_a_capital_within_is_one_where_the_registry_has_it_so(
    text: str, written: set[str], words: str
) -> None:
    found = as_one_token(tokenise(text), written)
    assert " ".join(token.word for token in found) == words
    assert not found or (found[0].start, found[-1].end) == (0, len(text))


@pytest.mark.parametrize("text", ["Alphatide University", "AlphaTide University"])
@pytest.mark.parametrize("name", ["Alphatide University", "AlphaTide University"])
def test_names_and_strings_agree_however_each_is_written(name: str, text: str) -> None:
    index = build_index(build_registry([body("a", name, "NO Oslo")]))
    batch = StringReader(index, load_gazetteer()).read([text])
    read = [index.texts["token"][token] for token in batch.token["id"].tolist()]
    names = [
        [index.texts["token"][t] for t in index.name_token[begin:end].tolist()]
        for begin, end in zip(index.name_start[:-1], index.name_start[1:], strict=True)
    ]
    assert read in names
