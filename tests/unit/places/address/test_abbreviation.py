"""Acronyms in brackets behind the words that they abbreviate."""

import pytest

from bibnet.places.address.abbreviation import abbreviates, without_abbreviations
from bibnet.places.address.normalise import tokenise
from bibnet.places.address.parts import segments_of


@pytest.mark.parametrize(
    ("acronym", "words", "found"),
    [
        ("CAIRO", "Centre for Artificial Intelligence and Robotics", True),
        ("CoSCo", "Complex Systems Computation Group", True),
        ("ABC", "Alpha Beta Gamma", False),
        ("CAB", "Alpha Beta Centre", False),  # in another order
        ("Lima", "Limanova Institute", False),  # the letters of one word
        ("TIDE", "Tide", False),
        ("", "Alpha Beta", False),
        ("A B", "Alpha Beta", False),
        ("A" * 13, " ".join(["Aaaaaaa"] * 9), False),  # no acronym is so long
    ],
)
def test_an_acronym_is_made_of_the_beginnings_of_words(
    acronym: str, words: str, found: bool
) -> None:
    assert abbreviates(acronym, words.split()) is found


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "Centre for Alpha and Iota Robotics (CAIRO), Salem",
            ["Centre for Alpha and Iota Robotics", "Salem"],
        ),
        ("Alpha Institute (PARIS)", ["Alpha Institute", "PARIS"]),
        ("Lima Institute of Marine Arts (Lima)", ["Lima Institute of Marine Arts", "Lima"]),
        ("Lagoon Institute of Marine Arts, LIMA", ["Lagoon Institute of Marine Arts", "LIMA"]),
        ("(LIMA) Lagoon Institute", ["LIMA", "Lagoon Institute"]),
        ("", []),
    ],
)
def test_parts_without_an_acronym_of_the_words_before_it(text: str, left: list[str]) -> None:
    found = without_abbreviations(text, segments_of(text, tokenise(text)))
    assert [text[slice(*part.span)] for part in found] == left
