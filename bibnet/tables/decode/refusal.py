"""A line that does not become a work, and why."""

from typing import NamedTuple


class Refusal(NamedTuple):
    """Reason (a fixed word, counted) and detail (for the reader of quarantine.jsonl)."""

    reason: str
    detail: str = ""
