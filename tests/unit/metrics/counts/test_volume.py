"""Counts of works by year, country, topic and institution, by hand on four works."""

import ibis
from build import rows_of, tables

from bibnet.metrics.counts.volume import (
    countries,
    country_years,
    coverage,
    institutions_incidence,
    topics,
)
from bibnet.network.incidence import total
from bibnet.network.scope import side_countries
from bibnet.schema.units import UNKNOWN, WHOLE

HALF = WHOLE // 2


def scope(key: int, year: int, **more: object) -> dict[str, object]:
    plain = {"joint": False, "has_country": True, "is_disclosed": False}
    counts = {"authorships": 2, "authorships_with_country": 2}
    return {"work_key": key, "year": year, **plain, **counts, **more}


def world() -> dict[str, ibis.Table]:
    """1 DE and CN (joint), 2 DE, 3 DE and an author of unknown country, 4 US; A and B are in DE."""
    known = [(1, "DE", HALF), (1, "CN", HALF), (2, "DE", WHOLE), (3, "DE", HALF)]
    countries = [*known, (3, UNKNOWN, HALF), (4, "US", WHOLE)]
    institutions = [(1, "A", HALF), (1, UNKNOWN, HALF), (2, "A", HALF), (2, "B", HALF)]
    levels = [(1, 1, 1), (1, 2, 3), (2, 1, 1), (2, 2, 1), (3, 1, 4)]
    found = tables(
        work_scope=[
            scope(1, 2020, joint=True, is_disclosed=True),
            scope(2, 2020),
            scope(3, 2021, authorships_with_country=1),
            scope(4, 2021),
        ],
        country_membership=[
            {"work_key": key, "author_seq": 1, "unit": unit, "weight": weight}
            for key, unit, weight in countries
        ],
        institution_membership=[
            {"work_key": key, "author_seq": 1, "unit": unit, "weight": weight}
            for key, unit, weight in institutions
        ],
        affiliation=[
            {"work_key": key, "author_seq": author, "affiliation_seq": 1, "level": level}
            for key, author, level in levels
        ],
        place=[{"work_key": key, "country": unit} for key, unit, _ in countries if unit != UNKNOWN],
        institution=[{"institution_id": name} for name in "AB"],
        topic=[
            {"work_key": 1, "topic_seq": 0, "topic_id": "T1", "topic": "Vision", "subfield": "CV"},
            {"work_key": 1, "topic_seq": 1, "topic_id": "T2", "topic": "Speech", "subfield": "NLP"},
            {"work_key": 2, "topic_seq": 0, "topic_id": "T1", "topic": "Vision", "subfield": "CV"},
        ],
    )
    return found | {"side_country": side_countries({"europe": ("DE", "FR"), "china": ("CN",)})}


def test_coverage_counts_works_and_authorships_by_year() -> None:
    columns = (
        "year",
        "works",
        "authorships",
        "authorships_with_country",
        "works_with_country",
        "works_with_funder",
        "authorships_level_1",
        "authorships_level_3",
        "authorships_level_4",
        "works_without_authors",
    )
    assert rows_of(coverage(world()), *columns) == [
        (2020, 2, 4, 4, 2, 1, 3, 1, 0, 0),
        (2021, 2, 4, 3, 2, 0, 0, 0, 1, 0),
    ]


def test_works_without_authors_are_counted_by_coverage_alone() -> None:
    found = world()
    found["work_scope"] = tables(
        work_scope=[
            scope(1, 2020),
            scope(2, 2020, authorships=0, authorships_with_country=0),
        ]
    )["work_scope"]
    assert rows_of(coverage(found), "works", "works_without_authors") == [(2, 1)]


def test_countries_count_works_whole_and_in_parts_with_unknown_among_them() -> None:
    columns = ("side", "country", "works", "works_fractional", "joint_works", "share_of_joint")
    assert rows_of(countries(world()), *columns) == [
        ("china", "CN", 1, 0.5, 1, 1.0),
        ("europe", "DE", 3, 2.0, 1, 1.0),
        (None, "US", 1, 1.0, 0, 0.0),
        (None, UNKNOWN, 1, 0.5, 0, 0.0),
    ]
    shares = rows_of(countries(world()), "country", "share_of_country")
    assert shares == [("CN", 1.0), ("DE", 1 / 3), ("US", 0.0), (UNKNOWN, 0.0)]


def test_shares_of_joint_are_undefined_without_a_joint_work() -> None:
    found = world()
    found["work_scope"] = tables(work_scope=[scope(key, 2020) for key in (1, 2, 3, 4)])[
        "work_scope"
    ]
    assert set(rows_of(countries(found), "share_of_joint")) == {(None,)}


def test_country_years_leave_unknown_to_coverage() -> None:
    columns = ("year", "country", "works", "joint_works", "share")
    assert rows_of(country_years(world()), *columns) == [
        (2020, "CN", 1, 1, 1.0),
        (2020, "DE", 2, 1, 0.5),
        (2021, "DE", 1, 0, 0.0),
        (2021, "US", 1, 0, 0.0),
    ]


def test_topics_are_primary_ones_and_the_empty_id_holds_the_rest() -> None:
    columns = ("topic_id", "topic", "subfield", "works", "joint_works")
    assert rows_of(topics(world()), *columns) == [
        ("T1", "Vision", "CV", 2, 1),
        (None, None, None, 2, 0),
    ]


def test_institutions_count_whole_and_in_parts_without_unknown() -> None:
    columns = ("institution_id", "works", "joint_works", "works_fractional")
    assert rows_of(total(institutions_incidence(world())), *columns) == [
        ("A", 2, 1, 1.0),
        ("B", 1, 0, 0.5),
    ]
