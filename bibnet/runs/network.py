"""A run's network with its measures, the lists that hold its institutions, and what it is."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from bibnet.network.centrality import Measuring, network_measures
from bibnet.network.subnetwork.choice import Choice, checked
from bibnet.network.subnetwork.graph import Network
from bibnet.network.subnetwork.selection import coverage, selected
from bibnet.schema.network import MEASURES, NETWORK_NODE
from bibnet.schema.units import INVENTED
from bibnet.storage.engine import Engine, Tables

MEASURES_FACT = (
    "degree and all columns after it are of the network of all works of the run, as in "
    "centrality.csv, also where the network here is a part of it"
)
LEVEL_MEASURES_FACT = (
    "degree and all columns after it are of the network of all works at this level, also where "
    "the network here is a part of it"
)
LISTS_FACT = (
    "a category says that a named published list holds the institution, no more: nothing about "
    "a person, no finding of wrongdoing"
)
PARTNERS_FACT = (
    "partners from elsewhere are nodes too (inside = false); ties between two partners are left out"
)
JOINT_HARVEST_FACT = "the query harvests joint works only: the works of a node are unknown"
Exhibits = Callable[[str], pd.DataFrame]


def run_network(
    engine: Engine,
    tables: Tables,
    manifest: Mapping[str, Any],
    exhibits: Exhibits,
    choice: Choice,
) -> Network:
    """The network of a run that `choice` asks for; raises UsageError with every fault of it.

    `exhibits` reads an exhibit by name: at the institution level the measures are those the
    run has published; at the others they are computed here, in the same way.
    """
    asked = checked(choice, manifest["query"]["sides"])
    nodes, edges = selected(engine, tables, asked)
    if asked.level == "institution":
        measures = exhibits("centrality").rename(columns={"institution_id": "id"})
    else:
        whole = (nodes, edges) if asked.is_whole else selected(engine, tables, asked.whole)
        measures = network_measures(*whole, measuring(manifest))
    nodes = _with_measures(nodes, measures)
    nodes = _with_lists(nodes, engine.frame(tables["list_flag"]))
    if manifest["query"]["works"]["harvest"] == "joint":
        unknown = pd.array([pd.NA] * len(nodes), dtype="Int64")
        nodes = nodes.assign(works=unknown, works_fractional=float("nan"))
    kept = [name for name in NETWORK_NODE.column_names if name in nodes.columns]
    with_unit, works = coverage(engine, tables, asked)
    covered = (
        f"{with_unit:,} of {works:,} chosen works have a known {asked.level.replace('_', ' ')}"
    )
    facts = _facts(manifest, asked) | {"coverage": f"{covered}; the others are in no node"}
    sides = tuple(manifest["query"]["side_order"])
    return Network(asked.level, nodes[kept], edges, facts, sides=sides)


def measuring(manifest: Mapping[str, Any]) -> Measuring:
    """How a run measured its own network, from its manifest."""
    asked = manifest["query"]["network"]["min_works"]
    return Measuring(int(manifest["seeds"]["communities"]), asked)


def _with_measures(nodes: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    names = [column.name for column in MEASURES if column.name in measures.columns]
    found = measures[["id", *names]].copy()
    fractions = found.select_dtypes("float64").columns
    # A solver's minus zero is zero.
    found[fractions] = found[fractions] + 0.0
    return nodes.merge(found, on="id", how="left", validate="one_to_one")


def _with_lists(nodes: pd.DataFrame, flags: pd.DataFrame) -> pd.DataFrame:
    """Add listed_as, listed_categories and lists: words in order of the alphabet, joined by |.

    A flag that a reviewer has set aside does not count.
    """
    columns = {"listed_as": "kind", "listed_categories": "category", "lists": "lists"}
    flags = flags.reindex(columns=["institution_id", "rejected_by", *columns.values()])
    known = flags[flags["institution_id"].notna() & flags["rejected_by"].isna()]
    by_institution = known.groupby("institution_id")
    found = {
        name: nodes["id"].map(by_institution[column].agg(_joined))
        for name, column in columns.items()
    }
    return nodes.assign(**found)


def _joined(cells: pd.Series) -> str | None:
    words = {word for cell in cells.dropna() for word in str(cell).split("|") if word}
    return "|".join(sorted(words)) or None


def _facts(manifest: Mapping[str, Any], choice: Choice) -> dict[str, str]:
    query, source = manifest["query"], manifest["source"]
    facts = {
        "title": str(query["question"]),
        "query": str(query["name"]),
        "run": str(manifest["run"]),
        "source_date": str(source.get("date") or "unknown"),
        "network": choice.words(),
        "works": "a work counts once for each pair of units it has (full); works_fractional gives "
        "each pair 1 / (units - 1)",
        "measures": _measures_fact(choice),
        "lists": LISTS_FACT,
        "made_by": f"bibnet {manifest['versions']['bibnet']}",
    }
    if choice.country or choice.side:
        facts["partners"] = PARTNERS_FACT
    if query["works"]["harvest"] == "joint":
        facts["node_works"] = JOINT_HARVEST_FACT
    if manifest.get("invented"):
        facts["invented"] = INVENTED
    return facts


def _measures_fact(choice: Choice) -> str:
    return MEASURES_FACT if choice.level == "institution" else LEVEL_MEASURES_FACT
