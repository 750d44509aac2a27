"""How cells are written: codes as names, reasons as words, chances that are next to nothing."""

from dataclasses import replace

import pandas as pd
import pytest
from invented_report import empty_content

from bibnet.report.content.table_view import exhibit_view
from bibnet.report.content.written import written_rows
from bibnet.schema import EXHIBITS, Table
from bibnet.schema.column import Column, integer, number, text


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        (text("country", ""), "GB", "United Kingdom"),
        (text("country", ""), "CN|HK", "China and Hong Kong"),
        (text("side", ""), "north", "North"),
        (text("side", ""), "all", "all"),
        (text("side", ""), None, "none"),
        (text("group", ""), "north only", "North only"),
        (text("paid_by", ""), "north|south", "North and South"),
        (text("paid_by", ""), "no funder disclosed", "no funder disclosed"),
        (text("countries", ""), "GB 0.43; XX 0.06", "United Kingdom 43%, XX 6%"),
        (text("sides", ""), "none 0.63; north 0.30", "none 63%, North 30%"),
        (text("countries", ""), "4+", "4+"),
        (text("mncs_reason", ""), "small_cells", "too few works of the same field, year and type"),
        (text("mncs_reason", ""), "a_new_one", "a new one"),
        (text("mncs_reason", ""), None, "–"),
        (number("q", "", "probability"), 2e-8, "<0.001"),
        (number("q", "", "probability"), 0.11, "0.110"),
        (number("strength_rank_low", "", "rank"), 1_341.0, "1,341"),
        (integer("strength_rank", "", "rank"), 1_341, "1,341"),
        (integer("year", ""), 2024, "2024"),
        (number("q", "", "probability"), None, "–"),
    ],
)
def test_a_cell(column: Column, value: object, said: str) -> None:
    names = {"GB": "United Kingdom", "CN": "China", "HK": "Hong Kong"}
    content = replace(empty_content(), country_names=names)
    assert written_rows(content, [column], {column.name: [value]}) == [[said]]


def test_the_row_of_any_funder_says_so() -> None:
    table: Table = EXHIBITS["funder_pairs"]
    pair = {"country_a": "AA", "country_b": "ZA", "works": 3, "joint_works": 3}
    rows = [{**pair, "funder_id": "all"}, {**pair, "funder_id": "F1", "funder": "One", "works": 2}]
    frame = pd.DataFrame(rows).reindex(columns=table.column_names)
    content = replace(empty_content(), exhibits={"funder_pairs": frame})
    view = exhibit_view(content, "funder_pairs")
    at = [heading.label for heading in view.headings].index("funder")
    assert [row[at] for row in view.rows] == ["all", "One"]
