from typing import Any

import pytest

from bibnet.harvest.sandbox.collection import Collection
from bibnet.harvest.sandbox.conditions import parse_filter
from bibnet.harvest.sandbox.ordering import full_order


def cited(*counts: int) -> Collection:
    """Works W10, W11, ... with so many citations."""
    works = enumerate(counts, start=10)
    return Collection(
        "works", [{"id": f"https://openalex.org/W{n}", "cited_by_count": c} for n, c in works]
    )


def ordered(collection: Collection, text: str = "") -> list[int]:
    """Positions in the default order."""
    order = full_order("works", [], collection.fields, search=False, cursor=True)
    return collection.ordered(parse_filter(text, collection.fields), order).positions


def test_more_citations_come_first_and_the_id_breaks_ties() -> None:
    assert ordered(cited(1, 5, 1)) == [1, 0, 2]


def test_a_replaced_object_moves_and_meets_other_conditions() -> None:
    collection = cited(1, 5, 1)
    assert ordered(collection, "cited_by_count:>4") == [1]
    collection.replace({0: collection.documents[0] | {"cited_by_count": 9}})
    assert ordered(collection) == [0, 1, 2]
    assert ordered(collection, "cited_by_count:>4") == [0, 1]


def test_a_list_is_kept_until_something_changes() -> None:
    collection = cited(1, 5)
    order = full_order("works", [], collection.fields, search=False, cursor=True)
    assert collection.ordered([], order) is collection.ordered([], order)


@pytest.mark.parametrize(
    "key", ["W7", "w7", "https://openalex.org/W7", "https://doi.org/10.1/A", "doi:10.1/a", "10.1/a"]
)
def test_every_form_of_an_id_finds_its_object(key: str) -> None:
    work: dict[str, Any] = {"id": "https://openalex.org/W7", "doi": "https://doi.org/10.1/a"}
    assert Collection("works", [work]).find(key) == work


def test_an_unknown_id_finds_nothing() -> None:
    assert cited(1).find("W99") is None


def test_an_empty_collection_answers() -> None:
    assert ordered(Collection("works", [])) == []
    assert Collection("funders", []).selectable == ()
