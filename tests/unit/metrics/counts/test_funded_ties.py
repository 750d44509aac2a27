"""Programmes, disclosure by year, and who pays for ties, on a world written down."""

from datetime import date

import ibis
from build import rows_of, tables

from bibnet.metrics.counts.funded_ties import funder_pairs, joint_funding, listed_funders
from bibnet.metrics.counts.funding import coverage_events, funding_years, registry_steps
from bibnet.metrics.counts.programmes import programmes
from bibnet.network.scope import side_countries
from bibnet.reference import load

MILITARY = {
    "entry_id": "arms",
    "funder_type": "military_programme",
    "rule": "award_number",
    "matched_text": "X1",
}
EUROPE = tuple(sorted(load.schemes()["eu27"]))


def paid(key: int, funder: str, country: str | None, **more: str | None) -> dict[str, object]:
    row = {"work_key": key, "funder_id": funder, "funder": f"Name {funder}", "rule": "identifier"}
    return {**row, "funder_country": country, "funder_type": "other", **more}


def world() -> dict[str, ibis.Table]:
    """Joint works paid by: 1 China, 2 both (the union counts for Europe), 3 others, 4 who knows,
    5 nobody; 6 is German alone.
    """
    scope = [
        {"work_key": key, "year": year, "joint": key < 6, "is_disclosed": key != 5}
        for key, year in ((1, 2019), (2, 2019), (3, 2020), (4, 2020), (5, 2020), (6, 2020))
    ]
    found = tables(
        work_scope=scope,
        country_tie=[
            {"work_key": key, "unit_a": "CN", "unit_b": "DE", "weight": 1} for key in range(1, 6)
        ],
        funding=[
            paid(1, "F1", "CN", entry_id="national-natural-science-foundation-of-china"),
            paid(2, "F1", "CN", entry_id="national-natural-science-foundation-of-china"),
            paid(2, "F2", "EU", entry_id="h2020-european-research-council"),
            paid(3, "F3", "US"),
            paid(4, "F4", None),
            paid(6, "F5", "CN", **MILITARY),
        ],
        funding_programme=load.rows("funding_programmes"),
        list_flag=[
            {
                "work_key": key,
                "institution_id": "I1",
                "institution": "A body",
                "country": "CN",
                "entry_id": "a-body",
            }
            for key in (1, 3, 4)
        ],
    )  # fmt: skip
    return {**found, "side_country": side_countries({"europe": EUROPE, "china": ("CN",)})}


def test_joint_works_by_the_paying_side() -> None:
    columns = ("paid_by", "joint_works", "share_of_joint", "share_of_disclosed")
    assert rows_of(joint_funding(world()), *columns) == [
        ("china", 1, 0.2, 0.25),
        ("china|europe", 1, 0.2, 0.25),
        ("funders of unknown country", 1, 0.2, 0.25),
        ("no funder disclosed", 1, 0.2, None),
        ("other countries", 1, 0.2, 0.25),
    ]


def test_a_pair_by_funder_with_all_as_its_base() -> None:
    rows = rows_of(funder_pairs(world()), "country_a", "country_b", "funder_id", "works",
                   "share_of_disclosed")  # fmt: skip
    assert rows == [
        ("CN", "DE", "F1", 2, 0.5),
        ("CN", "DE", "F2", 1, 0.25),
        ("CN", "DE", "F3", 1, 0.25),
        ("CN", "DE", "F4", 1, 0.25),
        ("CN", "DE", "all", 4, 1.0),
    ]


def test_a_foreign_funder_of_a_listed_institution_is_told_apart() -> None:
    assert rows_of(listed_funders(world()), "funder_id", "entry_id", "is_foreign", "works") == [
        ("F1", "a-body", False, 1),
        ("F3", "a-body", True, 1),
        ("F4", "a-body", None, 1),
    ]


def test_a_funder_may_stand_for_several_programmes_and_a_military_one_for_itself() -> None:
    columns = ("programme_id", "kind", "works", "joint_works", "works_by_award", "matched_text")
    assert rows_of(programmes(world()), *columns) == [
        ("arms", "military_programme", 1, 0, 1, "X1"),
        ("erc", "research_programme", 1, 1, 0, None),
        ("horizon-2020", "research_programme", 1, 1, 0, None),
        ("nsfc", "foundation", 2, 2, 0, None),
    ]


def test_disclosure_by_year() -> None:
    columns = ("year", "works", "disclosed", "disclosed_share", "joint_works", "joint_disclosed")
    assert rows_of(funding_years(world(), None), *columns) == [
        (2019, 2, 2, 1.0, 2, 2),
        (2020, 4, 3, 0.75, 3, 2),
    ]


def test_a_registry_counts_from_the_day_the_source_took_it_in() -> None:
    assert list(registry_steps("2019|2022-2026")) == [
        (2019, "begin in"),
        (2019, "end in"),
        (2022, "begin in"),
        (2026, "end in"),
    ]
    assert coverage_events(date(2026, 6, 4)) == {}
    assert "Natural Science Foundation of China" in coverage_events(date(2026, 6, 5))[2023]
