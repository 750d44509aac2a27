"""The script that a user would write: json, pandas and networkx, the same counts and ties.

    python tests/benchmarks/lean_script.py WORKS

Works by year, country and institution, ties of countries and of institutions, and the centrality
of the institutions without paths (degree, strength, PageRank), written as CSV.
"""

import gzip
import json
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path

import networkx as nx
import pandas as pd
from corpora import invented_works


def units(work: dict, key: str) -> set[str]:
    bodies = [body for author in work.get("authorships") or () for body in author["institutions"]]
    return {body[key] for body in bodies if body.get(key)}


def main() -> None:
    counts = {"year": Counter(), "country_code": Counter(), "id": Counter()}
    ties = {"country_code": Counter(), "id": Counter()}
    for part in sorted(invented_works(int(sys.argv[1])).glob("*.gz")):
        with gzip.open(part, "rt", encoding="utf-8") as lines:
            for line in lines:
                work = json.loads(line)
                counts["year"][work["publication_year"]] += 1
                for key, found in ties.items():
                    names = sorted(units(work, key))
                    counts[key].update(names)
                    found.update(combinations(names, 2))
    graph = nx.Graph()
    graph.add_weighted_edges_from((a, b, works) for (a, b), works in ties["id"].items())
    ranks = nx.pagerank(graph)
    pd.DataFrame(
        [(n, graph.degree(n), graph.degree(n, "weight"), ranks[n]) for n in graph],
        columns=["institution", "degree", "strength", "pagerank"],
    ).to_csv("centrality.csv")
    for name, found in {**counts, **{f"{key}_ties": one for key, one in ties.items()}}.items():
        Path(f"{name}.csv").write_text(pd.Series(dict(found), name="works").to_csv())


main()
