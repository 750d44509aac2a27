"""The shape of the network: ties against chance, communities, change by year, as exhibits."""

from collections.abc import Mapping
from pathlib import Path

import ibis
import pandas as pd

from bibnet.metrics.citations.exhibits import declared_rows
from bibnet.metrics.counts import shares
from bibnet.metrics.structure import community_profile, network_years
from bibnet.metrics.structure.expectation import FALSE_DISCOVERY, FLOOR_WORKS, Expected, expectation
from bibnet.network.incidence import total
from bibnet.schema import structure as declared
from bibnet.schema.derived import NODE
from bibnet.schema.errors import Fault, InputError
from bibnet.schema.units import UNKNOWN
from bibnet.storage.provenance import read_manifest
from bibnet.storage.store import read_exhibit, read_table, table_path
from bibnet.storage.workbench import NETWORK_FOLDER, Workbench

NO_FIELD = "none"


def structure_exhibits(bench: Workbench) -> dict[str, ibis.Table]:
    """The exhibits of structure; leaves the facts `expectation` and `communities`.

    Needs the node table and the facts `partition` and `centrality_rows`.
    """
    frames = {
        declared.COUNTRY_EXPECTATION: _expectation(bench, "country"),
        declared.INSTITUTION_EXPECTATION: _named(bench, _expectation(bench, "institution")),
        declared.COMMUNITIES: _communities(bench),
        declared.NETWORK_YEARS: _network_years(bench),
    }
    return {table.name: declared_rows(table, frame) for table, frame in frames.items()}


def _expectation(bench: Workbench, level: str) -> pd.DataFrame:
    member = bench.tables[f"{level}_membership"]
    known = member.filter(member.unit != UNKNOWN).select("work_key", "unit").distinct()
    rows = known.inner_join(_strata(bench), "work_key").select("work_key", "unit", "stratum")
    found = expectation(bench.frame(rows.order_by(["work_key", "unit"])))
    bench.facts.setdefault("expectation", {})[level] = _facts(found)
    return found.rows.rename(columns={"unit_a": f"{level}_a", "unit_b": f"{level}_b"})


def _strata(bench: Workbench) -> ibis.Table:
    """Rows (work_key, stratum): the year, or the year and field, as the query asks."""
    scope = bench.tables["work_scope"].select("work_key", "year")
    if bench.request.query.strata == "year":
        return scope.select("work_key", stratum=scope.year.cast("string"))
    topic = bench.tables["topic"]
    primary = topic.filter(topic.topic_seq == 0).select("work_key", "field_id")
    rows = scope.left_join(primary, "work_key")
    field = rows.field_id.fill_null(NO_FIELD)
    return rows.select("work_key", stratum=rows.year.cast("string") + "/" + field)


def _facts(found: Expected) -> dict[str, object]:
    verdicts = found.rows["verdict"].value_counts()
    return {
        "units": found.units,
        "pairs": found.pairs,
        "shown": len(found.rows),
        "least_works": found.least_works,
        "floor_works": FLOOR_WORKS,
        "false_discovery": FALSE_DISCOVERY,
        "largest_miss": found.miss,
        **{str(name): int(number) for name, number in sorted(verdicts.items())},
    }


def _named(bench: Workbench, rows: pd.DataFrame) -> pd.DataFrame:
    table = bench.tables["institution"].select("institution_id", "institution", "country")
    known = bench.frame(table).set_index("institution_id")
    for end in ("a", "b"):
        rows[f"name_{end}"] = rows[f"institution_{end}"].map(known["institution"])
        rows[f"country_{end}"] = rows[f"institution_{end}"].map(known["country"])
    return rows


def _communities(bench: Workbench) -> pd.DataFrame:
    found, strength = bench.facts["partition"], bench.facts["strength"]
    nodes = bench.frame(bench.tables["node"].order_by("institution_id")).assign(strength=strength)
    previous = bench.request.previous
    before = previous_labels(previous) if previous else None
    rows = community_profile.profiles(nodes, found, before)
    works = bench.frame(total(community_profile.communities_incidence(bench.tables)))
    bench.facts["communities"] = {
        "runs": found.runs,
        "communities": len(rows),
        "isolates": int((nodes.groupby("community").size() == 1).sum()),
        "modularity": found.quality,
        "adjusted_rand": found.adjusted_rand,
        "mutual_information": found.mutual_information,
        "previous": read_manifest(previous)["run"] if previous else None,
    }
    return rows.merge(works, on="community", how="left")


def previous_labels(run: Path) -> Mapping[str, int]:
    """Institution -> label of its community in a finished run; InputError if it has none.

    Institutions in a community of one have no label.
    """
    read_manifest(run)
    path = table_path(run / NETWORK_FOLDER, NODE)
    try:
        nodes = read_table(run / NETWORK_FOLDER, NODE)
        rows = read_exhibit(run, declared.COMMUNITIES)
    except (OSError, ValueError) as error:
        what = f"the previous run has no communities: {error}"
        raise InputError(Fault(what, str(path), "give the folder of a whole run")) from error
    label = rows.set_index("community")["label"]
    named = nodes[nodes["community"].isin(label.index)]
    return {
        str(node): int(label[community])
        for node, community in zip(named["institution_id"], named["community"], strict=True)
    }


def _network_years(bench: Workbench) -> pd.DataFrame:
    ties = bench.frame(network_years.yearly_ties(bench.tables))
    scope = bench.tables["work_scope"].select("year").distinct().order_by("year")
    observed = bench.frame(scope)["year"].tolist()
    shown = shares.shown_years(observed, bench.request.query.years)
    works = bench.frame(total(network_years.network_years_incidence(bench.tables)))
    rows = network_years.network_years(ties, shown)
    keys = ["level", "network", "year"]
    if rows.empty:
        return pd.DataFrame(columns=declared.NETWORK_YEARS.column_names)
    return rows.merge(works, on=keys, how="left").fillna({"works": 0})
