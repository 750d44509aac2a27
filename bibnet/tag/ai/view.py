"""How the record of a classifier is shown on a terminal."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console

from bibnet.storage.terminal import Shown, plain, print_table

SCORES = ("precision", "recall", "f1", "false_positive_rate")
UNDEFINED = "-"


def show_record(record: Mapping[str, Any], console: Console) -> None:
    """Print counts, scores with intervals, overlap and groups of a training or a measurement."""
    scores = record.get("held_out") or record["scores"]
    part = "held out" if "held_out" in record else "measured"
    console.print(
        f"{part}: {scores['positives']:,} AI works, {scores['negatives']:,} others; threshold "
        f"{record['threshold']}"
    )
    for name in SCORES:
        low, high = scores[f"{name}_interval"]
        shown = f"{_number(scores[name])} ({_number(low)} to {_number(high)})"
        console.print(f"{name.replace('_', ' '):<20} {shown}")
    for name in ("precision_if_half_were_ai", "precision_if_a_tenth_were_ai"):
        console.print(f"{name.replace('_', ' '):<30} {_number(scores[name])}")
    _show_rows("beside the other rules", record["overlap"], console)
    groups = record.get("left_out_groups") or record.get("groups") or {}
    rows = [{"group": name, **counts} for name, counts in groups.items()]
    title = "trained without the group" if "left_out_groups" in record else "by group"
    _show_rows(title, rows, console)
    console.print(plain(str(record["model"])))


def _show_rows(title: str, rows: Sequence[Mapping[str, Any]], console: Console) -> None:
    if not rows:
        return
    columns = [
        Shown(
            name.replace("_", " "),
            [_cell(row[name]) for row in rows],
            is_number=all(isinstance(row[name], int | float) for row in rows),
        )
        for name in rows[0]
    ]
    print_table(console, columns, title)


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def _number(value: float | None) -> str:
    return UNDEFINED if value is None else f"{value:.4f}"
