"""Intervals of the relative intensity of collaboration by drawing works anew.

The formula's interval (`affinity`) takes links as independent draws. They are not: a work brings
all its links at once, so that the links of large works rise and fall together. Here every work
weighs a Poisson number of mean 1 in each of SAMPLES corpora; the interval is the middle 95 % of the
index. Pairs of few works have none: it would hang on the works that happen to be there.
Of a known truth (`tests/benchmarks/intensity_intervals.csv`) they hold 90 to 95 % with 5 works
and more, the formula's 91 to 97 % of pairs of few works and 97 to 100 % from 30 works on, where it
is a third too wide.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
from scipy import sparse

from bibnet.network.counting import with_work_id
from bibnet.network.measures.poisson_numbers import poisson_numbers
from bibnet.storage.unfinished import UnfinishedRun

SAMPLES, SEED = 400, 1
LOW, HIGH = 0.025, 0.975
# With fewer works in common a sample in a hundred and more has none.
FEWEST_WORKS = 5
INTENSITIES = ("ric_ab", "ric_ba")
COLUMNS = tuple(f"{name}_resampled_{end}" for name in INTENSITIES for end in ("low", "high"))


def with_resampled_intensities(run: UnfinishedRun, pairs: ibis.Table, level: str) -> ibis.Table:
    """The pairs of a level (country, institution) with the columns COLUMNS."""
    ties = with_work_id(run.tables[f"{level}_tie"], run.tables["work"])
    rows = run.frame(ties.select("work_id", "unit_a", "unit_b"))
    keys = {f"unit_{end}": f"{level}_{end}" for end in ("a", "b")}
    found = resampled_intensities(rows, seed=SEED).rename(columns=keys)
    # Texts keep their type where no pair has enough works.
    types = [(key, pa.string()) for key in keys.values()] + [(c, pa.float64()) for c in COLUMNS]
    table = pa.Table.from_pandas(found, schema=pa.schema(types), preserve_index=False)
    names = list(keys.values())
    return pairs.left_join(ibis.memtable(table), names).drop(*(f"{n}_right" for n in names))


def resampled_intensities(ties: pd.DataFrame, *, seed: int) -> pd.DataFrame:
    """Columns unit_a, unit_b and COLUMNS of the pairs with FEWEST_WORKS works or more.

    `ties`: work_id, unit_a, unit_b, a row for each work and pair, in any order. NaN where the index
    is not defined in the samples. The same seed gives the same numbers.
    """
    ends = np.concatenate([ties["unit_a"].to_numpy(object), ties["unit_b"].to_numpy(object)])
    place, names = pd.factorize(ends, sort=True)
    both = np.dot(place.reshape(2, -1).T, [len(names), 1])
    pairs, pair, number = np.unique(both, return_inverse=True, return_counts=True)
    ends_of = np.column_stack(np.divmod(pairs, max(len(names), 1)))
    enough = np.flatnonzero(number >= FEWEST_WORKS)
    drawn = np.empty((len(INTENSITIES), len(enough), SAMPLES), dtype="float32")
    first, second = ends_of[enough].T
    counts = _counts(ties, pair, ends_of)
    for sample, (works, links, every) in enumerate(_samples(counts, enough, seed)):
        drawn[:, :, sample] = intensities(works, links[first], links[second], every)
    middles = [end for values in drawn for end in _middle(values)]
    units = {f"unit_{end}": names[ends_of[enough, at]] for at, end in enumerate("ab")}
    return pd.DataFrame(units | dict(zip(COLUMNS, middles, strict=True)))


@dataclass(frozen=True)
class _Counts:
    """What each work (a column) counts for pairs and for the links of units (a row each)."""

    pairs: sparse.csr_array
    links: sparse.csr_array
    every: np.ndarray


def _counts(ties: pd.DataFrame, pair: np.ndarray, ends_of: np.ndarray) -> _Counts:
    work, ids = pd.factorize(ties["work_id"].to_numpy(object), sort=True)
    pairs = sparse.csr_array((np.ones(len(pair)), (pair, work)), (len(ends_of), len(ids)))
    ends = ends_of[pair].T.ravel()
    units = int(ends.max(initial=-1)) + 1
    links = sparse.csr_array((np.ones(len(ends)), (ends, np.tile(work, 2))), (units, len(ids)))
    return _Counts(pairs, links, np.bincount(work, minlength=len(ids)))


def _samples(
    counts: _Counts, enough: np.ndarray, seed: int
) -> Iterator[tuple[np.ndarray, np.ndarray, float]]:
    """Works of each pair that is asked for, links of each unit, works of all pairs, by sample.

    They are whole numbers: the order in which they are added changes no digit.
    """
    chance, pairs = np.random.default_rng(seed), counts.pairs[enough]
    for _ in range(SAMPLES):
        times = poisson_numbers(chance, len(counts.every)).astype("int64")
        yield pairs @ times, counts.links @ times, float(counts.every @ times)


def intensities(
    works: np.ndarray, first: np.ndarray, second: np.ndarray, every: float
) -> tuple[np.ndarray, np.ndarray]:
    """Both RIC of pairs with these works, as in `affinity`.

    `first` and `second` are the links of the units of each pair, `every` the works of all pairs.
    Infinite where the partner has no other link; NaN where the unit has none at all.
    """
    return _intensity(works, first, second, every), _intensity(works, second, first, every)


def _intensity(works: np.ndarray, own: np.ndarray, partner: np.ndarray, every: float) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((works / own) / ((partner - works) / (every - own)))


def _middle(drawn: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Both ends of each row (pair, sample); NaN where one is not finite."""
    if not len(drawn):
        return np.zeros(0), np.zeros(0)
    ordered = np.sort(drawn, axis=1)  # NaN at the end
    known = (~np.isnan(ordered)).sum(axis=1)
    row = np.arange(len(drawn))
    low, high = (
        ordered[row, np.clip(np.ceil(end * known).astype(int) - 1, 0, None)].astype("float64")
        for end in (LOW, HIGH)
    )
    defined = np.isfinite(low) & np.isfinite(high)
    return np.where(defined, low, np.nan), np.where(defined, high, np.nan)
