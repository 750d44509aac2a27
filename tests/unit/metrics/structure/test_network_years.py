"""Change of a network by year: arrivals, kept and lost ties, concentration; all by hand."""

import math
import random

import numpy as np
import pandas as pd
import pytest
from build import tables
from hypothesis import given, settings
from hypothesis import strategies as st

from bibnet.metrics.structure.network_years import (
    concentration,
    gini,
    network_years,
    network_years_incidence,
    top_share,
    yearly_ties,
)
from bibnet.network.incidence import total
from bibnet.network.scope import side_countries


def ties(*words: str) -> pd.DataFrame:
    """Country ties of the whole network from words as 2020:ab3."""
    rows = [("country", "whole", int(word[:4]), word[5], word[6], int(word[7:])) for word in words]
    columns = ["level", "network", "year", "unit_a", "unit_b", "works"]
    return pd.DataFrame(rows, columns=columns)


def shown(found: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    rows = found[(found["level"] == "country") & (found["network"] == "whole")]
    known = rows[list(columns)].astype(object)
    return list(known.where(known.notna(), None).itertuples(index=False, name=None))


def test_arrivals_and_ties_that_stay() -> None:
    """2021: ab stays, bc goes, ad is new with d. 2022: nothing. 2023: ab and bc come back."""
    found = network_years(
        ties("2020:ab2", "2020:bc1", "2021:ab1", "2021:ad1", "2023:ab1", "2023:bc1"),
        [2020, 2021, 2022, 2023],
    )
    columns = ("year", "units", "ties", "new_units", "ties_new", "ties_returned")
    assert shown(found, *columns, "ties_kept", "ties_lost") == [
        (2020, 3, 2, None, None, None, None, None),  # nothing is known of the year before
        (2021, 3, 2, 1, 1, 0, 1, 1),
        (2022, 0, 0, 0, 0, 0, 0, 2),
        (2023, 3, 2, 0, 0, 2, 0, 0),
    ]


def test_ties_of_a_year_are_new_returned_or_kept() -> None:
    words = ["2020:ab1", "2020:cd1", "2021:ab1", "2022:cd1", "2022:ab1", "2022:ef1"]
    found = network_years(ties(*words), [2020, 2021, 2022])
    later = found[found["ties_new"].notna()]
    assert (later["ties"] == later["ties_new"] + later["ties_returned"] + later["ties_kept"]).all()


def test_concentration_of_a_star_with_one_strong_tie() -> None:
    """ab 8, ac 1, ad 1: links a 10, b 8, c 1, d 1."""
    found = concentration(ties("2020:ab8", "2020:ac1", "2020:ad1"))
    # Gini of 1, 1, 8: 2 (1 + 2 + 24) / (3 * 10) - 4/3 = 7/15
    assert found["gini_ties"] == pytest.approx(7 / 15)
    # of 1, 1, 8, 10: 2 (1 + 2 + 24 + 40) / (4 * 20) - 5/4 = 0.425
    assert found["gini_units"] == pytest.approx(0.425)
    assert found["top_ties_share"] == found["top_units_share"] == 1.0  # fewer than ten
    # only a has several partners: -(0.8 ln 0.8 + 2 * 0.1 ln 0.1) / ln 3
    entropy = -(0.8 * math.log(0.8) + 0.2 * math.log(0.1)) / math.log(3)
    assert found["partner_entropy"] == pytest.approx(entropy)


@settings(deadline=None, max_examples=30)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_ties_changes_no_digit(chance: random.Random) -> None:
    words = [
        f"2020:{a}{b}{1 + (ord(a) * ord(b)) % 9}" for a in "abcdefg" for b in "abcdefg" if a < b
    ]
    mixed = chance.sample(words, len(words))
    assert concentration(ties(*mixed)) == concentration(ties(*words))


def test_a_year_without_ties_has_no_concentration() -> None:
    assert all(math.isnan(value) for value in concentration(ties()).values())


def test_units_with_one_partner_have_no_entropy() -> None:
    assert math.isnan(concentration(ties("2020:ab4"))["partner_entropy"])


@settings(deadline=None)
@given(st.lists(st.integers(1, 50), min_size=1, max_size=30))
def test_gini_is_the_mean_difference(values: list[int]) -> None:
    """Its definition: mean of |x - y| over all pairs, half of it over the mean."""
    x = np.array(values, dtype="float64")
    mean_difference = np.abs(x[:, None] - x[None, :]).mean()
    assert gini(x) == pytest.approx(mean_difference / (2 * x.mean()), abs=1e-12)
    assert 0 < top_share(x) <= 1


def test_the_joint_network_has_ties_across_sides_in_joint_works_only() -> None:
    """Work 1 joins DE, FR and CN; work 2 DE and CN but is of another year; 3 is FR and US."""
    tie = [
        {"work_key": key, "unit_a": a, "unit_b": b}
        for key, a, b in ((1, "CN", "DE"), (1, "CN", "FR"), (1, "DE", "FR"), (3, "FR", "US"))
    ]
    found = tables(
        country_tie=tie,
        institution_tie=[],
        institution=[],
        work_scope=[
            {"work_key": 1, "year": 2020, "joint": True},
            {"work_key": 3, "year": 2020, "joint": False},
        ],
    )
    found["side_country"] = side_countries({"europe": ("DE", "FR"), "china": ("CN",)})
    rows = yearly_ties(found).execute()
    pairs = rows.groupby("network")[["unit_a", "unit_b"]].apply(
        lambda group: sorted(map("".join, group.to_numpy()))
    )
    assert pairs.to_dict() == {
        "joint": ["CNDE", "CNFR"],
        "whole": ["CNDE", "CNFR", "DEFR", "FRUS"],
    }
    counted = total(network_years_incidence(found)).execute()
    assert dict(zip(counted["network"], counted["works"], strict=True)) == {"joint": 1, "whole": 2}
