"""What a few works give: literal objects in, whole columns out, and which works are odd."""

from typing import Any

import msgspec
from read_inputs import work

from bibnet.schema import Table
from bibnet.schema.source import (
    AFFILIATION,
    ASSERTED_INSTITUTION,
    AUTHORSHIP,
    CITING_YEAR,
    CONCEPT,
    STATED_COUNTRY,
    TOPIC,
)
from bibnet.tables.columns.people import authorship_part, gather_people
from bibnet.tables.columns.sheets import Outside, Sheets, Some
from bibnet.tables.columns.subjects import (
    citing_part,
    concept_part,
    gather_citing_years,
    gather_concepts,
    gather_topics,
)
from bibnet.tables.decode.objects import WorkObject

BONN = {"id": "https://openalex.org/I1", "display_name": "Bonn", "country_code": "DE"}
BONN_CELLS = ("I1", None, "Bonn", "DE", None, None)
FIRST = 10


def some(*fields: dict[str, Any]) -> Some:
    """Works of some fields, numbered from FIRST."""
    objects = [msgspec.convert(work(1, **one), WorkObject) for one in fields]
    return Some(objects, range(FIRST, FIRST + len(objects)))


def people(*fields: dict[str, Any]) -> Sheets:
    """What works of one person each give."""
    sheets = Sheets()
    gather_people(sheets, some(*({"authorships": [one]} for one in fields)))
    return sheets


def rows(sheets: Sheets, table: Table) -> list[tuple[Any, ...]]:
    sheet = sheets.sheet(table)
    return list(zip(sheet.owner, *sheet.columns, strict=True))


def entry(text: str | None, *ids: str | None) -> dict[str, Any]:
    return {"raw_affiliation_string": text, "institution_ids": list(ids)}


def test_entries_name_institutions_and_strings() -> None:
    sheets = people(
        {"institutions": [BONN], "affiliations": [entry("B", "I1", "I2"), entry("")]},
        {"affiliations": [entry("C")], "raw_affiliation_strings": ["C"]},
    )
    assert rows(sheets, AFFILIATION) == [(10, 1, 1, "B"), (10, 1, 2, None), (11, 1, 1, "C")]
    assert rows(sheets, ASSERTED_INSTITUTION) == [
        (10, 1, 1, 1, *BONN_CELLS),
        (10, 1, 1, 2, "I2", None, None, None, None, None),
    ]
    assert (sheets.odd, sheets.outside) == (set(), [])


def test_persons_who_need_more_are_asked_one_by_one_and_keep_their_place() -> None:
    sheets = people(
        {"affiliations": [entry("A")]},
        {"institutions": [BONN], "affiliations": [entry("B")], "raw_affiliation_strings": ["S"]},
        {"institutions": [BONN, None]},
        {"affiliations": [entry("D", "I1", "I1")]},
    )
    assert rows(sheets, AFFILIATION) == [
        (10, 1, 1, "A"),
        (11, 1, 1, "B"),
        (11, 1, 2, None),
        (12, 1, 1, None),
        (13, 1, 1, "D"),
    ]
    assert [row[:4] for row in rows(sheets, ASSERTED_INSTITUTION)] == [
        (11, 1, 2, 1),
        (12, 1, 1, 1),
        (13, 1, 1, 1),
    ]
    assert sheets.outside == [Outside(11, 1, 1), Outside(12, 0, 0), Outside(13, 0, 0)]
    assert sheets.odd == set()


def test_a_work_with_an_institution_to_note_is_odd() -> None:
    sheets = people({"institutions": [{**BONN, "ror": "x"}], "affiliations": [entry("B", "I1")]})
    assert sheets.odd == {10}


def test_authors_without_an_id_or_with_one_that_is_none() -> None:
    ids = ["https://openalex.org/A5", None, "https://openalex.org/A9999999999", "A6"]
    part = authorship_part(sheets := people(*({"author": {"id": one}} for one in ids)))
    assert part.columns[0] == [1, 1, 1, 1]
    assert part.columns[1].to_pylist() == ["A5", None, None, None]
    assert sheets.odd == {13}


def test_an_authorship_that_is_null_is_a_person() -> None:
    sheets = Sheets()
    gather_people(sheets, some({"authorships": [None, {}]}))
    assert rows(sheets, AUTHORSHIP) == [(10, 1, None), (10, 2, None)]


def test_countries_are_distinct_and_sorted_and_odd_where_mended() -> None:
    sheets = people({"countries": ["DE", "CN", "DE", None, ""]}, {"countries": ["de"]})
    assert rows(sheets, STATED_COUNTRY)[:2] == [(10, 1, "CN"), (10, 1, "DE")]
    assert sheets.odd == {11}


def test_topics_have_their_places() -> None:
    topic = {"id": "https://openalex.org/T5", "score": 0.5, "subfield": {"id": 17}}
    sheets = Sheets()
    gather_topics(sheets, some({"primary_topic": topic, "topics": [topic]}, {"topics": [topic]}))
    cells = ("T5", None, "17", None, None, None, 0.5)
    assert rows(sheets, TOPIC) == [(10, 0, *cells), (10, 1, *cells), (11, 1, *cells)]
    assert sheets.odd == set()


def test_topics_that_are_null_or_noted_or_have_a_score_as_text_make_a_work_odd() -> None:
    topics: list[Any] = [None, {"id": "x"}, {"score": "0.5"}, {"id": None}]
    sheets = Sheets()
    gather_topics(sheets, some(*({"topics": [one]} for one in topics)))
    assert sheets.odd == {10, 11, 12}


def test_concepts_are_sorted_and_odd_where_one_comes_twice() -> None:
    concepts = [{"id": "C9", "score": 0.5}, {"id": "C10", "display_name": "x"}]
    sheets = Sheets()
    gather_concepts(sheets, some({"concepts": concepts}, {"concepts": concepts[:1] * 2}))
    part = concept_part(sheets)
    assert list(part.owner) == [10, 10, 11, 11]
    assert [column.to_pylist()[:2] for column in part.columns] == [
        ["C10", "C9"],
        ["x", None],
        [None, 0.5],
    ]
    assert sheets.odd == {11}


def test_citing_years_are_sorted_and_odd_where_one_is_missing() -> None:
    years = [{"year": 2023, "cited_by_count": 4}, {"year": 2021, "cited_by_count": -1}]
    sheets = Sheets()
    gather_citing_years(sheets, some({"counts_by_year": years}, {"counts_by_year": [None]}))
    part = citing_part(sheets)
    assert [column.to_pylist()[:2] for column in part.columns] == [[2021, 2023], [0, 4]]
    assert (sheets.odd, sheets.sheet(CITING_YEAR).owner) == ({11}, [10, 10, 11])


def test_nothing_of_no_works() -> None:
    sheets = Sheets()
    gather_people(sheets, some())
    gather_concepts(sheets, some())
    assert list(concept_part(sheets).owner) == rows(sheets, AFFILIATION) == []
    assert sheets.sheet(CONCEPT).columns == [[], [], []]
