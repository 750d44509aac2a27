"""Agreement with a provider's labels: folded codes, unread labels, works without a label."""

import pytest
from build import tables

from bibnet.places.decide.labels import Agreement, label_agreement
from bibnet.storage.engine import Engine


def agreement(
    engine: Engine, works: dict[int, str | None], places: list[tuple[int, str]]
) -> Agreement | None:
    world = tables(
        work=[{"work_key": key, "country_labels": labels} for key, labels in works.items()],
        place=[
            {"work_key": key, "author_seq": 1, "affiliation_seq": 1, "country": country}
            for key, country in places
        ],
    )
    return label_agreement(engine, world)


def test_pairs_of_work_and_country_are_compared(engine: Engine) -> None:
    labels = {1: "Germany|China", 2: "Germany", 3: None}
    found = agreement(engine, labels, [(1, "DE"), (1, "CN"), (2, "FR"), (3, "US")])
    assert found == Agreement(works=2, same_works=1, ours=3, labelled=3, agreed=2, unread=0)
    assert (found.precision, found.recall) == (pytest.approx(2 / 3), pytest.approx(2 / 3))


@pytest.mark.parametrize("code", ["CN", "HK", "MO", "TW"])
def test_codes_that_the_labels_fold_are_folded_for_the_comparison(
    engine: Engine, code: str
) -> None:
    found = agreement(engine, {1: "China"}, [(1, code)])
    assert (found.same_works, found.agreed) == (1, 1)


def test_a_label_that_names_no_country_is_counted(engine: Engine) -> None:
    found = agreement(engine, {1: "Germany|Atlantis"}, [(1, "DE")])
    assert (found.works, found.agreed, found.unread) == (1, 1, 1)


def test_without_labels_there_is_nothing_to_compare(engine: Engine) -> None:
    assert agreement(engine, {1: None}, [(1, "DE")]) is None
