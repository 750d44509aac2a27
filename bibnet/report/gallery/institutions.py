"""The figures of institutions: with most joint works, with most works, and their network."""

from collections.abc import Mapping
from typing import Any

from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.wording import clean, count
from bibnet.report.figures.bars import Bar, bar_figure
from bibnet.report.figures.figure import Figure
from bibnet.report.figures.network import network_figure
from bibnet.report.figures.subgraph import readable_subgraph
from bibnet.report.gallery.ranking import MOST_BARS, group_of, leading, ranking_words
from bibnet.storage.frames import records

LAYOUT_SEED = 20_230_601  # any fixed number; a run's own seed in the manifest comes first


def institution_figures(content: ReportContent) -> list[Figure]:
    """Return the institutions with most joint works, with most works, and the network."""
    institutions = content.exhibit("institutions")
    figures = []
    joint = leading(institutions, ("joint_works", "works"), "institution_id")
    if len(joint):
        bars = [_bar(row, "joint_works") for row in records(joint.head(MOST_BARS))]
        words = ranking_words(
            content, "institutions_by_joint_works", "Institutions with most joint works"
        )
        figures.append(bar_figure(bars, words))
    most = leading(institutions, ("works",), "institution_id")
    if len(most):
        bars = [_bar(row, "works") for row in records(most.head(MOST_BARS))]
        words = ranking_words(
            content, "institutions_by_works", "Institutions with most works", "works"
        )
        figures.append(bar_figure(bars, words))
    return figures + _network(content)


def _bar(row: Mapping[str, Any], fact: str) -> Bar:
    name = clean(row["institution"]) or clean(row["institution_id"])
    country = clean(row["country"])
    label = f"{name}, {country}" if country else name
    return Bar(label, row[fact], count(row[fact]), group_of(row["side"]))


def _network(content: ReportContent) -> list[Figure]:
    graph = readable_subgraph(content.nodes, content.edges)
    seed = (content.manifest.get("seeds") or {}).get("layout", LAYOUT_SEED)
    sides = list(content.sides)
    return [network_figure(graph, sides, seed=int(seed))] if len(graph.edges) else []
