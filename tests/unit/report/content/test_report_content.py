import pandas as pd
from invented_report import empty_content

from bibnet.report.content.report_content import declared_frame, with_declared_frames
from bibnet.schema.exhibits import EXHIBITS
from bibnet.schema.exhibits.participants import COMPANIES
from bibnet.storage.frames import records


def test_a_missing_exhibit_is_empty_with_its_columns() -> None:
    content = empty_content()
    assert list(content.exhibit("topics").columns) == [
        "topic_id",
        "topic",
        "subfield",
        "works",
        "joint_works",
    ]


def test_a_frame_takes_its_declared_columns_and_types() -> None:
    frame = declared_frame(COMPANIES, pd.DataFrame({"works": [1.0, None], "other": [1, 2]}))
    assert list(frame.columns) == COMPANIES.column_names
    assert frame["works"].tolist() == [1, pd.NA]
    assert str(frame["joint_works"].dtype) == "Int64"


def test_a_declared_frame_is_not_copied() -> None:
    frame = declared_frame(COMPANIES, pd.DataFrame({"works": [1]}))
    assert declared_frame(COMPANIES, frame) is frame


def test_every_exhibit_is_declared_once_ready() -> None:
    ready = with_declared_frames(empty_content())
    assert list(ready.exhibits) == [table.name for table in EXHIBITS.values()]


def test_the_side_of_a_country() -> None:
    content = empty_content()
    assert [content.side_of("AA"), content.side_of("ZA"), content.side_of("QQ")] == [
        "north",
        "south",
        "",
    ]


def test_records_are_rows() -> None:
    assert records(pd.DataFrame({"a": [1, 2]})) == [{"a": 1}, {"a": 2}]
