"""Folding: the same words for a name however it is printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibnet.places.address.normalise import MAX_TEXT, clean, key_words, tokenise


def folded(text: str) -> list[str]:
    return [token.word for token in tokenise(clean(text))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ETH Zürich", ["eth", "zurich"]),
        ("Universit&auml;t <b>Bonn</b>", ["universitat", "bonn"]),
        ("UniversitÃ¤t Bonn", ["universitat", "bonn"]),
        ("P. R. China", ["pr", "china"]),
        ("U.S.A.", ["usa"]),
        ("Texas A&M", ["texas", "a", "and", "m"]),
        ("2Monash", ["2", "monash"]),
        ("EngineeringKettering", ["engineering", "kettering"]),
        ("Noah’s Ark Lab", ["noahs", "ark", "laboratory"]),
        ("Univ. of Łódź", ["university", "lodz"]),
        ("清华大学", ["清", "华", "大", "学"]),
        ("ＭＩＴ", ["mit"]),
        ("who@mit.edu", []),
        ("", []),
    ],
)
def test_text_folds_to_words(text: str, words: list[str]) -> None:
    assert folded(text) == words


def test_boundaries_count_segments() -> None:
    tokens = tokenise("School of Law, Yale (USA); x")
    assert [(t.word, t.segment, t.joint) for t in tokens] == [
        ("school", 0, ""),
        ("law", 0, "of"),
        ("yale", 1, ""),
        ("usa", 2, ""),
        ("x", 3, ""),
    ]


def test_connector_before_a_number_or_an_end_is_a_word() -> None:
    assert folded("Toronto, ON") == ["toronto", "on"]
    assert folded("Gary, IN 46408") == ["gary", "in", "46408"]


def test_tokens_point_into_the_cleaned_text() -> None:
    cleaned = clean("Universität Bonn")
    assert [cleaned[t.start : t.end] for t in tokenise(cleaned)] == ["Universität", "Bonn"]


def test_very_long_text_is_cut() -> None:
    assert len(clean("x" * (MAX_TEXT + 5))) == MAX_TEXT


@given(st.text(max_size=60))
def test_name_and_string_fold_alike(text: str) -> None:
    assert key_words(text) == folded(text)


@given(st.text(max_size=200))
def test_tokens_are_in_order_and_inside_the_text(text: str) -> None:
    cleaned = clean(text)
    spans = [(token.start, token.end) for token in tokenise(cleaned)]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(cleaned) for start, end in spans)
