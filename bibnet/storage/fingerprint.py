"""A hash per work of some fields of its rows: equal hashes are equal fields, whatever their order.

MD5, no secret in it. Each field is hashed before it is joined to the next, so that none runs over
into its neighbour; an empty field differs from an empty text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from bibnet.storage.texts import joined

EMPTY = "-"


@dataclass(frozen=True)
class Fields:
    """Rows of a table by work_key and the columns of them that count; `name` tells tables apart."""

    name: str
    rows: ir.Table
    columns: tuple[str, ...]


def fingerprints(parts: Sequence[Fields], works: ir.Table) -> ir.Table:
    """Rows (work_key, fingerprint) of the works of a table with work_key, one each.

    Rows that are alike count once. A work without rows has the fingerprint of nothing, an empty
    text.
    """
    keys = works.select("work_key").distinct()
    lines = ibis.union(*(_lines(part, keys) for part in parts), distinct=True)
    whole = lines.group_by("work_key").aggregate(fingerprint=joined(lines.line, ""))
    rows = keys.left_join(whole, "work_key")
    return rows.select("work_key", fingerprint=rows.fingerprint.fill_null("").hexdigest("md5"))


def _lines(part: Fields, works: ir.Table) -> ir.Table:
    rows = part.rows.semi_join(works, "work_key")
    whole = ibis.literal(part.name)
    for column in part.columns:
        whole = whole + _cell(rows[column])
    return rows.select("work_key", line=whole.hexdigest("md5"))


def _cell(value: ir.Value) -> ir.StringValue:
    text = value.cast("string")
    return ibis.ifelse(text.isnull(), EMPTY, text.hexdigest("md5"))
