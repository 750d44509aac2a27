"""What the page says its words mean: measured numbers are those of the measured files."""

import re
from pathlib import Path

import pandas as pd

from bibnet.report.about.definitions import TERMS
from bibnet.schema.exhibits.pairs import PAIR_EXHIBITS

MEASURED = Path(__file__).parents[3] / "benchmarks" / "citation_intervals.csv"


def covered(rows: pd.DataFrame, works: list[str]) -> str:
    """The least and the most coverage of the MNCS of groups of so many works, in whole percent."""
    own = rows[(rows["measure"] == "mncs") & (rows["way"] == "resampled")]
    percent = (own.loc[own["unit_works"].isin(works), "coverage"] * 100).round()
    return f"in {percent.min():.0f} to {percent.max():.0f}%"


def test_coverage_of_stability_intervals_is_what_was_measured() -> None:
    rows, text = pd.read_csv(MEASURED), dict(TERMS)["Normalised citations"]
    assert f"30 works and more {covered(rows, ['30-99', '100+'])} of cases" in text
    assert f"that of 5 to 9 works {covered(rows, ['5-9'])}:" in text


def test_association_strength_is_a_ratio_to_the_product_of_totals_and_no_expectation() -> None:
    meanings = [
        column.meaning
        for table in PAIR_EXHIBITS
        for column in table.columns
        if column.name == "association_strength"
    ]
    assert len(meanings) == 2
    for text in (dict(TERMS)["Association strength"], *meanings):
        assert "product of" in text
        assert not re.search(r"expect|by chance", text)
