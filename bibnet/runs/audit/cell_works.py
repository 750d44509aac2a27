"""`bibnet works`: the works behind a number of an exhibit, asked for as KEY=VALUE."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from bibnet.runs.audit.narrowed import works_of_country
from bibnet.runs.open import Run, load
from bibnet.schema import ColumnType, Table
from bibnet.schema.errors import Fault, UsageError

NEAREST = 5  # values that a fault names
FORM = "bibnet works RUN EXHIBIT [KEY=VALUE ...]"
TRUE, FALSE = "true", "false"


def cell_works(
    folder: Path, exhibit: str, cell: Sequence[str], country: str | None = None
) -> pd.DataFrame:
    """Works behind a cell, one row each, as `Run.works` gives them.

    `cell` holds KEY=VALUE texts; an empty value is an empty key; keys left out are not asked
    for; a pair may be given in either order. With `country` only works of that country. Raises
    UsageError for an exhibit, key or value that does not exist, naming the nearest that do.
    """
    run = load(folder)
    declared = run.declared(exhibit)
    asked = _read(cell, declared, run.keys(exhibit))
    keys = works_of_country(run.engine, run.tables, country) if country else None
    found = run.works(exhibit, keys, **asked)
    if found.empty and asked:
        _explain(run, declared, asked)
    return found


def _read(cell: Sequence[str], declared: Table, keys: Sequence[str]) -> dict[str, object]:
    kinds = {column.name: column.type for column in declared.columns}
    asked: dict[str, object] = {}
    faults = []
    for text in cell:
        key, sign, value = text.partition("=")
        if not sign or key not in keys:
            remedy = f"write KEY=VALUE with any of: {', '.join(keys)}"
            faults.append(Fault(f"not a key of {declared.name}: {text!r}", FORM, remedy))
            continue
        try:
            asked[key] = _value(value, kinds[key])
        except ValueError:
            what = f"{value!r} is no {kinds[key]}"
            faults.append(Fault(what, f"{key}={value}", "give a whole number, true or false"))
    if faults:
        raise UsageError(faults)
    return asked


def _value(text: str, kind: ColumnType) -> object:
    if text == "":
        return None
    if kind == "integer":
        return int(text)
    if kind == "flag":
        if text.lower() not in (TRUE, FALSE):
            raise ValueError(text)
        return text.lower() == TRUE
    return text


def _explain(run: Run, declared: Table, asked: Mapping[str, object]) -> None:
    """Raise UsageError for each value that no row of the exhibit has; none if all are known."""
    rows = run.exhibit(declared.name)
    faults = []
    for key, value in asked.items():
        ends = [name for name in (key, _other_end(key)) if name in rows.columns]
        known = pd.concat([rows[name] for name in ends]).dropna().unique().tolist()
        if value is not None and value not in known:
            faults.append(
                Fault(f"no {key} {value!r} in {declared.name}", FORM, _nearest(value, known))
            )
    if faults:
        raise UsageError(faults)


def _other_end(key: str) -> str:
    stem, mark = key[:-1], key[-1:]
    return stem + {"a": "b", "b": "a"}.get(mark, mark) if stem.endswith("_") else key


def _nearest(value: object, known: Sequence[object]) -> str:
    texts = sorted(map(str, known))
    near = get_close_matches(str(value), texts, NEAREST, cutoff=0) or texts[:NEAREST]
    return f"the nearest: {', '.join(near)}" if near else "the exhibit is empty"
