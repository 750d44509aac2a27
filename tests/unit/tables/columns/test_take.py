"""Columns give the rows that one work after the other gives, whatever the works hold."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from read_inputs import line, record, work

from bibnet.tables.columns.batch import batch_of
from bibnet.tables.columns.take import LINES_AT_ONCE, take
from bibnet.tables.decode.decode import LineDecoder
from bibnet.tables.decode.identify import Refusal
from bibnet.tables.rows.pieces import Pieces
from bibnet.tables.rows.works import add_work

FIRST = 2**32 + 1
ADDRESS = "https://openalex.org/"
ODD = st.sampled_from(
    [None, "", "x", 17, -1, 0.5, True, [], [None], {}, "17", "0.5", "de", " cn", "W1", "-1",
     "2020-02-30", "0000-01-01", "2020-01-01T00:00:00Z", "\u0130 <b>\u00e4</b> &amp;", 10**25]
)  # fmt: skip


def or_odd(usual: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value as usual, now and then another."""
    return st.integers(0, 19).flatmap(lambda n: ODD if n == 0 else usual)


def ids(letter: str, path: str = "") -> st.SearchStrategy[Any]:
    forms = [f"{ADDRESS}{path}{letter}{{}}", f"{letter}{{}}", f"http://openalex.org/{letter}{{}}"]
    form = st.integers(0, 9).map(lambda n: forms[n if n < len(forms) else 0])
    return or_odd(st.builds(str.format, form, st.integers(1, 4)))


def fields(**known: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """An object that has any of some fields."""
    optional = {name: or_odd(values) for name, values in known.items()}
    return or_odd(st.fixed_dictionaries({}, optional=optional))


def lists(of: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return or_odd(st.lists(of, max_size=3))


NAMES = st.sampled_from(["Bonn", "Wuhan University", "\u6b66\u6c49", "O & <i>P</i>", ""])
COUNTRIES = st.sampled_from(["DE", "CN", "FR"])
DATES = st.sampled_from(["2020-01-01", "2026-02-16T07:36:33.822630", "2024-05-05 01:02:03"])
INSTITUTIONS = fields(
    id=ids("I"),
    display_name=NAMES,
    ror=st.sampled_from(["https://ror.org/041nas322", "041NAS322"]),
    country_code=COUNTRIES,
    type=st.sampled_from(["Education", "company"]),
    lineage=lists(ids("I")),
)
PEOPLE = fields(
    author=fields(id=ids("A"), display_name=NAMES),
    institutions=lists(INSTITUTIONS),
    countries=lists(COUNTRIES),
    affiliations=lists(fields(raw_affiliation_string=NAMES, institution_ids=lists(ids("I")))),
    raw_affiliation_strings=lists(NAMES),
    raw_affiliation_string=NAMES,
    raw_author_name=NAMES,
)
LEVELS = fields(id=st.sampled_from([17, f"{ADDRESS}fields/17"]), display_name=NAMES)
TOPICS = fields(id=ids("T"), display_name=NAMES, score=st.floats(0, 1), subfield=LEVELS)
WORKS = st.fixed_dictionaries(
    {"id": st.one_of(ids("W"), st.just(f"{ADDRESS}W5"))},
    optional={
        "doi": or_odd(st.sampled_from(["https://doi.org/10.1/A", "doi:10.2/b"])),
        "title": or_odd(st.sampled_from(["A study of many images", "Editorial"])),
        "publication_year": or_odd(st.integers(0, 2030)),
        "publication_date": or_odd(DATES),
        "updated_date": or_odd(DATES),
        "cited_by_count": or_odd(st.integers(0, 9)),
        "fwci": or_odd(st.floats(0, 5)),
        "authorships": st.lists(PEOPLE, max_size=3),
        "primary_topic": TOPICS,
        "topics": lists(TOPICS),
        "concepts": lists(fields(id=ids("C"), score=st.floats(0, 1))),
        "keywords": lists(NAMES),
        "counts_by_year": lists(fields(year=st.integers(2020, 2022), cited_by_count=st.just(2))),
        "funders": lists(fields(id=ids("F"), display_name=NAMES)),
        "abstract_inverted_index": or_odd(st.dictionaries(NAMES, st.just([0]), max_size=2)),
        "novelty": ODD,
    },
)


def one_by_one(lines: list[bytes]) -> tuple[dict[str, Any], list[tuple[int, str]], tuple[int, int]]:
    """The rows of lines that are read one after the other, who has none, and what is outside."""
    decoder, pieces, refused = LineDecoder(), Pieces(), []
    for place, one in enumerate(lines):
        decoded = decoder.slow(one)
        if isinstance(decoded, Refusal):
            refused.append((place, decoded.reason))
        else:
            add_work(pieces.rows, FIRST + place, decoded, None)
    tables = {name: table.to_pylist() for name, table in pieces.tables().items()}
    rows = pieces.rows
    counted = (rows.strings_outside_affiliations, rows.institutions_outside_affiliations)
    return tables, refused, counted


def in_columns(lines: list[bytes]) -> tuple[dict[str, Any], list[tuple[int, str]], tuple[int, int]]:
    taken = take(batch_of(FIRST, lines, None))
    refused = [(one.place, one.reason) for one in taken.counts.refused]
    tables = {name: table.to_pylist() for name, table in taken.tables.items()}
    assert taken.counts.works == len(tables.get("work", ()))
    return tables, refused, (taken.counts.strings_outside, taken.counts.institutions_outside)


@given(st.lists(WORKS, min_size=1, max_size=4))
def test_any_works_give_the_same_rows_in_columns(works: list[dict[str, Any]]) -> None:
    lines = [line(one) for one in works]
    assert in_columns(lines) == one_by_one(lines)


def test_works_records_and_broken_lines_keep_their_order() -> None:
    lines = [line(work(1)), b"{", line(record()), line(work(2, id="W2")), b"", line(work(3))] * 30
    assert len(lines) > LINES_AT_ONCE
    assert in_columns(lines) == one_by_one(lines)


def test_an_abstract_too_long_to_be_held_with_others_is_kept() -> None:
    lines = [line(work(1, abstract_inverted_index={"x" * 1000: list(range(200))})), line(work(2))]
    [row] = in_columns(lines)[0]["text"]
    assert (row["work_key"], len(row["abstract"])) == (FIRST, 200 * 1001 - 1)
    assert in_columns(lines) == one_by_one(lines)
