"""Aggregates that every engine carries out alike."""

import ibis.expr.types as ir


def joined(column: ir.StringColumn, separator: str) -> ir.StringScalar:
    """The values of a group, sorted and joined; empty where there is none.

    Engines differ in ordered concatenation; collecting, sorting and joining they all do.
    """
    return column.collect().sort().join(separator)
