"""countries.html: each country of the sides on its own, from the same exhibits as the report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from bibnet.report.about.origin import source_date
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
from bibnet.report.page.bundle import security_policy
from bibnet.report.page.page import (
    LONGEST_QUESTION,
    Trusted,
    asset,
    page_template,
    warning_texts,
)
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


def countries_html(content: ReportContent) -> str:
    """Return the page: a section for each country of a side that has a work or an institution."""
    style = asset("report.css")
    sides = _sides(content)
    return page_template("countries.html.j2").render(
        question=clean(content.question, LONGEST_QUESTION) or clean(content.name),
        name=clean(content.name),
        invented=INVENTED if content.invented else "",
        warnings=warning_texts(content),
        source_date=source_date(content.manifest),
        policy=security_policy(scripts=(), style=style),
        style=Trusted(style),
        sides=sides,
        absent=_absent(content, sides),
        command=COMMAND,
    )


def _sides(content: ReportContent) -> list[tuple[str, list[CountrySection]]]:
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


def _absent(
    content: ReportContent, sides: Sequence[tuple[str, Sequence[CountrySection]]]
) -> list[str]:
    shown = {section.id for _, sections in sides for section in sections}
    codes = sorted(code for codes in content.sides.values() for code in codes)
    return [country_name(c, content.country_names) for c in codes if _anchor(c) not in shown]


def _anchor(code: str) -> str:
    return f"country-{clean(code)}"


def _section(content: ReportContent, profile: CountryProfile) -> CountrySection:
    tables = (
        ("institutions", _institution_view(content, profile)),
        ("ties", _view(content, COUNTRY_TIE, profile.ties, TIE_COLUMNS)),
        ("partner countries", _view(content, COUNTRY_PARTNER, profile.partners)),
        ("distribution", _view(content, COUNTRY_DISTRIBUTION, profile.distribution)),
        ("years", _view(content, COUNTRY_YEARS, profile.years, cut=False)),
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


def _view(
    content: ReportContent,
    table: Table,
    frame: pd.DataFrame,
    names: Sequence[str] = (),
    *,
    cut: bool = True,
) -> TableView:
    shown = frame.head(ROWS_SHOWN) if cut else frame
    known = shown.notna().any()
    columns = [c for c in table.columns if known[c.name] and (c.name in names or not names)]
    rows = written_rows(content, columns, shown)
    headings = [column_heading(column) for column in columns]
    return TableView(table.meaning, headings, rows, _note(frame) if cut else "")


def _institution_view(content: ReportContent, profile: CountryProfile) -> TableView:
    view = _view(content, COUNTRY_INSTITUTION, profile.institutions, INSTITUTION_COLUMNS)
    shown = profile.institutions.head(ROWS_SHOWN)
    ranks = zip(*(shown[f"strength_rank{end}"] for end in ("", "_low", "_high")), strict=True)
    rows = [[*cells, rank_words(*three)] for cells, three in zip(view.rows, ranks, strict=True)]
    return TableView(view.caption, [*view.headings, RANK], rows, view.note)


def rank_words(rank: object, low: object, high: object) -> str:
    """Write a rank, with its interval where the run has one: 12 (9 to 15)."""
    if is_undefined(rank):
        return NOTHING
    if is_undefined(low) or is_undefined(high):
        return f"{rank}"
    return f"{rank} ({float(str(low)):g} to {float(str(high)):g})"


def _note(frame: pd.DataFrame) -> str:
    if len(frame) <= ROWS_SHOWN:
        return ""
    left = frame.iloc[ROWS_SHOWN:]
    links = f", with {count(total(left['works']))} links" if "partner_id" in frame.columns else ""
    return f"First {ROWS_SHOWN} of {len(frame):,} rows; {len(left):,} are not shown{links}."
