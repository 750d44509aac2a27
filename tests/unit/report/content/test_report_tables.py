from dataclasses import replace

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from invented_report import empty_content

from bibnet.report.content.report_content import ReportContent, with_declared_frames
from bibnet.report.content.table_view import ROWS_OF_YEARS, exhibit_view, strongest_first
from bibnet.schema import EXHIBITS


def with_exhibit(name: str, rows: dict[str, object]) -> ReportContent:
    content = replace(
        empty_content(), exhibits={name: pd.DataFrame(rows)}, country_names={"AA": "Aland"}
    )
    return with_declared_frames(content)


def test_rows_come_with_most_joint_works_first_and_ids_are_hidden() -> None:
    view = exhibit_view(
        with_exhibit(
            "companies",
            {
                "institution_id": ["I1", "I2"],
                "institution": ["<b>Few", "Many"],
                "country": ["AA", "ZZ"],
                "works": [9000, 12],
                "joint_works": [1, 2],
                "recognised_by": ["type", "legal_form"],
            },
        ),
        "companies",
    )
    assert [heading.label for heading in view.headings] == [
        "institution",
        "country",
        "works",
        "joint works",
        "recognised by",
    ]
    assert view.rows == [
        ["Many", "ZZ", "12", "2", "legal form"],
        ["<b>Few", "Aland", "9,000", "1", "type"],
    ]
    assert view.note == "All 2 rows, most joint works first."


def test_a_long_table_says_what_is_cut() -> None:
    rows = {"institution_id": [f"I{i:05}" for i in range(1234)], "joint_works": [0] * 1234}
    view = exhibit_view(
        with_exhibit("companies", {**rows, "works": list(range(1234))}), "companies"
    )
    assert len(view.rows) == 50
    assert view.note.startswith("First 50 of 1,234 rows, most works first; the CSV file has all.")


def test_undefined_columns_are_named_and_left_out() -> None:
    view = exhibit_view(with_exhibit("citations", {"group": ["joint"], "works": [3]}), "citations")
    assert [heading.label for heading in view.headings] == ["group", "works"]
    assert "not shown: works with citations, mean citations, MNCS, MNCS from" in view.note


def test_years_are_plain_shares_are_percent_flags_are_words() -> None:
    view = exhibit_view(
        with_exhibit(
            "years",
            {
                "year": [2021],
                "side": ["north"],
                "works": [1000],
                "share": [0.25],
                "provisional": [True],
            },
        ),
        "years",
    )
    assert view.rows == [["2021", "North", "1,000", "25.0%", "yes"]]


def test_an_empty_table_has_headings_and_no_note() -> None:
    view = exhibit_view(with_declared_frames(empty_content()), "topics")
    assert (view.rows, view.note) == ([], "")
    assert [heading.label for heading in view.headings] == [
        "topic",
        "subfield",
        "works",
        "joint works",
    ]


def test_years_that_do_not_fit_begin_with_the_newest() -> None:
    years = list(range(1800, 1801 + ROWS_OF_YEARS))
    rows = {"year": years, "country": "AA", "works": 3, "joint_works": 1}
    view = exhibit_view(with_exhibit("country_years", rows), "country_years")
    assert view.rows[0][0] == str(years[-1])
    assert len(view.rows) == ROWS_OF_YEARS
    assert "newest year first, then most joint works" in view.note


@given(
    st.lists(st.tuples(st.booleans(), st.none() | st.integers(0, 3), st.sampled_from("abc"))),
    st.integers(1, 5),
)
def test_the_first_rows_are_those_of_the_whole_order(
    pairs: list[tuple[bool, int | None, str]], limit: int
) -> None:
    across, works, first = zip(*pairs, strict=True) if pairs else ((), (), ())
    rows = {"cross_side": across, "works": works, "institution_a": first}
    content = with_exhibit("institution_pairs", {name: list(cells) for name, cells in rows.items()})
    table, frame = EXHIBITS["institution_pairs"], content.exhibit("institution_pairs")
    whole, words = strongest_first(content, table, frame, len(frame))
    cut, cut_words = strongest_first(content, table, frame, limit)
    assert cut.index.tolist() == whole.index.tolist()[:limit]
    assert cut_words == words
