"""Which works are one paper, by which rule, and which of them counts."""

from datetime import UTC, datetime

import ibis
from build import rows_of, table, tables

from bibnet.tables.same_paper import joint_works, merged_away, same_papers


def work(key: int, **more: object) -> dict[str, object]:
    return {"work_key": key, "work_id": f"W{key}", "year": 2020, **more}


def pairs(*works: dict[str, object], placed: tuple[int, ...] = ()) -> list[tuple[str, str, str]]:
    """Work that another stands for, that one, and the rule."""
    affiliation = [{"work_key": key, "author_seq": 1, "affiliation_seq": 1} for key in placed]
    found = same_papers(tables(work=works, affiliation=affiliation))
    return rows_of(found, "work_id", "kept_id", "rule")


def test_one_doi_under_two_ids() -> None:
    assert pairs(work(1, doi="10.1/x"), work(2, doi="10.1/x"), work(3, doi="10.1/y")) == [
        ("W2", "W1", "doi")
    ]


def test_a_title_with_its_first_author_within_a_year() -> None:
    found = pairs(
        work(1, title_key="k", year=2019),
        work(2, title_key="k", year=2020),
        work(3, title_key="k", year=2021),
        work(4, title_key="j"),
        work(5),
    )
    assert found == [("W2", "W1", "title")]


def test_the_doi_goes_first_and_a_work_is_paired_once() -> None:
    found = pairs(
        work(1, doi="10.1/x", title_key="k"),
        work(2, doi="10.1/x", title_key="k"),
        work(3, doi="10.2/z", title_key="k"),
    )
    assert found == [("W2", "W1", "doi"), ("W3", "W1", "title")]


def test_the_one_that_counts_has_affiliations_is_no_preprint_and_was_changed_last() -> None:
    old, new = (datetime(year, 1, 1, tzinfo=UTC) for year in (2025, 2026))
    same = {"doi": "10.1/x"}
    assert pairs(work(1, **same), work(2, **same, type="preprint"), placed=(2,)) == [
        ("W1", "W2", "doi")
    ]
    assert pairs(work(1, **same, type="preprint", updated=new), work(2, **same, updated=old)) == [
        ("W1", "W2", "doi")
    ]
    assert pairs(work(1, **same, updated=old), work(2, **same, updated=new)) == [
        ("W1", "W2", "doi")
    ]
    assert pairs(work(1, **same), work(2, **same, updated=old)) == [("W1", "W2", "doi")]
    # Equal in all of it: the id decides, not the line.
    assert pairs(work(2, **same), {**work(1, **same), "work_key": 9}) == [("W2", "W1", "doi")]


def test_merged_works_are_excluded_by_a_rule_of_their_own() -> None:
    same = table("same_paper", {"work_key": 2, "work_id": "W2", "kept_key": 1, "kept_id": "W1"})
    assert rows_of(merged_away(same)) == [(2, "W2", "same_paper")]


def test_joint_works_have_a_country_of_every_side() -> None:
    country = ibis.memtable(
        {"work_key": [1, 1, 2, 3, 3], "country": ["DE", "CN", "DE", "CN", "US"]}
    )
    sides = ibis.memtable({"side": ["a", "b"], "country": ["DE", "CN"]})
    assert rows_of(joint_works(country, sides, 2)) == [(1,)]
