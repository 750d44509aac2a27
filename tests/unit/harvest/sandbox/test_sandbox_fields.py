import pytest

from bibnet.harvest.sandbox.conditions import TESTS
from bibnet.harvest.sandbox.fields import COMPARABLE, comparable, fields_of, values

ENTITIES = ("works", "institutions", "funders", "topics")


def test_values_go_through_lists_and_leave_out_nulls() -> None:
    document = {"a": [{"b": [1, None]}, {"b": 2}, {"c": 3}, None]}
    assert list(values(document, "a.b")) == [1, 2]


def test_two_paths_are_joined() -> None:
    assert list(values({"a": 1, "b": 2}, "a+b")) == [1, 2]


def test_cut_authorships_are_the_first_hundred() -> None:
    document = {"authorships": [{"countries": [str(n)]} for n in range(150)]}
    assert len(list(values(document, "cut_authorships.countries"))) == 100


def test_abstracts_are_searched_by_word() -> None:
    field = fields_of("works")["title_and_abstract.search"]
    document = {"display_name": "Deep Nets", "abstract_inverted_index": {"Bees,": [0]}}
    assert comparable(document, field) == {"deep", "nets", "bees"}


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_kind_of_field_can_be_compared(entity: str) -> None:
    kinds = {field.kind for field in fields_of(entity).values()} - {"paid", "unsupported"}
    assert kinds <= set(COMPARABLE)
    assert set(TESTS) <= set(COMPARABLE)


@pytest.mark.parametrize("entity", ENTITIES)
def test_answered_fields_have_a_path(entity: str) -> None:
    fields = fields_of(entity).values()
    assert [f.name for f in fields if not f.path and f.kind != "unsupported"] == []
