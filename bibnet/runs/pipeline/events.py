"""Dated events at the source: within the years of a run, and between the files it was made from."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bibnet.reference.days import read_days
from bibnet.reference.source_events import Event, events_between, in_words, parted_by
from bibnet.storage.unfinished import UnfinishedRun

# Events that are named one by one in a warning; the manifest has them all.
NAMED = 5
# What decides where a work is.
OF_PLACES = ("affiliation", "countr", "institution", "everything")


def events_of_years(run: UnfinishedRun, taken: date | None) -> list[Event]:
    """Events between the first year of the works and the day they were taken; none without it."""
    if taken is None:
        return []
    year = run.tables["work"].year
    first = run.frame(run.tables["work"].aggregate(first=year.min()))["first"][0]
    return events_between(date(int(first), 1, 1), taken)


def taken_on(source: date | None, works_by_date: Mapping[str, int]) -> date | None:
    """The latest of the source's date and the days of the files; None where none is known."""
    days = [date.fromisoformat(day) for day in works_by_date]
    return max([*days, *([source] if source else [])], default=None)


def event_notes(events: Sequence[Event]) -> Iterator[str]:
    """A sentence on the events within the years of a run; none without any."""
    placing = [event["date"] for event in events if _of_places(event)]
    if events:
        span = " to ".join(dict.fromkeys((placing[0], placing[-1]))) if placing else ""
        some = (
            f"; {len(placing)} of them {'changes' if len(placing) == 1 else 'change'} where "
            f"authors are placed ({span})"
            if placing
            else ""
        )
        yield (
            f"{len(events)} dated events at the source since the first year of this run change "
            f"counts without a change in the world{some}. manifest.json lists them (source, "
            "events)."
        )


def _of_places(event: Event) -> bool:
    return any(word in event["what_changes"] for word in OF_PLACES)


def mixed_input(works_by_date: Mapping[str, int]) -> Iterator[str]:
    """A warning for each event that parts the input: works taken before it and works after.

    `works_by_date` counts works by the day on which they were taken from the source (ISO).
    """
    days = {date.fromisoformat(day): works for day, works in works_by_date.items()}
    if len(days) < 2:
        return
    parting = [e for e in events_between(min(days), max(days)) if parted_by(e, list(days))]
    for event in reversed(parting[-NAMED:]):
        span = read_days(event["date"])
        first = span[0] if span else min(days)
        before = sum(works for day, works in days.items() if day < first)
        after = sum(days.values()) - before
        yield (
            f"The input mixes both sides of an event at the source: {before:,} works were taken "
            f"before it and {after:,} after. {in_words(event)}. Take all of them on one side."
        )
    more = len(parting) - NAMED
    if more > 0:
        yield f"{more} earlier events at the source part the input too."
