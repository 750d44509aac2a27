from random import Random
from typing import Any

from bibnet.harvest.sandbox.collection import Collection
from bibnet.harvest.sandbox.drift import drift


def works() -> list[dict[str, Any]]:
    return [
        {
            "id": f"https://openalex.org/W{number}",
            "cited_by_count": 5,
            "cited_by_percentile_year": {"min": 49, "max": 50} if number % 2 else None,
        }
        for number in range(40)
    ]


def test_drift_raises_the_citations_of_a_few() -> None:
    collection = Collection("works", works())
    drift(collection, Random(1))
    assert sum(work["cited_by_count"] > 5 for work in collection.documents) == 2


def test_drift_leaves_the_world_as_it_was() -> None:
    world = works()
    drift(Collection("works", world), Random(1))
    assert world == works()


def test_drift_of_nothing_is_nothing() -> None:
    collection = Collection("works", [])
    drift(collection, Random(1))
    assert list(collection.documents) == []
