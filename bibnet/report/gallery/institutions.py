"""The figures of institutions: with most joint works, with most works, and their network."""

from collections.abc import Mapping
from typing import Any

from bibnet.report.content.cell import Cell
from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.wording import clean, count, country_name
from bibnet.report.figures.bars import Bar, bar_figure
from bibnet.report.figures.figure import Figure
from bibnet.report.figures.network import network_figure
from bibnet.report.figures.subgraph import readable_subgraph
from bibnet.report.gallery.ranking import MOST_BARS, group_of, leading, ranking_words
from bibnet.storage.frames import records

LAYOUT_SEED = 20_230_601  # any fixed number; a run's own seed in the manifest comes first
TITLES = {
    "joint_works": "Institutions with most joint works",
    "works": "Institutions with most works",
}


def institution_figures(content: ReportContent) -> list[Figure]:
    """Return the institutions with most joint works, with most works, and the network."""
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
    return figures + _network(content)


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
    seed = (content.manifest.get("seeds") or {}).get("layout", LAYOUT_SEED)
    sides = list(content.sides)
    return [network_figure(graph, sides, seed=int(seed))] if len(graph.edges) else []
