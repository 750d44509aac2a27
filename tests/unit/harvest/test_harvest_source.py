"""One request at a time: what is retried, what is not, how long it waits, what it says."""

import pytest
from scripted_source import Reply, asking, grouped, listed, scripted

from bibnet.harvest.listing import Listing
from bibnet.harvest.pacing import LONGEST_WAIT, MOST_TRIES
from bibnet.harvest.source import GoneError
from bibnet.schema.errors import BudgetError, SourceError

pytestmark = pytest.mark.usefixtures("loopback")
WORKS = Listing("works", {"publication_year": "2020"}, ("id",), "publication_date")
GOOD = listed(1, 2, count=2)
WEB_PAGE = "<html><body>oops</body></html>"
BUDGET = {
    "error": "Rate limit exceeded",
    "message": "Insufficient budget. This request costs $0.0001. Resets at midnight UTC",
    "retryAfter": 43200,
}
PASSING = {
    "slow down": Reply({"error": "Rate limit exceeded", "message": "10 requests per second"}, 429),
    "web page with 429": Reply(WEB_PAGE, 429),
    "server error": Reply(WEB_PAGE, 500),
    "bad gateway": Reply(WEB_PAGE, 502),
    "overload": Reply({"error": "overload"}, 503, {"Retry-After": "30"}),
    "gateway timeout": Reply({"error": "Gateway timeout", "reason": "query_timeout"}, 504),
    "gateway's own refusal": Reply(WEB_PAGE, 403),
    "cut body": Reply('{"meta": {"count": 2', cut=True),
    "half a body": Reply('{"meta": {"count": 2'),
    "web page": Reply(WEB_PAGE),
    "empty body": Reply(""),
    "null": Reply(None),
    "a list": Reply([1, 2]),
    "no meta": Reply({"results": []}),
    "meta is null": Reply({"results": [], "meta": None}),
    "count is text": Reply({"results": [], "meta": {"count": "2", "next_cursor": None}}),
    "results are numbers": Reply({"results": [1], "meta": {"count": 2, "next_cursor": None}}),
    "results are null": Reply({"results": None, "meta": {"count": 2, "next_cursor": None}}),
    "deep": Reply("[" * 100_000),
}


@pytest.mark.parametrize("reply", PASSING.values(), ids=PASSING.keys())
def test_a_passing_failure_is_asked_again(reply: Reply) -> None:
    with scripted(reply, reply, GOOD) as script, asking(script) as source:
        page = source.page(WORKS, "*", seen=())
    assert ([work["id"][-2:] for work in page.results], len(script.paths)) == (["W1", "W2"], 3)


FINAL = {
    "wrong key": (Reply({"error": "Invalid or missing API key"}, 401), "OPENALEX_API_KEY"),
    "wrong key on a web page": (Reply(WEB_PAGE, 401), "OPENALEX_API_KEY"),
    "paid plan": (Reply({"error": "Plan upgrade required"}, 429), "trying again does not help"),
    "bad filter": (
        Reply({"error": "Invalid query parameters error.", "message": "x is not valid"}, 400),
        "x is not valid",
    ),
    "bad page": (Reply({"error": "Pagination error.", "message": "too far"}, 400), "too far"),
    "refused": (Reply({"error": "no", "message": "not yours"}, 403), "not yours"),
    "no such list": (Reply(WEB_PAGE, 404), "HTTP 404"),
    "method": (Reply(WEB_PAGE, 405), "HTTP 405"),
}


@pytest.mark.parametrize(("reply", "said"), FINAL.values(), ids=FINAL.keys())
def test_a_final_failure_is_asked_once(reply: Reply, said: str) -> None:
    with (
        scripted(reply) as script,
        asking(script) as source,
        pytest.raises(SourceError, match=said),
    ):
        source.page(WORKS, "*", seen=())
    assert (len(script.paths), script.slept) == (1, [])


def test_a_spent_budget_says_when_to_resume() -> None:
    with (
        scripted(Reply(BUDGET, 429, {"Retry-After": "43200"})) as script,
        asking(script) as source,
        pytest.raises(BudgetError, match="2026-11-22 00:00 UTC"),
    ):
        source.page(WORKS, "*", seen=())
    assert (len(script.paths), script.slept) == (1, [])


def test_a_long_wait_without_a_word_is_the_budget() -> None:
    with (
        scripted(Reply(WEB_PAGE, 429, {"Retry-After": "40000"})) as script,
        asking(script) as source,
        pytest.raises(BudgetError),
    ):
        source.page(WORKS, "*", seen=())


def test_it_gives_up_after_the_most_tries() -> None:
    with (
        scripted(*[Reply(WEB_PAGE, 500)] * 20) as script,
        asking(script) as source,
        pytest.raises(SourceError, match="HTTP 500 with a web page"),
    ):
        source.page(WORKS, "*", seen=())
    assert len(script.paths) == MOST_TRIES


def test_it_waits_as_long_as_the_source_asks() -> None:
    with scripted(PASSING["overload"], GOOD) as script, asking(script) as source:
        source.page(WORKS, "*", seen=())
    assert sum(script.slept) == pytest.approx(30)


def test_it_never_waits_longer_than_the_cap() -> None:
    slow = Reply({"error": "Rate limit exceeded"}, 429, {"Retry-After": "500"})
    with scripted(slow, GOOD) as script, asking(script) as source:
        source.page(WORKS, "*", seen=())
    assert sum(script.slept) == pytest.approx(LONGEST_WAIT)


def test_no_connection_is_a_passing_failure() -> None:
    with scripted() as script:
        pass
    with asking(script) as source, pytest.raises(SourceError, match="no connection"):
        source.page(WORKS, "*", seen=())


def test_a_partial_page_is_asked_again() -> None:
    with scripted(listed(1, count=2), GOOD) as script, asking(script) as source:
        page = source.page(WORKS, "*", seen=())
    assert len(page.results) == 2


def test_of_partial_pages_the_longest_is_taken() -> None:
    replies = [listed(1, count=9), listed(1, 2, count=9), *[listed(1, count=9)] * 9]
    with scripted(*replies) as script, asking(script) as source:
        page = source.page(WORKS, "*", seen=())
    assert len(page.results) == 2


def test_a_short_last_page_is_not_partial() -> None:
    with scripted(listed(1, count=101)) as script, asking(script) as source:
        source.page(WORKS, "c", seen=range(200, 300))
    assert len(script.paths) == 1


def test_a_merged_work_comes_under_its_new_id() -> None:
    moved = Reply("", 301, {"Location": "https://api.openalex.org/works/W2"})
    with (
        scripted(moved, Reply({"id": "https://openalex.org/W2"})) as script,
        asking(script) as source,
    ):
        work = source.single("works", "W1")
    assert (work["id"], script.paths) == ("https://openalex.org/W2", ["/works/W1", "/works/W2"])


def test_a_redirect_keeps_the_key() -> None:
    moved = Reply("", 302, {"Location": "/works/W2"})
    with (
        scripted(moved, Reply({"id": "https://openalex.org/W2"})) as script,
        asking(script) as source,
    ):
        source.single("works", "w2")
    assert script.keys == ["Bearer secret-key"] * 2


def test_a_missing_work_is_gone() -> None:
    with (
        scripted(Reply(WEB_PAGE, 404)) as script,
        asking(script) as source,
        pytest.raises(GoneError),
    ):
        source.single("works", "W1")


def test_an_error_never_shows_the_key() -> None:
    reply = Reply({"error": "no", "message": "the key secret-key is odd"}, 400)
    with scripted(reply) as script, asking(script) as source, pytest.raises(SourceError) as raised:
        source.page(WORKS, "*", seen=())
    assert "secret-key" not in str(raised.value)


def test_the_meter_adds_up_what_answers_say() -> None:
    with scripted(Reply(WEB_PAGE, 500, {}), GOOD, GOOD) as script, asking(script) as source:
        source.page(WORKS, "*", seen=())
        source.page(WORKS, "*", seen=())
        spent = (source.meter.spent, source.meter.left, source.meter.take_own())
    assert spent == (2, 9000, 2)


def test_a_running_cost_limit_stops_before_it_is_passed() -> None:
    with scripted(GOOD, GOOD, GOOD) as script, asking(script, max_cost=0.0002) as source:
        source.page(WORKS, "*", seen=())
        source.page(WORKS, "*", seen=())
        with pytest.raises(BudgetError, match="cost limit"):
            source.page(WORKS, "*", seen=())
    assert len(script.paths) == 2


def test_groups_are_read_to_the_last_page() -> None:
    first = Reply(
        {
            "meta": {"count": 3, "next_cursor": "n"},
            "results": [],
            "group_by": [{"key": "2019", "count": 1}],
        }
    )
    with scripted(first, grouped({2020: 2}, 3)) as script, asking(script) as source:
        groups = source.groups(WORKS, "publication_year")
    assert (groups.counts, groups.count) == ({"2019": 1, "2020": 2}, 3)
