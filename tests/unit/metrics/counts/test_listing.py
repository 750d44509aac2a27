"""Listed when the work appeared, since, no more, or not to be told: each flag is one of them."""

from datetime import UTC, datetime

import ibis
import pytest
from build import rows_of, tables
from hypothesis import given, settings
from hypothesis import strategies as st

from bibnet.metrics.counts import listing
from bibnet.metrics.counts.listed import defence


def interval(
    entry: str, first: str, last: str | None, bounds: tuple[str, ...]
) -> dict[str, str | None]:
    named = dict(zip(listing.BOUNDS, bounds, strict=True))
    return {"entry_id": entry, "listed_from": first, "listed_until": last, **named}


NEVER = "9999-12-31"
INTERVALS = [
    interval("a", "2020-06-15", None, ("2020-06-15", "2020-06-15", NEVER, NEVER)),
    interval("b", "2019", "2021-03-01", ("2019-01-01", "2019-12-31", "2021-03-01", "2021-03-01")),
    interval("c", "2015-01-02", "2016-05-01", ("2015-01-02",) * 2 + ("2016-05-01",) * 2),
    interval("c", "2020-01-02", None, ("2020-01-02", "2020-01-02", NEVER, NEVER)),
]


def world(*works: tuple[str, int, str | None]) -> dict[str, ibis.Table]:
    """Works 1, 2 ... each with a flag of an entry: (entry, year, day of publication)."""
    days = [day and datetime.fromisoformat(day).replace(tzinfo=UTC) for _, _, day in works]
    return tables(
        work=[
            {"work_key": key, "year": year, "published": day}
            for key, ((_, year, _), day) in enumerate(zip(works, days, strict=True), 1)
        ],
        work_scope=[
            {"work_key": key, "year": year, "joint": key == 1}
            for key, (_, year, _) in enumerate(works, 1)
        ],
        list_interval=INTERVALS,
        list_flag=[
            {
                "work_key": key,
                "entry_id": entry,
                "institution_id": f"I{entry}",
                "institution": entry,
            }
            for key, (entry, _, _) in enumerate(works, 1)
        ],
    )


@pytest.mark.parametrize(
    ("entry", "year", "day", "expected"),
    [
        ("a", 2020, "2020-06-15", "then"),  # the first day of the listing
        ("a", 2020, "2020-06-14", "since"),
        ("a", 2020, None, "unclear"),
        ("a", 2020, "2020-01-01", "unclear"),  # 1 January stands for a year
        ("a", 2019, None, "since"),
        ("a", 2021, None, "then"),
        ("b", 2019, "2019-07-01", "unclear"),  # listed some day in 2019
        ("b", 2020, None, "then"),
        ("b", 2021, "2021-03-01", "then"),
        ("b", 2021, "2021-03-02", "until"),
        ("b", 2021, None, "unclear"),
        ("c", 2018, None, "since"),  # between two listings
        ("c", 2015, "2015-06-01", "then"),
        ("d", 2020, None, "unknown"),
    ],
)
def test_a_flag_says_how_the_listing_and_the_work_lie(
    entry: str, year: int, day: str | None, expected: str
) -> None:
    found = world((entry, year, day))
    flags = found["list_flag"].select("work_key", "entry_id")
    assert rows_of(listing.with_standing(flags, found), "listed") == [(expected,)]


def test_the_exhibit_has_the_parts_beside_the_whole() -> None:
    found = world(("a", 2021, None), ("a", 2019, None), ("a", 2020, None))
    columns = ("works", "works_then", "works_since", "works_unclear", "works_until")
    assert rows_of(defence(found), *columns, "joint_works", "joint_works_then", "listed_now") == [
        (3, 1, 1, 1, 0, 1, 1, True)
    ]


WORKS = st.tuples(
    st.sampled_from("abc"),
    st.integers(2013, 2023),
    st.one_of(st.none(), st.tuples(st.integers(1, 12), st.integers(1, 28))),
)


@settings(max_examples=10)
@given(st.lists(WORKS, min_size=1, max_size=36))
def test_parts_add_up_exactly(works: list) -> None:
    dated = [
        (entry, year, f"{year}-{day[0]:02}-{day[1]:02}" if day else None)
        for entry, year, day in works
    ]
    rows = rows_of(
        defence(world(*dated)),
        "works",
        *(f"works_{p}" for p in ("then", "unclear", "since", "until")),
    )
    assert all(works == sum(parts) for works, *parts in rows)
