from dataclasses import replace

import pandas as pd
from invented_report import empty_content

from bibnet.report.about.definitions import column_views, terms
from bibnet.report.content.report_content import ReportContent, with_declared_frames
from bibnet.report.page.sections import Section, report_sections
from bibnet.schema import EXHIBITS


def sections_of(content: ReportContent) -> list[Section]:
    return report_sections(with_declared_frames(content), {})


def test_every_exhibit_with_rows_is_shown_exactly_once_where_it_declares_itself() -> None:
    filled = {name: pd.DataFrame({t.key[0]: [1]}) for name, t in EXHIBITS.items()}
    sections = sections_of(replace(empty_content(), exhibits=filled))
    shown = [(section.id, view.exhibit) for section in sections for view in section.tables]
    assert sorted(shown) == sorted((table.section, name) for name, table in EXHIBITS.items())


def test_sections_are_in_reading_order() -> None:
    headings = [section.heading for section in sections_of(empty_content())]
    assert headings == [
        "Over time",
        "Countries",
        "Institutions",
        "Topics",
        "Funding",
        "Hubs",
        "Companies",
        "Institutions on named lists",
        "Works with a listed institution and a sensitive keyword",
        "Citations",
        "Coverage",
    ]


def test_an_empty_section_says_why_in_one_line() -> None:
    topics = next(s for s in sections_of(empty_content()) if s.id == "topics")
    assert topics.tables == []
    assert topics.empty == [EXHIBITS["topics"].when_empty]


def test_works_without_a_topic_are_no_table_of_topics() -> None:
    rows = pd.DataFrame({"topic_id": [None], "works": [7], "joint_works": [1]})
    content = replace(empty_content(), exhibits={"topics": rows})
    topics = next(s for s in sections_of(content) if s.id == "topics")
    assert (topics.tables, topics.empty) == ([], [EXHIBITS["topics"].when_empty])


def test_without_a_funder_one_line_speaks_for_all_tables_of_funders() -> None:
    funding = next(s for s in sections_of(empty_content()) if s.id == "funding")
    assert [line for line in funding.empty if "names a funder" in line] == [
        "No work of this run names a funder. Works of OpenAlex name theirs; records give them as "
        "`funders`."
    ]
    assert not [line for line in funding.empty if "programme" in line]


def test_the_section_of_listed_bodies_says_what_a_flag_is_not() -> None:
    listed = next(s for s in sections_of(empty_content()) if s.id == "listed")
    assert "no statement about a person and no finding of wrongdoing" in listed.lead


def test_a_joint_work_is_defined_by_the_sides_of_the_run() -> None:
    content = replace(empty_content(), sides={"us": ("US",), "asia": ("JP",), "eu": ("DE",)})
    assert terms(content)[0] == (
        "Joint work",
        "Joint works have an affiliation in the US, one in Asia and one in the EU. One person with "
        "affiliations on all sides is enough.",
    )


def test_every_column_of_every_exhibit_is_explained() -> None:
    explained = sum(len(view.rows) for view in column_views())
    assert explained == sum(len(table.columns) for table in EXHIBITS.values())
