"""The recipes of CONTRIBUTING.md, each carried out: so many places, and no more, are touched."""

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import ibis
import pytest
from build import work
from command_line import bibnet
from openpyxl import load_workbook
from readme_tables import README, with_tables
from runs import run

from bibnet import storage
from bibnet.metrics import exhibits as metrics
from bibnet.metrics.exhibit import Exhibit
from bibnet.network.incidence import Incidence, total
from bibnet.reference import load as reference
from bibnet.schema import EXHIBITS, Table
from bibnet.schema.column import integer, text
from bibnet.storage.engine import engine_names, open_engine
from bibnet.storage.engine.base import Tables
from bibnet.tables.formats import content
from bibnet.tables.formats.works_format import Item, WorksFormat
from bibnet.tag.lists.defence import packaged_entries
from bibnet.tag.lists.entry import index_entries, standing_of

# A new exhibit, part one: its declaration.
LANGUAGES = Table(
    "languages",
    "Works by language.",
    (text("language", "language of the work"), integer("works", "works", "works")),
    ("language",),
    section="topics",
    answers="works by the language the source gives",
)


# Part two: what lists its works, and what counts them.
def languages_incidence(tables: Tables) -> Incidence:
    rows = tables["work"].select("work_key", "language", works=ibis.literal(1, "int64"))
    return Incidence(rows, ("language",), ("works",))


def languages(tables: Tables) -> ibis.Table:
    return total(languages_incidence(tables))


def test_an_exhibit_is_its_declaration_and_its_metric(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert with_tables(README.read_text(encoding="utf-8")).count("languages.csv") == 0
    monkeypatch.setitem(EXHIBITS, "languages", LANGUAGES)
    counted = Exhibit(LANGUAGES, languages_incidence, languages)
    monkeypatch.setitem(metrics.EXHIBITS, "languages", counted)
    works = (work(1, language="en"), work(2, language="zh"), work(3, language="en"))
    made = run(tmp_path, *works)
    written = (made.folder / "exhibits" / "languages.csv").read_text(encoding="utf-8")
    assert written == "language,works\nen,2\nzh,1\n"
    assert made.works("languages", language="en")["work_id"].tolist() == ["W1", "W3"]
    page = (made.folder / "report.html").read_text(encoding="utf-8")
    assert page.count("Works by language.") >= 1
    sheet = load_workbook(made.folder / "report.xlsx")["languages"]
    assert [row for row in sheet.iter_rows(values_only=True)][-2:] == [("en", 2), ("zh", 1)]
    shown = with_tables(README.read_text(encoding="utf-8"))
    assert "| `languages.csv` | works by the language the source gives |" in shown


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """The packaged lists and their cards, to be changed."""
    folder = tmp_path / "lists"
    folder.mkdir()
    for path in [*reference.PACKAGED.glob("*.csv"), *reference.PACKAGED.glob("*.toml")]:
        shutil.copy(path, folder)
    return folder


def test_a_country_scheme_is_rows_and_their_number(lists: Path) -> None:
    rows = len(reference.rows("country_schemes"))
    with (lists / "country_schemes.csv").open("a", encoding="utf-8") as file:
        file.write("benelux,BE,2026-11-01,test\nbenelux,LU,2026-11-01,test\n")
    card = (lists / "cards.toml").read_text(encoding="utf-8")
    start = card.index("[country_schemes]")
    changed = card[start:].replace(f"rows = {rows}", f"rows = {rows + 2}", 1)
    (lists / "cards.toml").write_text(card[:start] + changed, encoding="utf-8")
    reference.check_all(lists)
    assert reference.schemes(lists)["benelux"] == {"BE", "LU"}


def test_the_matcher_is_trained_into_the_files_that_ship(tmp_path: Path) -> None:
    """`matcher train` writes models under the packaged names; nothing else is to be edited."""
    shown = bibnet("matcher", "train", "--help").stdout
    assert "--out" in shown
    shipped = {path.name for path in reference.PACKAGED.glob("matcher*")}
    models = {"matcher_first.txt.gz", "matcher_second.txt.gz"}
    assert shipped == {"matcher.json", "matcher_prior.csv.gz", *models}


def items(blocks: Iterator[bytes]) -> Iterator[Item]:
    """A made-up format: a first line `TOY`, then id and title of a work on each line."""
    for line in b"".join(blocks).splitlines()[1:]:
        identity, title = line.decode().split("\t")
        author = {"name": "A", "affiliations": ["University of Oxford, Oxford, UK"]}
        fields = {"id": identity, "title": title, "year": 2020, "authors": [author]}
        yield Item(line, fields)


def test_a_works_format_is_its_items_and_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toy = WorksFormat("toy", lambda head: head.startswith(b"TOY\n"), items)
    monkeypatch.setattr(content, "FORMATS", [*content.FORMATS, toy])
    made = run(tmp_path, "TOY", "one\tFirst", "two\tSecond")
    assert made.table("work")[["work_id", "title"]].to_numpy().tolist() == [
        ["one", "First"],
        ["two", "Second"],
    ]
    assert made.table("input_file")["format"].tolist() == ["toy"]
    assert made.manifest["counts"]["lines"] == 2


def test_an_engine_is_a_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "toy.py").write_text("def connect(spill):\n    return ('toy', spill)\n")
    paths = [*storage.engine.__path__, str(tmp_path)]
    monkeypatch.setattr(storage.engine, "__path__", paths)
    assert engine_names() == ["duckdb", "spark", "toy"]
    assert open_engine(tmp_path, "toy") == ("toy", tmp_path)


def test_a_wrong_flag_is_mended_by_a_row(lists: Path) -> None:
    path = lists / "defence_institutions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert packaged_entries().known_as("a name of our own") == []
    rows[0]["aliases"] += "|A Name of Our Own"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    entries = index_entries(reference.rows("defence_institutions", lists), standing_of())
    (found,) = entries.known_as("a name of our own")
    assert found.entry.entry_id == rows[0]["entry_id"]
