"""Texts of several values, joined and parted alike by every engine."""

import ibis.expr.types as ir

# Some engines read a separator as a regular expression, in which `|` means something else. This
# sign stands in no name, and means itself everywhere.
UNIT_SEPARATOR = "\x1f"


def joined(column: ir.StringColumn, separator: str) -> ir.StringScalar:
    """The values of a group, sorted and joined; empty where there is none.

    Engines differ in ordered concatenation; collecting, sorting and joining they all do.
    """
    return column.collect().sort().join(separator)


def parts(column: ir.StringColumn, separator: str) -> ir.ArrayColumn:
    """The values that a text joins; one empty value of an empty text."""
    return column.replace(separator, UNIT_SEPARATOR).split(UNIT_SEPARATOR)
