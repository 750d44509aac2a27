"""A comparison on a terminal: numbers before their parts, whole numbers whole, names harmless."""

import io
from dataclasses import dataclass, field
from fractions import Fraction

from rich.console import Console

from bibnet.runs.compare.parts import Part
from bibnet.runs.compare.view import show_comparison


@dataclass
class Made:
    """What is shown of a comparison."""

    parts: list[Part]
    sides: tuple[str, ...] = ("[bold]europe", "china")
    manifests: tuple[dict[str, str], ...] = ({"run": "old-run"}, {"run": "new-run"})
    differences: list[str] = field(default_factory=lambda: ["registry: none -> [red]x.zip"])


def part(number: str, side: str, name: str, old: str | None, new: str | None) -> Part:
    ends = (None if end is None else Fraction(end) for end in (old, new))
    return Part(number, side, name, 3, *ends)


def shown(*parts: Part) -> list[str]:
    console = Console(file=io.StringIO(), width=200)
    show_comparison(Made(list(parts)), console)  # type: ignore[arg-type]
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


def test_shares_have_three_digits_and_an_undefined_change_says_so() -> None:
    lines = shown(
        part("share", "china", "all", "1/3", None),
        part("share", "[bold]europe", "all", "1/2", "3/8"),
    )
    rows = [line.split() for line in lines if line.startswith("share")]
    assert rows == [
        ["share", "[bold]europe", "all", "-0.125", "0.500", "0.375", "3"],
        ["share", "china", "all", "undefined", "0.333", "undefined", "3"],
    ]
