"""A hash per work of the fields that places are decided from.

Two works with one fingerprint show the same authors and affiliations: if their countries
differ, the resolving differs and not the source.
"""

import ibis
import ibis.expr.types as ir

from bibnet.storage.engine import Tables

# Of each table the fields that decide who is where; names of institutions do not.
USED_FIELDS = {
    "authorship": ("author_seq",),
    "affiliation": ("author_seq", "affiliation_seq", "text"),
    "asserted_institution": ("author_seq", "affiliation_seq", "institution_id", "ror", "country"),
    "stated_country": ("author_seq", "country"),
}


def fingerprints(tables: Tables, chosen: ir.Table) -> ir.Table:
    """Rows (work_id, fingerprint) of the works in `chosen` (work_id); MD5, no secret in it.

    A work without authors and affiliations has the fingerprint of nothing, an empty text.
    """
    work = tables["work"].select("work_key", "work_id").semi_join(chosen, "work_id")
    lines = ibis.union(*(_lines(tables[name], name, work) for name in USED_FIELDS))
    joined = lines.group_by("work_key").aggregate(
        fingerprint=lines.line.group_concat("", order_by=lines.line)
    )
    rows = work.left_join(joined, "work_key")
    return rows.select("work_id", fingerprint=rows.fingerprint.fill_null("").hexdigest("md5"))


def _lines(table: ir.Table, name: str, work: ir.Table) -> ir.Table:
    """Every row as a hash of its fields; each field is hashed first, so that none runs over."""
    cells = [_cell(table[field]) for field in USED_FIELDS[name]]
    whole = ibis.literal(name)
    for cell in cells:
        whole = whole + cell
    rows = table.semi_join(work, "work_key")
    if "affiliation_seq" in rows.columns:
        # 0 stands for the authorship as a whole; such a row is made from stated countries.
        rows = rows.filter(rows.affiliation_seq > 0)
    return rows.select("work_key", line=whole.hexdigest("md5"))


def _cell(value: ir.Value) -> ir.StringValue:
    text = value.cast("string")
    return ibis.ifelse(text.isnull(), "-", text.hexdigest("md5"))
