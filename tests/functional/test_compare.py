"""`compare`: two finished runs, what is shown, what lands, what is refused."""

import html
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from fractions import Fraction
from io import StringIO
from pathlib import Path

import pytest
from build import authorship, institution, work
from rich.console import Console
from runs import run

from bibnet.runs.compare.change_figures import write_change_figures
from bibnet.runs.compare.comparison import Comparison, compare_runs, write_comparison
from bibnet.runs.compare.view import show_as_of_now, show_comparison
from bibnet.runs.open import load
from bibnet.schema.change import (
    AS_OF_NOW,
    CHANGE,
    CHANGE_UNIT,
    CHANGE_UNIT_WORK,
    CHANGE_WORK,
    PARTS,
)
from bibnet.schema.errors import InputError, UsageError
from bibnet.schema.exhibits.citations import CITATIONS
from bibnet.schema.exhibits.pairs import INSTITUTIONS
from bibnet.schema.exhibits.volume import YEARS
from bibnet.storage.exhibits import read_exhibit

pytestmark = pytest.mark.long

DE, CN = authorship(institution(1)), authorship(institution(2, "CN"))
LATER = {"updated_date": "2026-05-01T00:00:00"}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    old, new = (tmp_path_factory.mktemp(name) for name in ("old", "new"))
    before = run(
        old,
        work(1, DE, CN, title="=cited()"),
        work(2, DE, doi="https://doi.org/10.1/x"),
        work(3, DE),
        work(6, DE, CN, cited_by_count=3),
    )
    after = run(
        new,
        work(1, DE, CN, title="=cited()", cited_by_count=9),
        work(4, DE, CN, doi="https://doi.org/10.1/x"),  # W2 under another id
        work(3, DE, CN),
        work(5, CN, publication_year=2026, publication_date="2026-03-01", **LATER),
        work(6, DE, CN, cited_by_count=3, is_retracted=True),
    )
    return before.folder, after.folder


@pytest.fixture(scope="module")
def comparison(folders: tuple[Path, Path]) -> Iterator[Comparison]:
    opened = compare_runs(*folders)
    yield opened
    opened.close()


def test_every_number_is_split(comparison: Comparison) -> None:
    found = {(p.number, p.side, p.part): p.change for p in comparison.parts}
    joint = {key[2]: change for key, change in found.items() if key[0] == "joint_works"}
    assert joint == {"all": 1, "affiliations_changed": 1, "merged": 1, "retyped": -1}
    assert found["citations_joint", "all", "citations"] == 8
    assert found["works", "china", "new"] == 1
    assert found["works_fractional", "europe", "merged"] == Fraction(-1, 2)
    assert found["share", "all", "all"] == Fraction(3, 4) - Fraction(1, 2)


@pytest.mark.parametrize("at", [0, 1])
def test_headline_numbers_are_those_of_the_exhibits(
    comparison: Comparison, folders: tuple[Path, Path], at: int
) -> None:
    years = read_exhibit(folders[at], YEARS).groupby("side")[["works", "works_fractional"]].sum()
    cited = read_exhibit(folders[at], CITATIONS).set_index("group")["citations"].to_dict()
    shown = {
        (part.number, part.side): float((part.old, part.new)[at] or 0)
        for part in comparison.parts
        if part.part == "all"
    }
    for side in ("europe", "china"):
        assert shown["works", side] == years["works"][side]
        assert shown["works_fractional", side] == years["works_fractional"][side]
        assert shown["citations_one_side", side] == cited.get(f"{side} only", 0)
    assert shown["citations_joint", "all"] == cited["joint"]


def test_units_have_the_numbers_of_the_exhibits(folders: tuple[Path, Path], tmp_path: Path) -> None:
    with closing(compare_runs(*folders, ["I1"])) as found:
        write_comparison(found, tmp_path)
    rows = read_exhibit(tmp_path, CHANGE_UNIT).query("kind == 'institution' and part == 'all'")
    ends = {row.number: (row.old, row.new) for row in rows.itertuples()}
    for at, folder in enumerate(folders):
        own = read_exhibit(folder, INSTITUTIONS).set_index("institution_id").loc["I1"]
        assert {name: both[at] for name, both in ends.items()} == {
            "works": own["works"],
            "joint_works": own["joint_works"],
        }
    behind = read_exhibit(tmp_path, CHANGE_UNIT_WORK)
    behind["change"] = behind["contribution_new"] - behind["contribution_old"]
    assert behind.groupby("number")["change"].sum().to_dict() == {
        name: new - old for name, (old, new) in ends.items()
    }


def test_an_institution_of_neither_run_is_said_with_the_nearest(
    folders: tuple[Path, Path],
) -> None:
    with pytest.raises(UsageError, match="no institution") as refused:
        compare_runs(*folders, ["I999"])
    assert refused.value.faults[0].where == "I999"


def test_what_lands_adds_up(comparison: Comparison, tmp_path: Path) -> None:
    write_comparison(comparison, tmp_path)
    rows = read_exhibit(tmp_path, CHANGE_WORK)
    rows["change"] = rows["contribution_new"] - rows["contribution_old"]
    sums = rows.groupby(["number", "side", "part"])["change"].sum().astype(str).to_dict()
    parts = read_exhibit(tmp_path, CHANGE).query("part != 'all'")
    keys = zip(parts["number"], parts["side"], parts["part"], strict=True)
    assert dict(zip(keys, parts["exact_change"], strict=True)) == sums
    raw = (tmp_path / "exhibits" / "change_work.csv").read_text(encoding="utf-8")
    assert ",'=cited()," in raw


def test_the_record_is_json_and_the_same_every_time(
    folders: tuple[Path, Path], comparison: Comparison, tmp_path: Path
) -> None:
    again = compare_runs(*folders)
    for name, one in (("a", comparison), ("b", again)):
        write_comparison(one, tmp_path / name)
    files = ("comparison.json", "exhibits/change.csv", "exhibits/change_work.csv")
    assert [(tmp_path / "a" / f).read_bytes() for f in files] == [
        (tmp_path / "b" / f).read_bytes() for f in files
    ]
    record = json.loads((tmp_path / "a" / "comparison.json").read_text(encoding="utf-8"))
    assert record["old_source_date"] == "2026-02-01T00:00:00+00:00"
    assert record["new_source_date"] == "2026-05-01T00:00:00+00:00"
    assert {"2026-02-24", "2026-03-30"} <= {event["date"] for event in record["source_events"]}


def test_shown_as_text_with_nothing_read_as_markup(comparison: Comparison) -> None:
    comparison.differences.append("registry: [bold]x[/bold] -> none")
    text = StringIO()
    show_comparison(comparison, Console(file=text, width=120))
    comparison.differences.clear()
    assert "[bold]x[/bold]" in text.getvalue()
    assert "merged: known under another id" in text.getvalue()


def test_runs_that_count_otherwise_are_refused_with_every_difference(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    other = {"works": {"ai": ["all"], "years": [2019, 2020]}, "sides": {"a": ["DE"], "b": ["CN"]}}
    with pytest.raises(UsageError) as refused:
        compare_runs(folders[0], run(tmp_path, work(1, DE), query=other).folder)
    said = [fault.what for fault in refused.value.faults]
    assert [what.rsplit(": ", 1)[1] for what in said] == [
        "[works] years differs",
        "[sides] a differs",
        "[sides] b differs",
        "[sides] china differs",
        "[sides] europe differs",
    ]


def test_a_run_is_not_compared_with_itself(folders: tuple[Path, Path]) -> None:
    with pytest.raises(UsageError, match="the same run"):
        compare_runs(folders[0], folders[0])


@pytest.mark.parametrize("manifest", ["{}", "[]", '{"query": {"works": 1}}', "no json"])
def test_a_folder_that_is_no_run_is_said(
    folders: tuple[Path, Path], tmp_path: Path, manifest: str
) -> None:
    (tmp_path / "manifest.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(InputError):
        compare_runs(folders[0], tmp_path)


def test_a_joint_harvest_compares_joint_works_only(tmp_path: Path) -> None:
    query = {"works": {"ai": ["all"], "harvest": "joint"}}
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    old = run(tmp_path / "old", work(1, DE, CN), query=query)
    new = run(tmp_path / "new", work(1, DE, CN, cited_by_count=2), work(2, DE), query=query)
    shown = {part.number for part in compare_runs(old.folder, new.folder).parts}
    assert shown == {"joint_works", "joint_works_listed", "citations_joint", "unmoved"}


def test_as_of_now_stands_beside_the_source(comparison: Comparison, tmp_path: Path) -> None:
    present = comparison.as_of_now(None)
    write_comparison(comparison, tmp_path, present)
    rows = read_exhibit(tmp_path, AS_OF_NOW).set_index(["number", "side", "works_of"])
    joint = rows.loc[("joint_works", "all", "either")]
    assert (joint["source_old"], joint["source_new"], joint["source_change"]) == (2, 3, 1)
    assert (joint["bibnet_change"], joint["gap_change"]) == (0, -1)  # these strings name no place
    record = json.loads((tmp_path / "comparison.json").read_text(encoding="utf-8"))
    assert record["as_of_now"]["registry"] is None
    text = StringIO()
    show_as_of_now(present, comparison.sides, Console(file=text, width=200))
    assert "registry: none" in text.getvalue()


def test_as_of_now_cannot_read_institutions_of_a_query_in_strings(tmp_path: Path) -> None:
    query = {"works": {"ai": ["all"], "institutions": ["I10"]}}
    own = authorship(institution(10))
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    old = run(tmp_path / "old", work(1, own, CN), query=query)
    new = run(tmp_path / "new", work(1, own, CN, cited_by_count=2), query=query)
    with pytest.raises(UsageError, match="counts by institutions"):
        compare_runs(old.folder, new.folder).as_of_now(None)


def test_the_change_is_drawn_part_by_part(comparison: Comparison, tmp_path: Path) -> None:
    paths = write_change_figures(comparison, tmp_path)
    assert [path.name for path in paths] == ["change_works.svg", "change_joint_works.svg"]
    for path, number in zip(paths, ("works", "joint_works"), strict=True):
        drawn = path.read_text(encoding="utf-8")
        whole, *parts = sorted(
            (p for p in comparison.parts if (p.number, p.side) == (number, "all")),
            key=lambda part: part.part != "all",
        )
        assert f"{whole.old} then, {whole.new} now" in drawn
        moved = [part for part in parts if part.change]
        assert moved
        for part in moved:
            assert f">{part.part.replace('_', ' ')}<" in drawn
            assert f">{int(part.change):+}<".replace("-", "−") in drawn
            # The subtitle is several lines of text.
            said = html.unescape(" ".join(re.findall(r">([^<>]*)<", drawn)))
            assert all(word in said for word in PARTS[part.part].split())


def test_a_run_without_one_of_its_tables_is_said(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    broken = shutil.copytree(folders[1], tmp_path / "broken")
    (broken / "tables" / "work_scope.parquet").unlink()
    with pytest.raises(InputError, match="the run has lost its table work_scope"):
        _ = compare_runs(folders[0], broken).parts


def test_runs_of_an_earlier_version_are_compared_where_their_tables_suffice(
    folders: tuple[Path, Path], comparison: Comparison, tmp_path: Path
) -> None:
    """Tables that were added since, and a column of an exhibit, are not asked for."""
    older = shutil.copytree(folders[0], tmp_path / "older")
    manifest = json.loads((older / "manifest.json").read_text(encoding="utf-8"))
    for name in ("citation_reference", "compared_stratum"):
        (older / "tables" / f"{name}.parquet").unlink()
        del manifest["files"][f"tables/{name}.parquet"]
    (older / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert compare_runs(older, folders[1]).parts == comparison.parts
    with pytest.raises(InputError, match="earlier version of bibnet: there is no table citation_"):
        load(older).works("citations_compared")
    assert len(load(older).works("years", side="all", count="joint_works")) == 2
    (older / "exhibits" / "side_pairs.csv").unlink()
    with pytest.raises(InputError, match="the run has lost its exhibit side_pairs"):
        load(older).exhibit("side_pairs")
    assert set(load(older).figures()) == set(load(folders[0]).figures())
