"""The fields of a work over the schema generations, bare and mended."""

from pathlib import Path
from typing import Any

import pytest
from read_inputs import Given, read, record, work

from bibnet.tables.identifiers import bare_doi, instant
from bibnet.tables.rows.abstract import MOST_WORDS, abstract_text, parse_index


def one(folder: Path, column: str, **fields: Any) -> Any:
    """One column of one work."""
    return read(folder, work(1, **fields)).rows("work", column)[0]


def issues(given: Given) -> list[Any]:
    return given.rows("field_issue", "field", "action", "value")


GENERATIONS: list[tuple[str, dict[str, Any], Any]] = [
    ("title", {"title": None, "display_name": "B"}, "B"),
    ("title", {"title": "A", "display_name": "B"}, "A"),
    ("year", {"publication_year": 2020, "publication_date": "2019-12-31"}, 2020),
    ("year", {"publication_date": "2019-12-31"}, 2019),
    ("doi", {"doi": "https://doi.org/10.1000/ABC"}, "10.1000/abc"),
    ("venue", {"primary_location": {"source": {"display_name": "J"}}}, "J"),
    ("venue", {"primary_location": {"source": None}, "host_venue": {"display_name": "H"}}, "H"),
    ("citations", {"cited_by_count": 0}, 0),
    ("fwci", {"fwci": 1}, 1.0),
    ("citation_percentile", {"citation_normalized_percentile": {"value": 0.5}}, 0.5),
    ("is_paratext", {}, None),
    ("has_topics", {}, False),
    ("has_topics", {"topics": []}, True),
    ("has_topics", {"primary_topic": None}, True),
    ("has_concepts", {"concepts": None}, True),
    ("authors_cut", {"authorships": [{}] * 100}, True),
    ("authors_cut", {"authorships": [{}] * 99}, False),
    ("authors_cut", {"is_authors_truncated": True}, True),
]


@pytest.mark.parametrize(("column", "fields", "expected"), GENERATIONS)
def test_field_of_every_generation(
    tmp_path: Path, column: str, fields: dict[str, Any], expected: Any
) -> None:
    assert one(tmp_path, column, **fields) == expected


MENDED: list[tuple[str, str, Any, Any, str]] = [
    ("cited_by_count", "citations", "17", 17, "coerced"),
    ("cited_by_count", "citations", 17.0, 17, "coerced"),
    ("cited_by_count", "citations", "many", None, "emptied"),
    ("cited_by_count", "citations", 10**25, None, "emptied"),
    ("publication_year", "year", "2020", 2020, "coerced"),
    ("publication_year", "year", 2020.5, None, "emptied"),
    ("title", "title", 1984, "1984", "coerced"),
    ("title", "title", ["A"], None, "emptied"),
    ("is_retracted", "is_retracted", "true", True, "coerced"),
    ("is_retracted", "is_retracted", "maybe", None, "emptied"),
    ("doi", "doi", "not a doi", None, "emptied"),
    ("updated_date", "updated", "yesterday", None, "emptied"),
    ("fwci", "fwci", "high", None, "emptied"),
]


@pytest.mark.parametrize("case", MENDED, ids=str)
def test_value_of_another_type_is_mended_and_noted(tmp_path: Path, case: tuple[Any, ...]) -> None:
    field, column, value, expected, action = case
    given = read(tmp_path, work(1, **{field: value}))
    shown = value if isinstance(value, str) else repr(value)
    assert (given.rows("work", column), issues(given)) == ([expected], [(field, action, shown)])


def test_half_surrogate_pairs_become_replacement_characters(tmp_path: Path) -> None:
    given = read(tmp_path, b'{"id":"W1","title":"a\\ud800b"}')
    assert given.rows("work", "title") == ["a\ufffdb"]


def test_last_of_two_equal_keys_counts(tmp_path: Path) -> None:
    assert read(tmp_path, b'{"id":"W1","title":"a","title":"b"}').rows("work", "title") == ["b"]


def test_update_is_an_instant_in_utc_whatever_its_form(tmp_path: Path) -> None:
    dates = ["2026-02-16T07:36:33.822Z", "2026-02-16T07:36:33.822630", "2026-02-16T09:00:00+02:00"]
    given = read(
        tmp_path,
        *(work(n, updated_date=d) for n, d in enumerate(dates)),
        work(9, updated="2026-02-16"),
    )
    assert [str(u) for u in given.rows("work", "updated")] == [
        "2026-02-16 07:36:33.822000+00:00",
        "2026-02-16 07:36:33.822630+00:00",
        "2026-02-16 07:00:00+00:00",
        "2026-02-16 00:00:00+00:00",
    ]
    assert given.reading.newest_updated == instant("2026-02-16T07:36:33.822630Z")


def test_record_fills_the_same_columns(tmp_path: Path) -> None:
    given = read(
        tmp_path,
        record(
            "nips:1",
            year=1987,
            venue="nips",
            citations=None,
            language="en",
            doi="10.1/X",
            country_labels=["China", "Italy"],
            keywords=["a", "b"],
            abstract="c",
            funders=["NSF"],
        ),
    )
    columns = ("work_id", "form", "year", "venue", "citations", "doi", "country_labels")
    assert given.rows("work", *columns) == [
        ("nips:1", "record", 1987, "nips", None, "10.1/x", "China|Italy")
    ]
    assert given.rows("text", "abstract", "keywords") == [("c", "a ; b")]
    assert given.rows("work_funder", "funder_id", "funder") == [(None, "NSF")]


def test_topics_with_urls_numbers_and_no_primary(tmp_path: Path) -> None:
    level = {"id": "https://openalex.org/subfields/1702", "display_name": "AI"}
    field = {"id": 17, "display_name": "Computer Science"}
    topic = {
        "id": "https://openalex.org/T5",
        "display_name": "Robots",
        "score": "0.5",
        "subfield": level,
        "field": field,
    }
    given = read(tmp_path, work(1, topics=[topic, None, {"id": "T6"}]))
    cells = ("T5", "Robots", "1702", "AI", "17", "Computer Science", 0.5)
    assert [row[1:] for row in given.rows("topic")] == [
        (1, *cells),
        (3, "T6", None, None, None, None, None, None),
    ]


def test_concepts_are_sorted_and_scores_may_be_text(tmp_path: Path) -> None:
    concepts = [{"id": "C9", "score": "0.7"}, {"id": "C10", "score": 1}, {"id": "C9"}, {"id": "x"}]
    given = read(tmp_path, work(1, concepts=concepts))
    assert given.rows("concept", "concept_id", "score") == [("C10", 1.0), ("C9", 0.7)]
    assert issues(given) == [
        ("concepts[2]", "emptied", "repeats C9"),
        ("concepts[3].id", "emptied", "x"),
    ]


def test_keywords_of_three_generations(tmp_path: Path) -> None:
    given = read(tmp_path, work(1, keywords=[{"display_name": "a"}, {"keyword": "b"}, "c", None]))
    assert given.rows("text", "keywords") == ["a ; b ; c"]


def test_funders_are_the_union_of_all_fields(tmp_path: Path) -> None:
    given = read(
        tmp_path,
        work(
            1,
            funders=[{"id": "https://openalex.org/F1", "display_name": "One"}],
            awards=[
                {"funder_id": "https://openalex.org/F2", "funder_award_id": "X1"},
                {"funder_id": "F1", "funder_award_id": None},
            ],
            grants=[
                {
                    "funder": "https://openalex.org/F2",
                    "funder_display_name": "Two",
                    "award_id": "X1",
                }
            ],
        ),
    )
    assert given.rows("work_funder", "funder_id", "funder") == [("F1", "One"), ("F2", "Two")]
    assert given.rows("award", "award_seq", "funder_id", "award_number") == [(1, "F2", "X1")]


def test_unknown_fields_are_counted_and_named(tmp_path: Path) -> None:
    given = read(tmp_path, work(1, novelty=1), work(2, novelty=2, authorships=[{"mood": 1}]))
    assert given.reading.unknown_fields == {"authorships[].mood": 1, "novelty": 2}
    assert given.reading.works == 2


def test_fields_left_out_on_purpose_are_not_unknown(tmp_path: Path) -> None:
    assert read(tmp_path, work(1, mesh=[], biblio={})).reading.unknown_fields == {}


def test_words_stand_in_the_order_of_their_positions() -> None:
    assert abstract_text({"b": [1, 3], "a": [0], "c": [2]}) == "a b c b"


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        ({"a": [0], "b": [10**15]}, "a b"),
        ({"a": [5], "b": [-3]}, "b a"),
        ({"a": [0, 0], "b": [0]}, "a a b"),
        ({"IndexLength": 2, "InvertedIndex": {"b": [1], "a": [0]}}, "a b"),
        ({"a": "0"}, None),
        ({"a": 0}, None),
        ({"a": [None]}, None),
        ({"a": list(range(MOST_WORDS + 1))}, None),
        ({"x" * 1_000_000: list(range(100))}, None),
    ],
)
def test_odd_positions(index: dict[str, Any], expected: str | None) -> None:
    assert abstract_text(index) == expected


def test_index_written_as_null_is_no_abstract(tmp_path: Path) -> None:
    given = read(tmp_path, work(1, abstract_inverted_index="null"))
    assert (given.rows("text"), issues(given)) == ([], [])


def test_index_cut_by_the_snapshot_keeps_what_is_whole() -> None:
    assert parse_index('{"a": [0], "b": [1, 2], "c": [3') == {"a": [0], "b": [1, 2]}


@pytest.mark.parametrize("text", ["10.1/A b", "doi:10.1/A b", "http://dx.doi.org/10.1/a B"])
def test_bare_doi(text: str) -> None:
    assert bare_doi(text) == "10.1/a b"


def test_the_year_nought_is_none(tmp_path: Path) -> None:
    found = read(tmp_path, work(1, publication_year=0, publication_date="0000-01-01"))
    assert found.rows("work", "year") == [None]
    assert found.rows("field_issue", "field", "action", "value") == [
        ("publication_date", "emptied", "0000-01-01"),
        ("publication_year", "emptied", "0"),
    ]
