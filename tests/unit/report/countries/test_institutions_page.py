"""The page of institutions: who is on it, what it says of each, and where its numbers lead."""

import html
import re
from dataclasses import replace

import pandas as pd
from invented_report import empty_content, hostile_content, invented_content, with_works

from bibnet.report.content.report_content import ReportContent, with_declared_frames
from bibnet.report.countries.institutions_page import (
    MOST,
    institution_sections,
    institutions_html,
)
from bibnet.report.countries.unit_section import UnitSection

CHANCE = {
    "institution_a": "I000000",
    "institution_b": "I000001",
    "name_a": "one",
    "name_b": "other",
    "works": 9,
    "expected": 3.0,
    "ratio": 3.0,
    "verdict": "more",
}


def whole(institutions: int = 70) -> ReportContent:
    content = with_declared_frames(with_works(invented_content(institutions)))
    chance = {"institution_expectation": pd.DataFrame([CHANCE])}
    return with_declared_frames(replace(content, exhibits={**content.exhibits, **chance}))


def sections_of(content: ReportContent) -> dict[str, UnitSection]:
    found = institution_sections(content)
    return {section.id: section for _side, sections in found for section in sections}


def test_those_with_most_joint_works_and_those_on_lists_are_on_the_page() -> None:
    content = whole(70)
    bodies = content.exhibit("institutions").sort_values("joint_works", ascending=False)
    last = bodies["institution_id"].iloc[-1]
    listed = content.exhibit("defence").assign(institution_id=last)
    found = sections_of(replace(content, exhibits={**content.exhibits, "defence": listed}))
    assert len(found) == MOST + 1
    assert f"institution-{last}" in found


def test_sides_come_in_the_order_of_the_query_and_no_side_last() -> None:
    found = [side for side, _ in institution_sections(whole(40))]
    assert found == ["North", "South", "Of no side"]


def test_the_sentence_and_the_tables_of_one_institution() -> None:
    section = sections_of(whole())["institution-I000000"]
    assert section.heading == "Technical University of Aland 0 (Aland)"
    assert section.lead == (
        "1,205 works, 401 of them joint. 40 partner institutions, 12 of them across sides in joint "
        "works. Rank 1 of 70 institutions by strength. On no list of this run."
    )
    assert [label for label, _ in section.tables] == [
        "counts",
        "partners",
        "place in the network",
        "pairs against chance",
    ]
    views = dict(section.tables)
    assert views["counts"].links[0].address == "#works/institutions?institution_id=I000000"
    partner = views["partners"].links[0].keys
    assert partner["institution_a"] == "I000000"


def test_a_rank_says_with_how_many_it_is_shared() -> None:
    content = whole()
    ranks = content.exhibit("centrality").assign(strength_rank=1)
    found = sections_of(replace(content, exhibits={**content.exhibits, "centrality": ranks}))
    assert "Rank 1, shared with 69 others, of 70 institutions" in (
        found["institution-I000000"].lead
    )


def test_a_listed_institution_names_its_lists() -> None:
    content = whole()
    id = content.exhibit("defence")["institution_id"].iloc[0]
    section = sections_of(content)[f"institution-{id}"]
    assert section.lead.endswith("On the list Invented List.")
    assert "lists that hold it" in dict(section.tables)


def test_names_are_no_markup_and_an_empty_run_has_an_empty_page() -> None:
    hostile = with_declared_frames(hostile_content())
    page = institutions_html(hostile, institution_sections(hostile))
    assert page.count("<script") == 1
    assert "<img" not in page
    assert "script-src 'sha256-" in html.unescape(page)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    empty = with_declared_frames(empty_content())
    assert "<section" not in institutions_html(empty, institution_sections(empty))
