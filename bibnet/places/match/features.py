"""The matrix of a batch's candidates: one row a candidate, one column a measure, float32."""

from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.match.context import COLUMNS as CONTEXT
from bibnet.places.match.context import context
from bibnet.places.match.prior import PRIOR
from bibnet.places.match.rivals import Rivals, rivalry
from bibnet.places.reading.batch import StringBatch
from bibnet.places.reading.phrases import PlaceHits
from bibnet.places.registry.index import TYPES, RegistryIndex
from bibnet.places.registry.names import HOSPITAL, UNIVERSITY

Array = npt.NDArray[Any]
Table = dict[str, Array]
MEASURED = [
    "covered",
    "housed",
    "run",
    "translated",
    "bare_place",
    "anywhere",
    "weight",
    "strongest",
    "missing",
    "absent",
    "gap",
    "disorder",
    "misspelt",
    "cut",
    "whole",
    "hand",
    "country",
    "city",
    "city_within",
    "province",
    "province_within",
    "strength",
    "named",
    "other_city",
    "namesakes",
    "namesakes_first",
    "namesakes_country",
    "namesakes_city",
    "second_hand",
    "second_covered",
    "second_weight",
    "second_whole",
    "ways",
]
RIVALRY = [
    "rank",
    "rivals",
    "top_ratio",
    "inside_covered",
    "inside_ratio",
    "meets_ratio",
    "apart_ratio",
    "same_span",
    "same_covered",
    "same_country",
    "same_city",
    "parent_covered",
    "parent_ratio",
    "child_covered",
    "child_ratio",
    "siblings",
    "related_covered",
    "full_rivals",
]
FACTS = (
    *(f"is_{kind}" for kind in TYPES),
    *("names", "parents", "children", "active", "kind", "second_kind", "length", "capitals"),
    *("name_univ", "name_hosp", "string_univ", "string_hosp", "rarest"),
)
FEATURES = (*MEASURED, *CONTEXT, *RIVALRY, *FACTS, *PRIOR)


def features(
    batch: StringBatch, index: RegistryIndex, table: Table, around: tuple[PlaceHits, Rivals]
) -> Array:
    """Matrix candidates x FEATURES; an unknown value is NaN."""
    places, rivals = around
    columns = dict(table)
    columns |= context(batch, index, table, places)
    columns |= (
        rivalry(rivals, table) if len(table["owner"]) else {n: table["hand"] for n in RIVALRY}
    )
    columns |= _facts(batch, index, table)
    matrix = np.empty((len(table["owner"]), len(FEATURES)), dtype=np.float32)
    for at, name in enumerate(FEATURES):
        matrix[:, at] = columns[name]
    return matrix


def _facts(batch: StringBatch, index: RegistryIndex, table: Table) -> Table:
    owner, name = table["owner"], table["name"]
    facts = {f"is_{kind}": index.types[owner, at] for at, kind in enumerate(TYPES)}
    second = table["second_name"]
    kind = index.name_kind[np.nan_to_num(second, nan=0).astype(np.int64)]
    facts |= {
        "names": index.names[owner],
        "parents": index.parents[owner],
        "children": index.children[owner],
        "active": index.active[owner],
        "kind": index.name_kind[name],
        "second_kind": np.where(np.isnan(second), -1, kind),
        "length": index.name_length[name],
        "capitals": index.name_capitals[name],
        "rarest": table["weight"] / np.maximum(table["covered"] * index.name_length[name], 1e-9),
    }
    for word in (UNIVERSITY, HOSPITAL):
        token = index.token_of.get(word, -1)
        facts[f"name_{word}"] = index.holding(word)[name]
        holds = np.zeros(len(batch), dtype=bool)
        holds[batch.token["string"][batch.token["id"] == token]] = token >= 0
        facts[f"string_{word}"] = holds[table["string"]]
    return facts
