"""`bibnet works`: the works behind a number of an exhibit, asked for as KEY=VALUE."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import ibis
import pandas as pd
import pyarrow as pa

from bibnet.reference import load as reference
from bibnet.report.content.work_texts import TEXTS, work_texts
from bibnet.runs.cell import WorkChoice
from bibnet.runs.explore.columns import work_columns
from bibnet.runs.narrowed import WORK_KEY, NarrowedTables, works_of_country
from bibnet.runs.open import EVERY_WORK, WORK_COLUMNS, Run, load
from bibnet.schema.errors import Fault, UsageError

FORM = "bibnet works RUN EXHIBIT [KEY=VALUE ...]"
COUNT = "count"  # no key of any exhibit


@dataclass(frozen=True)
class CellQuestion:
    """Which works are asked for: the exhibit, KEY=VALUE texts, which of their works, a country.

    An empty value is an empty key; keys left out are not asked for; a pair may be given in either
    order, and names do beside ids. With `country` only works of that country. A text count=COLUMN,
    as the addresses of the page have it, is the choice's.
    """

    exhibit: str
    cell: Sequence[str] = ()
    choice: WorkChoice = EVERY_WORK
    country: str | None = None


def cell_works(folder: Path, question: CellQuestion) -> pd.DataFrame:
    """Works behind a cell, one row each: WORK_COLUMNS, TEXTS, their part of every number.

    Raises UsageError for an exhibit, key, value, number or country that does not exist, naming
    what does.
    """
    run = load(folder)
    of_country = question.country
    keys = works_of_country(run.engine, run.tables, of_country) if of_country else None
    asked = _asked(question.cell)
    choice = _with_count(question.choice, asked.pop(COUNT, None))
    return with_texts(run, run.keyed_works(question.exhibit, keys, choice, **asked))


def with_texts(run: Run, works: pd.DataFrame) -> pd.DataFrame:
    """Rows (work_key, WORK_COLUMNS, ...) with TEXTS after the WORK_COLUMNS, without the key."""
    order = works[[WORK_KEY]]
    keys = ibis.memtable(pa.Table.from_pandas(order, preserve_index=False))
    columns = work_columns(run.engine, NarrowedTables(run.tables, keys), order)
    countries = {row["country"]: row["name"] for row in reference.rows(reference.COUNTRIES)}
    texts = [work_texts(columns, at, countries) for at in range(len(columns))]
    told = pd.DataFrame(texts, columns=list(TEXTS), index=works.index)
    rest = [name for name in works.columns if name not in (WORK_KEY, *WORK_COLUMNS)]
    return pd.concat([works[list(WORK_COLUMNS)], told, works[rest]], axis="columns")


def _with_count(choice: WorkChoice, count: str | None) -> WorkChoice:
    if count and choice.count and count != choice.count:
        numbers = f"two numbers are named: {choice.count} and {count}"
        raise UsageError(Fault(numbers, FORM, "name one, as --count or count=COLUMN"))
    return replace(choice, count=choice.count or count)


def _asked(cell: Sequence[str]) -> dict[str, str | None]:
    parts = [text.partition("=") for text in cell]
    faults = [
        Fault(f"not a key with its value: {key!r}", FORM, "write KEY=VALUE; KEY= is an empty key")
        for key, sign, _ in parts
        if not (key and sign)
    ]
    if faults:
        raise UsageError(faults)
    return {key: value or None for key, _, value in parts}
