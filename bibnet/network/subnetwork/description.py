"""What the units of each level are called, and where they are."""

from typing import Literal

import pandas as pd

from bibnet.network.levels import SEPARATOR
from bibnet.reference import load as reference
from bibnet.storage.engine import Engine, Tables

# Levels whose ids begin with a country, then the parts of the place (levels.py).
PARTS = ("city", "province")
BODIES = ("institution", "organisation")


def described(engine: Engine, tables: Tables, nodes: pd.DataFrame, level: str) -> pd.DataFrame:
    """The nodes (column id) with label, country, side and type; undefined where unknown.

    An author's label is the id: names of persons are never shown.
    """
    if level in BODIES:
        return _bodies(engine, tables, nodes, level)
    if level == "author":
        return nodes.assign(label=nodes["id"], country=None, side=None, type=None)
    ids = nodes["id"].astype(str)
    country = ids.str.split(SEPARATOR, n=1).str[0] if level in PARTS else ids
    side = engine.frame(tables["side_country"]).set_index("country")["side"]
    names = {row["country"]: row["name"] for row in reference.rows(reference.COUNTRIES)}
    if level in PARTS:
        label = [_place_label(one) for one in ids]
    else:
        label = [names.get(one, one) for one in ids]
    return nodes.assign(label=label, country=country, side=country.map(side), type=None)


def _bodies(engine: Engine, tables: Tables, nodes: pd.DataFrame, level: str) -> pd.DataFrame:
    row = tables["institution"]
    named = row.select("country", "side", "type", id=row.institution_id, label=row.institution)
    # An organisation at the top need not be in the corpus itself: then only its id is known.
    how: Literal["left", "inner"] = "left" if level == "organisation" else "inner"
    found = nodes.merge(engine.frame(named), on="id", how=how)
    return found.assign(label=found["label"].fillna(found["id"]))


def _place_label(unit: str) -> str:
    return ", ".join(part for part in reversed(unit.split(SEPARATOR)) if part)
