"""A centrality report on a terminal. Names come from files: none is read as markup."""

from collections.abc import Callable, Mapping

import pandas as pd
from rich.console import Console

from bibnet.reference import load as reference
from bibnet.report.content.in_text import country_in_text
from bibnet.report.content.wording import (
    clean,
    count,
    country_name,
    decimal,
    is_undefined,
    share,
    side_name,
)
from bibnet.report.countries.countries_page import lead_sentence
from bibnet.report.countries.country_profile import CountryProfile
from bibnet.report.countries.unit_section import rank_words
from bibnet.runs.centrality.report import RANKS, CentralityReport
from bibnet.storage.frames import records
from bibnet.storage.terminal import LONGEST_CELL, Shown, plain, print_table

# Rows of a table on the terminal; --json and --out have them all.
ROWS_SHOWN = 20
LONGEST_TEXT = 2_000  # letters of a name in a file: all of any honest one
HEADINGS = {
    "lists": "listed by",
    "joint_works": "joint",
    "joint_partners": "joint partners",
    "works_fractional": "fractional",
    "coauthor_works": "co-author",
    "dual_affiliation_works": "dual",
    "association_strength": "association",
    "partner_country": "country",
    "cross_side": "across sides",
    RANKS: "rank (95% interval)",
    "share_of_country": "joint share",
    "share_fewer_than_ten": "share",
}
SHARES = ("share", "share_of_joint", "share_of_country", "share_fewer_than_ten")
INSTITUTION_COLUMNS = (
    "institution", "works", "joint_works", "lists", "partners", "joint_partners", "strength", RANKS,
    "pagerank", "betweenness", "community",
)  # fmt: skip
TIE_COLUMNS = ("institution", "partner", "partner_country", "cross_side", "works", "coauthor_works",
               "dual_affiliation_works", "association_strength")  # fmt: skip
PARTNER_COLUMNS = (
    "partner_country", "works", "works_fractional", "coauthor_works", "dual_affiliation_works",
    "association_strength", "collaboration_index",
)  # fmt: skip
YEAR_COLUMNS = ("year", "works", "joint_works", "share")
RANKING_COLUMNS = (
    "institution", "label", "country", "works", "joint_works", "degree", "strength", RANKS,
    "pagerank", "betweenness", "closeness", "community",
)  # fmt: skip
COUNTRY_COLUMNS = ("country", "side", "institutions", "works", "joint_works", "share_of_country",
                   "ties_elsewhere", "ties_across_sides", "best_rank")  # fmt: skip


def show_centrality(report: CentralityReport, console: Console) -> None:
    """Print the report: what it is of, its tables, what the numbers rest on."""
    names = {row["country"]: row["name"] for row in reference.rows(reference.COUNTRIES)}
    console.print(f"{plain(clean(report.query))} {plain(clean(report.run))}")
    if report.profile:
        _show_country(report.profile, names, console, _order(report.question.sort))
    else:
        if len(report.countries):
            _print(console, "countries", report.countries, COUNTRY_COLUMNS)
        title = f"{report.question.level} level, {_order(report.question.sort)}"
        if report.ranking.empty:
            console.print(f"no {plain(report.question.level)} is known in this run")
        _print(console, title, report.ranking, RANKING_COLUMNS)
    for note in report.notes:
        console.print(plain(note), style="dim")


def _order(column: str) -> str:
    return f"most {_heading(column)} first" if column else "best rank first"


def _show_country(
    profile: CountryProfile, names: dict[str, str], console: Console, order: str
) -> None:
    name = country_name(profile.country, names)
    side = side_name(profile.side) if profile.side else "of no side"
    console.print(f"[bold]{plain(name)}[/] ({plain(f'{profile.country}, {side}')})")
    if len(profile.institutions):
        console.print(plain(lead_sentence(profile)))
    else:
        console.print(f"no institution of this corpus is in {plain(country_in_text(name))}")
    listed = profile.institutions["lists"].notna().any()
    shown = tuple(name for name in INSTITUTION_COLUMNS if listed or name != "lists")
    _print(console, f"institutions, {order}", profile.institutions, shown)
    _print(console, "ties with institutions elsewhere", profile.ties, TIE_COLUMNS)
    _print(console, "partner countries", profile.partners, PARTNER_COLUMNS)
    if len(profile.institutions):
        _print(
            console, "institutions by their numbers of works and partners", profile.distribution, ()
        )
    _print(console, "by year", profile.years, YEAR_COLUMNS, rows=len(profile.years))


def _print(
    console: Console,
    title: str,
    frame: pd.DataFrame,
    names: tuple[str, ...],
    rows: int = ROWS_SHOWN,
) -> None:
    """Print the first rows; columns that do not fit a terminal are left out and named."""
    if frame.empty:
        return
    shown = [n for n in names or map(str, frame.columns) if n in frame.columns]
    cut = f" (first {rows} of {len(frame):,})" if len(frame) > rows else ""
    limit = LONGEST_CELL if console.is_terminal else LONGEST_TEXT
    first = records(frame.head(rows))
    columns = [
        Shown(
            _heading(name),
            [_cell(name, row, limit) for row in first],
            is_number=frame[name].dtype.kind in "iuf",
        )
        for name in shown
    ]
    console.print()
    print_table(console, columns, f"{title}{cut}")


def _heading(name: str) -> str:
    return HEADINGS.get(name, name.removeprefix("institutions_").replace("_", " "))


def _cell(name: str, row: dict[str, object], limit: int) -> str:
    value = row[name]
    if isinstance(value, str):
        return clean(value, limit)
    if name == RANKS:
        return rank_words(value, row.get(f"{RANKS}_low"), row.get(f"{RANKS}_high"))
    if name in SHARES or is_undefined(value):
        return share(value)
    if name == "year":
        return str(value)
    return WRITERS.get(type(value), decimal)(value)


WRITERS: Mapping[type, Callable[[object], str]] = {
    bool: lambda value: "yes" if value else "no",
    int: count,
}
