"""Who pays and who is cited: a work counts once in every row it belongs to."""

import ibis
from build import rows_of, tables

from bibnet.metrics.citations.groups import counted_citations, counted_teams
from bibnet.metrics.counts.funding import funders, funding
from bibnet.metrics.counts.listed import defence
from bibnet.network.scope import side_countries


def scope(key: int, joint: bool, disclosed: bool) -> dict[str, object]:
    return {"work_key": key, "year": 2020, "joint": joint, "is_disclosed": disclosed}


def paid(key: int, funder: str, country: str | None, kind: str) -> dict[str, object]:
    row = {"work_key": key, "funder_id": funder, "funder": f"Name {funder}"}
    return {**row, "funder_country": country, "funder_type": kind}


def money() -> dict[str, ibis.Table]:
    """Work 1 (joint) names two Chinese ministries, 2 one without country, 3 an award only."""
    return tables(
        work_scope=[
            scope(1, True, True),
            scope(2, False, True),
            scope(3, False, True),
            scope(4, True, False),
        ],
        funding=[
            paid(1, "F1", "CN", "ministry"),
            paid(1, "F2", "CN", "ministry"),
            paid(2, "F3", None, "ministry"),
        ],
    )


def test_funding_counts_a_work_once_in_each_row() -> None:
    columns = (
        "funder_country",
        "funder_type",
        "works",
        "joint_works",
        "share_of_disclosed",
        "share_of_works",
    )
    assert rows_of(funding(money()), *columns) == [
        ("CN", "all", 1, 1, 1 / 3, 1 / 4),
        ("CN", "ministry", 1, 1, 1 / 3, 1 / 4),
        ("all", "all", 3, 1, 1.0, 3 / 4),
        ("all", "ministry", 2, 1, 2 / 3, 2 / 4),
        (None, "all", 1, 0, 1 / 3, 1 / 4),
        (None, "ministry", 1, 0, 1 / 3, 1 / 4),
    ]


def test_shares_of_joint_works_have_their_own_bases() -> None:
    """One joint work discloses, two are joint."""
    rows = rows_of(
        funding(money()),
        "funder_country",
        "funder_type",
        "share_of_joint_disclosed",
        "share_of_joint",
    )
    assert ("CN", "ministry", 1.0, 0.5) in rows


def test_funders_without_an_id_stand_by_their_name() -> None:
    found = money()
    named = tables(funding=[{**paid(4, "", None, "other"), "funder_id": None, "funder": "A name"}])
    found["funding"] = found["funding"].union(named["funding"])
    rows = rows_of(funders(found), "funder_id", "funder", "works", "joint_works")
    assert (None, "A name", 1, 1) in rows
    assert len(rows) == 4


def cited(key: int, citations: int | None) -> dict[str, object]:
    return {"work_key": key, "citations": citations}


def world(*works: dict[str, object]) -> dict[str, ibis.Table]:
    """Work 1 is joint, 2 and 3 are of Europe only."""
    found = tables(
        work=works,
        work_scope=[scope(1, True, False), scope(2, False, False), scope(3, False, False)],
        work_side=[
            {"work_key": 1, "side": "europe"},
            {"work_key": 1, "side": "china"},
            {"work_key": 2, "side": "europe"},
            {"work_key": 3, "side": "europe"},
        ],
    )
    sides = side_countries({"europe": ("DE",), "china": ("CN",)})
    return {**found, "side_country": sides}


def test_unknown_citations_are_counted_but_not_in_the_mean() -> None:
    columns = ("group", "works", "works_with_citations", "mean_citations")
    found = counted_citations(world(cited(1, 3), cited(2, 4), cited(3, None)))
    assert rows_of(found, *columns) == [
        ("china only", 0, 0, None),
        ("europe only", 2, 1, 4.0),
        ("joint", 1, 1, 3.0),
    ]


def test_a_group_without_known_citations_has_no_mean() -> None:
    found = counted_citations(world(cited(1, None), cited(2, 0), cited(3, 0)))
    rows = rows_of(found, "group", "mean_citations")
    assert rows == [("china only", None), ("europe only", 0.0), ("joint", None)]


def test_teams_have_a_row_for_every_number_and_for_all() -> None:
    """The joint work has 12 authors in 5 countries; of the others one has no author at all."""
    found = world(
        {**cited(1, 3), "authors": 12}, {**cited(2, 4), "authors": 5}, {**cited(3, 6), "authors": 0}
    )
    scopes = [(1, True, 5), (2, False, 1), (3, False, 1)]
    found |= tables(
        work_scope=[{**scope(key, joint, False), "countries": n} for key, joint, n in scopes]
    )
    columns = ("group", "countries", "authors", "works", "mean_citations")
    assert rows_of(counted_teams(found), *columns) == [
        ("europe only", "1", "3-5", 1, 4.0),
        ("europe only", "1", "all", 2, 5.0),
        ("europe only", "1", "none", 1, 6.0),
        ("europe only", "all", "3-5", 1, 4.0),
        ("europe only", "all", "all", 2, 5.0),
        ("europe only", "all", "none", 1, 6.0),
        ("joint", "4+", "11+", 1, 3.0),
        ("joint", "4+", "all", 1, 3.0),
        ("joint", "all", "11+", 1, 3.0),
        ("joint", "all", "all", 1, 3.0),
    ]


def flagged(key: int, rule: str, identity: str | None = "I1") -> dict[str, object]:
    return {
        "work_key": key,
        "author_seq": 1,
        "affiliation_seq": 1,
        "institution_id": identity,
        "institution": "A body",
        "country": "CN",
        "entry_id": "a-body",
        "category": "pla",
        "lists": "List A|List B",
        "rule": rule,
        "list_date": "2026-01-01",
    }


def test_a_listed_body_is_counted_with_its_lists_and_rules() -> None:
    found = tables(
        work=[{"work_key": 1, "year": 2020}, {"work_key": 2, "year": 2020}],
        work_scope=[scope(1, True, False), scope(2, False, False)],
        list_flag=[flagged(1, "identifier"), flagged(2, "alias"), flagged(2, "alias", None)],
        list_interval=[],
    )
    columns = (
        "institution_id",
        "institution",
        "category",
        "lists",
        "works",
        "joint_works",
        "rules",
    )
    assert rows_of(defence(found), *columns) == [
        ("I1", "A body", "pla", "List A|List B", 2, 1, "alias|identifier"),
        (None, "A body", "pla", "List A|List B", 1, 0, "alias"),
    ]
