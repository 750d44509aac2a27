"""A harvest that is not as it was recorded stops the run, or the loss is said before all else."""

import gzip
import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from build import SIDES

from bibnet.harvest.conditions import Limits
from bibnet.harvest.integrity import damages
from bibnet.harvest.ledger import sealed, unsealed
from bibnet.harvest.openalex import Connection
from bibnet.harvest.run import HarvestOptions, harvest_works, newest_harvest
from bibnet.harvest.sandbox.server import Server, serve
from bibnet.harvest.sandbox.world import World, build_world
from bibnet.query import Query, parse_query
from bibnet.runs.open import load
from bibnet.runs.pipeline.harvested import with_harvest, with_sound_harvests
from bibnet.runs.pipeline.order import run_query
from bibnet.runs.pipeline.request import Request
from bibnet.schema.errors import SourceError

pytestmark = pytest.mark.usefixtures("loopback")
QUERY = parse_query(
    {
        "name": "small",
        "question": "How entangled?",
        "works": {"ai": ["all"], "harvest": "all", "years": [2018, 2019]},
        "sides": SIDES,
        "count": {"affiliations": "openalex"},
    },
    path=Path("small.toml"),
)


def silent(_: object) -> None:
    """Say nothing."""


def how(server: Server, out: Path) -> HarvestOptions:
    limits = Limits(per_second=1e6)
    return HarvestOptions(Connection("any", server.url), out, limits, silent, silent)


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(2, 900)


@pytest.fixture(scope="module")
def whole(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of a finished harvest of two years."""
    out = tmp_path_factory.mktemp("outputs")
    with serve(world) as server:
        harvest_works(QUERY, how(server, out))
    return out


@pytest.fixture
def out(whole: Path, tmp_path: Path) -> Path:
    shutil.copytree(whole, tmp_path / "outputs")
    return tmp_path / "outputs"


def harvest_folder(out: Path, query: Query = QUERY) -> Path:
    folder = newest_harvest(query, out)
    assert folder
    return folder


def first_page(out: Path) -> Path:
    return sorted(harvest_folder(out).glob("pages/*/*.gz"))[0]


def asked(out: Path) -> Request:
    with_options = HarvestOptions(Connection("any"), out, Limits(), silent, silent)
    return with_harvest(Request(QUERY, (), out), with_options)


def lines(page: Path) -> int:
    return len(gzip.decompress(page.read_bytes()).splitlines())


def remove(page: Path) -> None:
    page.unlink()


def cut(page: Path) -> None:
    page.write_bytes(page.read_bytes()[:-40])


def change(page: Path) -> None:
    content = gzip.decompress(page.read_bytes())
    page.write_bytes(gzip.compress(content.replace(b'"CN"', b'"US"'), mtime=0))


def test_a_sound_harvest_has_no_damage(out: Path) -> None:
    assert damages(harvest_folder(out)) == []
    assert with_sound_harvests(asked(out)).losses == ()


@pytest.mark.parametrize(
    ("harm", "what"),
    [
        (remove, "a page of the harvest is missing"),
        (cut, "a page of the harvest is cut short"),
        (change, "a page of the harvest was changed"),
    ],
)
def test_a_page_that_is_not_as_recorded_stops_the_run(
    harm: Callable[[Path], None], what: str, out: Path
) -> None:
    page, works = first_page(out), lines(first_page(out))
    harm(page)
    [damage] = damages(harvest_folder(out))
    assert (damage.path, damage.what, damage.works) == (page, what, works)
    with pytest.raises(SourceError) as stopped:
        with_sound_harvests(asked(out))
    [fault] = stopped.value.faults
    assert (stopped.value.exit_code, fault.what) == (12, what)
    assert str(page) in fault.where and "ledger.jsonl, line" in fault.where
    assert "run bibnet harvest again" in fault.remedy


@pytest.mark.long
def test_told_to_go_on_the_report_begins_with_the_loss(out: Path) -> None:
    page, works = first_page(out), lines(first_page(out))
    change(page)
    request = with_sound_harvests(asked(out), accept_losses=True)
    said: list[str] = []
    run = load(run_query(request, said.append))
    loss = f"up to {works} works that were received are not in this report"
    assert [line for line in said if line.startswith("warning:") and loss in line]
    assert loss in run.manifest["warnings"][0]
    html = (run.folder / "report.html").read_text(encoding="utf-8")
    body = html[html.index("<body>") :]
    assert body.index(loss) < body.index("<h1>")
    events = {file["event"] for file in run.manifest["source"]["files"]}
    assert events == {None, "left_out_as_damaged"}
    total = json.loads((harvest_folder(out) / "manifest.json").read_text())["distinct"]
    assert run.manifest["counts"]["lines"] == total - works


def test_harvesting_again_mends_it_also_on_another_day(out: Path, world: World) -> None:
    folder = harvest_folder(out)
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
    recent = folder.rename(folder.with_name(yesterday))
    first_page(out).unlink()
    with serve(world) as server:
        assert harvest_works(QUERY, how(server, out)).folder == recent
    assert damages(recent) == []


def test_a_sound_harvest_of_another_day_and_a_damaged_one_of_another_quarter_stay(
    out: Path, world: World
) -> None:
    folder = harvest_folder(out)
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
    for day in (yesterday, "2026-01-01"):
        folder = folder.rename(folder.with_name(day))
        with serve(world) as server:
            done = harvest_works(QUERY, how(server, out))
        assert done.folder != folder
        shutil.rmtree(done.folder)
        first_page(out).unlink()


def test_a_file_that_is_not_of_the_harvest_is_found(out: Path) -> None:
    stray = first_page(out).with_name("99999.jsonl.gz")
    stray.write_bytes(gzip.compress(b'{"id": "https://openalex.org/W1"}\n'))
    assert [(one.path, one.what) for one in damages(harvest_folder(out))] == [
        (stray, "a file that is not of the harvest lies among its pages")
    ]


def test_counts_and_lines_changed_by_hand_are_found(out: Path) -> None:
    folder = harvest_folder(out)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["partitions"][0]["received"] += 1
    (folder / "manifest.json").write_text(json.dumps(manifest))
    ledger = folder / "ledger.jsonl"
    text = ledger.read_bytes()
    ledger.write_bytes(text.replace(b'"count":', b'"count": ', 1)[:-3])
    found = {one.what for one in damages(folder)}
    assert "the line was changed by hand" not in found  # a space is no change of an entry
    assert "the last line is cut short" in found
    assert any(what.startswith("the manifest's counts") for what in found)


def test_a_ledger_of_a_newer_version_is_named(out: Path) -> None:
    ledger = harvest_folder(out) / "ledger.jsonl"
    ledger.write_bytes(ledger.read_bytes() + sealed({"event": "compacted"}))
    with pytest.raises(SourceError, match="not of this version of bibnet"):
        with_sound_harvests(asked(out))


def test_a_page_and_its_line_removed_together_are_found(out: Path) -> None:
    folder = harvest_folder(out)
    kept = [
        line
        for line in (folder / "ledger.jsonl").read_bytes().splitlines(keepends=True)
        if unsealed(line.rstrip()).get("file") != str(first_page(out).relative_to(folder))
    ]
    first_page(out).unlink()
    (folder / "ledger.jsonl").write_bytes(b"".join(kept))
    found = {one.what for one in damages(folder)}
    assert "lines of the ledger are missing" in found


def test_pages_given_as_files_are_compared_too(out: Path) -> None:
    folder = harvest_folder(out)
    first_page(out).unlink()
    for path in (folder, folder / "pages"):
        with pytest.raises(SourceError, match="a page of the harvest is missing"):
            with_sound_harvests(Request(QUERY, (path,), out))


def test_the_folder_of_a_harvest_stands_for_its_pages(out: Path) -> None:
    folder = harvest_folder(out)
    request = with_sound_harvests(Request(QUERY, (folder,), out))
    assert request.works == (folder / "pages",)
    assert request.harvest["name"] == "small"
    assert with_sound_harvests(Request(QUERY, (folder / "pages",), out)).works == request.works
