from dataclasses import replace

from invented_report import empty_content, invented_content

from bibnet.report.about.definitions import column_views, terms
from bibnet.report.content.report_content import with_declared_frames
from bibnet.report.page.sections import report_sections
from bibnet.schema import EXHIBITS


def test_every_exhibit_is_shown_exactly_once() -> None:
    sections = report_sections(with_declared_frames(empty_content()))
    names = [name for section in sections for name, _view in section.tables]
    assert sorted(names) == sorted(table.name for table in EXHIBITS.values())


def test_sections_are_in_reading_order() -> None:
    headings = [s.heading for s in report_sections(with_declared_frames(empty_content()))]
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
        "Further tables",
    ]


def test_a_table_fills_the_place_beside_an_odd_figure() -> None:
    sections = {s.id: s for s in report_sections(with_declared_frames(invented_content()))}
    assert [name for name, _ in sections["time"].beside] == ["years"]  # three narrow figures
    assert sections["institutions"].beside == ()  # two narrow, one wide
    assert [name for name, _ in sections["countries"].below] == [
        "country_years",
        "country_pairs",
        "country_expectation",
    ]


def test_the_section_of_listed_bodies_says_what_a_flag_is_not() -> None:
    listed = next(s for s in report_sections(empty_content()) if s.id == "listed")
    assert "no statement about a person and no finding of wrongdoing" in listed.lead


def test_a_joint_work_is_defined_by_the_sides_of_the_run() -> None:
    content = replace(empty_content(), sides={"us": ("US",), "asia": ("JP",), "eu": ("DE",)})
    assert terms(content)[0] == (
        "Joint work",
        "Joint works have at least one country of US and of Asia and of EU. One person with "
        "affiliations on all sides is enough.",
    )


def test_every_column_of_every_exhibit_is_explained() -> None:
    explained = sum(len(view.rows) for view in column_views())
    assert explained == sum(len(table.columns) for table in EXHIBITS.values())
