"""Impact of groups: weights, what is left out, what is empty and why, one reference set a table."""

import math

import numpy as np
import pandas as pd
import pytest

from bibnet.metrics.citations.impact import Impact, Scores, impacts, with_impact
from bibnet.metrics.citations.scores import citation_scores


def scores(*rows: tuple[object, ...]) -> Scores:
    """Scores from rows (year, citations), of one field and type; 2021 is too young."""
    frame = pd.DataFrame(rows, columns=["year", "citations"]).astype({"citations": "float64"})
    frame = frame.assign(
        work_key=range(1, len(rows) + 1), type="article", field_id="17", fwci=float("nan")
    )
    young = (frame["year"] > 2020).to_numpy()
    found = citation_scores(frame.assign(citation_percentile=float("nan")), young)
    return Scores(found, None, seed=1)


def members(*rows: tuple[str, int, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["unit", "work_key", "weight"])
    return frame.astype({"unit": "object", "work_key": "int64", "weight": "float64"})


def impact(table: pd.DataFrame, found: Scores) -> Impact:
    return impacts({"t": table}, found)["t"]


def printed(table: pd.DataFrame, found: Scores, *units: str) -> pd.DataFrame:
    """The columns of these units as an exhibit has them."""
    counted = pd.DataFrame({"unit": units, "works": 1})
    return with_impact(counted, impact(table, found)).set_index("unit")


def test_the_mean_is_weighted_by_the_part_of_the_work() -> None:
    """Citations 1 and 3, mean 2: scores 1/2 and 3/2. A has one and a half: (1/2 + 3/4) / 1.5."""
    table = members(("a", 1, 1.0), ("a", 2, 0.5), ("b", 2, 0.5))
    rows = impact(table, scores((2018, 1), (2018, 3))).rows.set_index("unit")
    assert rows.loc["a", "mncs"] == pytest.approx((0.5 + 0.75) / 1.5)
    assert rows.loc["b", "mncs"] == 1.5
    assert rows.loc["a", "pp_top10"] == pytest.approx((0.0 + 0.5 * 0.2) / 1.5)


def test_works_that_cannot_be_judged_are_counted_by_reason() -> None:
    found = scores((2018, 4), (2018, None), (2021, 9), (2017, 0))
    table = members(("a", 1, 1.0), ("a", 2, 1.0), ("a", 3, 1.0), ("a", 4, 1.0))
    row = impact(table, found).rows.iloc[0]
    assert row["mncs"] == 1.0
    assert row[[name for name in row.index if name.startswith("works_")]].to_dict() == {
        "works_in_mncs": 1,
        "works_in_pp_top10": 2,  # the work of the year without a citation has a top share
        "works_undefined": 1,
        "works_unknown_citations": 1,
        "works_too_young": 1,
        "works_without_score": 0,
        "works_in_small_cells": 2,
    }


def test_a_number_is_empty_where_more_than_half_of_its_works_stand_in_small_cells() -> None:
    """The ten works of 2018 are a cell, the two of 2017 and 2016 are alone: 1 of 2 is not more
    than half, 2 of 3 are."""
    found = scores(*[(2018, 5)] * 10, (2017, 5), (2016, 5))
    table = members(
        ("half", 1, 1.0), ("half", 11, 1.0),
        ("most", 1, 1.0), ("most", 11, 1.0), ("most", 12, 1.0),
    )  # fmt: skip
    rows = printed(table, found, "half", "most")
    assert rows.loc["half", ["mncs", "mncs_reason", "works_in_small_cells"]].tolist() == [
        1.0, "few_works", 1,
    ]  # fmt: skip
    assert math.isnan(rows.loc["most", "mncs"])
    assert math.isnan(rows.loc["most", "pp_top10"])
    assert rows.loc["most", ["mncs_reason", "works_in_mncs"]].tolist() == ["small_cells", 3]


def test_fewer_than_five_works_have_no_interval() -> None:
    found = scores(*[(2018, n) for n in range(1, 13)])
    table = members(*[("four", n, 1.0) for n in range(1, 5)], *[("five", n, 1.0) for n in range(5)])
    table.loc[table["work_key"] == 0, "work_key"] = 12
    rows = printed(table, found, "four", "five")
    assert math.isnan(rows.loc["four", "mncs_low"])
    assert rows.loc["four", "mncs_reason"] == "few_works"
    assert rows.loc["five", "mncs_low"] < rows.loc["five", "mncs"] < rows.loc["five", "mncs_high"]
    assert rows.loc["five", "mncs_reason"] is None


def test_the_interval_says_whether_it_draws_the_reference_set() -> None:
    table = members(("a", 1, 1.0))
    assert printed(table, scores((2018, 4)), "a")["reference_in_intervals"].tolist() == [
        "resampled"
    ]
    rows = scores((2018, 4)).rows
    world = rows["reference"] == "openalex"
    rows.loc[world, ["state", "ncs", "top10"]] = ["scored", 2.0, 1.0]
    found = printed(table, Scores(rows, None, seed=1), "a")
    assert found[["reference", "reference_in_intervals", "mncs"]].to_numpy().tolist() == [
        ["openalex", "fixed", 2.0]
    ]


def test_a_row_without_works_has_no_impact_and_the_reference_of_the_table() -> None:
    rows = printed(members(("a", 1, 1.0)), scores(*[(2018, 4)] * 10), "a", "b")
    assert rows["reference"].tolist() == ["ai_internal", "ai_internal"]
    assert rows["works_too_young"].tolist() == [0, 0]
    assert math.isnan(rows.loc["b", "mncs"])
    assert rows["mncs_reason"].tolist() == ["few_works", "no_work"]


def test_a_table_without_any_work_keeps_its_rows() -> None:
    rows = printed(members(), scores((2018, 4)), "a")
    assert math.isnan(rows.loc["a", "mncs"])
    assert rows["works_in_mncs"].tolist() == [0]


def test_a_corpus_without_works_has_empty_tables() -> None:
    counted = pd.DataFrame({"unit": [], "works": []}).astype({"unit": "object"})
    rows = with_impact(counted, impact(members(), scores()))
    assert len(rows) == 0
    assert {"mncs", "mncs_low", "mncs_reason", "works_too_young"} <= set(rows.columns)


def test_the_interval_of_a_group_does_not_depend_on_the_other_groups() -> None:
    """The same works are drawn for all: groups and tables beside it change nothing."""
    found = scores(*[(2018, cited) for cited in range(12)])
    own = members(*[("b", key, 1.0) for key in range(1, 8)])
    more = members(*[("a", key, 1.0) for key in range(5, 13)])
    alone = impact(own, found).sampled["mncs"]
    both = impacts({"t": pd.concat([more, own]), "u": own}, found)
    np.testing.assert_array_equal(alone[0], both["t"].sampled["mncs"][1])
    np.testing.assert_array_equal(alone, both["u"].sampled["mncs"])
