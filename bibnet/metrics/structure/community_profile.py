"""What a community is made of: its institutions, countries, sides and works.

Communities of one institution (isolates) are no finding and are not listed.
"""

from collections import Counter
from collections.abc import Mapping

import ibis
import pandas as pd

from bibnet.network.incidence import Incidence
from bibnet.network.measures.communities import Partition, carried_labels
from bibnet.storage.engine import Tables

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
