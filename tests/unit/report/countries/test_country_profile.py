"""The report of a country: every number is one of the exhibits or a sum of them."""

import html
import re
from dataclasses import replace

import pandas as pd
import pytest
from invented_report import empty_content, with_works

from bibnet.report.content.report_content import ReportContent, declared_frame
from bibnet.report.countries.countries_page import (
    countries_html,
    country_sections,
    lead_sentence,
    question_first,
)
from bibnet.report.countries.country_profile import CountryProfile, CountryProfiles
from bibnet.report.countries.unit_section import ROWS_SHOWN, rank_words
from bibnet.schema import EXHIBITS
from bibnet.schema.country_report import (
    COUNTRY_DISTRIBUTION,
    COUNTRY_INSTITUTION,
    COUNTRY_PARTNER,
    COUNTRY_TIE,
    turned_name,
)
from bibnet.schema.units import INVENTED

SIDES = {"north": ("AA", "AB"), "south": ("ZA",)}
# id, country, works, joint works, strength
BODIES = [
    ("I1", "AA", 12, 10, 9), ("I2", "AA", 3, 0, 2), ("I3", "ZA", 7, 5, 8), ("I4", "QQ", 2, 1, 3),
    ("I5", "AA", 1, 0, 0), ("I6", None, 1, 0, 2),
]  # fmt: skip
# a, b, works, ric_ab, ric_ba
PAIRS = [
    ("I1", "I2", 1, 1.0, 2.0), ("I1", "I3", 6, 3.0, 4.0), ("I1", "I4", 2, 5.0, 6.0),
    ("I2", "I6", 1, None, None), ("I3", "I4", 1, 7.0, 8.0),
]  # fmt: skip
HOSTILE = '<img src=x onerror="a">\u202e[bold]'


def frames(names: dict[str, str] | None = None) -> dict[str, pd.DataFrame]:
    country = {row[0]: row[1] for row in BODIES}
    side = {code: name for name, codes in SIDES.items() for code in codes}
    name = {row[0]: f"Body {row[0]}" for row in BODIES} | (names or {})
    bodies = pd.DataFrame(
        BODIES, columns=["institution_id", "country", "works", "joint_works", "s"]
    )
    institutions = bodies.assign(
        institution=bodies["institution_id"].map(name), side=bodies["country"].map(side),
        partners=[3, 2, 2, 2, 0, 1], joint_partners=[1, 0, 1, 0, 0, 0],
    )  # fmt: skip
    centrality = institutions[["institution_id", "institution", "country"]].assign(
        strength=bodies["s"], strength_rank=[1, 4, 2, 3, 6, 4], pagerank=0.1, community=1
    )
    pairs = pd.DataFrame(
        [
            (a, b, name[a], name[b], country[a], country[b],
             side.get(country[a], "") + side.get(country[b], "") in ("northsouth", "southnorth"),
             works, works / 2, ab, ba)
            for a, b, works, ab, ba in PAIRS
        ],
        columns=["institution_a", "institution_b", "name_a", "name_b", "country_a", "country_b",
                 "cross_side", "works", "works_fractional", "ric_ab", "ric_ba"],
    )  # fmt: skip
    found = {
        "institutions": institutions,
        "centrality": centrality,
        "institution_pairs": pairs,
        "countries": pd.DataFrame(
            [("north", "AA", 14, 10, 0.5, 0.7), ("south", "ZA", 7, 5, 0.25, 0.7)],
            columns=["side", "country", "works", "joint_works", "share_of_joint",
                     "share_of_country"],
        ),
        "country_pairs": pd.DataFrame(
            [("AA", "QQ", 2, 1.5, 2.5), ("AA", "ZA", 6, 3.5, 4.5)],
            columns=["country_a", "country_b", "works", "ric_ab", "ric_ba"],
        ),
        "country_years": pd.DataFrame(
            [(2020, "AA", 9, 6, 6 / 9), (2021, "AA", 5, 4, 0.8), (2021, "ZA", 7, 5, 5 / 7)],
            columns=["year", "country", "works", "joint_works", "share"],
        ),
    }  # fmt: skip
    return {key: declared_frame(EXHIBITS[key], frame) for key, frame in found.items()}


def profile(code: str) -> CountryProfile:
    return CountryProfiles(frames().__getitem__, SIDES).of(code)


def content(names: dict[str, str] | None = None) -> ReportContent:
    return replace(
        empty_content(), sides=SIDES, exhibits=frames(names), country_names={"AA": "Aland"}
    )


def rows(frame: pd.DataFrame, *names: str) -> list[tuple[object, ...]]:
    return list(frame[list(names)].itertuples(index=False, name=None))


def test_the_institutions_of_a_country_strongest_first() -> None:
    found = profile("AA").institutions
    assert list(found.columns) == COUNTRY_INSTITUTION.column_names
    assert rows(found, "institution_id", "works", "strength", "strength_rank") == [
        ("I1", 12, 9, 1), ("I2", 3, 2, 4), ("I5", 1, 0, 6),
    ]  # fmt: skip


def test_ties_have_the_country_first_whichever_end_it_is() -> None:
    found = profile("ZA").ties
    names = ("institution_id", "partner_id", "partner_country", "cross_side", "works")
    assert rows(found, *names) == [
        ("I3", "I1", "AA", True, 6), ("I3", "I4", "QQ", False, 1),
    ]  # fmt: skip


def test_what_looks_from_one_end_is_turned_with_the_tie() -> None:
    """I3 is second in the pair I1-I3: from its end ric is the pair's ric_ba."""
    if "ric" not in COUNTRY_TIE.column_names:
        pytest.skip("no column of the pairs looks from one end")
    assert rows(profile("ZA").ties, "ric", "ric_back") == [(4.0, 3.0), (7.0, 8.0)]
    assert rows(profile("AA").ties, "ric", "ric_back")[0] == (3.0, 4.0)
    assert rows(profile("ZA").partners, "partner_country", "ric") == [("AA", 4.5)]


def test_names_of_turned_columns() -> None:
    names = ("ric_ab", "ric_ba_low", "works", "salton")
    assert [turned_name(n, here_first=True) for n in names] == [
        "ric", "ric_back_low", "works", "salton",
    ]  # fmt: skip
    assert [turned_name(n, here_first=False) for n in names][:2] == ["ric_back", "ric_low"]


def test_partner_countries() -> None:
    found = profile("AA").partners
    assert list(found.columns) == COUNTRY_PARTNER.column_names
    assert rows(found, "partner_country", "works") == [("ZA", 6), ("QQ", 2)]


def test_the_totals() -> None:
    found = profile("AA")
    assert found.side == "north"
    assert found.totals == {
        "works": 14, "works_fractional": None, "joint_works": 10, "share_of_joint": 0.5,
        "share_of_country": 0.7, "institutions": 3, "institutions_with_joint_works": 1,
        "ties_inside": 1, "ties_elsewhere": 3, "links_elsewhere": 9, "ties_across_sides": 1,
        "partner_institutions": 3, "partner_countries": 2,
    }  # fmt: skip


def test_the_distribution() -> None:
    found = profile("AA").distribution.set_index("number")
    assert list(found.reset_index().columns) == COUNTRY_DISTRIBUTION.column_names
    assert found.loc["works"].tolist() == [0, 1, 1, 0, 1, 0, 3, 2, 2 / 3, 3.0]
    assert found.loc["joint_works", "fewer_than_ten"] == 2
    assert found.loc["joint_works", "institutions_none"] == 2


def test_works_that_were_not_harvested_have_no_distribution() -> None:
    exhibits = frames()
    exhibits["institutions"]["works"] = pd.array([pd.NA] * len(BODIES), dtype="Int64")
    found = CountryProfiles(exhibits.__getitem__, SIDES).of("AA").distribution
    assert "works" not in set(found["number"])
    assert "joint_works" in set(found["number"])


def test_the_bands_hold_every_institution() -> None:
    bands = [name for name in COUNTRY_DISTRIBUTION.column_names if name.startswith("institutions_")]
    for code in ("AA", "ZA", "QQ"):
        found = profile(code).distribution
        assert (found[bands].sum(axis=1) == found["institutions"]).all()


def test_a_country_without_a_work_is_empty_and_says_so() -> None:
    found = profile("LI")
    assert (len(found.institutions), len(found.ties), len(found.partners)) == (0, 0, 0)
    assert (found.side, found.totals["works"], found.totals["share_of_joint"]) == ("", 0, None)
    assert lead_sentence(found) == (
        "No work. No institution. No tie with an institution elsewhere."
    )


def test_one_work_and_one_institution_read_as_one() -> None:
    counts = {"number": "joint_works", "fewer_than_ten": 1}
    one = replace(profile("AA"), distribution=pd.DataFrame([counts]))
    names = ("works", "joint_works", "institutions", "institutions_with_joint_works")
    numbers = dict.fromkeys((*names, "ties_elsewhere", "partner_institutions"), 1)
    across = {"share_of_joint": 0.5, "ties_across_sides": 0}
    assert lead_sentence(replace(one, totals=numbers | across)) == (
        "1 work, joint (of 2 joint works). 1 institution, with a joint work. 1 tie with "
        "1 institution elsewhere, not across sides."
    )


def test_the_sentence_is_made_of_the_totals() -> None:
    assert lead_sentence(profile("AA")) == (
        "14 works, 10 of them joint (of 20 joint works). 3 institutions, 1 of them with a "
        "joint work, 1 with ten or more. 3 ties with 3 institutions elsewhere, 1 of them across "
        "sides."
    )


def test_a_part_of_many_joint_works_is_a_share() -> None:
    many = profile("AA")
    totals = {**many.totals, "works": 90, "joint_works": 30, "share_of_joint": 0.75}
    assert lead_sentence(replace(many, totals=totals)).startswith(
        "90 works, 30 of them joint (75.0% of all joint works). "
    )


def page_of(shown: ReportContent) -> str:
    return countries_html(shown, country_sections(shown))


def test_the_numbers_of_a_country_lead_to_cells_of_the_exhibits() -> None:
    shown = with_works(content())
    ((_, sections), _) = country_sections(shown)
    views = dict(sections[0].tables)
    asked = {name: [cell.address for cell in view.links] for name, view in views.items()}
    assert asked["institutions"][0] == "#works/institutions?institution_id=I1"
    assert asked["ties"][0] == "#works/institution_pairs?institution_a=I1&institution_b=I3"
    assert asked["partner countries"][0] == "#works/country_pairs?country_a=AA&country_b=ZA"
    assert asked["years"][0] == "#works/country_years?year=2020&country=AA"
    assert asked["distribution"] == []
    assert "data-exhibit" not in page_of(content())


def test_ranks_in_words() -> None:
    assert rank_words(12, 9.0, 15.0) == "12 (9 to 15)"
    assert rank_words(12, float("nan"), pd.NA) == "12"
    assert rank_words(pd.NA, 1.0, 2.0) == "–"


def test_the_page_has_a_section_for_each_country_of_the_sides_with_a_work() -> None:
    page = page_of(content())
    assert re.findall(r'<section id="([\w-]+)"', page) == ["country-AA", "country-ZA"]
    assert "Aland (AA)" in page
    assert "Without a work in this run: AB." in page
    assert INVENTED in page
    assert "<title>INVENTED: " in page


def test_the_page_lets_nothing_in_and_names_are_no_markup() -> None:
    page = page_of(content({"I1": HOSTILE}))
    assert "script-src 'sha256-" in html.unescape(page)
    assert page.count("<script") == 1
    assert "<img" not in page
    assert "\u202e" not in page
    assert "[bold]" in page


def test_what_the_page_leaves_out_is_counted() -> None:
    exhibits = frames()
    more = [(f"J{i}", "AA", 1, 0, 0) for i in range(ROWS_SHOWN)]
    extra = pd.DataFrame(more, columns=["institution_id", "country", "works", "joint_works", "s"])
    for name in ("institutions", "centrality"):
        table = EXHIBITS[name]
        added = pd.concat([exhibits[name], declared_frame(table, extra)], ignore_index=True)
        exhibits[name] = declared_frame(table, added)
    page = page_of(replace(content(), exhibits=exhibits))
    assert f"First {ROWS_SHOWN} of {ROWS_SHOWN + 3} rows; 3 are not shown." in page


def test_an_empty_run_has_an_empty_page() -> None:
    page = page_of(empty_content())
    assert "<section" not in page
    assert "Without a work in this run" in page


def test_an_earlier_run_without_a_column_has_it_undefined() -> None:
    exhibits = frames()
    exhibits["country_pairs"] = exhibits["country_pairs"].drop(columns="collaboration_index")
    found = CountryProfiles(exhibits.__getitem__, SIDES).of("AA").partners
    assert found["collaboration_index"].isna().all()


def test_the_page_puts_joint_works_and_ties_across_sides_first_and_links_the_files() -> None:
    text = countries_html(content(), country_sections(content()))
    names = re.findall(r'<th scope="row">(Body I\d)</th>', text)
    assert names[:3] == ["Body I1", "Body I2", "Body I5"]  # joint works 10, 0, 0; then strength
    first = question_first(profile("AA"))
    assert first.ties["cross_side"].tolist() == [True, False, False]
    files = set(re.findall(r'href="(exhibits/\w+\.csv)"', text))
    assert files == {
        "exhibits/institutions.csv",
        "exhibits/institution_pairs.csv",
        "exhibits/country_pairs.csv",
        "exhibits/country_years.csv",
    }
    assert text.count('href="report.xlsx"') == text.count("<table")
