"""countries.html: each country of the sides on its own, from the same exhibits as the report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from bibnet.report.about.origin import source_date
from bibnet.report.content.cell import Cell
from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.table_view import Heading, TableView, column_heading, written_rows
from bibnet.report.content.totals import total
from bibnet.report.content.wording import (
    NOTHING,
    clean,
    count,
    counted,
    country_name,
    is_undefined,
    share,
    side_name,
)
from bibnet.report.countries.country_profile import CountryProfile, CountryProfiles
from bibnet.report.page.page import (
    LONGEST_QUESTION,
    Trusted,
    page_template,
    warning_texts,
)
from bibnet.report.page.policy import page_script, page_style, security_policy
from bibnet.schema import Table
from bibnet.schema.country_report import (
    COUNTRY_DISTRIBUTION,
    COUNTRY_INSTITUTION,
    COUNTRY_PARTNER,
    COUNTRY_TIE,
)
from bibnet.schema.exhibits.volume import COUNTRY_YEARS
from bibnet.schema.units import INVENTED

# Rows of a country's table in the page: a page of thirty countries stays below a megabyte.
ROWS_SHOWN = 15
INSTITUTION_COLUMNS = (
    "institution", "works", "joint_works", "partners", "joint_partners", "strength",
    "pagerank", "betweenness", "community",
)  # fmt: skip
TIE_COLUMNS = (
    "institution", "partner", "partner_country", "cross_side", "works", "works_fractional",
    "dual_affiliation_works", "association_strength",
)  # fmt: skip
RANK = Heading(
    "rank", is_number=True, meaning="rank by strength among all institutions (95 % interval)"
)
COMMAND = "bibnet centrality RUN --country"


@dataclass(frozen=True)
class CountrySection:
    """One country as shown: its anchor, heading, what it amounts to, its tables by name."""

    id: str
    heading: str
    lead: str
    tables: Sequence[tuple[str, TableView]]


CountrySections = Sequence[tuple[str, Sequence[CountrySection]]]


def countries_html(content: ReportContent, sides: CountrySections) -> str:
    """Return the page of the sections of `country_sections`."""
    style, script = page_style(), page_script()
    return page_template("countries.html.j2").render(
        question=clean(content.question, LONGEST_QUESTION) or clean(content.name),
        name=clean(content.name),
        invented=INVENTED if content.invented else "",
        warnings=warning_texts(content),
        source_date=source_date(content.manifest),
        policy=security_policy(script=script, style=style),
        style=Trusted(style),
        script=Trusted(script),
        sides=sides,
        absent=_absent(content, sides),
        command=COMMAND,
    )


def country_sections(content: ReportContent) -> CountrySections:
    """For each side its name, and a section for each country with a work or an institution."""
    profiles = CountryProfiles(content.exhibit, content.sides)
    found = []
    for side, codes in content.sides.items():
        ordered = [profiles.of(code) for code in sorted(codes)]
        present = [profile for profile in ordered if _has_something(profile)]
        found.append((side_name(side), [_section(content, profile) for profile in present]))
    return found


def _has_something(profile: CountryProfile) -> bool:
    # With one-sided works left out of the harvest, `works` is undefined; joint works are not.
    return bool(
        len(profile.institutions) or profile.totals["works"] or profile.totals["joint_works"]
    )


def _absent(content: ReportContent, sides: CountrySections) -> list[str]:
    shown = {section.id for _, sections in sides for section in sections}
    codes = sorted(code for codes in content.sides.values() for code in codes)
    return [country_name(c, content.country_names) for c in codes if _anchor(c) not in shown]


def _anchor(code: str) -> str:
    return f"country-{clean(code)}"


def _section(content: ReportContent, profile: CountryProfile) -> CountrySection:
    partners = _Shown(COUNTRY_PARTNER, profile.partners, country_pair_cells(profile))
    ties = _Shown(COUNTRY_TIE, profile.ties, tie_cells(profile), TIE_COLUMNS)
    distribution = _Shown(COUNTRY_DISTRIBUTION, profile.distribution)
    tables = (
        ("institutions", _institution_view(content, profile)),
        ("ties", _view(content, ties)),
        ("partner countries", _view(content, partners)),
        ("distribution", _view(content, distribution)),
        ("years", _view(content, _Shown(COUNTRY_YEARS, profile.years, year_cells(profile)))),
    )
    name = country_name(profile.country, content.country_names)
    return CountrySection(
        _anchor(profile.country),
        f"{name} ({clean(profile.country)})" if name != profile.country else name,
        lead_sentence(profile),
        [(label, view) for label, view in tables if view.rows],
    )


def lead_sentence(profile: CountryProfile) -> str:
    """Say what the country amounts to, in one paragraph; every number is one of its totals."""
    totals = profile.totals
    joint = counted(totals["joint_works"], "joint work")
    works = totals["works"]
    parts = [
        joint
        if works is None
        else f"{counted(works, 'work')}, {count(totals['joint_works'])} joint",
        _share_of_joint(totals),
        f"{counted(totals['institutions'], 'institution')}, "
        f"{count(totals['institutions_with_joint_works'])} with a joint work",
        _few(profile),
        f"{counted(totals['ties_elsewhere'], 'tie')} with "
        f"{counted(totals['partner_institutions'], 'institution')} elsewhere, "
        f"{count(totals['ties_across_sides'])} of the ties across sides",
    ]
    return ". ".join(part for part in parts if part) + "."


def _share_of_joint(totals: Mapping[str, Any]) -> str:
    part = totals["share_of_joint"]
    return "" if is_undefined(part) else f"On {share(part)} of all joint works"


def _few(profile: CountryProfile) -> str:
    rows = profile.distribution[profile.distribution["number"] == "joint_works"]
    if rows.empty or not len(profile.institutions):
        return ""
    few, all_of_them = (count(rows[name].iloc[0]) for name in ("fewer_than_ten", "institutions"))
    return f"{few} of {all_of_them} institutions have fewer than ten joint works"


@dataclass(frozen=True)
class _Shown:
    """A table of a country: its rows, the cell behind each, the columns shown (none = all)."""

    table: Table
    frame: pd.DataFrame
    cells: Sequence[Cell] = ()
    names: Sequence[str] = ()


def _view(content: ReportContent, shown: _Shown) -> TableView:
    rows = shown.frame if shown.table == COUNTRY_YEARS else shown.frame.head(ROWS_SHOWN)
    known = rows.notna().any()
    columns = [
        column
        for column in shown.table.columns
        if known[column.name] and (column.name in shown.names or not shown.names)
    ]
    cells = shown.cells[: len(rows)]
    exhibit = cells[0].exhibit if cells else ""
    counts = content.counts_of(exhibit) if exhibit else ()
    return TableView(
        shown.table.meaning,
        [column_heading(column, counts) for column in columns],
        written_rows(content, columns, rows),
        _note(shown.frame) if len(rows) < len(shown.frame) else "",
        cells if counts else (),
    )


def institution_cells(profile: CountryProfile) -> list[Cell]:
    """The cells of institutions.csv of the institutions of a country."""
    ids = profile.institutions["institution_id"]
    return [Cell("institutions", {"institution_id": identifier}) for identifier in ids]


def tie_cells(profile: CountryProfile) -> list[Cell]:
    """The cells of institution_pairs.csv of the ties of a country."""
    ends = zip(profile.ties["institution_id"], profile.ties["partner_id"], strict=True)
    return [_pair("institution", *one) for one in ends]


def country_pair_cells(profile: CountryProfile) -> list[Cell]:
    """The cells of country_pairs.csv of a country with its partners."""
    return [_pair("country", profile.country, code) for code in profile.partners["partner_country"]]


def year_cells(profile: CountryProfile) -> list[Cell]:
    """The cells of country_years.csv of a country."""
    return [
        Cell("country_years", {"year": int(year), "country": profile.country})
        for year in profile.years["year"]
    ]


def _pair(what: str, one: str, other: str) -> Cell:
    """A pair of an exhibit, its ends in the exhibit's order."""
    first, second = sorted((one, other))
    return Cell(f"{what}_pairs", {f"{what}_a": first, f"{what}_b": second})


def _institution_view(content: ReportContent, profile: CountryProfile) -> TableView:
    cells = institution_cells(profile)
    listed = _Shown(COUNTRY_INSTITUTION, profile.institutions, cells, INSTITUTION_COLUMNS)
    view = _view(content, listed)
    shown = profile.institutions.head(ROWS_SHOWN)
    ranks = zip(*(shown[f"strength_rank{end}"] for end in ("", "_low", "_high")), strict=True)
    rows = [[*cells, rank_words(*three)] for cells, three in zip(view.rows, ranks, strict=True)]
    return TableView(view.caption, [*view.headings, RANK], rows, view.note, view.cells)


def rank_words(rank: object, low: object, high: object) -> str:
    """Write a rank, with its interval where the run has one: 12 (9 to 15)."""
    if is_undefined(rank):
        return NOTHING
    if is_undefined(low) or is_undefined(high):
        return f"{rank}"
    return f"{rank} ({float(str(low)):g} to {float(str(high)):g})"


def _note(frame: pd.DataFrame) -> str:
    left = frame.iloc[ROWS_SHOWN:]
    links = f", with {count(total(left['works']))} links" if "partner_id" in frame.columns else ""
    return f"First {ROWS_SHOWN} of {len(frame):,} rows; {len(left):,} are not shown{links}."
