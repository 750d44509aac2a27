"""NCSES, Science and Engineering Indicators 2024: its table of centralities, from its pairs."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from bibnet.cli import app
from bibnet.network.edge_list import read_edge_list

pytestmark = pytest.mark.real
PAIRS = "published/ncses_ai_country_pairs_2003_2022.csv"
LEAST = 400
# Columns of ours and of table SPBS-93; a rank's column there ends in `_rank_`.
VALUES = {
    "degree": "degree",
    "strength": "strength",
    "betweenness": "betweenness_centrality",
}
RANKS = {
    **VALUES,
    "closeness": "closeness_centrality",
    "pagerank": "weighted_pagerank",
    "eigenvector": "weighted_eigenvector_centrality",
}


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """The output of the command; its own fixture of the data, because it is of the module."""
    data = Path(__file__).parents[3] / "shared" / "data"
    if not data.is_dir():
        pytest.skip(f"the real data are not there ({data})")
    out = tmp_path_factory.mktemp("ncses") / "out.csv"
    words = ["--edges", str(data / PAIRS), "--min-weight", str(LEAST), "--weights", "none"]
    done = CliRunner().invoke(app, ["centrality", *words, "--out", str(out)])
    assert done.exit_code == 0, done.output
    return pd.read_csv(out).set_index("node")


@pytest.fixture(scope="module")
def published() -> pd.DataFrame:
    path = Path(__file__).parents[3] / "shared" / "data" / "published" / "ncses_SPBS-93.csv"
    return pd.read_csv(path).set_index("region_country_or_economy").sort_index()


def test_the_same_38_countries(computed: pd.DataFrame, published: pd.DataFrame) -> None:
    assert computed.index.tolist() == published.index.tolist()
    assert len(computed) == 38


@pytest.mark.parametrize("name", VALUES)
def test_values_of_table_93(name: str, computed: pd.DataFrame, published: pd.DataFrame) -> None:
    """To the integer: the table prints whole numbers."""
    ours = np.floor(computed[name] + 0.5).astype(int)
    assert ours.tolist() == published[VALUES[name]].tolist()


@pytest.mark.parametrize("name", RANKS)
def test_ranks_of_table_93(name: str, computed: pd.DataFrame, published: pd.DataFrame) -> None:
    assert computed[f"{name}_rank"].tolist() == published[f"{RANKS[name]}_rank_"].tolist()


def test_table_94_does_not_follow_from_the_pairs(shared_data: Path) -> None:
    """Its index needs the countries' totals, which the pairs do not give: nothing is claimed.

    With links in their place not one of the 1,648 cells comes out as printed (to half a unit of
    the second decimal); half deviate by more than 0.25, the ratio's median is 1.58.
    """
    found = read_edge_list(shared_data / PAIRS)
    table = pd.read_csv(shared_data / "published" / "ncses_SPBS-94.csv")
    printed = table.set_index("region_country_or_economy")
    columns = [name.lower().replace(" ", "_") for name in found.names]
    ends = zip(found.network.source, found.network.target, strict=True)
    known = np.array([printed.loc[found.names[a], columns[b]] for a, b in ends])
    strength = found.network.strength.astype("float64")
    expected = strength[found.network.source] * strength[found.network.target] / strength.sum()
    ours = found.network.weight / expected
    deviation = np.abs(ours - known)
    assert (len(deviation), int((deviation <= 0.005).sum())) == (1648, 0)
    assert np.median(deviation) == pytest.approx(0.256, abs=5e-4)
    assert np.median(ours[known > 0] / known[known > 0]) == pytest.approx(1.575, abs=5e-4)
