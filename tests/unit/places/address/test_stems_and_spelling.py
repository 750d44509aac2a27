"""Stems of words, joined pairs, and readings of words that no name has."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibnet.places.address.stems import cut_stems, joined, stem_words, stems
from bibnet.places.registry.spelling import (
    CUT,
    EXACT,
    MISSPELT,
    TRANSLATED,
    Speller,
    deletions,
    frequent_noun,
    one_edit,
)


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("universitat", ("univ",)),
        ("university", ("univ",)),
        ("laboratories", ("lab",)),
        ("krankenhaus", ("hosp",)),
        ("universitatsklinikum", ("univ", "hosp")),  # a compound has several stems
        ("muenchen", ("munchen",)),
        ("systems", ("system",)),
        ("gas", ("gas",)),  # too short to be a plural
        ("campus", ("campus",)),
        ("京", ("京",)),
        ("institution", ("inst",)),
        ("viii", ("8",)),
        ("vic", ("vic",)),
        ("hospitalof", ("hosp",)),  # a blank is missing
        ("thereof", ("thereof",)),
        ("universitie", ("univ",)),  # one letter wrong in a long word
        ("depatrment", ("dept",)),
        ("univesity", ("univ",)),  # and with one missing
        ("universia", ("universia",)),  # a body's name
        ("hospitol", ("hospitol",)),  # too short to be sure
        ("u" * 5_000, ("u" * 5_000,)),
    ],
)
def test_stems(word: str, found: tuple[str, ...]) -> None:
    assert stems(word) == found


def test_pairs_are_joined_where_the_registry_writes_one_word() -> None:
    vocabulary = frozenset({"jiaotong", "postgraduate", "polytech"})
    words = stem_words(["shanghai", "jiao", "tong", "university"])
    assert joined(words, vocabulary) == ["shanghai", "jiaotong", "univ"]
    assert joined(stem_words(["post", "graduate", "institute"]), vocabulary) == [
        "postgraduate",
        "inst",
    ]
    assert joined(stem_words(["poly", "tech"]), vocabulary) == ["polytech"]


def test_two_generic_words_are_never_joined() -> None:
    assert joined(["sci", "tech"], frozenset({"scitech"})) == ["sci", "tech"]


def test_runs_of_initials_are_one_word_and_signs_are_not_initials() -> None:
    assert joined(["k", "j", "somaiya"], frozenset()) == ["kj", "somaiya"]
    assert joined(["清", "华"], frozenset()) == ["清", "华"]


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("khaled", "khalid", True),
        ("oxfrod", "oxford", True),  # neighbours swapped
        ("oxfor", "oxford", True),
        ("oxxford", "oxford", True),
        ("oxford", "oxford", True),
        ("oxfrd", "stanford", False),
        ("abcd", "badc", False),  # two swaps
    ],
)
def test_one_edit(one: str, other: str, near: bool) -> None:
    assert one_edit(one, other) is near
    assert one_edit(other, one) is near


@given(st.text("abcde", min_size=5, max_size=9), st.integers(0, 8))
def test_a_word_with_one_letter_missing_is_found(word: str, at: int) -> None:
    speller = reader([word])
    short = word[: at % len(word)] + word[at % len(word) + 1 :]
    if len(short) >= 5 and short != word:
        assert (0, MISSPELT) in speller.read(short)


def reader(words: list[str], others: tuple[tuple[int, int], ...] = ()) -> Speller:
    """A speller of sorted words, each of as many names as its place in the list and one."""
    pairs = np.array(others, dtype=np.int32).reshape(-1, 2)
    arrays = {**deletions(words), "other_from": pairs[:, 0], "other_to": pairs[:, 1]}
    return Speller(words, list(range(1, len(words) + 1)), arrays)


def test_known_words_are_read_as_they_are() -> None:
    assert reader(["oxford"]).read("oxford") == ((0, EXACT),)


def test_a_beginning_reads_as_the_words_that_most_names_have() -> None:
    speller = reader(["automation", "automobile", "autumn"])
    assert speller.read("autom") == ((1, CUT), (0, CUT))


def test_a_place_reads_in_both_languages() -> None:
    assert reader(["milan", "milano"], ((1, 0),)).read("milano")[:2] == (
        (1, EXACT),
        (0, TRANSLATED),
    )


@pytest.mark.parametrize("word", ["", "x", "zz", "1234", "qwertzuiop", "a" * 5_000, "مختبر"])
def test_what_is_like_no_word_reads_as_nothing(word: str) -> None:
    assert reader(["oxford"]).read(word) == ()


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("min", ("mining", "mine")),  # as indexes of citations print it
        ("informat", ("info",)),  # every generic word that begins so has this stem
        ("politecn", ("polytech",)),
        ("immunol", ("immunology",)),  # else a company a letter away
        ("so", ("south",)),
        ("techn", ()),  # too many begin so
        ("wharf", ()),
        ("university", ()),  # a whole word is cut from none
    ],
)
def test_generic_words_cut_short(word: str, found: tuple[str, ...]) -> None:
    assert cut_stems(word) == found


def test_a_rare_word_is_the_beginning_of_one_that_far_more_names_have() -> None:
    def readings(names_with_longer: int) -> tuple[tuple[int, int], ...]:
        tokens = ["wharf", "wharfington"]
        none = np.empty(0, dtype=np.int32)
        arrays = {**deletions(tokens), "other_from": none, "other_to": none}
        return Speller(tokens, [2, names_with_longer], arrays).read("wharf")

    assert readings(20) == ((0, EXACT), (1, CUT))
    assert readings(19) == ((0, EXACT),)


def test_a_generic_word_cut_short_goes_before_a_misspelt_one() -> None:
    speller = reader(["info", "informal"])
    assert speller.read("informat") == ((0, CUT), (1, MISSPELT))


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("univercitty", "univ"),
        ("unversty", "univ"),
        ("uinvresity", "univ"),
        ("teclnnology", "tech"),
        ("universal", ""),
        ("unity", ""),
        ("diversity", ""),
        ("", ""),
        ("u" * 5_000, ""),
    ],
)
def test_the_most_frequent_nouns_with_two_letters_wrong(word: str, found: str) -> None:
    assert frequent_noun(word) == found


def test_an_acronym_with_an_e_is_not_the_one_without() -> None:
    assert stems("uedbt") == ("uedbt",)
    assert stems("muenster") == ("munster",)
