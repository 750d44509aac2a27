"""countries.html: each country of the sides on its own, from the same exhibits as the report."""

from collections.abc import Mapping
from typing import Any

from bibnet.report.content.cell import Cell
from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.table_view import Heading, TableView
from bibnet.report.content.wording import (
    clean,
    count,
    counted,
    country_name,
    is_undefined,
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
    pair_cell,
    rank_words,
    shown_view,
    units_html,
)
from bibnet.schema.country_report import (
    COUNTRY_DISTRIBUTION,
    COUNTRY_INSTITUTION,
    COUNTRY_PARTNER,
    COUNTRY_TIE,
)
from bibnet.schema.exhibits.volume import COUNTRY_YEARS

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
        ordered = [profiles.of(code) for code in sorted(codes)]
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
    codes = sorted(code for codes in content.sides.values() for code in codes)
    return [country_name(c, content.country_names) for c in codes if _anchor(c) not in shown]


def _anchor(code: str) -> str:
    return f"country-{clean(code)}"


def _section(content: ReportContent, profile: CountryProfile) -> UnitSection:
    partners = Shown(COUNTRY_PARTNER, profile.partners, country_pair_cells(profile))
    ties = Shown(COUNTRY_TIE, profile.ties, tie_cells(profile), TIE_COLUMNS)
    distribution = Shown(COUNTRY_DISTRIBUTION, profile.distribution)
    tables = (
        ("institutions", _institution_view(content, profile)),
        ("ties", shown_view(content, ties)),
        ("partner countries", shown_view(content, partners)),
        ("distribution", shown_view(content, distribution)),
        ("years", shown_view(content, Shown(COUNTRY_YEARS, profile.years, year_cells(profile)))),
    )
    name = country_name(profile.country, content.country_names)
    return UnitSection(
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
    listed = Shown(COUNTRY_INSTITUTION, profile.institutions, cells, INSTITUTION_COLUMNS)
    view = shown_view(content, listed)
    shown = profile.institutions.head(ROWS_SHOWN)
    ranks = zip(*(shown[f"strength_rank{end}"] for end in ("", "_low", "_high")), strict=True)
    rows = [[*cells, rank_words(*three)] for cells, three in zip(view.rows, ranks, strict=True)]
    return TableView(view.caption, [*view.headings, RANK], rows, view.note, view.cells)
