"""countries.html: each country of the sides on its own, from the same exhibits as the report."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from bibnet.report.content.cell import Cell
from bibnet.report.content.in_text import country_in_text
from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.table_view import Heading, TableView
from bibnet.report.content.totals import FEW_WORKS
from bibnet.report.content.wording import (
    by_name,
    clean,
    count,
    counted,
    country_name,
    is_undefined,
    of_them,
    share,
    side_name,
)
from bibnet.report.countries.country_profile import CountryProfile, CountryProfiles
from bibnet.report.countries.unit_section import (
    ROWS_SHOWN,
    Shown,
    UnitSection,
    UnitSections,
    UnitsPage,
    counted_of_unit,
    pair_cell,
    rank_words,
    shown_view,
    units_html,
)
from bibnet.report.findings.finding import Counted
from bibnet.report.findings.volume import OF_ALL
from bibnet.schema.country_report import (
    COUNTRY_DISTRIBUTION,
    COUNTRY_INSTITUTION,
    COUNTRY_PARTNER,
    COUNTRY_TIE,
)
from bibnet.schema.exhibits.volume import COUNTRY_YEARS

INSTITUTION_COLUMNS = (
    "institution", "works", "joint_works", "partners", "joint_partners", "strength",
    "pagerank", "betweenness",
)  # fmt: skip
TIE_COLUMNS = (
    "institution", "partner", "partner_country", "cross_side", "works", "works_fractional",
    "dual_affiliation_works", "association_strength",
)  # fmt: skip
PARTNER_COLUMNS = (
    "partner_country", "works", "works_fractional", "coauthor_works", "dual_affiliation_works",
    "association_strength", "collaboration_index",
)  # fmt: skip
DISTRIBUTION_COLUMNS = tuple(
    name
    for name in COUNTRY_DISTRIBUTION.column_names
    if name not in ("institutions", "share_fewer_than_ten")
)
YEAR_COLUMNS = ("year", "works", "joint_works", "share")
INSTITUTIONS = (
    "The institutions of the country, most joint works first (institutions.csv), and their place "
    "in the network of all works (centrality.csv). Ranks are among all institutions."
)
TIES = (
    "Ties of the country's institutions with institutions elsewhere, those across sides first, "
    "then most works (institution_pairs.csv)."
)
YEARS = "Works and joint works of the country by year (country_years.csv)."
RANK = Heading(
    "rank", is_number=True, meaning="rank by strength among all institutions (95% interval)"
)
LEAD = (
    "Works and ties are of the whole corpus of this run, full counting: a work counts once for "
    "every country and institution on it. Ties and ranks rest on all works, joint or not. All rows "
    "of a country: bibnet centrality RUN --country CODE."
)


def countries_html(content: ReportContent, sides: UnitSections) -> str:
    """Return the page of the sections of `country_sections`."""
    return units_html(
        content, UnitsPage("Country by country", "Countries", LEAD, sides, _absent(content, sides))
    )


def country_sections(content: ReportContent) -> UnitSections:
    """For each side its name, and a section for each country with a work or an institution."""
    profiles = CountryProfiles(content.exhibit, content.sides)
    found = []
    for side, codes in content.sides.items():
        ordered = [profiles.of(code) for code in by_name(codes, content.country_names)]
        present = [profile for profile in ordered if _has_something(profile)]
        found.append((side_name(side), [_section(content, profile) for profile in present]))
    return found


def _has_something(profile: CountryProfile) -> bool:
    # With one-sided works left out of the harvest, `works` is undefined; joint works are not.
    return bool(
        len(profile.institutions) or profile.totals["works"] or profile.totals["joint_works"]
    )


def _absent(content: ReportContent, sides: UnitSections) -> list[str]:
    shown = {section.id for _, sections in sides for section in sections}
    codes = by_name({c for codes in content.sides.values() for c in codes}, content.country_names)
    absent = [country_name(c, content.country_names) for c in codes if _anchor(c) not in shown]
    return [country_in_text(name) for name in absent]


def _anchor(code: str) -> str:
    return f"country-{clean(code)}"


def question_first(profile: CountryProfile) -> CountryProfile:
    """The profile with what the report asks for first: joint works, and ties across sides."""
    bodies = profile.institutions.sort_values("joint_works", ascending=False, kind="stable")
    across = profile.ties["cross_side"].fillna(value=False).astype(bool)
    ties = pd.concat([profile.ties[across], profile.ties[~across]])
    return replace(
        profile,
        institutions=bodies.reset_index(drop=True),
        ties=ties.reset_index(drop=True),
    )


def _section(content: ReportContent, given: CountryProfile) -> UnitSection:
    profile = question_first(given)
    partners = Shown(
        COUNTRY_PARTNER, profile.partners, country_pair_cells(profile), PARTNER_COLUMNS
    )
    ties = Shown(COUNTRY_TIE, profile.ties, tie_cells(profile), TIE_COLUMNS, TIES)
    distribution = Shown(
        COUNTRY_DISTRIBUTION,
        profile.distribution,
        names=DISTRIBUTION_COLUMNS,
        exhibit="institutions",
    )
    years = Shown(COUNTRY_YEARS, profile.years, year_cells(profile), YEAR_COLUMNS, YEARS)
    tables = (
        ("institutions", _institution_view(content, profile)),
        ("ties", shown_view(content, ties)),
        ("partner countries", shown_view(content, partners)),
        ("distribution", shown_view(content, distribution)),
        ("years", shown_view(content, years)),
    )
    name = country_name(profile.country, content.country_names)
    return UnitSection(
        _anchor(profile.country),
        f"{name} ({clean(profile.country)})" if name != profile.country else name,
        lead_sentence(profile),
        [(label, view) for label, view in tables if view.rows],
        _counted(content, profile),
    )


def _counted(content: ReportContent, profile: CountryProfile) -> list[Counted]:
    works, joint = (profile.totals[name] for name in ("works", "joint_works"))
    cell = Cell("countries", {"country": profile.country})
    found = counted_of_unit(content, cell, works, joint)
    part = profile.totals["share_of_joint"]
    if found and joint and not is_undefined(part) and (whole := _whole(joint, part)) < FEW_WORKS:
        found.append(Counted("(of ", count(whole), OF_ALL[0]))
    return found


def lead_sentence(profile: CountryProfile) -> str:
    """Say what the country amounts to, in one paragraph; every number is one of its totals."""
    return " ".join((_works(profile.totals), _institutions(profile), _ties(profile.totals)))


def _works(totals: Mapping[str, Any]) -> str:
    joint, works, part = (totals[name] for name in ("joint_works", "works", "share_of_joint"))
    within = f" ({_of_all_joint(joint, part)})" if joint and not is_undefined(part) else ""
    if works is None:
        return f"{counted(joint, 'joint work')}{within}."
    if not works:
        return "No work."
    return f"{counted(works, 'work')}, {of_them(joint, works, 'joint')}{within}."


def _of_all_joint(joint: Any, part: Any) -> str:
    """The part of all joint works; of few works their number."""
    whole = _whole(joint, part)
    return (
        f"of {counted(whole, 'joint work')}"
        if whole < FEW_WORKS
        else (f"{share(part)} of all joint works")
    )


def _whole(joint: Any, part: Any) -> int:
    """The number that `joint` is a `part` of."""
    return round(float(joint) / float(part))


def _institutions(profile: CountryProfile) -> str:
    number, joint = (
        profile.totals[name] for name in ("institutions", "institutions_with_joint_works")
    )
    if not number:
        return "No institution."
    said = counted(number, "institution")
    if number == 1 or not joint:
        with_one = "with" if joint else "without" if number == 1 else "none of them with"
        return f"{said}, {with_one} a joint work."
    rows = profile.distribution[profile.distribution["number"] == "joint_works"]
    many = "" if rows.empty else count(int(number or 0) - int(rows["fewer_than_ten"].iloc[0]))
    ten = f", {many if many != '0' else 'none'} with ten or more" if many else ""
    return f"{said}, {of_them(joint, number, 'with a joint work')}{ten}."


def _ties(totals: Mapping[str, Any]) -> str:
    ties = totals["ties_elsewhere"]
    if not ties:
        return "No tie with an institution elsewhere."
    partners = counted(totals["partner_institutions"], "institution")
    across = of_them(totals["ties_across_sides"], ties, "across sides")
    return f"{counted(ties, 'tie')} with {partners} elsewhere, {across}."


def institution_cells(profile: CountryProfile) -> list[Cell]:
    """The cells of institutions.csv of the first institutions of a country."""
    ids = profile.institutions["institution_id"].iloc[:ROWS_SHOWN].tolist()
    return [Cell("institutions", {"institution_id": identifier}) for identifier in ids]


def tie_cells(profile: CountryProfile) -> list[Cell]:
    """The cells of institution_pairs.csv of the first ties of a country."""
    first = profile.ties.iloc[:ROWS_SHOWN]
    ends = zip(first["institution_id"].tolist(), first["partner_id"].tolist(), strict=True)
    return [pair_cell("institution", *one) for one in ends]


def country_pair_cells(profile: CountryProfile) -> list[Cell]:
    """The cells of country_pairs.csv of a country with its first partners."""
    partners = profile.partners["partner_country"].iloc[:ROWS_SHOWN].tolist()
    return [pair_cell("country", profile.country, code) for code in partners]


def year_cells(profile: CountryProfile) -> list[Cell]:
    """The cells of country_years.csv of a country."""
    return [
        Cell("country_years", {"year": int(year), "country": profile.country})
        for year in profile.years["year"]
    ]


def _institution_view(content: ReportContent, profile: CountryProfile) -> TableView:
    cells = institution_cells(profile)
    listed = Shown(
        COUNTRY_INSTITUTION, profile.institutions, cells, INSTITUTION_COLUMNS, INSTITUTIONS
    )
    view = shown_view(content, listed)
    shown = profile.institutions.head(ROWS_SHOWN)
    ranks = zip(*(shown[f"strength_rank{end}"] for end in ("", "_low", "_high")), strict=True)
    rows = [[*cells, rank_words(*three)] for cells, three in zip(view.rows, ranks, strict=True)]
    return replace(view, headings=[*view.headings, RANK], rows=rows)
