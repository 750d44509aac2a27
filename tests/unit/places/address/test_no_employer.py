"""Which strings name no employer, and by which rule; which do."""

import pytest

from bibnet.places.address.no_employer import (
    no_employer_rule,
    with_addresses_apart,
    without_former,
)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Senior Member, IEEE", "membership"),
        ("(Student Member, OSA)", "membership"),
        ("Guest Editor", "office"),
        ("Independent  Scholar, Oslo, Norway", "freelance"),
        ("Chercheuse indépendante", "freelance"),
        ("独立研究者，北京", "freelance"),
        ("Retired.", "retired"),
        ("PhD student, Wharf University", "student"),
        ("N/A", "not_provided"),
        ("-", "not_provided"),
        ("none", "not_provided"),
        ("Formerly at Wharf University", "former"),
        ("a.pier@example.org", "e_mail"),
        ("ORCID: 0000-0001-2345-678X", "orcid"),
        ("https://orcid.org/0000-0001-2345-6789", "orcid"),
    ],
)
def test_no_employer(text: str, rule: str) -> None:
    assert no_employer_rule(text) == rule


@pytest.mark.parametrize(
    "text",
    [
        "Wharf University",
        "",
        "Independent University of Bangladesh",
        "Student Health Centre, Wharf University",
        "None of Your Business Ltd",
        "NA Pier Institute",
        "Editor Research Lab",
        "Wharf University, a.pier@example.org",
    ],
)
def test_it_may_be_an_employer(text: str) -> None:
    assert no_employer_rule(text) is None


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Formerly with Wharf University, Oslo, Norway", ""),
        ("formerly at A, Oslo, now with B, Bergen", "now with B, Bergen"),
        ("B, Bergen (previously with A, Oslo)", "B, Bergen ( )"),
        ("Formerly A; B", "; B"),
        ("B, Bergen; formerly A, Oslo", "B, Bergen;"),
        ("B University, formerly A College, Bergen", "B University, formerly A College, Bergen"),
        ("Wharf University", "Wharf University"),
    ],
)
def test_former_employers_are_blanked_out(text: str, left: str) -> None:
    found = without_former(text)
    assert " ".join(found.split()) == left
    assert len(found) == len(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "Wharf University (Present address: Fens Lab)",
            "Wharf University ;                Fens Lab)",
        ),
        (
            "Wharf University. Current Address Fens Lab",
            "Wharf University. ;               Fens Lab",
        ),
        ("Corresponding author. Wharf University", "                      Wharf University"),
        ("Corresponding author of Fens Lab", "Corresponding author of Fens Lab"),
        ("Wharf University", "Wharf University"),
        ("", ""),
    ],
)
def test_another_address_is_parted_and_a_note_left_out(text: str, read: str) -> None:
    found = with_addresses_apart(text)
    assert found.split() == read.split()
    assert len(found) == len(text)


def test_marks_before_a_phrase_are_passed_over_up_to_a_number() -> None:
    """Of a million each was tried with all that follow, and a run did not end."""
    assert no_employer_rule("(- " * 6 + "not provided") == "not_provided"
    assert no_employer_rule("'" * 21 + "not provided") is None
    assert no_employer_rule("'" * 1_000_000) is None
