"""Salton, Jaccard and the relative intensity of collaboration, worked out by hand."""

import math
from itertools import product

import ibis
import pytest

from bibnet.metrics.counts.affinity import with_affinities


def affinities(works: int, links_a: int, links_b: int, all_ties: int) -> dict[str, float | None]:
    row = {"works": works, "links_a": links_a, "links_b": links_b, "all_ties": all_ties}
    found = with_affinities(ibis.memtable([row]))
    return ibis.duckdb.connect().to_pyarrow(found).to_pylist()[0]


def test_ten_works_of_twenty_and_forty_links_among_two_hundred() -> None:
    """b is 10 of the 20 links of a, and 30 of the 180 without a: 1/2 over 1/6 is 3."""
    found = affinities(10, 20, 40, 200)
    assert found["salton"] == pytest.approx(10 / math.sqrt(800))
    assert found["jaccard"] == 10 / 50
    assert found["ric_ab"] == pytest.approx(3.0)
    # a is 10 of the 40 links of b, and 10 of the 160 without b: 1/4 over 1/16 is 4.
    assert found["ric_ba"] == pytest.approx(4.0)
    spread = math.sqrt(1 / 10 - 1 / 20 + 1 / 30 - 1 / 180)
    assert found["ric_ab_low"] == pytest.approx(3.0 * math.exp(-1.96 * spread))
    assert found["ric_ab_high"] == pytest.approx(3.0 * math.exp(1.96 * spread))


def test_a_partner_without_any_other_link_has_no_intensity() -> None:
    """All links of b are with a, so that the links without a hold none of b."""
    found = affinities(5, 20, 5, 100)
    assert found["ric_ab"] is None
    assert found["ric_ab_low"] is None
    assert found["ric_ba"] == pytest.approx((5 / 5) / (15 / 95))


def test_a_world_of_one_pair() -> None:
    found = affinities(3, 3, 3, 3)
    assert found["jaccard"] == found["salton"] == 1
    assert found["ric_ab"] is None
    assert found["ric_ba"] is None


def test_more_work_in_common_never_lowers_the_intensity() -> None:
    """Fuchs, Sivertsen, Rousseau 2021: the property older indices lack; all small cases at once."""
    cases = list(product((1, 2, 5, 20), (1, 3, 30), (1, 4, 40), (0, 1, 100)))
    more = [(works + 1, a, b, rest) for works, a, b, rest in cases]
    rows = [
        {"works": c, "links_a": c + a, "links_b": c + b, "all_ties": c + a + b + rest}
        for c, a, b, rest in cases + more
    ]
    numbered = ibis.memtable([{**row, "place": place} for place, row in enumerate(rows)])
    found = ibis.duckdb.connect().execute(with_affinities(numbered).order_by("place"))
    before, after = found["ric_ab"][: len(cases)], found["ric_ab"][len(cases) :]
    assert (after.to_numpy() >= before.to_numpy() - 1e-12).all()
