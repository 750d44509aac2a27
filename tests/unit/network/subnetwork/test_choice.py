"""Which network: words, file names, and every fault of a question at once."""

import pytest

from bibnet.network.subnetwork.choice import Choice, checked
from bibnet.schema.errors import UsageError

SIDES = {"europe": ["DE"], "china": ["CN"]}


def test_a_choice_in_words_and_as_a_name() -> None:
    whole = Choice()
    part = Choice("country", "DE", "europe", (2018, 2020), joint=True, min_works=3)
    assert whole.is_whole
    assert not part.is_whole
    assert part.whole == Choice("country")
    assert whole.words() == "institution level"
    assert part.words() == (
        "country level, ties of DE, ties of the side europe, years 2018 to 2020, "
        "joint works only, ties of at least 3 works"
    )
    assert whole.name() == "institution"
    assert part.name() == "country-DE-europe-2018-2020-joint-min3"


def test_a_side_from_a_query_file_is_no_path() -> None:
    assert Choice(side="../x y").name() == "institution-_x_y"


def test_a_country_is_given_by_code_or_name() -> None:
    meant = {"de": "DE", "Germany": "DE", "UK": "GB", "tw": "TW"}
    assert {one: checked(Choice(country=one), SIDES).country for one in meant} == meant


def test_every_fault_is_named_at_once() -> None:
    wrong = Choice("planet", "XX", "mars", (2020, 2018), min_works=0)
    with pytest.raises(UsageError) as caught:
        checked(wrong, SIDES)
    assert [fault.what for fault in caught.value.faults] == [
        "there is no network level 'planet'",
        "there is no country 'XX'",
        "the query has no side 'mars'",
        "(2020, 2018) is not a first and a last year",
        "0 is no number of works",
    ]
    assert caught.value.exit_code == 2
    assert all(fault.remedy for fault in caught.value.faults)


@pytest.mark.parametrize("years", [(2020,), ("2018", "2020"), (2018, 2020.5), (True, 2020)])
def test_years_are_two_whole_numbers(years: tuple[object, ...]) -> None:
    with pytest.raises(UsageError):
        checked(Choice(years=years), SIDES)  # type: ignore[arg-type]


def test_an_author_has_no_country() -> None:
    with pytest.raises(UsageError, match="no country of their own"):
        checked(Choice("author", country="DE"), SIDES)
