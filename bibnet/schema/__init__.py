"""Every table and exhibit of bibnet, declared once, in words. Data, no logic."""

from bibnet.schema.column import Column, ColumnType, Table
from bibnet.schema.derived import DERIVED_TABLES, NETWORK_TABLES, RUN_TABLES
from bibnet.schema.exhibits import EXHIBITS
from bibnet.schema.source import SOURCE_TABLES

__all__ = [
    "DERIVED_TABLES",
    "EXHIBITS",
    "NETWORK_TABLES",
    "RUN_TABLES",
    "SOURCE_TABLES",
    "Column",
    "ColumnType",
    "Table",
]
