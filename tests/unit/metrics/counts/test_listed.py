"""Listed institutions and sensitive works, with a recount in plain Python."""

import random
from typing import Any

import ibis
import pytest
from build import rows_of, tables

from bibnet.metrics.counts.listed import (
    defence,
    sensitive_families,
    sensitive_incidence,
    sensitive_works,
)
from bibnet.reference import load


def scope(key: int, joint: bool) -> dict[str, object]:
    return {"work_key": key, "year": 2020, "joint": joint}


def flagged(key: int, entry: str = "north", **cells: Any) -> dict[str, Any]:
    row = {
        "work_key": key,
        "author_seq": 1,
        "affiliation_seq": 1,
        "institution_id": "I1",
        "institution": "North",
        "country": "CN",
        "entry_id": entry,
        "category": "pla",
        "kind": "defence",
        "is_default": True,
        "lists": "List A",
        "rule": "identifier",
        "list_date": "2026-01-01",
    }
    return {**row, **cells}


def hit(key: int, family: str, term: str, field: str = "title", text: str = "") -> dict[str, Any]:
    row = {"work_key": key, "family": family, "term": term, "field": field}
    return {**row, "matched_text": text or term.upper()}


def world(*flags: dict[str, Any], hits: tuple[dict[str, Any], ...] = ()) -> dict[str, ibis.Table]:
    keys = range(1, 5)
    works = [{"work_key": k, "work_id": f"W{k}", "title": f"T{k}", "year": 2020} for k in keys]
    return tables(
        work=works,
        work_scope=[scope(k, k == 1) for k in keys],
        list_flag=list(flags),
        list_interval=[],
        keyword_hit=list(hits),
    )


COLUMNS = ("work_id", "institution_id", "category", "family", "matched_text", "joint_works")


def sensitive(*flags: dict[str, Any], hits: tuple[dict[str, Any], ...]) -> list[tuple[Any, ...]]:
    return rows_of(sensitive_works(world(*flags, hits=hits)), *COLUMNS)


def test_a_work_is_sensitive_where_a_flag_and_a_sensitive_keyword_meet() -> None:
    hits = (hit(1, "surveillance", "gait"), hit(2, "military", "radar"), hit(3, "military", "x"))
    assert sensitive(flagged(1), flagged(2), flagged(4), hits=hits) == [
        ("W1", "I1", "pla", "surveillance", "GAIT", 1),
        ("W2", "I1", "pla", "military", "RADAR", 0),
    ]


@pytest.mark.parametrize("family", ["ai", "securitization"])
def test_other_families_make_no_work_sensitive(family: str) -> None:
    assert sensitive(flagged(1), hits=(hit(1, family, "word"),)) == []


def test_a_flag_outside_the_default_rule_makes_no_work_sensitive() -> None:
    civilian = flagged(1, category="civilian_high_risk", kind="listed", is_default=False)
    assert sensitive(civilian, hits=(hit(1, "military", "radar"),)) == []


def test_a_flag_that_a_reviewer_set_aside_counts_nowhere() -> None:
    found = world(flagged(1, rejected_by="verdict in row 2"), hits=(hit(1, "military", "radar"),))
    assert (rows_of(defence(found)), rows_of(sensitive_works(found))) == ([], [])


def test_a_work_has_a_row_for_each_institution_and_family() -> None:
    flags = (
        flagged(1),
        flagged(1, affiliation_seq=2),
        flagged(1, "south", author_seq=2, institution_id=None, institution="South"),
    )
    hits = (hit(1, "surveillance", "gait"), hit(1, "military", "radar"))
    found = rows_of(sensitive_works(world(*flags, hits=hits)), "institution", "entry_id", "family")
    assert found == [
        ("North", "north", "military"),
        ("North", "north", "surveillance"),
        ("South", "south", "military"),
        ("South", "south", "surveillance"),
    ]


def test_the_text_of_the_title_goes_before_keywords_and_abstract() -> None:
    hits = (
        hit(1, "military", "a", "abstract"),
        hit(1, "military", "b", "keywords"),
        hit(1, "military", "d", "title"),
        hit(1, "military", "c", "title", "The C"),
    )
    found = sensitive_works(world(flagged(1), hits=hits))
    assert rows_of(found, "matched_text", "field", "term", "terms") == [
        ("The C", "title", "c", "a|b|c|d")
    ]


def test_the_category_stands_in_plain_words() -> None:
    found = rows_of(defence(world(flagged(1))), "category", "category_meaning", "kind")
    assert found == [("pla", "units, academies and hospitals of the armed forces", "defence")]


def test_a_campus_keeps_its_parent_and_its_cities() -> None:
    flags = [
        flagged(1, rule="parent", parent="North", institution="North, Sud", city="Sud"),
        flagged(2, rule="parent", parent="North", institution="North, Sud", city="Nord"),
    ]
    found = rows_of(defence(world(*flags)), "institution", "parent", "cities", "rules", "works")
    assert found == [("North, Sud", "North", "Nord|Sud", "parent", 2)]


def test_no_flags_and_no_keywords_give_no_rows() -> None:
    assert rows_of(sensitive_works(world())) == rows_of(defence(world())) == []


def test_the_sensitive_families_are_the_five_of_the_methods() -> None:
    assert sensitive_families() == [
        "biometric_surveillance",
        "surveillance",
        "cybersecurity",
        "information_operations",
        "military",
    ]
    assert not any("excluded" in row["family"] for row in load.rows("keywords"))


def test_a_recount_in_plain_python_gives_the_same_cells() -> None:
    chance = random.Random(20261122)
    families = ["ai", "surveillance", "military", "securitization"]
    flags = [
        flagged(
            chance.randint(1, 4),
            entry := chance.choice(["north", "south"]),
            institution_id=own,
            institution=entry.title(),
            author_seq=seq,
            is_default=entry == "north" or seq % 3 == 0,
            rejected_by="verdict in row 2" if chance.random() < 0.3 else None,
        )
        for seq in range(1, 30)
        for own in [chance.choice(["I1", "I2", None])]
    ]
    hits = {(chance.randint(1, 4), chance.choice(families), f"t{n}") for n in range(12)}
    found = world(*flags, hits=tuple(hit(*one) for one in hits))
    cells = {
        (f"W{f['work_key']}", f["institution_id"], f["institution"], f["entry_id"], family)
        for f in flags
        if f["is_default"] and f["rejected_by"] is None
        for key, family, _ in hits
        if key == f["work_key"] and family in ("surveillance", "military")
    }
    incidence = sensitive_incidence(found)
    assert set(rows_of(incidence.rows, *incidence.keys)) == cells
    assert len(rows_of(sensitive_works(found))) == len(cells)
    assert cells
