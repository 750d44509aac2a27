"""The harvest against the sandbox: what is asked for is what comes, and it can be read."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from harvest_rounds import EVERYTHING, bring, result

from bibnet.harvest import (
    Connection,
    Harvest,
    Limits,
    Plan,
    entity_plan,
    harvest,
    open_source,
    partition,
)
from bibnet.harvest import plan as plan_of
from bibnet.harvest.openalex import HOST, address
from bibnet.harvest.planning import Selection
from bibnet.harvest.sandbox.server import Server, serve
from bibnet.harvest.sandbox.world import World, build_world
from bibnet.query import Query, parse_query
from bibnet.schema.errors import SourceError, UsageError
from bibnet.tables.read import read_works

pytestmark = pytest.mark.usefixtures("loopback")
SIDES = {"china": ["CN", "HK"], "europe": ["DE", "FR", "IT"]}


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(4, 1500)


def query(**works: Any) -> Query:
    document = {
        "name": "small",
        "question": "How?",
        "works": {"ai": ["all"], **works},
        "sides": SIDES,
    }
    return parse_query(document, path=Path("small.toml"))


def bring_plan(server: Server, plan: Plan, folder: Path, key: str = "any") -> Harvest:
    with open_source(Connection(key, server.url), Limits(per_second=1e6)) as source:
        return harvest(plan, folder, source, say=lambda line: None)


def countries(work: dict[str, Any]) -> set[str]:
    places = (i for authorship in work["authorships"] for i in authorship["institutions"])
    return {place["country_code"] for place in places}


def works_of(world: World, harvest_rule: str) -> set[str]:
    """Ids that a harvest of the two sides should bring, counted from the world itself."""
    rule = {"sides": any, "joint": all}[harvest_rule]
    return {
        work["id"]
        for work in world.works
        if not work.get("is_xpac") and rule(countries(work) & set(side) for side in SIDES.values())
    }


def test_the_works_of_an_institution_a_funder_and_a_file_come_and_no_others(
    world: World, tmp_path: Path
) -> None:
    """The sandbox answers for lineage, funders and ids as the source does."""
    kept = [work for work in world.works if not work.get("is_xpac")]
    above = next(
        place["lineage"][-1].rsplit("/", 1)[-1]
        for work in kept
        for authorship in work["authorships"]
        for place in authorship["institutions"]
        if len(place["lineage"]) > 1
    )
    funder = next(one["id"].rsplit("/", 1)[-1] for work in kept for one in work["funders"])
    named = sorted(work["id"].rsplit("/", 1)[-1] for work in kept)[:70]
    (tmp_path / "ids.txt").write_text("\n".join(named), encoding="utf-8")
    expected = {
        "institutions": {work["id"] for work in kept if f'/{above}"' in json.dumps(work)},
        "funders": {
            work["id"]
            for work in kept
            if any(one["id"].endswith(f"/{funder}") for one in work["funders"])
        },
        "ids": {f"https://openalex.org/{one}" for one in named},
    }
    values = {"institutions": [above], "funders": [funder], "ids": str(tmp_path / "ids.txt")}
    with serve(world) as server:
        for name, value in values.items():
            asked = plan_of(query(harvest="all", **{name: value}))
            bring_plan(server, asked, tmp_path / name)
            assert set(result(tmp_path / name).works) == expected[name], name


@pytest.mark.parametrize("rule", ["sides", "joint"])
def test_the_works_of_the_sides_come_and_no_others(rule: str, world: World, tmp_path: Path) -> None:
    with serve(world) as server:
        bring_plan(server, plan_of(query(harvest=rule)), tmp_path)
    assert set(result(tmp_path).works) == works_of(world, rule)


def test_the_wrong_form_would_bring_one_side_alone(world: World, tmp_path: Path) -> None:
    # What pyalex makes of two filters on one key: the server reads "CN and DE" or "FR".
    wrong = Selection("", {"institutions.country_code": "CN+DE|FR"})
    with serve(world) as server:
        bring_plan(server, Plan("works", "wrong", (wrong,)), tmp_path)
    found = result(tmp_path).works
    french = {w["id"] for w in world.works if "FR" in countries(w) and not w.get("is_xpac")}
    assert french and french <= set(found)
    assert not set(found) <= works_of(world, "joint")


def test_the_joint_address_reaches_the_server_as_written(world: World, tmp_path: Path) -> None:
    with serve(world) as server:
        bring_plan(server, plan_of(query(harvest="joint", years=[2020, 2020])), tmp_path)
        asked = server.requests.entries[-1].target
    assert (
        "filter=authorships.institutions.country_code:CN|HK,"
        "institutions.country_code:DE|FR|IT,publication_year:2020" in asked
    )


def test_what_comes_is_read_with_full_author_lists(tmp_path: Path) -> None:
    world = build_world(4, 3000)
    many = {w["id"]: len(w["authorships"]) for w in world.works if len(w["authorships"]) > 100}
    with serve(world) as server:
        done = bring_plan(server, EVERYTHING, tmp_path / "harvest")
    reading = read_works([tmp_path / "harvest" / "pages"], tmp_path / "read")
    assert (reading.quarantined, reading.damaged_files, dict(reading.unknown_fields)) == (0, (), {})
    rows = pq.read_table(tmp_path / "read" / "work.parquet").to_pylist()
    last = {row["work_id"]: row["authors"] for row in sorted(rows, key=lambda r: r["work_key"])}
    assert len(last) == done.distinct
    shown = {key.rpartition("/")[2]: number for key, number in many.items()}
    assert many and {key: last[key] for key in shown if key in last} == {
        key: number for key, number in shown.items() if key in last
    }


def test_a_large_year_is_walked_by_month(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partition, "MONTHS_ABOVE", 50)
    with serve(world) as server:
        done = bring_plan(server, plan_of(query(years=[2020, 2021], harvest="all")), tmp_path)
    names = {path.name for path in (tmp_path / "pages").iterdir()} - {"authors"}
    assert (done.complete, len(names), min(names)) == (True, 24, "2020-01")


def test_fields_asked_for_are_all_served(world: World) -> None:
    with serve(world) as server, open_source(Connection("any", server.url)) as source:
        for plan in (EVERYTHING, entity_plan("institutions"), entity_plan("funders")):
            page = source.page(plan.listing({}), "*", seen=())
            shown = set().union(*(item.keys() for item in page.results))
            assert set(plan.listing({}).select) - shown == set()


@pytest.mark.parametrize("entity", ["institutions", "funders"])
def test_entities_come_whole(entity: str, world: World, tmp_path: Path) -> None:
    with serve(world) as server:
        done = bring_plan(server, entity_plan(entity), tmp_path)
    expected = {item["id"] for item in getattr(world, entity)}
    assert (set(result(tmp_path).works), done.complete) == (expected, True)


def test_a_wrong_key_is_said_at_once(world: World, tmp_path: Path) -> None:
    with serve(world) as server, pytest.raises(SourceError, match="OPENALEX_API_KEY"):
        bring_plan(server, EVERYTHING, tmp_path, key="wrong")


def test_an_unknown_topic_brings_nothing_and_says_so(world: World, tmp_path: Path) -> None:
    unknown = Plan("works", "odd", (Selection("", {"primary_topic.id": "T99999999"}),))
    with serve(world) as server, pytest.raises(Exception, match="no works for this query"):
        bring_plan(server, unknown, tmp_path)


def test_more_than_100_values_are_refused_by_the_server(world: World, tmp_path: Path) -> None:
    values = "|".join(f"T{number}" for number in range(10_000, 10_101))
    wrong = Plan("works", "wide", (Selection("", {"primary_topic.id": values}),))
    with serve(world) as server, pytest.raises(SourceError, match="Maximum number of values"):
        bring_plan(server, wrong, tmp_path)


def test_a_second_harvest_into_the_folder_is_refused(world: World, tmp_path: Path) -> None:
    def second(line: str) -> None:
        with pytest.raises(UsageError, match="another harvest is writing"):
            bring(server.url, tmp_path)

    limits = Limits(per_second=1e6)
    with serve(world) as server, open_source(Connection("any", server.url), limits) as source:
        done = harvest(EVERYTHING, tmp_path, source, say=second)
    assert done.complete


@pytest.mark.long
def test_the_same_harvest_gives_the_same_bytes(world: World, tmp_path: Path) -> None:
    hashes = []
    for name in ("one", "two"):
        with serve(world) as server:
            bring(server.url, tmp_path / name)
        pages = sorted((tmp_path / name / "pages").rglob("*.gz"))
        hashes.append([(p.relative_to(tmp_path / name), p.read_bytes()) for p in pages])
    assert hashes[0] == hashes[1]


def test_the_estimate_is_what_it_costs(world: World, tmp_path: Path) -> None:
    with serve(world) as server:
        done = bring_plan(server, plan_of(query(years=[2019, 2021])), tmp_path)
    found = json.loads((tmp_path / "manifest.json").read_text())
    asking = 2  # a page of one work, and the works by year
    assert done.credits == round(found["estimate"]["usd"] * 10_000) + asking


def test_searches_cost_ten_times_and_the_estimate_knows(world: World, tmp_path: Path) -> None:
    with serve(world) as server:
        one = replace(query(ai=["keywords"], harvest="all"), years=(2020, 2020))
        done = bring_plan(server, plan_of(one), tmp_path)
    assert done.credits % 10 == 0


def test_addresses_of_plans_point_at_the_source() -> None:
    assert address(EVERYTHING.listing({})).startswith(f"{HOST}/works?sort=publication_date:asc")
