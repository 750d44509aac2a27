"""The intervals in which lists held their entries, as the table that a run keeps."""

from datetime import date
from pathlib import Path

import pandas as pd

from bibnet.reference import load
from bibnet.reference.days import Span, read_days
from bibnet.schema.tags import LIST_INTERVAL

LIST = "list_intervals"
COPIED = ("entry_id", "list", "listed_from", "listed_until")
OPEN = date(9999, 12, 31)  # the last day of an interval that has not ended


def interval_rows(folder: Path = load.PACKAGED) -> pd.DataFrame:
    """Rows of LIST_INTERVAL: every interval of a folder of lists that has a first day."""
    rows = []
    for row in load.rows(LIST, folder):
        first = read_days(row["listed_from"])
        if first:
            last: Span = read_days(row["listed_until"]) or (OPEN, OPEN)
            rows.append((*(row[name] for name in COPIED), *(d.isoformat() for d in first + last)))
    frame = pd.DataFrame(rows, columns=LIST_INTERVAL.column_names, dtype=object)
    return frame.where(frame != "", None)
