"""From a query to the addresses that are asked for."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import pytest

from bibnet.harvest import filters, plan, planning
from bibnet.harvest.estimating import Estimate
from bibnet.harvest.openalex import address
from bibnet.harvest.partition import MONTHS_ABOVE, partitions
from bibnet.harvest.planning import LONGEST_ADDRESS, entity_plan
from bibnet.query import Query, find_query, load_query, parse_query
from bibnet.schema.errors import QueryError, UsageError


def query(*, sides: dict[str, list[str]] | None = None, **works: Any) -> Query:
    document = {
        "name": "small",
        "question": "How?",
        "works": {"ai": ["all"], **works},
        "sides": sides or {"china": ["CN"], "europe": ["DE", "FR"]},
    }
    return parse_query(document, path=Path("small.toml"))


def asked(made: Query) -> list[dict[str, str]]:
    return [dict(selection.filters) for selection in plan(made).selections]


def filter_of(made: Query) -> str:
    made_plan = plan(made)
    url = address(made_plan.listing(made_plan.selections[0].filters))
    return url.partition("filter=")[2].partition("&")[0]


def test_joint_never_means_one_side_or_the_other() -> None:
    # CN+DE|FR would be read as (CN and DE) or FR; two aliases of one field are read as meant.
    made = plan(query(harvest="joint"))
    url = address(made.listing(made.selections[0].filters))
    assert url.partition("&select=")[0] == (
        "https://api.openalex.org/works?filter=authorships.institutions.country_code:CN,"
        "institutions.country_code:DE%7CFR&sort=publication_date:asc"
    )


def test_sides_is_one_or_over_all_countries() -> None:
    assert filter_of(query()) == "authorships.institutions.country_code:CN%7CDE%7CFR"


def test_all_asks_for_every_country() -> None:
    assert asked(query(harvest="all")) == [{}]


def test_joint_of_three_sides_asks_for_two_and_says_so() -> None:
    made = plan(
        query(sides={"a": ["CN"], "b": ["DE"], "c": ["US"]}, harvest="joint"),
    )
    assert dict(made.selections[0].filters) == {
        "authorships.institutions.country_code": "CN",
        "institutions.country_code": "DE",
    }
    assert made.notes[1] == "asked for a, b; c is found in the works harvested"


def test_no_address_holds_a_plus_beside_a_bar() -> None:
    for name in ("europe-china-ai", "us-china-ai", "germany-china-ai", "fcai-china-ai"):
        for harvest in ("sides", "joint", "all"):
            made = replace(load_query(find_query(name)), harvest=harvest, ai=("topics",))
            assert "+" not in filter_of(made)


def test_more_than_100_values_become_several_filters() -> None:
    values = [str(number) for number in range(150)]
    assert filters.any_of(values) == ["|".join(values[:100]), "|".join(values[100:])]


def test_topics_are_primary_topics_by_id() -> None:
    (found,) = asked(query(ai=["topics"], harvest="all"))
    values = found["primary_topic.id"].split("|")
    assert "T10028" in values and "T10020" not in values and len(values) <= 100


def test_any_topic_covers_the_primary_one() -> None:
    assert [list(f) for f in asked(query(ai=["topics", "topics_any"], harvest="all"))] == [
        ["topics.id"]
    ]


def test_keywords_are_searches_of_quoted_terms_and_cost_ten() -> None:
    made = plan(query(ai=["keywords"], harvest="all"))
    terms = [unquote_plus(s.filters["title_and_abstract.search"]) for s in made.selections]
    assert terms[0].startswith('"AI" OR "artificial intelligence" OR ')
    assert {selection.page_credits for selection in made.selections} == {10}


def test_rules_are_a_union_of_named_selections() -> None:
    made = plan(query(ai=["topics", "concepts"], harvest="all"))
    assert [selection.name for selection in made.selections] == ["topics", "concepts"]


def test_a_rule_the_source_does_not_know_is_refused() -> None:
    with pytest.raises(QueryError, match="classifier"):
        plan(query(ai=["classifier"]))


def test_xpac_works_are_asked_for_only_where_the_query_keeps_them() -> None:
    kept = plan(query(exclude=["retracted"]))
    assert (plan(query()).corpus, kept.corpus) == ("", "all")
    assert "corpus=all" in address(kept.listing({}))


def test_addresses_fit_the_source() -> None:
    ai = ("topics", "concepts", "keywords")
    made = plan(replace(load_query(find_query("fcai-china-ai")), ai=ai, harvest="sides"))
    urls = [address(made.listing(selection.filters)) for selection in made.selections]
    assert max(map(len, urls)) < LONGEST_ADDRESS


def test_an_address_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "LONGEST_ADDRESS", 300)
    with pytest.raises(UsageError, match="fewer countries"):
        plan(query())


def test_entities_are_asked_for_whole() -> None:
    made = entity_plan("funders")
    assert address(made.listing({})).startswith(
        "https://api.openalex.org/funders?sort=works_count:asc&select=id,display_name,"
    )


def test_other_entities_are_refused() -> None:
    with pytest.raises(UsageError, match="institutions, funders"):
        entity_plan("authors")


def test_every_year_is_a_partition_even_without_works() -> None:
    made = plan(query(years=[2018, 2020]))
    found = partitions(made, Estimate({"": {2018: 5, 2020: 7}}, {"": 1}))
    assert [(part.name, part.filters["publication_year"]) for part in found] == [
        ("2018", "2018"),
        ("2019", "2019"),
        ("2020", "2020"),
    ]


def test_a_large_year_is_walked_by_month() -> None:
    made = plan(query(years=[2020, 2020], harvest="all"))
    found = partitions(made, Estimate({"": {2020: MONTHS_ABOVE + 1}}, {"": 1}))
    assert (len(found), found[1].name, dict(found[1].filters)) == (
        12,
        "2020-02",
        {"from_publication_date": "2020-02-01", "to_publication_date": "2020-02-29"},
    )


def test_partitions_sort_before_the_full_author_lists() -> None:
    made = plan(query(years=[2020, 2020], ai=["topics", "concepts"]))
    estimate = Estimate({"topics": {2020: 5}, "concepts": {}}, {"topics": 1, "concepts": 1})
    names = [part.name for part in partitions(made, estimate)]
    assert names == ["2020-concepts", "2020-topics"]
    assert max(names) < "authors"


def test_an_estimate_counts_pages_of_each_year() -> None:
    estimate = Estimate(
        {"": {2019: 101, 2020: 100}, "keywords": {2020: 1}}, {"": 1, "keywords": 10}
    )
    assert (estimate.works, estimate.pages, estimate.credits) == (202, 4, 13)
    assert str(estimate) == "202 works, 4 pages, 13 credits (0.0013 USD)"


def test_an_estimate_above_what_is_left_says_so() -> None:
    estimate = Estimate({"": {2019: 500}}, {"": 1}, credits_left=2)
    assert str(estimate).endswith("2 credits are left today, it will take several days")


def test_institutions_funders_and_ids_are_asked_for_beside_the_sides(tmp_path: Path) -> None:
    (tmp_path / "ids.txt").write_text("10.1000/a\nW7\n", encoding="utf-8")
    document = {
        "name": "small",
        "question": "How?",
        "works": {"ai": ["all"], "institutions": ["I12"], "funders": ["F34"], "ids": "ids.txt"},
        "sides": {"china": ["CN"], "europe": ["DE"]},
    }
    made = parse_query(document, path=tmp_path / "small.toml")
    same = {
        "authorships.institutions.country_code": "CN|DE",
        "authorships.institutions.lineage": "I12",
        "funders.id": "F34",
    }
    assert asked(made) == [{**same, "doi": "10.1000/a"}, {**same, "ids.openalex": "W7"}]


def test_a_side_of_institutions_is_asked_for_with_what_lies_below() -> None:
    sides = {"ours": ["I12", "02nfy35"], "china": ["CN"]}
    with pytest.raises(QueryError):
        query(sides=sides)
    made = query(sides={"ours": ["I12", "I13"], "china": ["CN"]})
    assert asked(made) == [
        {"authorships.institutions.country_code": "CN"},
        {"authorships.institutions.lineage": "I12|I13"},
    ]
    assert asked(query(sides={"ours": ["I12"], "china": ["CN"]}, harvest="joint")) == [
        {
            "authorships.institutions.lineage": "I12",
            "institutions.country_code": "CN",
        }
    ]


def test_one_key_of_two_kinds_asks_for_both_values() -> None:
    made = query(
        sides={"ours": ["I12"], "china": ["CN"]}, institutions=["I77", "I78"], harvest="joint"
    )
    assert [one["authorships.institutions.lineage"] for one in asked(made)] == [
        "I12 I77",
        "I12 I78",
    ]


def test_what_the_source_cannot_be_asked_is_said() -> None:
    made = plan(query(venues="csrankings_ai", top_cited=0.1, institutions=["05gsxrt27"]))
    assert [note.split(" ")[0] for note in made.notes] == ["a", "venues", "top_cited"]
