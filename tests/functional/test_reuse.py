"""A run is described in its folder, and leaves it as an archive or a database, valid and whole."""

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import duckdb
import pytest
from build import authorship, institution, work
from command_line import bibnet
from frictionless import Package
from rocrate.rocrate import ROCrate
from runs import run

from bibnet.runs.open import Run
from bibnet.schema import EXHIBITS, NETWORK_TABLES, RUN_TABLES

DESCRIPTIONS = {"datapackage.json", "CITATION.cff", "ro-crate-metadata.json"}

# An affiliation that nothing places has no level of evidence: an empty integer in Parquet.
NOWHERE = {"affiliations": [{"raw_affiliation_string": "Nowhere at all", "institution_ids": []}]}
WORKS = (
    work(1, authorship(institution(1)), authorship(institution(2, "CN")), title="=1+1"),
    work(2, authorship(institution(1)), authorship(**NOWHERE)),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run of two works, one of them joint, one with a formula for a title."""
    return run(tmp_path_factory.mktemp("run"), *WORKS)


@pytest.mark.long
def test_the_manifest_holds_the_descriptions_and_a_second_run_the_same(
    made: Run, tmp_path: Path
) -> None:
    again = run(tmp_path, *WORKS)
    assert again.manifest["files"].keys() >= DESCRIPTIONS
    for name in DESCRIPTIONS:
        content = (made.folder / name).read_bytes()
        assert made.manifest["files"][name] == hashlib.sha256(content).hexdigest()
        assert (again.folder / name).read_bytes() == content
    done = bibnet("verify", made.folder, "--json")
    found = json.loads(done.stdout)
    assert (found["folder"], found["files"]) == (str(made.folder), len(made.manifest["files"]))
    assert "every_work_stands_once" in found["claims"]


def test_the_data_package_is_valid_cell_by_cell(made: Run) -> None:
    package = Package(made.folder / "datapackage.json")
    tables = [table.name for table in (*RUN_TABLES, *NETWORK_TABLES)]
    assert [name.rpartition(".")[2] for name in package.resource_names] == [*EXHIBITS, *tables]
    report = package.validate()
    assert (report.errors, [task.name for task in report.tasks if not task.valid]) == ([], [])
    assert report.stats["tasks"] == len(EXHIBITS) + len(tables)


def test_the_crate_holds_every_file_of_the_run(made: Run) -> None:
    found = ROCrate(made.folder)
    assert found.name == "How entangled?"
    described = {one.id for one in found.data_entities}
    assert described == set(made.manifest["files"]) - {"ro-crate-metadata.json"}


@pytest.mark.parametrize("kind", ["datapackage", "rocrate"])
def test_an_archive_holds_what_it_describes_and_has_the_same_bytes(
    made: Run, tmp_path: Path, kind: str
) -> None:
    paths = [tmp_path / "one.zip", tmp_path / "two.zip"]
    for path in paths:
        done = bibnet("export", made.folder, "--format", kind, "--out", path, "--json")
        assert (done.returncode, json.loads(done.stdout)) == (0, [str(path)])
    assert paths[0].read_bytes() == paths[1].read_bytes()
    with zipfile.ZipFile(paths[0]) as archive:
        for name in archive.namelist():
            assert archive.read(name) == (made.folder / name).read_bytes()
        held = set(archive.namelist())
        if kind == "rocrate":
            assert held == {"manifest.json", *made.manifest["files"]}
        else:
            package = json.loads(archive.read("datapackage.json"))
            assert held == {"datapackage.json", *(one["path"] for one in package["resources"])}


def test_the_database_has_every_table_with_its_words(made: Run, tmp_path: Path) -> None:
    done = bibnet("export", made.folder, "--format", "duckdb", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    with duckdb.connect(tmp_path / done.stdout.strip(), read_only=True) as database:
        years = database.sql("SELECT year, side, works, joint_works FROM exhibits.years").fetchall()
        assert (2020, "all", 2, 1) in years
        assert database.sql("SELECT title FROM tables.work ORDER BY title").fetchall()[0] == (
            "=1+1",
        )
        counted = database.sql("SELECT schema_name, count(*) FROM duckdb_tables() GROUP BY ALL")
        assert dict(counted.fetchall()) == {
            "main": 1,
            "exhibits": len(EXHIBITS),
            "tables": len(RUN_TABLES),
            "network": len(NETWORK_TABLES),
        }
        (words,) = database.sql(
            "SELECT comment FROM duckdb_columns() WHERE schema_name = 'exhibits' "
            "AND table_name = 'years' AND column_name = 'joint_works'"
        ).fetchall()
        joint = next(one for one in EXHIBITS["years"].columns if one.name == "joint_works")
        assert words == (f"{joint.meaning} ({joint.unit})",)
        assert ("run", made.manifest["run"]) in database.sql("FROM about").fetchall()


@pytest.mark.parametrize("kind", ["datapackage", "rocrate", "duckdb"])
def test_a_changed_run_is_not_passed_on(made: Run, tmp_path: Path, kind: str) -> None:
    copy = shutil.copytree(made.folder, tmp_path / made.folder.name)
    (copy / "exhibits" / "years.csv").write_text("year\n")
    done = bibnet("export", copy, "--format", kind, "--out", tmp_path / "out")
    assert done.returncode == 15
    assert "the file is changed" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [copy.name]
