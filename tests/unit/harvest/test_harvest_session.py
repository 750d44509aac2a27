"""A harvest as a whole against a scripted source: resuming, reconciling, what it leaves behind."""

from pathlib import Path

import pytest
from scripted_source import NOON, Reply, asking, grouped, listed, scripted
from small_harvest import BUDGET, HUNDRED, START, YEAR, ids, manifest, run

from bibnet.harvest import Plan, entity_plan, harvest, partition
from bibnet.harvest.pages import read_page
from bibnet.harvest.planning import Selection
from bibnet.harvest.progress import Progress
from bibnet.harvest.source import PARTIAL_TRIES
from bibnet.harvest.walk import MOST_WALKS
from bibnet.schema.errors import BudgetError, InputError, SourceError

pytestmark = pytest.mark.usefixtures("loopback")

# A page that leaves out a work, however often it is asked for.
SHORT = [listed(1, 1, count=2)] * (PARTIAL_TRIES + 1)


def test_a_list_that_ends_with_an_empty_page(tmp_path: Path) -> None:
    with scripted(*START, listed(1, 2, count=2, following="n"), listed(count=2)) as script:
        done = run(script, tmp_path)
    assert (ids(tmp_path), done.complete, len(script.replies)) == (["W1", "W2"], True, 0)


def test_a_list_that_ends_without_a_cursor(tmp_path: Path) -> None:
    with scripted(*START, listed(1, 2, count=2)) as script:
        done = run(script, tmp_path)
    assert (done.announced, done.received, done.distinct, done.credits) == (2, 2, 2, 3)


def test_a_cursor_that_does_not_move_ends_the_list(tmp_path: Path) -> None:
    with scripted(*START, listed(1, 2, count=2, following="*")) as script:
        assert run(script, tmp_path).complete


def test_the_pages_are_asked_for_as_planned(tmp_path: Path) -> None:
    with scripted(*START, listed(1, 2, count=2)) as script:
        run(script, tmp_path)
    path, _, rest = script.paths[2].partition("&select=")
    assert path == ("/works?filter=type:article,publication_year:2020&sort=publication_date:asc")
    assert rest.endswith("updated_date&per-page=100&cursor=%2A")


def test_a_spent_budget_leaves_what_came_and_goes_on_later(tmp_path: Path) -> None:
    with (
        scripted(
            *START,
            listed(1, count=2, following="n"),
            *[listed(1, count=2, following="n")] * 5,
            BUDGET,
        ) as script,
        pytest.raises(BudgetError),
    ):
        run(script, tmp_path)
    assert (ids(tmp_path), manifest(tmp_path)["complete"]) == (["W1"], False)
    with scripted(listed(2, count=2)) as script:
        done = run(script, tmp_path)
    assert (ids(tmp_path), done.complete) == (["W1", "W2"], True)
    assert "cursor=n" in script.paths[0]


def test_a_finished_harvest_asks_for_nothing(tmp_path: Path) -> None:
    with scripted(*START, listed(1, 2, count=2)) as script:
        run(script, tmp_path)
        again = run(script, tmp_path)
    assert (len(script.paths), again.complete, again.credits) == (3, True, 3)


def test_fewer_works_than_announced_are_walked_again(tmp_path: Path) -> None:
    with scripted(*START, *SHORT, listed(1, 2, count=2)) as script:
        done = run(script, tmp_path)
    assert (ids(tmp_path), done.complete, done.received) == (["W1", "W2"], True, 2)


def test_works_that_never_come_are_named(tmp_path: Path) -> None:
    with (
        scripted(*START, *SHORT * MOST_WALKS) as script,
        pytest.raises(SourceError, match=r"1 works fewer than it announced"),
    ):
        run(script, tmp_path)
    found = manifest(tmp_path)
    assert (found["missing"], found["partitions"][0]["walks"]) == ({"2020": 1}, 3)


def test_what_was_missing_is_asked_for_in_the_next_session(tmp_path: Path) -> None:
    with (
        scripted(*START, *SHORT * MOST_WALKS) as script,
        pytest.raises(SourceError),
    ):
        run(script, tmp_path)
    with scripted(listed(1, 2, count=2)) as script:
        assert run(script, tmp_path).complete
    assert ids(tmp_path) == ["W1", "W2"]


def test_a_refused_cursor_walks_from_the_start(tmp_path: Path) -> None:
    refused = Reply({"error": "Pagination error.", "message": "Invalid cursor value"}, 400)
    first = listed(*range(1, 101), count=101, following="n")
    with scripted(
        listed(1, count=101), grouped({2020: 101}), first, refused, first, listed(101, count=101)
    ) as script:
        done = run(script, tmp_path)
    assert (done.complete, len(ids(tmp_path))) == (True, 101)


def test_a_page_cut_short_on_disk_is_fetched_again(tmp_path: Path) -> None:
    with scripted(*START, listed(1, 2, count=2)) as script:
        run(script, tmp_path)
    (page,) = tmp_path.glob("pages/2020/*")
    page.write_bytes(page.read_bytes()[:20])
    with scripted(listed(1, 2, count=2)) as script:
        done = run(script, tmp_path)
    assert (ids(tmp_path), done.complete, len(done.repairs)) == (["W1", "W2"], True, 1)


def test_cut_author_lists_are_fetched_singly_and_read_last(tmp_path: Path) -> None:
    cut = listed(1, 2, count=2, authorships=HUNDRED, updated_date="2026-02-01T00:00:00")
    full = {"id": "https://openalex.org/W1", "authorships": HUNDRED * 2, "odd": 1}
    gone = Reply("<html>", 404)
    with scripted(*START, cut, Reply(full), gone) as script:
        done = run(script, tmp_path)
    assert (done.refetched, done.gone, ids(tmp_path)) == (1, 1, ["W1", "W2", "W1"])
    (page,) = tmp_path.glob("pages/authors/*")
    (kept,) = read_page(page)
    assert (len(kept["authorships"]), "odd" in kept) == (200, False)


def test_a_merged_work_is_listed_as_withdrawn(tmp_path: Path) -> None:
    cut = listed(1, 2, count=2, authorships=HUNDRED)
    merged = {"id": "https://openalex.org/W9", "authorships": HUNDRED}
    with scripted(*START, cut, Reply(merged), Reply("<html>", 404)) as script:
        done = run(script, tmp_path)
        again = run(script, tmp_path)  # and is not asked for again
    assert (done.merged, again.merged) == (1, 1)
    assert (tmp_path / "pages/deleted_ids.csv").read_text() == (
        "work_id,deleted_date\nW1,2026-11-21\n"
    )


def test_a_query_without_works_ends_with_a_word(tmp_path: Path) -> None:
    with (
        scripted(listed(count=0), grouped({})) as script,
        pytest.raises(InputError, match="no works for this query"),
    ):
        run(script, tmp_path)


def test_the_manifest_says_what_was_asked_and_came(tmp_path: Path) -> None:
    with scripted(*START, listed(1, 2, count=2)) as script:
        run(script, tmp_path)
    found = manifest(tmp_path)
    keys = ("query", "date", "announced", "received", "distinct", "credits", "usd", "complete")
    assert [found[key] for key in keys] == ["q", NOON.isoformat(), 2, 2, 2, 3, 0.0003, True]
    assert found["source"]["api_date"].endswith("GMT")
    assert found["selections"] == {"": {"type": "article"}}


def test_the_key_is_nowhere_on_disk(tmp_path: Path) -> None:
    with scripted(*START, listed(1, 2, count=2)) as script:
        run(script, tmp_path)
    assert script.keys[0] == "Bearer secret-key"
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in files if b"secret-key" in path.read_bytes()] == []


def test_selections_are_a_union_counted_once(tmp_path: Path) -> None:
    two = (Selection("concepts", {"concepts.id": "C1"}), Selection("topics", {"topics.id": "T1"}))
    plan = Plan("works", "small", two, (2020, 2020))
    with scripted(*START, *START, listed(1, 2, count=2), listed(2, 3, count=2)) as script:
        done = run(script, tmp_path, plan)
    assert (done.received, done.distinct, ids(tmp_path)) == (4, 3, ["W1", "W2", "W2", "W3"])


def test_without_years_every_year_of_the_source_is_walked(tmp_path: Path) -> None:
    plan = Plan("works", "small", (Selection("", {}),))
    start = (listed(1, count=3), grouped({2019: 1, 2021: 1}, 3), grouped({2019: 1, 2021: 1}, 3))
    with scripted(*start, listed(1, count=1), listed(2, count=1)) as script:
        run(script, tmp_path, plan)
    found = manifest(tmp_path)
    assert ([part["name"] for part in found["partitions"]], found["undated"]) == (
        ["2019", "2021"],
        1,
    )


def test_entities_are_kept_whole_and_dated(tmp_path: Path) -> None:
    funders = Reply(
        {
            "meta": {"count": 2, "next_cursor": None},
            "results": [{"id": "https://openalex.org/F1"}, {"id": "https://openalex.org/F2"}],
        }
    )
    with scripted(funders, funders) as script:
        done = run(script, tmp_path, entity_plan("funders"))
    assert (done.complete, ids(tmp_path)) == (True, ["F1", "F2"])
    assert manifest(tmp_path)["date"] == NOON.isoformat()


def test_progress_is_told_after_each_page(tmp_path: Path) -> None:
    told: list[Progress] = []
    with scripted(*START, listed(1, 2, count=2)) as script, asking(script) as source:
        harvest(YEAR, tmp_path, source, say=lambda line: None, watch=told.append)
    (progress,) = told
    assert (progress.works, progress.announced, progress.pages) == (2, 2, 1)
    assert (progress.credits_spent, progress.credits_left, progress.seconds_left) == (3, 9000, 0)


def test_works_of_a_year_that_are_in_no_month_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partition, "MONTHS_ABOVE", 1)
    months = [listed(1, count=1), *[listed(count=0)] * 11]
    with (
        scripted(*START, *months, listed(1, count=2)) as script,
        pytest.raises(SourceError, match="2020, in none of its months"),
    ):
        run(script, tmp_path)
    assert manifest(tmp_path)["missing"] == {"2020, in none of its months": 1}
