"""Tables on a terminal of 60 columns and in a file: what is broken, left out, printed as it is."""

import io
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from bibnet.storage.terminal import FILE_WIDTH, Shown, broken, plain, print_table, result_console

NAMES = Shown("institution", ["University of the Long and Winding Name", "中国科学院"])
WORKS = Shown("works", ["1,234,567", "8"], is_number=True)


def printed(width: int, *columns: Shown, title: str = "") -> list[str]:
    console = Console(file=io.StringIO(), width=width, highlight=False)
    print_table(console, columns, title)
    assert isinstance(console.file, io.StringIO)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


def test_text_is_broken_into_lines_and_numbers_are_not() -> None:
    assert printed(35, NAMES, WORKS, title="two") == [
        "two",
        "institution                   works",
        "University of the Long    1,234,567",
        "and Winding Name",
        "中国科学院                        8",
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Universität zu Kiel", ["Universität zu Kiel"]),
        ("Albrechts-Universität zu Kiel", ["Albrechts-", "Universität zu Kiel"]),
        ("10.1016/s0140-6736(12)61766-8", ["10.1016/s0140-", "6736(12)61766-8"]),
        ("W2110052313|W2963276645", ["W2110052313|", "W2963276645"]),
        ("中国科学院计算技术研究所", ["中国科学院计算技术研", "究所"]),
        ("x" * 45, ["x" * 20, "x" * 20, "x" * 5]),
        ("  two \n blanks ", ["two blanks"]),
        ("", [""]),
    ],
)  # fmt: skip
def test_long_words_are_broken_where_they_have_joints(text: str, lines: list[str]) -> None:
    assert broken(text, 20) == "\n".join(lines)


def test_a_narrow_column_finds_room_behind_one_that_is_too_wide() -> None:
    lines = printed(34, NAMES, Shown("address", ["x" * 30, ""]), WORKS)
    assert lines[0].split() == ["institution", "works"]
    assert lines[-1] == "not shown at this width: address"


def test_columns_that_do_not_fit_are_left_out_and_named() -> None:
    lines = printed(40, NAMES, WORKS, Shown("[bold]rank", ["1", "2"], is_number=True))
    assert lines[0].split() == ["institution", "works"]
    assert lines[-1] == "not shown at this width: [bold]rank"


def test_texts_leave_room_for_numbers() -> None:
    why = Shown("why they differ", ["x" * 30, ""])
    lines = printed(50, NAMES, why, WORKS)
    assert lines[0].split() == ["institution", "works"]
    assert lines[-1] == "not shown at this width: why they differ"
    assert printed(60, NAMES, why, WORKS)[0].split() == [
        "institution", "why", "they", "differ", "works",
    ]  # fmt: skip


def test_columns_that_stay_are_broken_before_they_are_left_out() -> None:
    published = Shown("published", ["= 12 papers of any kind", "~ 3 percent"], stays=True)
    verdict = Shown("verdict", ["meets", "differs"], stays=True)
    names = Shown(NAMES.heading, NAMES.cells, stays=True)
    assert printed(41, names, WORKS, published, verdict) == [
        "institution      published        verdict",
        "University of    = 12 papers of   meets",
        "the Long and     any kind",
        "Winding Name",
        "中国科学院       ~ 3 percent      differs",
        "not shown at this width: works",
    ]


def test_wide_enough_is_one_line_a_row_with_nothing_cut() -> None:
    long = "x" * 10_000
    lines = printed(FILE_WIDTH, Shown("title", [long, "[red]y[/red]"]), WORKS)
    assert lines == ["title\tworks", f"{long}\t1,234,567", "[red]y[/red]\t8"]


def test_in_a_file_cells_are_parted_by_tabs_and_none_is_a_formula_or_a_code() -> None:
    change = Shown("change", ["-3", "+1"], is_number=True)
    lines = printed(FILE_WIDTH, Shown("name", ["=1+1", "a\tb\x1b[31m"]), change, title="two\nlines")
    assert lines == ["two lines", "name\tchange", "'=1+1\t-3", "a b [31m\t+1"]


def test_headings_of_several_words_take_no_room_from_numbers() -> None:
    joint = Shown("joint partners", ["1,016", "2"], is_number=True)
    rank = Shown("rank (95% interval)", ["3 (2 to 5)", "88"], is_number=True)
    assert printed(44, NAMES, joint, rank) == [
        "                           joint   rank (95%",
        "institution             partners   interval)",
        "University of the Long     1,016  3 (2 to 5)",
        "and Winding Name",
        "中国科学院                     2          88",
    ]


def test_a_table_as_wide_as_the_terminal_breaks_no_number() -> None:
    # Rich before 14.3 took two columns of the width for edges that are not drawn.
    numbers = [Shown("number of", ["0"], is_number=True)] * 5
    assert printed(52, Shown("name", [""]), *numbers, Shown("of", ["10,000"], is_number=True)) == [
        "      number  number  number  number  number",
        "name      of      of      of      of      of      of",
        "           0       0       0       0       0  10,000",
    ]


@given(
    width=st.integers(20, 120),
    cells=st.lists(st.text(max_size=80), min_size=1, max_size=4),
    numbers=st.lists(st.integers(0, 10**9), min_size=1, max_size=6),
)
def test_no_line_is_wider_than_the_terminal(
    width: int, cells: list[str], numbers: list[int]
) -> None:
    columns = [Shown("name", cells)]
    columns += [Shown(f"number of {n}", [f"{n:,}"] * len(cells), is_number=True) for n in numbers]
    lines = printed(width, *columns)
    assert all(cell_len(line) <= width for line in lines)
    said = " ".join(lines).partition("not shown at this width:")
    for column in columns[1:]:
        assert column.cells[0] in said[0].split() or column.heading in said[2]


@pytest.mark.parametrize("hostile", ["\x1b[31mred", "a\x07b", "\u202eabc", "line\nline"])
def test_no_code_reaches_the_terminal(hostile: str) -> None:
    assert plain(hostile).replace("\\[", "[").isprintable()


def test_a_pipe_gets_whole_lines_without_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    console = result_console()
    console.print("[bold red]error[/]")
    assert (console.width, sys.stdout.getvalue()) == (FILE_WIDTH, "error\n")


def test_no_color_leaves_colour_away_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdout", terminal)
    result_console().print("[red]error[/]")
    assert terminal.getvalue() == "error\n"


def test_both_ends_of_an_interval_are_shown_or_none() -> None:
    low = Shown("share low", ["21.7%", "5.2%"], is_number=True)
    high = Shown("share high", ["89.0%", "84.0%"], is_number=True)
    assert printed(50, NAMES, WORKS, low, high)[1].split() == [
        "institution", "works", "low", "high",
    ]  # fmt: skip
    lines = printed(46, NAMES, WORKS, low, high)  # the first of them would fit
    assert lines[0].split() == ["institution", "works"]
    assert lines[-1] == "not shown at this width: share low, share high"
