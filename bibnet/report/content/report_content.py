"""What a report is made of, and how its frames are brought to their declared columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd
from pandas.api.types import is_string_dtype, pandas_dtype

from bibnet.report.content.works_behind import WorksBehind
from bibnet.schema import EXHIBITS, NETWORK_TABLES, Table

PANDAS_TYPES: Mapping[str, str] = {
    "text": "object",
    "integer": "Int64",
    "number": "float64",
    "flag": "boolean",
}
NETWORK: Mapping[str, Table] = {table.name: table for table in NETWORK_TABLES}


@dataclass(frozen=True)
class ReportContent:
    """Everything a report shows.

    `sides` maps each side of the query to its country codes. `exhibits` maps the name of an
    exhibit to its frame; one that is missing counts as empty. `nodes` and `edges` are the network
    tables of the same names. `notes` are further caveats, for example why a column is empty;
    `warnings` are what a reader must know before the first number, such as lost works.
    Every key of `manifest` is optional. `country_names` maps country codes to names; a code
    without a name is shown as it is. `invented` says that the data are made up. `behind` knows
    the works behind numbers; without it no number leads to its works.
    """

    question: str
    name: str
    sides: Mapping[str, tuple[str, ...]]
    exhibits: Mapping[str, pd.DataFrame]
    nodes: pd.DataFrame
    edges: pd.DataFrame
    manifest: Mapping[str, Any]
    notes: Sequence[str] = ()
    warnings: Sequence[str] = ()
    invented: bool = False
    country_names: Mapping[str, str] = field(default_factory=dict)
    behind: WorksBehind | None = None

    def exhibit(self, name: str) -> pd.DataFrame:
        """Return the frame of an exhibit with its declared columns; empty where there is none."""
        frame = self.exhibits.get(name)
        return declared_frame(EXHIBITS[name], pd.DataFrame() if frame is None else frame)

    def keys_of(self, exhibit: str) -> tuple[str, ...]:
        """Columns that identify the cells of an exhibit, if its works can be listed."""
        return self.behind.keys(exhibit) if self.behind else ()

    def counts_of(self, exhibit: str) -> tuple[str, ...]:
        """Columns of an exhibit whose numbers lead to their works."""
        return self.behind.counts(exhibit) if self.behind else ()

    def side_of(self, country: object) -> str:
        """Return the side a country code is in, or an empty text."""
        return next((side for side, codes in self.sides.items() if country in codes), "")


def declared_frame(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with exactly the declared columns and types; a missing column is undefined."""
    if _is_declared(table, frame):
        return frame
    columns = {
        column.name: _typed(frame, column.name, PANDAS_TYPES[column.type])
        for column in table.columns
    }
    return pd.DataFrame(columns, index=frame.index).reset_index(drop=True)


def _is_declared(table: Table, frame: pd.DataFrame) -> bool:
    return list(frame.columns) == table.column_names and all(
        column.type == "text" or str(kind) == PANDAS_TYPES[column.type]
        for column, kind in zip(table.columns, frame.dtypes, strict=True)
    )


def _typed(frame: pd.DataFrame, name: str, kind: str) -> pd.Series:
    if name not in frame.columns:
        return pd.Series(pd.NA if kind != "float64" else float("nan"), frame.index, dtype=kind)
    values = frame[name]
    is_text = values.dtype == "object" or is_string_dtype(values.dtype)
    return values if kind == "object" and is_text else values.astype(pandas_dtype(kind))


def with_declared_frames(content: ReportContent) -> ReportContent:
    """Return the content with every frame in its declared columns and types."""
    return replace(
        content,
        exhibits={name: content.exhibit(name) for name in EXHIBITS},
        nodes=declared_frame(NETWORK["node"], content.nodes),
        edges=declared_frame(NETWORK["edge"], content.edges),
    )
