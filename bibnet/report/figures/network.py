"""The institution network: circles by works, lines by works in common, coloured by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt
import numpy as np
import pandas as pd

from bibnet.report.content.cell import Cell
from bibnet.report.content.in_text import country_in_text
from bibnet.report.content.table_view import Heading, TableView
from bibnet.report.content.wording import clean, count, counted, sentence_case, side_name
from bibnet.report.figures.figure import Body, Figure, Rows, linked
from bibnet.report.figures.marks import name_layers, pixels
from bibnet.report.figures.network_layout import (
    Box,
    Points,
    place_names,
    place_nodes,
    push_apart,
)
from bibnet.report.figures.subgraph import Subgraph
from bibnet.report.figures.theme import FULL_WIDTH, OUTSIDE, side_colours

HEIGHT = 680  # px
LARGEST_RADIUS = 17.0
SMALLEST_RADIUS = 3.5
EDGE_ROOM = 26  # px kept free at the border of the drawing
CROSS_COLOUR = "#6f7f95"
INNER_COLOUR = "#cfd6df"
TWIN_ROWS = 60


@dataclass(frozen=True)
class NetworkWords:
    """The id of a network figure, and whose it is: a country, or nobody (all institutions)."""

    id: str = "institution_network"
    country: str = ""


def network_figure(
    graph: Subgraph, sides: Sequence[str], *, seed: int, words: NetworkWords | None = None
) -> Figure:
    """Return the figure of a subgraph; it is drawn at one size because names would collide."""
    words = words or NetworkWords()
    ids = list(graph.nodes["institution_id"])
    position = {identifier: place for place, identifier in enumerate(ids)}
    plot = Box(0, 0, FULL_WIDTH - 8, HEIGHT)
    room = Box(EDGE_ROOM, EDGE_ROOM, plot.right - EDGE_ROOM, plot.bottom - EDGE_ROOM)
    radii = _radii(graph.nodes)
    places = push_apart(
        place_nodes(len(ids), _ties(graph.edges, position), frame=room, seed=seed), radii, room
    )
    names = _names(graph, places, radii, plot)
    datasets = {
        "edges": _edge_rows(graph, position, places),
        "nodes": _node_rows(graph, places, radii, sides),
        "names": names,
    }
    return Figure(
        id=words.id,
        title=_title(graph, words),
        subtitle=_subtitle(graph, len(names), words),
        description=_description(graph),
        body=_body(sides, graph).properties(width=plot.right, height=plot.bottom),
        datasets=datasets,
        twin=_twin(graph, words),
        cells=_cells(graph),
        width=FULL_WIDTH,
        wide=True,
        legend=list(_colours(sides, graph).items()),
    )


def _title(graph: Subgraph, words: NetworkWords) -> str:
    """The strongest tie, if one alone is: A and B have most works in common (12)."""
    across = "across sides" if graph.by_cross_side else "of the network"
    whose = f"{words.country}: " if words.country else ""
    neutral = f"the ties with most works of institutions {across}"
    return f"{whose}{_strongest(graph) or (neutral if whose else sentence_case(neutral))}"


def _strongest(graph: Subgraph) -> str:
    ties = graph.edges[graph.edges["cross_side"]] if graph.by_cross_side else graph.edges
    if ties.empty or (len(ties) > 1 and ties["works"].iloc[0] == ties["works"].iloc[1]):
        return ""
    names = dict(zip(graph.nodes["institution_id"], graph.nodes["institution"], strict=True))
    ends = [clean(names[ties[f"institution_{end}"].iloc[0]]) for end in "ab"]
    across = " across sides" if graph.by_cross_side else ""
    works = count(ties["works"].iloc[0])
    return f"{ends[0]} and {ends[1]} have most works in common{across} ({works})"


def _node_cell(identifier: object) -> Cell:
    return Cell("institutions", {"institution_id": identifier}, "works")


def _edge_cell(first: object, second: object) -> Cell:
    return Cell("institution_pairs", {"institution_a": first, "institution_b": second}, "works")


def _cells(graph: Subgraph) -> list[Cell]:
    ends = zip(graph.edges["institution_a"], graph.edges["institution_b"], strict=True)
    nodes = [_node_cell(identifier) for identifier in graph.nodes["institution_id"]]
    return [*nodes, *(_edge_cell(first, second) for first, second in ends)]


def _radii(nodes: pd.DataFrame) -> Points:
    works = nodes["works"].astype("float64").fillna(1).to_numpy()
    most = float(works.max()) if len(works) else 1.0
    return np.asarray(np.maximum(SMALLEST_RADIUS, LARGEST_RADIUS * np.sqrt(works / max(most, 1))))


def _ties(edges: pd.DataFrame, position: Mapping[str, int]) -> list[tuple[int, int, float]]:
    ends = zip(edges["institution_a"], edges["institution_b"], edges["works"], strict=True)
    return [(position[first], position[second], float(works)) for first, second, works in ends]


def _edge_rows(graph: Subgraph, position: Mapping[str, int], places: Points) -> Rows:
    edges = graph.edges
    ids, labels = graph.nodes["institution_id"], graph.nodes["institution"]
    names = {identifier: clean(name) for identifier, name in zip(ids, labels, strict=True)}
    most = edges.groupby("cross_side")["works"].max()
    rows = []
    columns = ("institution_a", "institution_b", "works", "cross_side")
    for first, second, works, cross in zip(*[edges[name] for name in columns], strict=True):
        start, end, part = (
            places[position[first]],
            places[position[second]],
            float(works / most[cross]),
        )
        rows.append(
            {
                "x": round(float(start[0]), 1),
                "y": round(float(start[1]), 1),
                "x2": round(float(end[0]), 1),
                "y2": round(float(end[1]), 1),
                "width": round(0.7 + (4.3 if cross else 2.3) * part**0.8, 2),
                "opacity": round(0.35 + 0.5 * part**0.6, 2),
                "colour": CROSS_COLOUR if cross else INNER_COLOUR,
                "tip": f"{names[first]} – {names[second]}: {counted(works, 'work')} in common",
                "link": _edge_cell(first, second).address,
            }
        )
    return rows[::-1]  # the strongest are drawn last, on top


def _node_rows(graph: Subgraph, places: Points, radii: Points, sides: Sequence[str]) -> Rows:
    colours = side_colours(sides)
    nodes = graph.nodes
    names = ("institution_id", "institution", "country", "side", "works")
    rows = list(zip(*(nodes[name] for name in names), places, radii, strict=True))
    return [
        {
            "x": round(float(place[0]), 1),
            "y": round(float(place[1]), 1),
            "size": round(float(np.pi * radius**2), 1),
            "side": side_name(side) if clean(side) else "no side",
            "colour": colours.get(clean(side), OUTSIDE),
            "tip": f"{clean(name)} ({clean(country)}): {counted(works, 'work')}",
            "link": _node_cell(identifier).address,
        }
        for identifier, name, country, side, works, place, radius in rows
    ]


def _names(graph: Subgraph, places: Points, radii: Points, plot: Box) -> Rows:
    names = [clean(name) for name in graph.nodes["institution"]]
    order = sorted(range(len(names)), key=lambda i: (-radii[i], i))
    chosen = place_names(names, places, radii, order=order, frame=plot)
    return [
        {"x": round(n.x, 1), "y": round(n.y, 1), "align": n.align, "name": n.text} for n in chosen
    ]


def _body(sides: Sequence[str], graph: Subgraph) -> Body:
    edges, nodes, names = (alt.Chart(alt.NamedData(name=n)) for n in ("edges", "nodes", "names"))
    lines = edges.mark_rule(strokeCap="round").encode(
        x=pixels("x:Q"),
        y=pixels("y:Q"),
        x2="x2",
        y2="y2",
        strokeWidth=alt.StrokeWidth("width:Q", scale=None),
        strokeOpacity=alt.StrokeOpacity("opacity:Q", scale=None),
        color=alt.Color("colour:N", scale=None),
        **linked(),
    )
    circles = nodes.mark_circle(
        opacity=1, fillOpacity=0.92, stroke="#ffffff", strokeWidth=0.9
    ).encode(
        x=pixels("x:Q"),
        y=pixels("y:Q"),
        size=alt.Size("size:Q", scale=None),
        fill=_legend(sides, graph),
        **linked(),
    )
    body: Body = alt.layer(lines, circles, *name_layers(names)).resolve_scale(color="independent")
    return body


def _legend(sides: Sequence[str], graph: Subgraph) -> alt.Fill:
    colours = _colours(sides, graph)
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    return alt.Fill("side:N", scale=scale, legend=alt.Legend())


def _colours(sides: Sequence[str], graph: Subgraph) -> Mapping[str, str]:
    present = set(graph.nodes["side"].dropna())
    colours = {side_name(s): c for s, c in side_colours(sides).items() if s in present}
    if not graph.by_cross_side or len(present) < graph.nodes["side"].nunique(dropna=False):
        colours["no side"] = OUTSIDE
    return colours


def _subtitle(graph: Subgraph, named: int, words: NetworkWords) -> str:
    kind = "across sides" if graph.by_cross_side else "of the network"
    drawn = int(graph.edges["cross_side"].sum()) if graph.by_cross_side else len(graph.edges)
    number = graph.cross_ties if graph.by_cross_side else drawn
    whose = f" of {country_in_text(words.country)}" if words.country else ""
    all_drawn = drawn == number
    part = "all" if all_drawn else f"{count(drawn)} of the"
    ties = f"{part} {counted(number, 'tie')}"
    most = "" if all_drawn else ", those with most works"
    inner = "" if len(graph.edges) == drawn else "; paler lines are ties inside a side"
    fit = "" if named == len(graph.nodes) else f" {count(named)} of them are named."
    return (
        f"{counted(len(graph.nodes), 'institution')} and {ties}{whose} {kind}{most}{inner}. "
        f"Circle area: works; line width: works in common.{fit} All ties are in "
        "exhibits/institution_pairs.csv."
    )


def _description(graph: Subgraph) -> str:
    return (
        f"Network drawing of {len(graph.nodes)} institutions and {len(graph.edges)} ties. The "
        "distance between circles has no unit. The ties with most works are in the table."
    )


def _twin(graph: Subgraph, words: NetworkWords) -> TableView:
    names = dict(zip(graph.nodes["institution_id"], graph.nodes["institution"], strict=True))
    shown = graph.edges.head(TWIN_ROWS)
    columns = ("institution_a", "institution_b", "works", "cross_side")
    ties = list(zip(*[shown[name] for name in columns], strict=True))
    rows = [
        [clean(names[first]), clean(names[second]), count(works), "yes" if cross else "no"]
        for first, second, works, cross in ties
    ]
    works = Heading("works in common", True, count="works")
    headings = [Heading("institution"), Heading("institution"), works, Heading("across sides")]
    note = (
        f"First {len(shown)} of the {len(graph.edges)} ties drawn; "
        if len(shown) < len(graph.edges)
        else ""
    )
    whose = (
        f"network of {country_in_text(words.country)}" if words.country else "institution network"
    )
    caption = f"Ties drawn in the {whose}, across sides first, then by works"
    cells = [_edge_cell(first, second) for first, second, _, _ in ties]
    whole = f"{note}all ties are in exhibits/institution_pairs.csv."
    return TableView(caption, headings, rows, whole if note else "", cells)
