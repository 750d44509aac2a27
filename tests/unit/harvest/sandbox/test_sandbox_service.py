"""Requests and answers without sockets, over a few literal works and a small invented corpus."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest

from bibnet.harvest.sandbox.faults import Faults
from bibnet.harvest.sandbox.service import Service, Settings
from bibnet.harvest.sandbox.world import World, build_world

INVENTED = build_world(1, 700)
TYPES = "https://openalex.org/types"


def work(number: int, **more: Any) -> dict[str, Any]:
    identity = {"id": f"https://openalex.org/W{number}", "cited_by_count": number}
    return identity | {"authorships": [], "publication_date": "2020-01-01", "is_xpac": False} | more


def service_of(*works: dict[str, Any], **settings: Any) -> Service:
    world = World(1, list(works), [], [], [], {"https://openalex.org/W99": works[0]["id"]})
    return Service(world, settings=Settings(**settings))


def get(service: Service, target: str) -> tuple[int, Any]:
    """Status and body (read, if JSON) of a target; the key is added."""
    joint = "&" if "?" in target else "?"
    answer = service.answer(f"{target}{joint}api_key=k", {}).answer
    is_json = answer.kind == "application/json"
    return answer.status, json.loads(answer.body) if is_json else answer.body.decode()


def ids(body: dict[str, Any]) -> list[int]:
    return [int(item["id"].rsplit("W", 1)[-1]) for item in body["results"]]


def pages(service: Service, query: str) -> Iterator[list[str]]:
    """Ids of each page of a cursor walk."""
    cursor = "*"
    while cursor:
        _, body = get(service, f"/works?{query}&cursor={quote(cursor)}")
        yield [item["id"] for item in body["results"]]
        cursor = body["meta"]["next_cursor"]


FIVE = service_of(*(work(number) for number in range(10, 15)))


def test_a_list_has_meta_results_and_no_groups() -> None:
    assert get(FIVE, "/works?per_page=2&select=id") == (
        200,
        {
            "meta": {
                "count": 5,
                "db_response_time_ms": 5,
                "page": 1,
                "per_page": 2,
                "groups_count": None,
                "cost_usd": 0.0001,
            },
            "results": [{"id": "https://openalex.org/W14"}, {"id": "https://openalex.org/W13"}],
            "group_by": [],
        },
    )


@pytest.mark.parametrize("name", ["per_page", "per-page"])
def test_both_spellings_of_per_page_are_read(name: str) -> None:
    assert ids(get(FIVE, f"/works?{name}=3")[1]) == [14, 13, 12]


def test_pages_by_number() -> None:
    assert ids(get(FIVE, "/works?per_page=2&page=3")[1]) == [10]


@pytest.mark.parametrize(
    ("end", "per_page", "sizes"),
    [("null", 2, [2, 2, 1]), ("null", 5, [5, 0]), ("empty", 2, [2, 2, 1, 0])],
)
def test_both_ways_in_which_cursors_end(end: str, per_page: int, sizes: list[int]) -> None:
    service = service_of(*(work(number) for number in range(10, 15)), cursor_end=end)
    assert [len(page) for page in pages(service, f"per_page={per_page}")] == sizes


@pytest.mark.parametrize("sort", ["", "&sort=publication_date", "&sort=openalex:desc"])
def test_a_cursor_walk_finds_every_work_once(sort: str) -> None:
    service = Service(INVENTED)
    found = [key for page in pages(service, f"per_page=100{sort}") for key in page]
    core = [each["id"] for each in INVENTED.works if not each["is_xpac"]]
    assert sorted(found) == sorted(core)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("per_page=101", "per-page parameter must be between 1 and 100."),
        ("per_page=0", "per-page parameter must be between 1 and 100."),
        ("page=0", "Page parameter must be greater than 0."),
        ("page=101&per_page=100", "Maximum results size of 10,000 records is exceeded."),
        ("cursor=*&page=2", "Cannot use page parameter with cursor."),
        ("cursor=null", "Cursor is null. Likely reached end of results."),
        ("cursor=%21", "Invalid cursor value"),
    ],
)
def test_wrong_pages_are_refused(query: str, message: str) -> None:
    status, body = get(FIVE, f"/works?{query}")
    assert (status, body["error"]) == (400, "Pagination error.")
    assert body["message"].startswith(message)


def test_the_older_limit_of_a_page_is_a_setting() -> None:
    service = service_of(work(10), largest_page=200)
    assert get(service, "/works?per_page=200")[0] == 200
    assert get(service, "/works?per_page=201")[0] == 400


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("nonsense=1", "nonsense is not a valid parameter. Valid parameters are: "),
        (
            "select=nonsense",
            "nonsense is not a valid select field. Valid fields for select are: ",
        ),
        ("filter=a:1&filter=b:2", "Only one filter parameter is allowed."),
        ("filter=host_venue.id:V1", "host_venue and alternate_host_venues are deprecated"),
        ("page=two", "Param page must be a number."),
        ("group_by=type&select=id", "select does not work with group_by."),
        ("sample=5&sort=fwci", "sample does not work with sort."),
        ("sample=5&cursor=*", "sample does not work with cursor."),
        ("seed=1", "You must include the sample parameter"),
        ("sample=10001", "Sample size must be less than or equal to 10,000."),
        ("search=a|b", "The search parameter does not support the | operator."),
        ("corpus=all&include_xpac=true", "corpus and include_xpac cannot be combined."),
        ("corpus=none", "corpus must be one of: core, expansion, all."),
        ("group_by=publication_date", "Cannot group by date, number, or search fields."),
    ],
)
def test_wrong_parameters_are_refused(query: str, message: str) -> None:
    status, body = get(FIVE, f"/works?{query}")
    assert (status, body["error"]) == (400, "Invalid query parameters error.")
    assert body["message"].startswith(message)


def test_limit_is_refused_at_the_edge() -> None:
    status, body = get(FIVE, "/works?limit=5")
    assert (status, body["error_source"]) == (400, "openalex-api-proxy")


def test_an_address_of_more_than_8190_bytes_is_refused() -> None:
    assert get(FIVE, "/works?filter=openalex:" + "W1" * 4100)[0] == 400


def test_lists_cut_authors_at_a_hundred_and_singletons_do_not() -> None:
    service = service_of(work(10, authorships=[{"countries": []}] * 150))
    (item,) = get(service, "/works")[1]["results"]
    assert len(item["authorships"]) == 100
    assert len(get(service, "/works/W10")[1]["authorships"]) == 150


def test_keys_that_a_work_lacks_stay_away() -> None:
    assert get(FIVE, "/works/W10?select=id,has_fulltext")[1] == {"id": "https://openalex.org/W10"}


@pytest.mark.parametrize("key", ["W10", "https://openalex.org/W10", "doi:10.1/a", "10.1/a"])
def test_singletons_by_id_and_doi(key: str) -> None:
    service = service_of(work(10, doi="https://doi.org/10.1/a"))
    assert get(service, f"/works/{key}")[1]["cited_by_count"] == 10


def test_an_unknown_id_is_a_page_of_404() -> None:
    status, body = get(FIVE, "/works/W11111")
    assert status == 404
    assert body.startswith("<!doctype html>")


@pytest.mark.parametrize("target", ["/nonsense", "/", "/rate-limit/more", "/works/a/b/c"])
def test_an_unknown_path_is_a_page_of_404(target: str) -> None:
    assert get(FIVE, target)[0] == 404


def test_merged_ids_lead_on_or_nowhere() -> None:
    answer = FIVE.answer("/works/W99?api_key=k", {}).answer
    assert (answer.status, answer.headers["Location"]) == (301, "/works/W10?api_key=k")
    assert get(service_of(work(10), merged="missing"), "/works/W99")[0] == 404


def test_an_id_in_another_case_is_a_302() -> None:
    answer = FIVE.answer("/works/w10?api_key=k", {}).answer
    assert (answer.status, answer.headers["Location"]) == (302, "/works/W10?api_key=k")


@pytest.mark.parametrize(
    ("target", "credits"),
    [
        ("/works/W10", "0"),
        ("/works", "1"),
        ("/works?group_by=publication_year", "1"),
        ("/works?search=deep", "10"),
        ("/works?filter=title_and_abstract.search:deep", "10"),
        ("/rate-limit", "0"),
    ],
)
def test_costs(target: str, credits: str) -> None:
    answer = FIVE.answer(target, {"Authorization": "Bearer k"}).answer
    assert answer.headers["x-ratelimit-credits-used"] == credits


def test_a_spent_budget_still_gives_single_works() -> None:
    service = service_of(work(10), daily_credits=1)
    assert [get(service, target)[0] for target in ("/works", "/works", "/works/W10")] == [
        200,
        429,
        200,
    ]


def test_refused_requests_cost_nothing() -> None:
    service = service_of(work(10), daily_credits=1)
    assert [get(service, t)[0] for t in ("/works?page=0", "/works", "/works")] == [400, 200, 429]


def test_the_expansion_corpus_is_left_out_unless_asked_for() -> None:
    service = service_of(work(10), work(11, is_xpac=True))
    queries = ("", "corpus=all", "corpus=expansion", "include_xpac=true", "filter=is_xpac:true")
    found = [sorted(ids(get(service, f"/works?{query}")[1])) for query in queries]
    assert found == [[10], [10, 11], [11], [10, 11], [11]]


def test_a_search_gives_scores_and_falls_in_relevance() -> None:
    service = service_of(
        work(10, display_name="deep nets"), work(11, display_name="deep"), work(12)
    )
    _, body = get(service, "/works?search=deep&select=id,relevance_score")
    assert ids(body) == [11, 10]
    assert body["results"][0]["relevance_score"] > body["results"][1]["relevance_score"]


def test_a_sample_repeats_with_its_seed() -> None:
    service = Service(INVENTED)
    first, again, other = (
        get(service, f"/works?sample=20&seed={seed}&select=id")[1] for seed in (1, 1, 2)
    )
    assert first == again != other
    assert (first["meta"]["count"], len(first["results"])) == (20, 20)


def test_groups_by_count() -> None:
    service = service_of(work(10, type="article"), work(11, type="article"), work(12, type="book"))
    assert get(service, "/works?group_by=type")[1] == {
        "meta": {
            "count": 3,
            "db_response_time_ms": 5,
            "page": 1,
            "per_page": 200,
            "groups_count": 2,
            "cost_usd": 0.0001,
        },
        "group_by": [
            {
                "key": "https://openalex.org/types/article",
                "key_display_name": "article",
                "count": 2,
            },
            {"key": "https://openalex.org/types/book", "key_display_name": "book", "count": 1},
        ],
    }


def test_groups_are_paged_by_key_until_an_empty_page() -> None:
    service = Service(INVENTED)
    cursor, found, sizes = "*", [], []
    while cursor:
        _, body = get(
            service, f"/works?group_by=institutions.id&cursor={quote(cursor)}&per_page=30"
        )
        found += [group["key"] for group in body["group_by"]]
        sizes.append(len(body["group_by"]))
        cursor = body["meta"]["next_cursor"]
    assert found == sorted(set(found))
    assert sizes[-1] == 0
    assert max(sizes) == 30


def test_groups_of_what_is_unknown_are_shown_when_asked_for() -> None:
    service = service_of(work(10, type="article"), work(11))
    _, body = get(service, "/works?group_by=type:include_unknown")
    assert [group["key"] for group in body["group_by"]][-1] == "unknown"


def test_countries_and_institutions_are_grouped_with_their_names() -> None:
    service = Service(INVENTED)
    _, body = get(service, "/works?group_by=institutions.country_code&per_page=1")
    assert body["group_by"][0]["key_display_name"] == "China"
    _, body = get(service, "/works?group_by=institutions.id&per_page=1")
    assert body["group_by"][0]["key_display_name"].startswith("Invented ")


@pytest.mark.parametrize("entity", ["institutions", "funders", "topics"])
def test_entities_are_listed_and_found(entity: str) -> None:
    service = Service(INVENTED)
    _, body = get(service, f"/{entity}?per_page=2&sort=ids.openalex&cursor=*")
    first, second = (item["id"].rsplit("/", 1)[-1] for item in body["results"])
    assert get(service, f"/{entity}/{first}")[1] == body["results"][0]
    _, both = get(service, f"/{entity}?filter=openalex:{first}|{second}")
    assert both["meta"]["count"] == 2


def test_institutions_by_ror_and_country() -> None:
    service = Service(INVENTED)
    body = get(service, "/institutions?filter=country_code:CN&per_page=1")[1]["results"][0]
    assert get(service, f"/institutions/{body['ror']}")[1]["country_code"] == "CN"


def faulty(**faults: Any) -> Service:
    return Service(INVENTED, Faults(**faults))


def test_a_fault_answers_before_anything_is_read() -> None:
    assert get(faulty(http_504=1), "/works") == (
        504,
        {"error": "Gateway timeout", "reason": "query_timeout"},
    )


def test_the_reset_time_of_a_faked_spent_budget_is_the_clocks() -> None:
    settings = Settings(clock=lambda: datetime(2026, 11, 21, 23, 59, tzinfo=UTC))
    outcome = Service(INVENTED, Faults(budget_spent=1), settings).answer("/works", {})
    assert outcome.answer.headers["Retry-After"] == "60"


@pytest.mark.parametrize("damage", ["truncated", "reset", "slow"])
def test_damages_are_left_to_the_sender(damage: str) -> None:
    outcome = faulty(**{damage: 1}).answer("/works?api_key=k", {})
    assert (outcome.answer.status, outcome.damage, outcome.fault) == (200, damage, damage)


def test_a_partial_page_has_fewer_results_and_goes_on() -> None:
    whole, partial = (
        get(faulty(), "/works?cursor=*")[1],
        get(faulty(partial=1), "/works?cursor=*")[1],
    )
    assert 20 <= len(partial["results"]) < 25
    assert partial["meta"] == whole["meta"]


def test_duplicates_come_again_and_nothing_is_lost() -> None:
    found = [key for page in pages(faulty(duplicates=1), "per_page=50") for key in page]
    plain = [key for page in pages(faulty(), "per_page=50") for key in page]
    assert len(found) > len(plain)
    assert set(found) == set(plain)


def walked(service: Service, query: str) -> set[str]:
    return {key for page in pages(service, query) for key in page}


def test_drift_loses_works_in_the_default_order_and_none_by_id() -> None:
    whole = walked(faulty(), "per_page=50")
    assert whole - walked(faulty(drift=1), "per_page=50")
    assert whole == walked(faulty(drift=1), "per_page=50&sort=openalex")


def test_drift_can_give_the_last_work_of_a_page_again_even_by_id() -> None:
    """A cursor holds the old citations of its work, which then seems to stand after it."""
    found = [key for page in pages(faulty(drift=1), "per_page=50&sort=openalex") for key in page]
    assert len(found) > len(set(found))


def test_drift_can_lose_works_of_one_day_in_the_order_of_days() -> None:
    """With a cursor the default order breaks ties, and it holds citations."""
    works = [
        work(number, cited_by_percentile_year={"min": number % 100, "max": number % 100 + 1})
        for number in range(10, 200)
    ]
    query = "per_page=10&sort=publication_date"
    drifting = Service(World(1, works, [], [], []), Faults(drift=1))
    assert walked(service_of(*works), query) - walked(drifting, query)
