"""Institutions near a listed one that were not flagged, with the guard that held the name back."""

import ibis
import ibis.expr.types as ir

from bibnet.metrics.exhibit import Exhibit
from bibnet.network.counting import joint_flag
from bibnet.network.incidence import Incidence, total
from bibnet.reference import load
from bibnet.schema.exhibits.listed import HELD_BACK
from bibnet.storage.engine import Tables
from bibnet.storage.texts import joined

KEYS = HELD_BACK.key


def held_back_incidence(tables: Tables) -> Incidence:
    """Cells by institution, entry and guard."""
    rows = _held(tables).select("work_key", *KEYS).distinct()
    rows = rows.inner_join(joint_flag(tables), "work_key")
    return Incidence(rows.mutate(works=ibis.literal(1, "int64")), KEYS, ("works", "joint_works"))


def held_back(tables: Tables) -> ir.Table:
    """The held_back exhibit."""
    held = _held(tables)
    names = held.select(*KEYS, "matched_text").distinct()
    said = names.group_by(list(KEYS)).aggregate(matched_text=joined(names.matched_text, "|"))
    example = held.group_by(list(KEYS)).aggregate(example=held.text.min())
    rows = total(held_back_incidence(tables))
    for part in (said, example):
        same = [rows[key].identical_to(part[key]) for key in KEYS]
        rows = rows.inner_join(part, same).drop(*(f"{key}_right" for key in KEYS))
    meanings = {row["guard"]: row["meaning"] for row in load.rows("guards")}
    words = ibis.memtable({"named": list(meanings), "guard_meaning": list(meanings.values())})
    return rows.left_join(words, rows.guard == words.named)


def _held(tables: Tables) -> ir.Table:
    """Rows of the table held_back; an institution goes by the name of the institution table."""
    held = tables["held_back"]
    known = tables["institution"].select("institution_id", known="institution")
    rows = held.left_join(known, "institution_id").drop("institution_id_right")
    return rows.mutate(institution=ibis.coalesce(rows.known, rows.institution)).drop("known")


EXHIBITS = (Exhibit(HELD_BACK, held_back_incidence, held_back),)
