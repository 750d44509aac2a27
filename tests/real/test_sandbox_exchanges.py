"""The sandbox beside 160 recorded exchanges with the real API (2023-2026).

Every recorded address is asked of the sandbox, which holds the recorded works. Status, keys and
types must be the recorded ones; the words of errors too, up to the list of valid names.
"""

import gzip
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from bibnet.harvest.sandbox.answers import HTML, Answer
from bibnet.harvest.sandbox.service import Service, Settings
from bibnet.harvest.sandbox.world import World

pytestmark = pytest.mark.real

# No recorded address is out of scope: works by id and DOI, lists by number and cursor, filters on
# openalex, cites, cited_by, doi, dates and search, groups, rate limits, and errors are answered.
OUT_OF_SCOPE: dict[str, str] = {}
CHANGED_STATUS = {"403": 400}  # three exchanges of 2025-11; the same request gives 400 since
NEWER_META = {"cost_usd"}  # since February 2026
Exchange = dict[str, str]


@pytest.fixture(scope="module")
def exchanges(shared_data: Path) -> list[Exchange]:
    path = shared_data / "openalex" / "api" / "http_interactions.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read(body: str) -> Any:
    return json.loads(body) if body.startswith("{") else body


def works_of(exchanges: list[Exchange]) -> list[dict[str, Any]]:
    """The recorded works, each once, the whole ones before those with selected keys."""
    works: dict[str, dict[str, Any]] = {}
    bodies = [read(each["body"]) for each in exchanges if each["status"] == "200"]
    for body in bodies:
        for work in body.get("results", [body]):
            known = works.get(work.get("id", ""), {})
            if "id" in work and len(work) > len(known):
                works[work["id"]] = work
    selected = [each for each in exchanges if "select=open_access" in each["uri"]]
    two_keys = [read(each["body"]) for each in selected if each["status"] == "200"]
    # Works of which two keys were recorded get ids of their own.
    stand_ins = [
        {"id": f"https://openalex.org/W99{number}", "cited_by_count": 0} | body
        for number, body in enumerate(two_keys)
    ]
    return [*works.values(), *stand_ins]


@pytest.fixture(scope="module")
def services(exchanges: list[Exchange]) -> list[Service]:
    """One service for each way in which cursors end; both were recorded."""
    world = World(0, works_of(exchanges), [], [], [])
    return [
        Service(world, settings=Settings(largest_page=200, cursor_end=end))
        for end in ("null", "empty")
    ]


def ask(service: Service, exchange: Exchange) -> Answer:
    """The sandbox's answer; a request that was refused for its key has a wrong one."""
    address = urlsplit(exchange["uri"])
    key = "wrong" if exchange["status"] == "401" else "any"
    target = f"{address.path}?{address.query}" if address.query else address.path
    return service.answer(target, {"Authorization": f"Bearer {key}"}).answer


def expected_status(exchange: Exchange) -> int:
    return CHANGED_STATUS.get(exchange["status"], int(exchange["status"]))


def kind(value: Any) -> str:
    """Type of a JSON value; whole and broken numbers are one."""
    names = {bool: "flag", int: "number", float: "number", str: "text", type(None): "null"}
    return names.get(type(value), type(value).__name__)


def kinds(body: dict[str, Any]) -> dict[str, str]:
    return {key: kind(value) for key, value in body.items()}


def test_there_are_160_of_which_none_is_out_of_scope(exchanges: list[Exchange]) -> None:
    assert len(exchanges) == 160
    assert OUT_OF_SCOPE == {}


def test_status_is_the_recorded_one(exchanges: list[Exchange], services: list[Service]) -> None:
    wrong = [
        (each["uri"], each["status"], answer.status)
        for each in exchanges
        for answer in [ask(services[0], each)]
        if answer.status != expected_status(each)
    ]
    assert wrong == []


def test_top_level_keys_and_types_are_the_recorded_ones(
    exchanges: list[Exchange], services: list[Service]
) -> None:
    wrong = []
    for each in exchanges:
        recorded, answer = read(each["body"]), ask(services[0], each)
        if not isinstance(recorded, dict) or "id" in recorded or "rate-limit" in each["uri"]:
            continue
        found = kinds(json.loads(answer.body))
        if found != kinds(recorded):
            wrong.append((each["uri"], found, kinds(recorded)))
    assert wrong == []


def test_meta_has_the_recorded_keys_and_types(
    exchanges: list[Exchange], services: list[Service]
) -> None:
    wrong = []
    for each in exchanges:
        recorded = read(each["body"])
        if each["status"] != "200" or "meta" not in recorded:
            continue
        either = [kinds(json.loads(ask(service, each).body)["meta"]) for service in services]
        older = [{k: v for k, v in found.items() if k not in NEWER_META} for found in either]
        if kinds(recorded["meta"]) not in either + older:
            wrong.append((each["uri"], either, kinds(recorded["meta"])))
    assert wrong == []


def test_errors_have_the_recorded_words(exchanges: list[Exchange], services: list[Service]) -> None:
    def opening(body: dict[str, Any]) -> tuple[str, str]:
        return body["error"], body["message"].split(": ")[0]

    refused = [each for each in exchanges if each["status"] in ("400", "401", "403")]
    newest = [e for e in refused if "Unauthorized" not in e["body"]]  # one body of before 2026
    assert len(newest) == 12
    for each in newest:
        found = json.loads(ask(services[0], each).body)
        assert opening(found) == opening(read(each["body"]))


def test_a_missing_work_is_the_recorded_page(
    exchanges: list[Exchange], services: list[Service]
) -> None:
    (missing,) = [each for each in exchanges if each["status"] == "404"]
    answer = ask(services[0], missing)
    assert (answer.kind, answer.body.decode()) == (HTML, missing["body"])


def test_the_same_works_are_found(exchanges: list[Exchange], services: list[Service]) -> None:
    """Filters that name their works: the recorded ids are among those found."""
    for each in exchanges:
        recorded = read(each["body"])
        named = "filter=openalex" in each["uri"] or "filter=doi" in each["uri"]
        if not named or each["status"] != "200" or "select" in each["uri"]:
            continue
        found = {work["id"] for work in json.loads(ask(services[0], each).body)["results"]}
        if "cursor=I" not in each["uri"] and len(recorded["results"]) > 1:
            assert {work["id"] for work in recorded["results"]} == found


def test_groups_have_the_recorded_shape(exchanges: list[Exchange], services: list[Service]) -> None:
    grouped = [each for each in exchanges if "group_by" in each["uri"]]
    assert len(grouped) > 10
    for each in grouped:
        recorded = read(each["body"])["group_by"]
        found = json.loads(ask(services[0], each).body)["group_by"]
        assert {str(kinds(g)) for g in found} <= {str(kinds(g)) for g in recorded}
        assert {g["key"].rsplit("/", 1)[0] for g in found} <= {"https://openalex.org/types"}


def test_the_report_of_the_budget_has_the_recorded_keys(
    exchanges: list[Exchange], services: list[Service]
) -> None:
    """Those of May 2026; the report of March has fewer."""
    reports = [read(e["body"]) for e in exchanges if "/rate-limit" in e["uri"]]
    recorded = next(report for report in reports if "is_grandfathered" in report)
    answer = services[0].answer("/rate-limit", {"Authorization": "Bearer any"}).answer
    found = json.loads(answer.body)
    assert kinds(found) == kinds(recorded)
    assert kinds(found["rate_limit"]) == kinds(recorded["rate_limit"])
    for costs in ("endpoint_costs_usd", "credit_costs"):
        assert set(found["rate_limit"][costs]) <= set(recorded["rate_limit"][costs])
