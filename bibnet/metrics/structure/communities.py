"""The communities exhibit: what each is made of, and labels carried from an earlier run.

Communities of one institution (isolates) are no finding and are not listed.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import ibis
import pandas as pd

from bibnet.metrics.exhibit import Exhibit
from bibnet.metrics.structure.centrality import InstitutionNetwork
from bibnet.network.incidence import Incidence, total
from bibnet.network.measures.communities import Partition, carried_labels
from bibnet.schema.errors import Fault, InputError
from bibnet.schema.exhibits.structure import COMMUNITIES
from bibnet.schema.ties import NODE
from bibnet.storage.engine import Tables
from bibnet.storage.exhibits import read_exhibit
from bibnet.storage.manifest import read_manifest
from bibnet.storage.tables import declared_rows, read_table, table_path
from bibnet.storage.unfinished import NETWORK_FOLDER, UnfinishedRun

SMALLEST = 2
# Institutions and countries named in a row of the exhibit.
NAMED = 5
NO_SIDE = "none"


def communities_incidence(tables: Tables) -> Incidence:
    """Cells by community: the works with one of its institutions."""
    node = tables["node"].select("institution_id", "community")
    member = tables["institution_membership"].select("work_key", institution_id="unit")
    rows = member.inner_join(node, "institution_id").select("work_key", "community").distinct()
    return Incidence(rows.mutate(works=ibis.literal(1, "int64")), ("community",), ("works",))


EXHIBITS = (Exhibit(COMMUNITIES, communities_incidence),)


@dataclass(frozen=True)
class CommunityCounts:
    """How the communities came about: runs of the optimiser, their agreement, earlier labels.

    `resampled_` is the agreement with the communities of `samples` corpora of works drawn anew.
    `isolates` are institutions in no community; `previous` is the run that labels are from.
    """

    runs: int
    communities: int
    isolates: int
    modularity: float
    adjusted_rand: float
    mutual_information: float
    resampled_adjusted_rand: float
    resampled_mutual_information: float
    samples: int
    previous: str | None


def community_exhibit(
    run: UnfinishedRun, network: InstitutionNetwork, previous: Path | None
) -> tuple[ibis.Table, CommunityCounts]:
    """The exhibit and its counts; `previous` is a finished run that lends its labels."""
    found = network.partition
    nodes = run.frame(run.tables["node"].order_by("institution_id"))
    nodes = nodes.assign(strength=network.strength)
    rows = profiles(nodes, found, previous_labels(previous) if previous else None)
    works = run.frame(total(communities_incidence(run.tables)))
    counts = CommunityCounts(
        runs=found.runs,
        communities=len(rows),
        isolates=int((nodes.groupby("community").size() == 1).sum()),
        modularity=found.quality,
        adjusted_rand=found.adjusted_rand,
        mutual_information=found.mutual_information,
        resampled_adjusted_rand=found.resampled_adjusted_rand,
        resampled_mutual_information=found.resampled_mutual_information,
        samples=found.samples,
        previous=str(read_manifest(previous)["run"]) if previous else None,
    )
    return declared_rows(COMMUNITIES, rows.merge(works, on="community", how="left")), counts


def previous_labels(run: Path) -> Mapping[str, int]:
    """Institution -> label of its community in a finished run; InputError if it has none.

    Institutions in a community of one have no label.
    """
    read_manifest(run)
    path = table_path(run / NETWORK_FOLDER, NODE)
    try:
        nodes = read_table(run / NETWORK_FOLDER, NODE)
        rows = read_exhibit(run, COMMUNITIES)
    except (OSError, ValueError) as error:
        what = f"the previous run has no communities: {error}"
        raise InputError(Fault(what, str(path), "give the folder of a whole run")) from error
    label = rows.set_index("community")["label"]
    named = nodes[nodes["community"].isin(label.index)]
    return {
        str(node): int(label[community])
        for node, community in zip(named["institution_id"], named["community"], strict=True)
    }


def profiles(
    nodes: pd.DataFrame, found: Partition, before: Mapping[str, int] | None
) -> pd.DataFrame:
    """Rows of COMMUNITIES but for the works.

    `nodes` has institution_id, institution, country, side, strength, community; `before` maps
    institutions to the labels of the previous run. kept_institutions is empty without one, and
    for a community whose label is new.
    """
    large = nodes[nodes.groupby("community")["community"].transform("size") >= SMALLEST]
    now = dict(zip(large["institution_id"], large["community"].astype(int), strict=True))
    label, kept = carried_labels(now, before)
    rows = [
        {
            "community": int(str(community)),
            "institutions": len(members),
            "largest": _largest(members),
            "countries": _shares(members["country"]),
            "sides": _shares(members["side"]),
        }
        for community, members in large.groupby("community", sort=True)
    ]
    names = ("community", "institutions", "largest", "countries", "sides")
    frame = pd.DataFrame(rows, columns=list(names))
    return frame.assign(
        label=frame["community"].map(label),
        kept_institutions=frame["community"].map(kept),
        modularity=found.quality,
        adjusted_rand=found.adjusted_rand,
        mutual_information=found.mutual_information,
        resampled_adjusted_rand=found.resampled_adjusted_rand,
        resampled_mutual_information=found.resampled_mutual_information,
    )


def _largest(members: pd.DataFrame) -> str:
    ordered = members.sort_values(["strength", "institution_id"], ascending=[False, True])
    named = ordered["institution"].fillna(ordered["institution_id"])
    return "; ".join(named.head(NAMED))


def _shares(values: pd.Series) -> str:
    """The most frequent values with their share: `CN 0.62; US 0.20`."""
    counted = Counter(values.fillna(NO_SIDE))
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:NAMED]
    return "; ".join(f"{value} {number / len(values):.2f}" for value, number in ordered)
