"""The figures of institutions: with most joint works, with most works, their map and network."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bibnet.report.content.cell import Cell
from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.wording import clean, count, country_name
from bibnet.report.figures.bars import Bar, bar_figure
from bibnet.report.figures.figure import Figure
from bibnet.report.figures.network import NetworkWords, network_figure
from bibnet.report.figures.subgraph import readable_subgraph
from bibnet.report.gallery.maps import institution_map
from bibnet.report.gallery.ranking import MOST_BARS, group_of, leading, ranking_words
from bibnet.storage.frames import records

FEWEST_TIES = 3  # fewer are a sentence, no network
LAYOUT_SEED = 20_230_601  # any fixed number; a run's own seed in the manifest comes first
TITLES = {
    "joint_works": "Institutions with most joint works",
    "works": "Institutions with most works",
}


def institution_figures(content: ReportContent) -> list[Figure]:
    """Return the institutions with most joint works, with most works, the map and the network."""
    institutions = content.exhibit("institutions")
    figures = []
    for fact, title in TITLES.items():
        facts = (fact,) if fact == "works" else (fact, "works")
        chosen = leading(institutions, facts, "institution_id").head(MOST_BARS)
        if len(chosen):
            bars = [_bar(content, row, fact) for row in records(chosen)]
            unit = fact.replace("_", " ")
            words = ranking_words(content, f"institutions_by_{fact}", title, bars, unit)
            figures.append(bar_figure(bars, words))
    maps = institution_map(content)
    return [*figures, *maps, *_network(content), *_country_network(content)]


def _bar(content: ReportContent, row: Mapping[str, Any], fact: str) -> Bar:
    return Bar(
        clean(row["institution"]) or clean(row["institution_id"]),
        row[fact],
        count(row[fact]),
        group_of(row["side"]),
        Cell("institutions", {"institution_id": row["institution_id"]}, fact),
        note=country_name(row["country"], content.country_names),
    )


def _network(content: ReportContent) -> list[Figure]:
    graph = readable_subgraph(content.nodes, content.edges)
    sides = list(content.sides)
    return [network_figure(graph, sides, seed=_seed(content))] if len(graph.edges) else []


def _seed(content: ReportContent) -> int:
    return int((content.manifest.get("seeds") or {}).get("layout", LAYOUT_SEED))


def _country_network(content: ReportContent) -> list[Figure]:
    """The ties across sides of the country with most joint works of the side of most countries.

    None where no side has two countries: then the network before is that of the country.
    """
    widest = max(content.sides, key=lambda side: len(content.sides[side]), default="")
    countries = content.exhibit("countries")
    own = leading(countries[countries["side"] == widest], ("joint_works",), "country")
    if own.empty or len(content.sides[widest]) < 2:
        return []
    code = own["country"].iloc[0]
    nodes = content.nodes
    here = nodes.loc[nodes["country"] == code, "institution_id"]
    ends = [content.edges[f"institution_{end}"].isin(here) for end in "ab"]
    graph = readable_subgraph(nodes, content.edges[ends[0] | ends[1]])
    if not graph.by_cross_side or len(graph.edges) < FEWEST_TIES:
        return []
    words = NetworkWords("country_network", country_name(code, content.country_names))
    across = replace(graph, edges=graph.edges[graph.edges["cross_side"]])
    return [network_figure(across, list(content.sides), seed=_seed(content), words=words)]
