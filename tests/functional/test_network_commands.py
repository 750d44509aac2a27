"""`Run.network`, its measures and the pages of countries, on a run of a few works."""

import re

import pytest
from small_network import counted

from bibnet.runs.centrality.report import Question, centrality_report
from bibnet.runs.open import Run
from bibnet.schema.errors import UsageError


@pytest.mark.parametrize("years", [None, (2019, 2020), (2018, 2018)])
def test_the_network_is_a_recount(small: Run, years: tuple[int, int] | None) -> None:
    network = small.network(years=years)
    units, pairs = counted(*(years or (0, 9999)))
    assert dict(zip(network.nodes["id"], network.nodes["works"], strict=True)) == units
    ends = zip(network.edges["source"], network.edges["target"], strict=True)
    assert dict(zip(ends, network.edges["works"], strict=True)) == pairs


def test_the_whole_network_has_the_numbers_of_the_exhibits(small: Run) -> None:
    network = small.network()
    exhibit = small.exhibit("institutions").sort_values("institution_id", ignore_index=True)
    for name in ("works", "works_fractional", "joint_works"):
        assert network.nodes[name].tolist() == exhibit[name].tolist()
    centrality = small.exhibit("centrality").set_index("institution_id").loc[network.nodes["id"]]
    for name in ("degree", "strength", "betweenness", "pagerank", "community", "strength_rank"):
        assert network.nodes[name].tolist() == centrality[name].tolist(), name
    pairs = small.exhibit("institution_pairs")
    for name in ("works", "works_fractional", "coauthor_works", "dual_affiliation_works"):
        assert network.edges[name].tolist() == pairs[name].tolist()
    countries = small.network("country").edges
    published = small.exhibit("country_pairs")
    assert countries["works_fractional"].tolist() == published["works_fractional"].tolist()


def test_the_network_of_a_country(small: Run) -> None:
    network = small.network("institution", country="DE")
    inside = dict(zip(network.nodes["id"], network.nodes["inside"], strict=True))
    assert inside == {"I1": True, "I2": True, "I3": False, "I4": False, "I5": True}
    assert ("I3", "I6") not in set(
        zip(network.edges["source"], network.edges["target"], strict=True)
    )
    assert network.to_networkx().edges["I1", "I3"]["dual_affiliation_works"] == 1
    assert network.to_igraph().vs["name"] == ["I1", "I2", "I3", "I4", "I5"]
    assert small.network(country="LI").to_networkx().number_of_nodes() == 0


def test_the_measures_of_a_level_are_those_of_its_whole_network(small: Run) -> None:
    whole = small.network("country").nodes.set_index("id")
    part = small.network("country", country="FR", years=(2020, 2020)).nodes.set_index("id")
    assert whole["degree"].to_dict() == {"CN": 2, "DE": 2, "FR": 1, "US": 1}
    assert part["degree"].to_dict() == {"CN": 2, "FR": 1}
    assert part["works"].to_dict() == {"CN": 1, "FR": 1}
    assert whole["label"].to_dict()["DE"] == "Germany"


def test_a_level_or_country_that_is_none(small: Run) -> None:
    with pytest.raises(UsageError, match="no network level 'planet'"):
        small.network("planet")
    with pytest.raises(UsageError, match="no country 'XX'"):
        small.network(country="XX")


def test_the_run_has_a_page_of_its_countries(small: Run) -> None:
    page = (small.folder / "countries.html").read_text(encoding="utf-8")
    assert 'href="countries.html"' in (small.folder / "report.html").read_text(encoding="utf-8")
    assert 'id="country-DE"' in page
    said = re.sub("</?a[^>]*>", "", page)  # both numbers lead to their works
    assert "5 works, 3 of them joint (" in said
    assert "of them with a joint work, none with ten or more." in page
    assert "Without a work in this run: Hong Kong." in page
    assert "[bold]&lt;b&gt;" in page
    assert "\u202e" not in page
    assert page.count("<script") == 1  # the page's own


def test_pandas_adds_up_the_ties_of_every_country(small: Run) -> None:
    """A recount of the overview from the exhibit of pairs, in plain pandas."""
    overview = centrality_report(small.folder, Question()).countries.set_index("country")
    pairs = small.exhibit("institution_pairs")
    for code in overview.index:
        ends = (pairs["country_a"] == code).astype(int) + (pairs["country_b"] == code).astype(int)
        assert overview.loc[code, "ties_elsewhere"] == int((ends == 1).sum())
        assert overview.loc[code, "ties_inside"] == int((ends == 2).sum())
        across = pairs["cross_side"].astype(bool) & (ends == 1)
        assert overview.loc[code, "ties_across_sides"] == int(across.sum())
