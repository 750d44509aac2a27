"""A comparison on a terminal: numbers before their parts, whole numbers whole, names harmless."""

import io
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from rich.console import Console

from bibnet.runs.compare.parts import Part
from bibnet.runs.compare.view import show_comparison
from bibnet.schema.change import UNMOVED

OCTOBER = date(2026, 10, 1)
EVENT = {"date": "2026-09-28", "source": "S", "event": "all [b]re-matched", "what_changes": "all"}


@dataclass
class Made:
    """What is shown of a comparison."""

    parts: list[Part]
    sides: tuple[str, ...] = ("[bold]europe", "china")
    manifests: tuple[dict[str, str], ...] = ({"run": "old-run"}, {"run": "new-run"})
    differences: list[str] = field(default_factory=lambda: ["registry: none -> [red]x.zip"])
    taken_on: tuple[date | None, ...] = (date(2026, 9, 1), OCTOBER)
    events: list[dict[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    units: list[dict[str, Any]] = field(default_factory=list)


def part(number: str, side: str, name: str, old: str | None, new: str | None) -> Part:
    ends = (None if end is None else Fraction(end) for end in (old, new))
    return Part(number, side, name, 3, *ends)


def shown(*parts: Part, **between: Any) -> list[str]:
    console = Console(file=io.StringIO(), width=200)
    show_comparison(Made(list(parts), **between), console)  # type: ignore[arg-type]
    assert isinstance(console.file, io.StringIO)
    return [line.strip() for line in console.file.getvalue().splitlines()]


def test_a_number_stands_before_its_parts_with_signs_and_plain_names() -> None:
    lines = shown(
        part("joint_works", "", "new", "0", "2"),
        part("joint_works", "", "all", "1200", "1201"),
    )
    assert lines[0] == "old-run -> new-run"
    assert lines[1].endswith("registry: none -> [red]x.zip")
    rows = [line.split() for line in lines if line.startswith("joint_works")]
    assert rows == [
        ["joint_works", "all", "+1", "1,200", "1,201", "3"],
        ["joint_works", "new", "+2", "0", "2", "3"],
    ]
    assert [line for line in lines if line.startswith("new: ")]


def test_shares_are_percentages_and_an_undefined_change_says_so() -> None:
    lines = shown(
        part("share", "china", "all", "1/3", None),
        part("share", "[bold]europe", "all", "1/2", "3/8"),
    )
    rows = [line.split() for line in lines if line.startswith("share")]
    assert rows == [
        ["share", "[bold]europe", "all", "-12.50", "points", "50.00%", "37.50%", "3"],
        ["share", "china", "all", "undefined", "33.33%", "undefined", "3"],
    ]


def test_events_at_the_source_stand_before_the_first_number() -> None:
    lines = shown(part("works", "", "all", "1", "1"), events=[EVENT])
    assert lines[1:3] == [
        "Between the sources of the two runs (2026-09-01 and 2026-10-01) lies 1 event that changes "
        "counts without a change in the world:",
        "- 2026-09-28, S: all [b]re-matched (changes all)",
    ]
    assert "number" in lines[4]


def test_what_a_run_warns_of_stands_before_the_events() -> None:
    lines = shown(part("works", "", "all", "1", "1"), events=[EVENT], warnings=["old: mixed [i]!"])
    assert lines[1] == "old: mixed [i]!"
    assert lines[2].startswith("Between the sources")


def test_without_a_date_of_a_source_its_events_are_unknown() -> None:
    lines = shown(part("works", "", "all", "1", "1"), taken_on=(None, OCTOBER))
    assert lines[1].endswith("events at the source between the runs are unknown.")


def test_changes_that_move_no_number_are_the_last_line() -> None:
    lines = shown(
        part("works", "", "all", "1", "1"),
        part(UNMOVED, "", "all", "0", "0"),
        part(UNMOVED, "", "rematched_by_source", "0", "0"),
    )
    assert lines[-1] == "changed without moving a number, works: 3 rematched_by_source"
    assert not [line for line in lines if line.startswith(UNMOVED)]
    assert shown()[-1] == "changed without moving a number, works: none"


def unit(name: str, part: str, change: int, **fields: Any) -> dict[str, Any]:
    row = {"kind": "funder", "unit_id": "F1", "unit": name, "entry_id": "", "number": "works"}
    ends = {"works": abs(change), "old": 0, "new": change, "change": change}
    return row | {"part": part} | ends | fields


def test_units_that_moved_stand_behind_the_numbers_each_before_its_parts() -> None:
    still = unit("Still", "all", 0, unit_id="F0", old=3, new=3)
    most = [
        unit(f"Fund {n}", part, n, unit_id=f"F{n}")
        for n in range(2, 14)
        for part in ("added_late", "all")
    ]
    lines = shown(part("works", "", "all", "1", "1"), units=[still, *most])
    first, second = [line.split() for line in lines if line.startswith("Fund 13 ")]
    assert first == ["Fund", "13", "(F13)", "works", "all", "+13", "0", "13", "13"]
    assert second == ["Fund", "13", "(F13)", "works", "added_late", "+13", "0", "13", "13"]
    assert not any("Still" in line or "Fund 3 " in line for line in lines)
    assert any(line.startswith("2 more; --out and --json have them all") for line in lines)
    assert any(line.startswith("added_late: ") for line in lines)


def test_a_listed_unit_is_named_with_its_entry() -> None:
    row = {"kind": "listed", "unit_id": "I1", "entry_id": "foo"}
    lines = shown(units=[unit("A [b]name", part, 1, **row) for part in ("all", "listed")])
    assert any(line.startswith("A [b]name (I1, foo)") for line in lines)
