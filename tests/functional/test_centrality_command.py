"""`bibnet centrality RUN` on a run of a few works."""

import csv
import json
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from small_network import counted

from bibnet.runs.centrality.report import _lists
from bibnet.runs.open import Run


def test_the_report_of_a_country_is_in_the_exhibits(bibnet, small: Run) -> None:
    code, out, _ = bibnet("centrality", small.folder, "--country", "de", "--json")
    assert code == 0
    report = json.loads(out)
    assert {name: report["totals"][name] for name in ("works", "joint_works", "institutions")} == {
        "works": 5, "joint_works": 3, "institutions": 3,
    }  # fmt: skip
    institutions = {row["institution_id"]: row for row in report["institutions"]}
    centrality = small.exhibit("centrality").set_index("institution_id")
    assert list(institutions) == ["I1", "I2", "I5"]
    for name, row in institutions.items():
        assert row["strength_rank"] == centrality.loc[name, "strength_rank"]
        assert row["works"] == counted(0, 9999)[0][name]
    assert institutions["I5"]["closeness"] is None
    ties = [(t["institution_id"], t["partner_id"], t["works"]) for t in report["ties"]]
    assert ties == [("I1", "I3", 3), ("I1", "I4", 1), ("I2", "I4", 1)]
    assert [(row["partner_country"], row["works"]) for row in report["partners"]] == [
        ("CN", 3), ("US", 1),
    ]  # fmt: skip
    assert [(row["year"], row["works"]) for row in report["years"]] == [
        (2018, 1), (2019, 2), (2020, 2),
    ]  # fmt: skip
    joint = next(row for row in report["distribution"] if row["number"] == "joint_works")
    assert (joint["institutions_none"], joint["institutions_2_to_4"]) == (2, 1)
    assert joint["fewer_than_ten"] == joint["institutions"] == 3


def test_the_table_on_a_terminal_and_as_csv(bibnet, small: Run) -> None:
    code, out, _ = bibnet("centrality", small.folder, "--country", "FR")
    assert code == 0
    assert "France (FR, Europe)" in out
    assert "=cmd|'/c'!A1 [bold]<b>" in out  # shown, not read as markup
    assert bibnet("centrality", small.folder, "--country", "FR", "--out", "fr.csv")[1] == "fr.csv\n"
    with Path("fr.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["institution"], row["works"]) for row in rows] == [
        ("'=cmd|'/c'!A1 [bold]<b>", "1")
    ]


def test_rows_stand_by_the_column_that_is_asked_for(bibnet, small: Run) -> None:
    words = ("--country", "DE", "--sort")
    code, out, _ = bibnet("centrality", small.folder, *words, "joint_works")
    assert (code, "institutions, most joint first" in out) == (0, True)
    _, out, _ = bibnet("centrality", small.folder, *words, "works", "--json")
    rows = json.loads(out)["institutions"]
    assert [row["works"] for row in rows] == sorted((row["works"] for row in rows), reverse=True)
    assert all(row["lists"] is None for row in rows)
    code, _, err = bibnet("centrality", small.folder, *words, "institution")
    assert code == 2
    assert "there is no column of numbers 'institution'" in err


def test_lists_that_hold_an_institution_are_named_once() -> None:
    defence = pd.DataFrame(
        {"institution_id": ["I1", "I1", "I2", None], "lists": ["b|a", "a", "c", "d"]}
    )
    assert _lists(defence) == {"I1": "a|b", "I2": "c"}


def test_a_country_without_an_institution_says_so(bibnet, small: Run) -> None:
    code, out, _ = bibnet("centrality", small.folder, "--country", "LI")
    assert code == 0
    assert "no institution of this corpus is in Liechtenstein" in out
    code, _, err = bibnet("centrality", small.folder, "--country", "ZZ")
    assert code == 2
    assert "there is no country 'ZZ'" in err


def test_the_ranking_of_a_level(bibnet, small: Run) -> None:
    code, out, _ = bibnet("centrality", small.folder, "--json")
    found = json.loads(out)
    assert code == 0
    assert [row["institution_id"] for row in found["ranking"]][:2] == ["I1", "I3"]
    assert {row["country"]: row["institutions"] for row in found["countries"]} == {
        "CN": 1, "DE": 3, "FR": 1, "US": 1,
    }  # fmt: skip
    countries = json.loads(bibnet("centrality", small.folder, "--level", "country", "--json")[1])
    assert {row["id"]: row["strength"] for row in countries["ranking"]} == {
        "DE": 4, "CN": 4, "FR": 1, "US": 1,
    }  # fmt: skip
    assert (
        "no city is known in this run" in bibnet("centrality", small.folder, "--level", "city")[1]
    )


def test_paths_without_weights_are_those_of_networkx(bibnet, small: Run) -> None:
    words = ("--country", "DE", "--weights", "none", "--json")
    found = json.loads(bibnet("centrality", small.folder, *words)[1])
    graph = small.network().to_networkx()
    betweenness = nx.betweenness_centrality(graph, normalized=False)
    harmonic = nx.harmonic_centrality(graph)
    for row in found["institutions"]:
        assert row["betweenness"] == pytest.approx(betweenness[row["institution_id"]])
        assert row["harmonic"] == pytest.approx(harmonic[row["institution_id"]])
