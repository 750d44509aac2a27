"""Which cells of an exhibit a reader means: keys, names beside ids, a pair in either order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from bibnet.reference import load as reference
from bibnet.reference.country_code import country_code
from bibnet.runs.nearest import nearest_names
from bibnet.schema import Table
from bibnet.schema.errors import Fault, UsageError

# The column that names what a key column identifies.
NAMED_BY: Mapping[str, str] = {
    "institution_id": "institution",
    "institution_a": "name_a",
    "institution_b": "name_b",
    "topic_id": "topic",
    "funder_id": "funder",
    "programme_id": "programme",
}
FIRST, SECOND = "_a", "_b"
# Values named in an error: enough to see how they are written.
EXAMPLES = 3
LONGEST_NUMBER = 18  # digits; longer ones are no number of an exhibit
FLAGS: Mapping[str, bool] = {"true": True, "false": False}
# What each key may be, by key; None is the empty key.
Cells = Mapping[str, Sequence[Any]]


@dataclass(frozen=True)
class WorkChoice:
    """Which of the works behind a cell: all that are given, by default every one.

    `count`: those that this number of the exhibit counts; `years`: first and last year; `on_lists`:
    those with an institution that a list holds.
    """

    count: str | None = None
    years: tuple[int, int] | None = None
    on_lists: bool = False


@dataclass(frozen=True)
class CellRows:
    """An exhibit's declaration and rows, and the keys by which its works are listed."""

    table: Table
    rows: pd.DataFrame
    keys: Sequence[str]


def asked_cells(exhibit: CellRows, asked: Mapping[str, object]) -> list[Cells]:
    """The cells of an exhibit that fit what is asked for, once for each order of a pair.

    `asked` gives values by column: keys, or text columns that describe them. An id may be given
    as its name, a country code as the country's; case does not count in names. Raises
    UsageError for a column that the exhibit does not have and where no row fits.
    """
    table, rows = exhibit.table, exhibit.rows
    _check_columns(table, asked)
    wanted = {name: _typed(table, name, value) for name, value in asked.items()}
    orders = [wanted, *([turned(wanted)] if turned(wanted) != wanted else [])]
    found = [rows[_fits(rows, order)] for order in orders]
    if all(frame.empty for frame in found):
        raise UsageError(_no_cell(table, rows, wanted))
    fitting = zip(found, orders, strict=True)
    return [_keys(exhibit, frame, order) for frame, order in fitting if len(frame)]


def turned(asked: Mapping[str, Any]) -> dict[str, Any]:
    """The same with the two ends of a pair exchanged: columns that end in _a and in _b."""
    ends = {FIRST: SECOND, SECOND: FIRST}
    return {
        name[:-2] + ends[name[-2:]] if name[-2:] in ends else name: value
        for name, value in asked.items()
    }


def _check_columns(table: Table, asked: Mapping[str, object]) -> None:
    texts = [column.name for column in table.columns if column.type == "text"]
    known = list(dict.fromkeys([*table.key, *texts]))
    unknown = sorted(set(asked) - set(known))
    if unknown:
        what = f"{table.name} has no column {', '.join(unknown)} to choose by"
        raise UsageError(Fault(what, _call(table, asked), f"use any of: {', '.join(known)}"))


def _typed(table: Table, name: str, value: object) -> object:
    """The value as the column holds it; empty text is the empty key."""
    if value is None or value == "":
        return None
    kind = next(column.type for column in table.columns if column.name == name)
    text = value.strip().lower() if isinstance(value, str) else None
    if text is None or kind not in ("integer", "flag"):
        return value
    if kind == "flag" and text in FLAGS:
        return FLAGS[text]
    if kind == "integer" and text.isdecimal() and len(text) <= LONGEST_NUMBER:
        return int(text)
    remedy = "give a whole number" if kind == "integer" else f"give {' or '.join(FLAGS)}"
    raise UsageError(Fault(f"{value!r} is no value of {name}", f"{table.name}.{name}", remedy))


def _fits(rows: pd.DataFrame, order: Mapping[str, object]) -> pd.Series:
    fits = pd.Series(True, index=rows.index)
    for name, value in order.items():
        fits &= _has(rows, name, value)
    return fits


def _has(rows: pd.DataFrame, name: str, value: object) -> pd.Series:
    if name not in rows.columns:
        return pd.Series(False, index=rows.index)
    if value is None:
        return rows[name].isna()
    same = (rows[name] == value).fillna(value=False).astype(bool)
    if same.any() or not isinstance(value, str):
        return same
    word = " ".join(value.casefold().split())
    named = _folded(rows[name]) == word
    if NAMED_BY.get(name) in rows.columns:
        named |= _folded(rows[NAMED_BY[name]]) == word
    if code := country_code(word):
        named |= rows[name] == code
    return named.fillna(value=False).astype(bool)


def _folded(values: pd.Series) -> pd.Series:
    return values.map(lambda cell: cell.casefold() if isinstance(cell, str) else None)


def _keys(exhibit: CellRows, rows: pd.DataFrame, order: Mapping[str, object]) -> Cells:
    """The values of the keys that are asked for; of all keys where a description is asked for."""
    described = set(order) - set(exhibit.keys)
    names = [name for name in exhibit.keys if described or name in order]
    return {name: _distinct(rows[name]) for name in names}


def _distinct(values: pd.Series) -> list[Any]:
    known = values.dropna().unique().tolist()
    return [*known, *([None] if values.isna().any() else [])]


def _no_cell(table: Table, rows: pd.DataFrame, wanted: Mapping[str, object]) -> Fault:
    """What is wrong: a value that stands in no row, or values that never stand together."""
    what = f"{table.name} has no cell {_shown(wanted)}"
    for name, value in wanted.items():
        back = turned({name: value})
        if not any(_has(rows, *one).any() for one in ((name, value), *back.items())):
            return Fault(what, _call(table, wanted), _remedy(rows, name, value))
    remedy = "each value stands in a row, but none has them together: leave one out"
    if rows.empty:
        remedy = "the exhibit is empty in this run"
    return Fault(what, _call(table, wanted), remedy)


def _remedy(rows: pd.DataFrame, name: str, value: object) -> str:
    known = [str(cell) for cell in rows[name].dropna().unique()]
    names = rows[NAMED_BY[name]] if NAMED_BY.get(name) in rows.columns else pd.Series(dtype=object)
    countries = [
        row["name"] for row in reference.rows(reference.COUNTRIES) if row["country"] in set(known)
    ]
    possible = [*known, *map(str, names.dropna().unique()), *countries]
    near = nearest_names(str(value), possible, EXAMPLES)
    shown = ", ".join(near or sorted(known)[:EXAMPLES])
    return (
        f"{name} is {'perhaps' if near else 'for example'} one of: {shown}"
        if shown
        else (f"{name} is empty in every row: ask for {name}=None")
    )


def _shown(asked: Mapping[str, object]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in asked.items()) or "at all"


def _call(table: Table, asked: Mapping[str, object]) -> str:
    return f"works({', '.join([repr(table.name), *[f'{k}={v!r}' for k, v in asked.items()]])})"
