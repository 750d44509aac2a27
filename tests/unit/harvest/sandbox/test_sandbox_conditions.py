"""The filter language, each case as (filter, works found among a few literal ones)."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibnet.harvest.sandbox.answers import Refusal
from bibnet.harvest.sandbox.collection import Collection
from bibnet.harvest.sandbox.conditions import parse_filter
from bibnet.harvest.sandbox.fields import continents


def by_country(number: int, *codes: str, **more: Any) -> dict[str, Any]:
    """A work with one author for each country."""
    authors = [
        {"institutions": [{"id": f"https://openalex.org/I1{n}", "country_code": code}]}
        | {"countries": [code]}
        for n, code in enumerate(codes)
    ]
    identity = {"id": f"https://openalex.org/W9{number}", "cited_by_count": number}
    return identity | {"authorships": authors} | more


WORKS = Collection(
    "works",
    [
        by_country(1, "CN", "DE", title="x", publication_year=2018, doi="https://doi.org/10.1/a"),
        by_country(2, "FR", publication_year=2019, publication_date="2019-05-01"),
        by_country(3, "CN", "FR", publication_year=2020, type="article", is_retracted=True),
        by_country(4, "CY", publication_year=2021, is_retracted=None),
        by_country(5, publication_year=2022, is_retracted=False, display_name="Neural nets"),
        by_country(
            6,
            *["US"] * 100,
            "CN",
            publication_year=2023,
            referenced_works=["https://openalex.org/W91"],
        ),
    ],
)
FRENCH, CHINESE = "institutions.country_code:FR", "institutions.country_code:CN"


def found(text: str) -> list[int]:
    """Numbers of the works that a filter finds; `+` arrives as a space."""
    conditions = parse_filter(text.replace("+", " "), WORKS.fields)
    return [position + 1 for position in WORKS.matching(conditions)]


def refused(text: str) -> dict[str, str]:
    with pytest.raises(Refusal) as refusal:
        parse_filter(text.replace("+", " "), WORKS.fields)
    return {"status": refusal.value.answer.status, **json.loads(refusal.value.answer.body)}


@pytest.mark.parametrize(
    ("text", "works"),
    [
        (CHINESE, [1, 3, 6]),
        ("institutions.country_code:cn", [1, 3, 6]),
        ("institutions.country_code:DE|FR", [1, 2, 3]),
        ("institutions.country_code:CN+FR", [3]),
        ("institutions.country_code:!CN", [2, 4, 5]),
        ("institutions.country_code:!CN|FR", [4, 5]),
        ("institutions.country_code:null", [5]),
        ("institutions.country_code:!null", [1, 2, 3, 4, 6]),
        ("institutions.continent:europe", [1, 2, 3]),
        ("publication_year:2019-2020", [2, 3]),
        ("publication_year:2021-", [4, 5, 6]),
        ("publication_year:-2018", [1]),
        ("publication_year:>2021", [5, 6]),
        ("publication_year:<2019", [1]),
        ("publication_year:2018|2023", [1, 6]),
        ("publication_year:!2018", [2, 3, 4, 5, 6]),
        ("publication-year:2018", [1]),
        ("from_publication_date:2019-05-01", [2]),
        ("to_publication_date:2019-04-30", []),
        ("is_retracted:true", [3]),
        ("is_retracted:!true", [1, 2, 4, 5, 6]),
        ("is_retracted:null", [1, 2, 4, 6]),
        ("has_doi:true", [1]),
        ("doi:10.1/A", [1]),
        ("doi:https://doi.org/10.1/a|10.1/b", [1]),
        ("doi_starts_with:10.1", [1]),
        ("openalex:W92|https://openalex.org/W94", [2, 4]),
        ("ids.openalex:w92", [2]),
        ("authors_count:>100", [6]),
        ("type:types/article", [3]),
        ("title.search:neural", [5]),
        ("title.search:neural OR missing", [5]),
        ("title.search:neural NOT nets", []),
        ("cites:W91", [6]),
        ("cited_by:W96", [1]),
    ],
)
def test_filter(text: str, works: list[int]) -> None:
    assert found(text) == works


def test_a_plus_beside_a_bar_is_the_trap() -> None:
    """`CN+DE|FR` is "CN DE" or FR: every French work, with 200 OK."""
    assert found("institutions.country_code:CN+DE|FR") == [2, 3]


@pytest.mark.parametrize(
    "keys",
    [
        ("institutions.country_code", "institutions.country_code"),
        ("authorships.institutions.country_code", "institutions.country_code"),
    ],
)
def test_a_repeated_key_or_an_alias_is_the_way_out(keys: tuple[str, str]) -> None:
    assert found(f"{keys[0]}:CN,{keys[1]}:DE|FR") == [1, 3]


def test_countries_are_looked_for_among_the_first_hundred_authors_only() -> None:
    assert found("authorships.countries:CN") == [1, 3]
    assert found("authorships.institutions.country_code:CN") == [1, 3, 6]


def test_europe_is_the_continent_of_the_source() -> None:
    europe = {code for code, name in continents().items() if name == "europe"}
    assert len(europe) == 52
    assert {"RU", "BY", "XK", "VA"} <= europe
    assert not {"CY", "TR", "GE", "AM", "AZ", "IL"} & europe
    assert {continents()[code] for code in ("CY", "TR", "IL", "HK", "MO", "TW")} == {"asia"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("grants.funder:F1", "grants.funder is not a valid field. Valid fields are"),
        ("nonsense", "Invalid query parameter in nonsense."),
        ("publication_year:soon", "Value for param publication_year must be a number."),
        ("openalex:nothing", "'nothing' is not a valid OpenAlex ID."),
        ("is_retracted:perhaps", "Value for is_retracted must be true, false null"),
        ("from_publication_date:2020", "Value for param from_publication_date is an invalid date."),
        ("institutions.country_code:CN|!FR", "The ! operator can only be used at the beginning"),
        ("title.search:!no", "Search filters do not support the ! operator."),
        ("has_old_authors:true", "has_old_authors is a valid field, but the sandbox"),
    ],
)
def test_a_wrong_filter_is_refused_with_the_words_of_the_source(text: str, message: str) -> None:
    answer = refused(text)
    assert (answer["status"], answer["error"]) == (400, "Invalid query parameters error.")
    assert answer["message"].startswith(message)


def test_the_valid_fields_are_listed_without_the_paid_one() -> None:
    message = refused("DOESNTEXIST:1")["message"]
    assert "institutions.country_code" in message
    assert "from_updated_date" not in message


def test_a_paid_field_is_a_429_of_its_own() -> None:
    answer = refused("from_updated_date:2020-01-01")
    assert (answer["status"], answer["error"]) == (429, "Plan upgrade required")


@pytest.mark.parametrize(("count", "right"), [(100, True), (101, False)])
def test_a_hundred_values_are_the_most(count: int, right: bool) -> None:
    text = "openalex:" + "|".join(f"W{number}" for number in range(10, 10 + count))
    if right:
        assert parse_filter(text, WORKS.fields)
    else:
        assert refused(text)["message"].startswith("Maximum number of values exceeded for openalex")


CODES = st.lists(st.sampled_from(["CN", "DE", "FR", "US", "CY"]), min_size=1, max_size=4)


@given(CODES)
def test_a_negated_list_is_the_rest(codes: list[str]) -> None:
    either = set(found("institutions.country_code:" + "|".join(codes)))
    neither = set(found("institutions.country_code:!" + "|".join(codes)))
    assert either | neither == {1, 2, 3, 4, 5, 6}
    assert not either & neither


@given(CODES)
def test_a_list_of_values_is_the_union_and_a_repeated_key_the_meet(codes: list[str]) -> None:
    single = [set(found(f"institutions.country_code:{code}")) for code in codes]
    union, meet = set[int]().union(*single), set.intersection(*single)
    if len(codes) > 1:
        assert set(found("institutions.country_code:" + "|".join(codes))) == union
    assert set(found(",".join(f"institutions.country_code:{c}" for c in codes))) == meet


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parse_filter(text, WORKS.fields)
    except Refusal as refusal:
        assert refusal.answer.status in (400, 429)
