"""Dated events at the source: within the years of a run, and parting the files it was made from."""

from datetime import date

from bibnet.runs.pipeline.events import NAMED, event_notes, mixed_input, taken_on

REMATCH = "2026-09-28, OpenAlex: affiliation matcher 3.0.0 re-matched every string"


def event(date: str, what: str) -> dict[str, str]:
    return {"date": date, "source": "S", "event": "E", "what_changes": what}


def test_both_sides_of_an_event_are_counted() -> None:
    (said,) = mixed_input({"2026-09-01": 10, "2026-09-27": 3, "2026-10-05": 4})
    assert said.startswith(
        "The input mixes both sides of an event at the source: 13 works were taken before it and "
        f"4 after. {REMATCH} (changes affiliations, countries, institution counts)."
    )


def test_the_day_of_an_event_is_after_it() -> None:
    (said,) = mixed_input({"2026-09-27": 1, "2026-09-28": 2})
    assert "1 works were taken before it and 2 after" in said


def test_one_side_of_every_event_is_silent() -> None:
    assert list(mixed_input({})) == []
    assert list(mixed_input({"2026-09-01": 10})) == []
    assert list(mixed_input({"2026-09-29": 10, "2026-10-20": 10})) == []  # one of access only


def test_the_newest_of_many_events_are_named_and_the_others_counted() -> None:
    said = list(mixed_input({"2024-01-01": 1, "2026-11-01": 2}))
    assert len(said) == NAMED + 1
    assert REMATCH in said[0]
    assert said[-1].endswith("earlier events at the source part the input too.")


def test_events_within_the_years_of_a_run_are_counted_and_those_of_places_named() -> None:
    (said,) = event_notes([event("2025-01", "types"), event("2026-09-28", "countries")])
    assert said.startswith(
        "2 dated events at the source since the first year of this run change counts without a "
        "change in the world; 1 of them changes where authors are placed (2026-09-28)."
    )
    assert list(event_notes([])) == []


def test_works_were_taken_on_the_latest_day_that_is_known() -> None:
    assert taken_on(date(2026, 2, 1), {"2026-09-01": 3}) == date(2026, 9, 1)
    assert taken_on(date(2026, 2, 1), {}) == date(2026, 2, 1)
    assert taken_on(None, {}) is None
