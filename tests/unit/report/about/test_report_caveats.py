from dataclasses import replace

import pandas as pd
import pytest
from invented_report import empty_content, invented_content, invented_manifest

from bibnet.report.about.caveats import caveats
from bibnet.report.about.origin import origin_views, source_date, source_line
from bibnet.report.content.report_content import with_declared_frames


def test_affiliation_and_funder_coverage_come_with_the_numbers_of_the_run() -> None:
    found = caveats(with_declared_frames(invented_content(20)))
    assert found[0] == (
        "Affiliations: 92.2% of the authorships of this run have a country; lowest in 2022 (90.7% "
        "of 7,500), highest in 2017 (95.0% of 4,000). At OpenAlex the coverage of affiliations "
        "fell for 2023 to 2025."
    )
    assert found[1].startswith("Funders: 55.6% of the works of this run name a funder or an award;")


def test_extremes_are_those_of_years_with_enough() -> None:
    coverage = pd.DataFrame(
        {
            "year": [1915, 2019, 2020],
            "authorships": [1, 100, 50],
            "authorships_with_country": [0, 90, 30],
        }
    )
    content = with_declared_frames(replace(empty_content(), exhibits={"coverage": coverage}))
    assert caveats(content)[0].startswith(
        "Affiliations: 79.5% of the authorships of this run have a country; of the years with 30 "
        "or more, lowest in 2020 (60.0% of 50), highest in 2019 (90.0% of 100)."
    )


@pytest.mark.parametrize("authorships", [(10, 5), (40, 5)])
def test_without_two_years_of_enough_no_year_is_the_lowest(authorships: tuple[int, int]) -> None:
    coverage = pd.DataFrame(
        {"year": [2008, 2015], "authorships": authorships, "authorships_with_country": [1, 5]}
    )
    content = with_declared_frames(replace(empty_content(), exhibits={"coverage": coverage}))
    assert "lowest" not in caveats(content)[0]


def test_a_run_without_any_funder_says_none() -> None:
    coverage = pd.DataFrame({"year": [2020], "works": [5], "works_with_funder": [0]})
    content = with_declared_frames(replace(empty_content(), exhibits={"coverage": coverage}))
    assert caveats(content)[1].startswith("Funders: none of the works of this run name a funder")


def test_every_caveat_is_printed_on_an_empty_run_too() -> None:
    words = " ".join(caveats(with_declared_frames(empty_content())))
    for caveat in (
        "Affiliations:",
        "Funders:",
        "Chinese-language",
        "Language labels",
        "do not say when they were made",
    ):
        assert caveat in words


def test_provisional_years_disagreements_and_notes_are_caveats() -> None:
    found = caveats(with_declared_frames(invented_content(20)))
    assert "Provisional years: 2022. Their counts still grow at the source." in found
    assert any(caveat.startswith("For 120 affiliations") for caveat in found)
    assert found[-1] == "A note on an empty column."


def test_the_date_of_the_source() -> None:
    assert source_date(invented_manifest()) == (
        "Date of the source: harvest 2023-03-01; newest change of a work 2023-02-27."
    )


def test_the_line_below_a_figure() -> None:
    manifest = {**invented_manifest(), "run": "2023-03-01-12345678"}
    assert source_line(manifest, "x") == (
        "Source: OpenAlex (CC0), harvest 2023-03-01. Computed by bibnet 0.1.0. Cite as: bibnet, x, "
        "run 2023-03-01-12345678."
    )
    assert source_line({}, "x") == "Source: OpenAlex (CC0). Computed by bibnet."


def test_invented_works_are_nobody_s_and_have_no_caveats_of_openalex() -> None:
    manifest = {**invented_manifest(), "invented": True}
    assert source_line(manifest, "x").startswith("Source: an INVENTED source, harvest 2023-03-01.")
    words = " ".join(caveats(replace(empty_content(), manifest=manifest)))
    assert "OpenAlex" not in words
    assert "Chinese-language" not in words


def test_a_source_that_is_not_openalex_is_named_by_its_files_and_has_no_caveats_of_openalex() -> (
    None
):
    files = [{"path": f"{name}.jsonl"} for name in "abc"]
    manifest = {"source": {"kind": "files", "forms": {"record": 9}, "files": files}}
    assert source_line(manifest, "x").startswith("Source: a.jsonl, b.jsonl and 1 more. ")
    words = " ".join(caveats(replace(empty_content(), manifest=manifest)))
    assert "OpenAlex" not in words
    assert "Chinese-language" not in words


def test_what_became_of_every_line() -> None:
    view = next(v for v in origin_views(invented_manifest()) if v.caption.startswith("What became"))
    assert view.rows == [
        ["lines read", "9,100"],
        ["works kept", "8,640"],
        ["excluded: no year", "350"],
        ["excluded: retracted", "10"],
        ["duplicates", "50"],
        ["quarantined", "50"],
    ]


def test_rules_are_named_in_words() -> None:
    (view,) = origin_views({"counts": {"excluded": {"ai_not_judgeable": 3, "not_ai": 2}}})
    assert view.rows == [["excluded: AI not decidable", "3"], ["excluded: not AI", "2"]]


def test_files_without_a_date_have_provisional_years_and_a_caveat_that_says_so() -> None:
    years = pd.DataFrame({"year": [2021], "side": ["all"], "works": [4], "provisional": [True]})
    said = caveats(replace(empty_content(), exhibits={"years": years}, manifest={}))
    assert "Provisional years: 2021." in said
    assert [line for line in said if "the last two years that they reach" in line]


def test_an_empty_manifest_has_no_tables() -> None:
    assert origin_views({}) == []
