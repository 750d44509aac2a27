"""Which works count: duplicates first, then each work under the first rule that excludes it."""

from datetime import UTC, date, datetime

import pytest
from build import rows_of, table, tables

from bibnet.tables.corpus import (
    KEYS_PER_FILE,
    CorpusRules,
    duplicates,
    excluded,
    kept_keys,
    last_plausible_year,
    last_year,
)

EXCLUDE = ("retracted", "paratext", "xpac")


SAME = datetime(2026, 5, 1, tzinfo=UTC)
OLD, NEW = datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)


def later(works: list[dict[str, object]]) -> list[tuple]:
    return rows_of(duplicates(table("work", *works), table("input_file", {"file_seq": 0})))


def work(key: int, **more: object) -> dict[str, object]:
    return {"work_key": key, "work_id": f"W{key}", "year": 2020, "authors": 1, **more}


def world(
    *works: dict[str, object], hits: tuple[int, ...] = (), unjudged: tuple[int, ...] = ()
) -> dict:
    found = tables(
        work=works,
        duplicate=[],
        ai_hit=[{"work_key": key, "rule": "topics", "evidence": "T1"} for key in hits],
    )
    return {**found, "ai_unjudged": table("work", *map(work, unjudged)).select("work_key")}


def rules_of(found: dict, rules: CorpusRules) -> dict[int, str]:
    return dict(rows_of(excluded(found, rules), "work_key", "rule"))


@pytest.mark.parametrize(
    ("works", "last"),
    [
        ({2019: 500, 2022: 500, 2025: 30}, 2025),  # thirty works are no slip
        ({2019: 5_000, 2022: 5_000, 2031: 29}, 2022),
        ({2019: 60, 2022: 39, 2023: 1}, 2023),  # of few works one in a hundred
        ({2019: 61, 2022: 39, 2031: 1}, 2022),
        ({2022: 3, 9999: 3}, 2022),  # no year that a query may name
        ({9999: 3}, None),
        ({}, None),
    ],
)
def test_files_reach_the_last_year_that_is_no_slip(works: dict[int, int], last: int | None) -> None:
    assert last_year(works) == last


def test_the_newest_update_counts_as_an_instant() -> None:
    old = datetime(2026, 1, 1, tzinfo=UTC)
    new = datetime(2026, 1, 2, tzinfo=UTC)
    rows = [work(1, updated=new), work(2, updated=old), work(3, updated=None)]
    same = [{**row, "work_id": "W1"} for row in rows]
    assert later(same) == [(2, "W1", 1), (3, "W1", 1)]


def test_equal_or_missing_dates_let_the_later_row_win() -> None:
    same = [work(1, work_id="W"), work(2, work_id="W")]
    assert later(same) == [(1, "W", 2)]


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ({"dated": NEW}, {"dated": OLD}, 0),  # not the order of the files
        ({"dated": OLD}, {"dated": NEW}, 1),
        ({"dated": OLD}, {}, 0),  # a file without a date comes after one that has it
        ({}, {}, 1),
        ({"newest": NEW}, {"newest": OLD}, 0),  # no dates: what the files hold besides
    ],
)
def test_equal_updates_are_decided_by_the_date_of_their_file(
    first: dict, second: dict, kept: int
) -> None:
    """The source re-matched all strings on 28 September 2026 and left `updated` as it was."""
    works, files = [], []
    for seq, file in enumerate((first, second)):
        works.append(work(seq * KEYS_PER_FILE + 1, work_id="W", updated=SAME))
        works.append(work(seq * KEYS_PER_FILE + 2, updated=file.get("newest", SAME)))
        files.append({"file_seq": seq, "dated": file.get("dated")})
    found = rows_of(duplicates(table("work", *works), table("input_file", *files)))
    assert [(key // KEYS_PER_FILE, of // KEYS_PER_FILE) for key, _, of in found] == [
        (1 - kept, kept)
    ]


def test_each_work_is_under_the_first_rule_that_excludes_it() -> None:
    found = world(
        work(1, is_retracted=True, is_paratext=True),
        work(2, type="paratext"),
        work(3, is_xpac=True, year=None),
        work(4, year=None),
        work(5, year=1999),
        work(6),
    )
    assert rules_of(found, CorpusRules(exclude=EXCLUDE, years=(2000, 2022))) == {
        1: "retracted",
        2: "paratext",
        3: "xpac",
        4: "no_year",
        5: "years",
    }


def test_a_flag_that_is_not_asked_for_excludes_nothing() -> None:
    assert rules_of(world(work(1, is_retracted=True)), CorpusRules()) == {}


def test_ai_is_judged_where_it_can_be() -> None:
    found = world(work(1), work(2), work(3), hits=(1,), unjudged=(3,))
    assert rules_of(found, CorpusRules(judge_ai=True)) == {2: "not_ai", 3: "ai_not_judgeable"}


def test_languages_and_authors_are_rules_when_asked_for() -> None:
    found = world(
        work(1, language="en"), work(2, language=None), work(3, language="en", authors=101)
    )
    rules = CorpusRules(languages=("en",), max_authors=100)
    assert rules_of(found, rules) == {2: "languages", 3: "max_authors"}


def test_kept_is_what_is_neither_duplicate_nor_excluded() -> None:
    found = tables(
        work=[work(1), work(2), work(3)],
        duplicate=[{"work_key": 2, "work_id": "W2", "kept_key": 1}],
        excluded=[{"work_key": 3, "work_id": "W3", "rule": "years"}],
    )
    assert rows_of(kept_keys(found)) == [(1,)]


def test_a_deleted_work_is_left_out_unless_it_changed_on_a_later_day() -> None:
    deletion = datetime(2026, 6, 20, tzinfo=UTC)
    same_day, later = (datetime(2026, 6, day, 9, tzinfo=UTC) for day in (20, 21))
    found = world(
        work(1, updated=same_day, is_retracted=True),
        work(2, updated=later),
        work(3),
        work(4, updated=later),
        work(5, updated=same_day),
    )
    listed = [{"work_id": f"W{n}", "deleted": deletion} for n in (1, 2, 3)]
    listed += [{"work_id": "W4", "deleted": None}, {"work_id": "W3", "deleted": None}]
    found["deleted_work"] = table("deleted_work", *listed)
    rules = CorpusRules(exclude=EXCLUDE)
    assert rules_of(found, rules) == {1: "deleted", 3: "deleted", 4: "deleted"}


def test_a_year_that_cannot_be_has_a_rule_of_its_own() -> None:
    found = world(work(1, year=1499), work(2, year=1500), work(3, year=2026), work(4, year=2027))
    plausible = (1500, last_plausible_year(date(2025, 6, 1)))
    assert rules_of(found, CorpusRules(plausible=plausible)) == {
        1: "implausible_year",
        4: "implausible_year",
    }


def test_years_that_the_query_leaves_out_are_left_out_by_the_query() -> None:
    found = world(work(1, year=1499), work(2, year=2050))
    rules = CorpusRules(years=(1500, 2100), plausible=(1500, 2026))
    assert rules_of(found, rules) == {1: "years", 2: "implausible_year"}


def test_a_source_without_a_date_may_hold_any_year_that_a_query_may_name() -> None:
    assert last_plausible_year(None) == 2100
