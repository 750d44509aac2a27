"""The harvest's reading of recorded answers of the real source."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from scripted_source import Reply, asking, scripted

from bibnet.harvest.failures import Answer, Kind, classify
from bibnet.harvest.listing import Listing

pytestmark = [pytest.mark.real, pytest.mark.usefixtures("loopback")]
KINDS = {"400": Kind.REQUEST, "401": Kind.KEY, "403": Kind.REQUEST, "404": Kind.GONE}


@pytest.fixture
def recorded(shared_data: Path) -> list[dict[str, Any]]:
    path = shared_data / "openalex" / "api" / "http_interactions.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def test_every_recorded_refusal_has_its_kind(recorded: list[dict[str, Any]]) -> None:
    refused = [item for item in recorded if item["status"] != "200"]
    kinds = [classify(Answer(int(i["status"]), {}, i["body"]), ValueError()).kind for i in refused]
    assert kinds == [KINDS[item["status"]] for item in refused]


def test_every_recorded_list_is_a_page(recorded: list[dict[str, Any]]) -> None:
    bodies = [json.loads(i["body"]) for i in recorded if i["status"] == "200"]
    lists = [body for body in bodies if body.get("results") and "next_cursor" in body["meta"]]
    with scripted(*map(Reply, lists)) as script, asking(script) as source:
        pages = [source.openalex.page(Listing("works"), "*") for _ in lists]
    read = [(len(page.results), page.count, page.next_cursor) for page in pages]
    assert read == [
        (len(b["results"]), b["meta"]["count"], b["meta"]["next_cursor"]) for b in lists
    ]


def test_every_recorded_work_is_a_single(recorded: list[dict[str, Any]]) -> None:
    bodies = [json.loads(i["body"]) for i in recorded if i["status"] == "200"]
    works = [body for body in bodies if "/W" in str(body.get("id"))]
    with scripted(*map(Reply, works)) as script, asking(script) as source:
        read = [source.single("works", "W1") for _ in works]
    assert works and read == works
