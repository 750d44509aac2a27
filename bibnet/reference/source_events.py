"""Dated events at the source that break time series, and which of them lie between two days."""

from collections.abc import Collection
from datetime import date

from bibnet.reference import load
from bibnet.reference.days import read_days

LIST = "source_events"
# Events of access change no data: they cannot part two copies of a work.
NO_DATA = "access (not data)"
Event = dict[str, str]


def events_between(after: date, until: date) -> list[Event]:
    """Rows of the list for events that change data, later than one day and up to another.

    An event of which only month or year is known counts if it may lie between; sorted by date.
    """
    found = []
    for row in load.rows(LIST):
        days = read_days(row["date"])
        if days and row["what_changes"] != NO_DATA and days[1] > after and days[0] <= until:
            found.append(row)
    return sorted(found, key=lambda row: (row["date"], row["event"]))


def parted_by(event: Event, days: Collection[date]) -> bool:
    """Say whether an event surely lies between two of the days."""
    span = read_days(event["date"])
    return span is not None and bool(days) and min(days) < span[0] and span[1] <= max(days)


def in_words(event: Event) -> str:
    """An event in one line: when, at which source, what happened, what it changes."""
    return f"{event['date']}, {event['source']}: {event['event']} (changes {event['what_changes']})"
