"""Claims of change on invented worlds: real rises, rises made by added sources, both at once."""

import math
from collections import Counter

import numpy as np
import pandas as pd
import pytest

from bibnet.runs.audit.claim import (
    ARTEFACT,
    SURVIVES,
    UNDECIDABLE,
    constant_disclosure,
    judge,
    mantel_haenszel,
)
from bibnet.runs.audit.claim_report import read_claim
from bibnet.schema.errors import UsageError

WORLDS, LEAST_RIGHT = 100, 95
VENUES, WORKS = 40, 4_000  # works a year
BEFORE, RISE = 0.20, 0.10  # the funder's share of the works, and what is planted
NEW_VENUES = 12  # begin to name funders between the years, and publish what the funder pays for
KINDS = {
    "real": (RISE, 0, False, WORKS, SURVIVES),
    "added venues": (0.0, NEW_VENUES, False, WORKS, ARTEFACT),
    "added registry": (0.0, 0, True, WORKS, ARTEFACT),
    "mixed": (RISE, NEW_VENUES, False, WORKS, SURVIVES),
    "mixed with a registry": (RISE, NEW_VENUES, True, WORKS, SURVIVES),
    "mixed, too few works": (RISE, NEW_VENUES, False, 60, UNDECIDABLE),
}


def world(seed: int, rise: float, new_venues: int, registry: bool, works: int) -> pd.DataFrame:
    """Two years of works. A venue names funders at a rate of its own; a registry names its funder's
    works of the last year, whatever the venue says.
    """
    chance = np.random.default_rng(seed)
    late = np.arange(VENUES) < new_venues
    level = chance.normal(0, 0.05, VENUES) + np.where(late, 0.25, 0)
    rate = chance.uniform(0.2, 0.6, VENUES)
    years = []
    for last in (False, True):
        venue = chance.integers(0, VENUES, works)
        share = np.clip(BEFORE + last * rise + level[venue], 0.01, 0.95)
        paid, other = chance.random(works) < share, chance.random(works) < 0.7
        named = chance.random(works) < np.where(late[venue] & ~last, 0, rate[venue])
        taken_in = paid & (chance.random(works) < 0.8) & (registry and last)
        has = (named & paid) | taken_in
        constant = named & (other if registry else paid | other)
        cells = [venue.astype(str), has | (named & other), has, constant, constant & has]
        names = ["venue", "disclosed", "paid", "constant", "constant_paid"]
        years.append(pd.DataFrame(dict(zip(names, cells, strict=True))).assign(is_last=last))
    return pd.concat(years, ignore_index=True)


@pytest.mark.parametrize("kind", KINDS)
def test_the_verdict_is_right_in_95_of_100_worlds_of_each_kind(kind: str) -> None:
    *planted, right = KINDS[kind]
    found = {seed: judge(world(seed, *planted), rose=True) for seed in range(WORLDS)}
    wrong = [f"{seed}: {one.sentence}" for seed, one in found.items() if one.verdict != right]
    print(f"{kind}: {len(wrong)} of {WORLDS} wrong", *wrong, sep="\n")  # noqa: T201 - asked for
    assert len(wrong) <= WORLDS - LEAST_RIGHT, Counter(one.verdict for one in found.values())


def test_a_mixed_rise_that_survives_says_that_part_of_it_is_coverage() -> None:
    *planted, _ = KINDS["mixed"]
    found = [judge(world(seed, *planted), rose=True).sentence for seed in range(20)]
    assert sum("Part of the change is coverage" in sentence for sentence in found) >= 18


def test_the_statistic_is_standard_normal_where_nothing_changed() -> None:
    z = [constant_disclosure(world(seed, 0, 0, False, 1_000)).z for seed in range(300)]
    assert abs(np.mean(z)) < 0.2
    assert 0.85 < np.std(z) < 1.15


def test_mantel_haenszel_by_hand() -> None:
    """One stratum is the plain difference: 10 of 100 against 30 of 200."""
    difference, error = mantel_haenszel([(100, 200, 10, 30)])
    assert difference == pytest.approx(0.05)
    assert error == pytest.approx(math.sqrt(0.1 * 0.9 / 100 + 0.15 * 0.85 / 200), rel=0.01)
    assert mantel_haenszel([(10, 10, 1, 2), (10, 10, 5, 6)])[0] == pytest.approx(0.1)
    assert all(map(math.isnan, mantel_haenszel([])))


def rows(*counts: tuple[bool, str | None, int, int]) -> pd.DataFrame:
    """Disclosed works: (is_last, venue, works, of them paid)."""
    cells = [
        {"is_last": last, "venue": venue, "disclosed": True, "paid": at < paid}
        for last, venue, works, paid in counts
        for at in range(works)
    ]
    return pd.DataFrame(cells).assign(constant=True, constant_paid=lambda found: found["paid"])


def test_a_venue_of_one_year_is_not_compared() -> None:
    found = constant_disclosure(rows((False, "A", 50, 5), (True, "A", 50, 5), (True, "B", 90, 80)))
    assert (found.venues, found.first, found.last, found.difference) == (1, (50, 5), (50, 5), 0)


def test_few_works_decide_nothing() -> None:
    found = judge(rows((False, "A", 29, 0), (True, "A", 90, 90)), rose=True)
    assert found.verdict == UNDECIDABLE
    assert "fewer than 30 works" in found.sentence


def test_a_fall_is_judged_as_a_rise_is() -> None:
    falling = rows((False, "A", 400, 200), (True, "A", 400, 100))
    assert judge(falling, rose=False).verdict == SURVIVES
    assert judge(falling, rose=True).verdict == UNDECIDABLE


def test_bounds_hold_every_share_of_all_works() -> None:
    works = rows((False, None, 40, 10), (True, None, 40, 20))
    works.loc[35:39, "disclosed"] = False
    first = judge(works, rose=True).years[0]
    assert (first.works, first.disclosed, first.share) == (40, 35, 10 / 35)
    assert first.bounds == pytest.approx((0.25, 0.375))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NSFC rose 2018 2022", ("NSFC", False, True, 2018, 2022)),
        ("The share of joint works paid by CN fell from 2017 to 2021.",
         ("CN", True, False, 2017, 2021)),
        ("share of joint works Deutsche Forschungsgemeinschaft rose 2018-2022",
         ("Deutsche Forschungsgemeinschaft", True, True, 2018, 2022)),
    ],
)  # fmt: skip
def test_claims_are_read(text: str, expected: tuple) -> None:
    claim = read_claim(text)
    assert (claim.who, claim.joint, claim.rose, claim.first, claim.last) == expected


@pytest.mark.parametrize("text", ["NSFC grew", "NSFC rose 2022 2018", "rose 2018 2022", ""])
def test_what_is_no_claim_is_said(text: str) -> None:
    with pytest.raises(UsageError):
        read_claim(text)
