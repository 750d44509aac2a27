"""Tables of an audit on a terminal: words for names, what comes first, what holds nothing."""

import io
import re

import pandas as pd
from rich.console import Console

from bibnet.runs.audit.document import list_rows, show_rows

ROWS = pd.DataFrame(
    {
        "section": ["2.1", "2.2"],
        "figure": ["share of co-authored papers in the output of one side", "papers of AI"],
        "published": ["~ 5 percent", "= 36951 papers"],
        "ai_papers": [1200, 3],
        "ours": ["4.5", "1200"],
        "deviation": [None, None],
        "figure_id": ["a", "b"],
    }
)


def printed(width: int, *, terminal: bool, first: tuple[str, ...] = ()) -> list[str]:
    console = Console(
        file=io.StringIO(), width=width, highlight=False, force_terminal=terminal, no_color=True
    )
    show_rows(ROWS, console, first=first)
    assert isinstance(console.file, io.StringIO)
    text = re.sub(r"\x1b\[\d*m", "", console.file.getvalue())
    return [line.rstrip() for line in text.splitlines()]


def test_a_narrow_terminal_keeps_what_a_verdict_is_told_from() -> None:
    assert printed(50, terminal=True, first=("figure", "published", "ours")) == [
        "figure                        published       ours",
        "share of co-authored papers   ~ 5 percent      4.5",
        "in the output of one side",
        "papers of AI                  = 36951 papers  1200",
        "not shown at this width: section, AI papers,",
        "figure id",
        "empty in every row: deviation",
    ]


def test_a_file_has_every_column_under_its_own_name() -> None:
    assert printed(400, terminal=False)[0].split() == list(ROWS.columns)


def test_a_list_in_a_pipe_is_parted_by_tabs_and_filled_up_with_nothing() -> None:
    rows = pd.DataFrame(
        {
            "title": ["[b]A\tB\x1b[2J", "C", "=1+1"],
            "institutions": ["I" * 5_000, None, "\t-x"],
            "share": [0.125, float("nan"), -1.0],
        }
    )
    console = Console(file=io.StringIO(), width=100_000, soft_wrap=True)
    list_rows(rows, console)
    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue() == (
        f"title\tinstitutions\tshare\n[b]A B [2J\t{'I' * 5_000}\t0.125\nC\t\t\n'=1+1\t' -x\t-1.0\n"
    )


def test_a_work_is_known_by_its_year_and_title_before_its_flags() -> None:
    columns = {
        "work_id": ["W1"],
        "doi": ["10.1/x"],
        "joint": [True],
        "title": ["T"],
        "year": [2020],
    }
    console = Console(file=io.StringIO(), width=30, force_terminal=True, no_color=True)
    show_rows(pd.DataFrame(columns), console)
    assert isinstance(console.file, io.StringIO)
    head = re.sub(r"\x1b\[\d*m", "", console.file.getvalue()).splitlines()[0]
    assert head.split()[:4] == ["work", "id", "year", "title"]
