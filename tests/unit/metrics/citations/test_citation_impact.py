"""Impact of groups: weights, what is left out, one reference set for a table."""

import math

import pandas as pd
import pytest

from bibnet.metrics.citations.impact import Scores, impact_rows, with_impact
from bibnet.metrics.citations.scores import citation_scores


def scores(*rows: tuple[object, ...]) -> Scores:
    """Scores from rows (year, citations), all of one field and type."""
    frame = pd.DataFrame(rows, columns=["year", "citations"]).astype({"citations": "float64"})
    frame = frame.assign(
        work_key=range(1, len(rows) + 1), type="article", field_id="17", fwci=float("nan")
    )
    found = citation_scores(frame.assign(citation_percentile=float("nan")), 2020)
    return Scores(found, None, seed=1)


def members(*rows: tuple[str, int, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["unit", "work_key", "weight"])
    return frame.astype({"unit": "str", "work_key": "int64", "weight": "float64"})


def test_the_mean_is_weighted_by_the_part_of_the_work() -> None:
    """Citations 1 and 3, mean 2: scores 1/2 and 3/2. A has one and a half: (1/2 + 3/4) / 1.5."""
    found = scores((2018, 1), (2018, 3))
    rows = impact_rows(
        found.of(members(("a", 1, 1.0), ("a", 2, 0.5), ("b", 2, 0.5))), ["unit"], seed=1, name="t"
    ).set_index("unit")
    assert rows.loc["a", "mncs"] == pytest.approx((0.5 + 0.75) / 1.5)
    assert rows.loc["b", "mncs"] == 1.5
    assert rows.loc["a", "pp_top10"] == pytest.approx((0.0 + 0.5 * 0.2) / 1.5)
    assert math.isnan(rows.loc["b", "mncs_low"])  # one work
    assert rows.loc["a", "mncs_low"] == 0.5


def test_works_that_cannot_be_judged_are_counted_by_reason() -> None:
    found = scores((2018, 4), (2018, None), (2021, 9), (2017, 0))
    table = members(("a", 1, 1.0), ("a", 2, 1.0), ("a", 3, 1.0), ("a", 4, 1.0))
    row = impact_rows(found.of(table), ["unit"], seed=1, name="t").iloc[0]
    assert row["mncs"] == 1.0
    assert row[[name for name in row.index if name.startswith("works_")]].to_dict() == {
        "works_in_mncs": 1,
        "works_in_pp_top10": 2,  # the work of the year without a citation has a top share
        "works_undefined": 1,
        "works_unknown_citations": 1,
        "works_too_young": 1,
        "works_without_score": 0,
    }


def test_a_row_without_works_has_no_impact_and_the_reference_of_the_table() -> None:
    counted = pd.DataFrame({"unit": ["a", "b"], "works": [1, 0]})
    rows = with_impact(counted, members(("a", 1, 1.0)), scores((2018, 4)), "t")
    assert rows["reference"].tolist() == ["ai_internal", "ai_internal"]
    assert rows["works_too_young"].tolist() == [0, 0]
    assert math.isnan(rows["mncs"].iloc[1])


def test_a_table_without_any_work_keeps_its_rows() -> None:
    counted = pd.DataFrame({"unit": ["a"], "works": [0]})
    rows = with_impact(counted, members(), scores((2018, 4)), "t")
    assert math.isnan(rows["mncs"].iloc[0])
    assert rows["works_in_mncs"].tolist() == [0]


def test_the_interval_of_a_group_does_not_depend_on_the_others() -> None:
    found = scores(*[(2018, cited) for cited in range(12)])
    own = members(*[("b", key, 1.0) for key in range(1, 8)])
    more = members(*[("a", key, 1.0) for key in range(5, 13)])
    alone = impact_rows(found.of(own), ["unit"], seed=1, name="t")
    both = impact_rows(found.of(pd.concat([more, own])), ["unit"], seed=1, name="t")
    pd.testing.assert_frame_equal(alone, both[both["unit"] == "b"].reset_index(drop=True))
