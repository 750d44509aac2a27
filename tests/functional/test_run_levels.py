"""A run whose query asks for another level than institution, and what centrality.csv gains."""

from pathlib import Path

import pandas as pd
import pytest
from build import authorship, institution, work
from runs import run

from bibnet.runs.open import Run
from bibnet.schema.errors import UsageError
from bibnet.schema.levels import level_tables
from bibnet.storage.exhibits import read_exhibit
from bibnet.storage.tables import read_table

pytestmark = pytest.mark.long

AUTHOR = "https://openalex.org/A{}"


def person(number: int, *institutions: dict[str, object]) -> dict[str, object]:
    author = {"id": AUTHOR.format(number), "display_name": f"Person {number}"}
    return authorship(*institutions, author=author)


ONE, TWO, THREE = institution(1), institution(2, "CN"), institution(3, "US")
WORKS = [
    work(1, person(1, ONE), person(2, TWO)),
    work(2, person(1, ONE), person(3, TWO)),
    work(3, person(1, ONE, TWO), person(4, THREE)),
    work(4, person(1, ONE)),
]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    levels = ("institution", "country", "author")
    folder = tmp_path_factory.mktemp("levels")
    made = {}
    for level in levels:
        (folder / level).mkdir()
        made[level] = run(folder / level, *WORKS, query={"network": {"level": level}})
    return made


def exhibit(made: Run, level: str) -> pd.DataFrame:
    return read_exhibit(made.folder, level_tables(level).centrality).set_index("unit")


def test_the_level_of_the_query_takes_effect(runs: dict[str, Run]) -> None:
    rows = exhibit(runs["country"], "country")
    assert rows["degree"].to_dict() == {"CN": 2, "DE": 2, "US": 1 + 1}
    assert rows["strength"].to_dict() == {"CN": 4, "DE": 4, "US": 2}
    assert rows["works"].to_dict() == {"CN": 3, "DE": 4, "US": 1}
    assert rows["joint_works"].to_dict() == {"CN": 3, "DE": 3, "US": 1}
    pairs = read_exhibit(runs["country"].folder, level_tables("country").pairs)
    assert pairs[["unit_a", "unit_b", "works", "coauthor_works"]].to_numpy().tolist() == [
        ["CN", "DE", 3, 2],
        ["CN", "US", 1, 1],
        ["DE", "US", 1, 1],
    ]
    assert runs["country"].manifest["network"]["query_level"] == {
        "level": "country",
        "units": 3,
        "path_min_works": 1,
        "largest_component": 1.0,
    }
    assert any("level_country_centrality.csv" in note for note in runs["country"].manifest["notes"])


def test_the_exhibits_of_institutions_stay_as_they_are(runs: dict[str, Run]) -> None:
    first = runs["institution"].folder / "exhibits"
    names = {path.name for path in first.iterdir()}
    assert not [name for name in names if name.startswith("level_")]
    for name in ("centrality.csv", "institution_pairs.csv", "brokerage.csv", "countries.csv"):
        for level in ("country", "author"):
            other = runs[level].folder / "exhibits" / name
            assert other.read_bytes() == (first / name).read_bytes()


def test_authors_only_where_asked_for_and_by_id(runs: dict[str, Run]) -> None:
    rows = exhibit(runs["author"], "author")
    assert rows["works"].to_dict() == {"A1": 4, "A2": 1, "A3": 1, "A4": 1}
    assert rows["degree"].to_dict() == {"A1": 3, "A2": 1, "A3": 1, "A4": 1}
    assert rows["name"].isna().all()
    for level in ("institution", "country"):
        files = (runs[level].folder / "exhibits").glob("*.csv")
        assert not [
            path for path in files if ",A1," in path.read_text() or "Person" in path.read_text()
        ]


def test_every_number_of_a_level_lists_its_works(runs: dict[str, Run]) -> None:
    made = runs["country"]
    rows = made.exhibit("level_country_centrality").set_index("unit")
    for unit, number in rows["works"].items():
        assert len(made.works("level_country_centrality", unit=unit)) == number
    pair = made.works("level_country_pairs", unit_a="CN", unit_b="DE")
    assert pair["work_id"].tolist() == ["W1", "W2", "W3"]
    assert pair["coauthor_works"].sum() == 2
    with pytest.raises(UsageError, match="no exhibit"):
        runs["institution"].exhibit("level_country_centrality")


def test_ties_of_the_level_are_a_table_of_the_network(runs: dict[str, Run]) -> None:
    tables = level_tables("author")
    tie = read_table(runs["author"].folder / "network", tables.tie)
    assert tie[["unit_a", "unit_b", "coauthor"]].to_numpy().tolist() == [
        ["A1", "A2", True],
        ["A1", "A3", True],
        ["A1", "A4", True],
    ]


def test_ranks_have_intervals_and_institutions_roles(runs: dict[str, Run]) -> None:
    rows = runs["institution"].exhibit("centrality").set_index("institution_id")
    assert rows["strength"].to_dict() == {"I1": 4, "I2": 4, "I3": 2}
    for name in ("strength", "pagerank"):
        low, high = rows[f"{name}_rank_low"], rows[f"{name}_rank_high"]
        assert (low <= rows[f"{name}_rank"]).all()
        assert (rows[f"{name}_rank"] <= high).all()
    assert runs["institution"].manifest["seeds"]["rank_intervals"] == 1
    assert runs["institution"].manifest["network"]["rank_samples"] == 200
    roles = runs["institution"].exhibit("brokerage").set_index("institution_id")
    assert roles["bridged"].to_dict() == {"I1": 0, "I2": 0, "I3": 0}
    listed = runs["institution"].works("brokerage", institution_id="I3")
    assert listed["work_id"].tolist() == ["W3"]


def test_the_order_of_the_works_changes_no_number(runs: dict[str, Run], tmp_path: Path) -> None:
    turned = run(tmp_path, *reversed(WORKS))
    for name in ("centrality", "brokerage", "institution_pairs"):
        pd.testing.assert_frame_equal(
            turned.exhibit(name), runs["institution"].exhibit(name), check_exact=True
        )
