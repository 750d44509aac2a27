"""Citation scores of single works, against works of the same field, year and type.

NCS = citations / mean citations of the cell, a cell being all works of one field, year and type
with known citations. A cell without a citation has no NCS: its works are `undefined`, counted.

Top 10 %: works above the threshold of their cell count wholly, works at the threshold in part,
so that the parts of every cell sum to exactly a tenth of it (Waltman, Schreiber 2013, Journal of
the American Society for Information Science and Technology 64(2):372, doi 10.1002/asi.22775).

Two reference sets: `ai_internal`, the corpus itself, and `openalex`, the source's own `fwci` and
citation percentile (whole world; ties at its threshold cannot be shared: top 10 % is 0.9 and up).
"""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from bibnet.metrics.source import SourceTime

INTERNAL, WORLD = "ai_internal", "openalex"
REFERENCES = (INTERNAL, WORLD)
# OpenAlex's world-wide scores are the reference only where nearly all works have one.
REFERENCE_COVERAGE = 0.95
TOP = 10  # one work in ten is a top work
WORLD_TOP = 0.9  # percentile of the source from which a work is in the top 10 %
# Citations of a work's first two years say little of it (methods: no impact statement).
SETTLED_YEARS = 2
# In a smaller cell the top 10 % is less than one work, and one work is most of the mean.
SMALL_CELL = 10
NO_FIELD = "none"
CELL = ["field_id", "year", "type"]
SCORED, UNDEFINED = "scored", "undefined"
UNKNOWN_CITATIONS, TOO_YOUNG, NO_SCORE = "unknown_citations", "too_young", "no_score"
STATES = (SCORED, UNDEFINED, UNKNOWN_CITATIONS, TOO_YOUNG, NO_SCORE)


def too_young(works: pd.DataFrame, source: SourceTime, window: int | None) -> np.ndarray:
    """Which works get no score because too little time has passed since they appeared.

    `works`: year, published (instant, NaT = unknown). Works that appeared less than two years
    before the source's date, to the day; of a work without a date the last day of its year counts.
    (A date of 1 January is taken as it is, though some publishers write it for the year alone.)
    Without a date of the source: `unjudged_years`. With a citation window of w years also works
    whose window is not over in the source's year.
    """
    if source.date is None:
        young = unjudged_years(works["year"], source.year, window)
        return np.asarray(works["year"].isin(young), dtype=bool)
    open_window = works["year"].to_numpy("float64") > source.date.year - (window or 0)
    last_day = pd.to_datetime(works["year"].astype("Int64").astype("string") + "-12-31", utc=True)
    appeared = pd.to_datetime(works["published"], utc=True).fillna(last_day)
    return np.asarray((appeared > settled_until(source.date)).to_numpy(bool) | open_window)


def unjudged_years(years: pd.Series, last: int | None, window: int | None) -> tuple[int, ...]:
    """Of a source without a date the years of the works that are judged too young, sorted.

    Those of the last two years up to `last`, the year of the source, or of as many as a longer
    citation window has, and later ones; none where works have no year.
    """
    if last is None:
        return ()
    settled = last - max(SETTLED_YEARS, window or 0)
    return tuple(sorted({int(year) for year in years.dropna() if year > settled}))


def settled_until(source: date) -> pd.Timestamp:
    """The last day of publication that is two years before the source's date."""
    return pd.Timestamp(source, tz="UTC") - pd.DateOffset(years=SETTLED_YEARS)


def citation_scores(works: pd.DataFrame, young: np.ndarray) -> pd.DataFrame:
    """Rows of CITATION_SCORE: every work with either reference set, in the order of the works.

    `works`: work_key, year, type, field_id, citations, fwci, citation_percentile; `young` says
    which are too young. NCS and top share are NaN where `state` is not scored; a work in a cell
    without a citation has a top share and no NCS.
    """
    cells = works.assign(
        # A number for each work and a text once: of millions of works the texts fill gigabytes.
        field_id=works["field_id"].astype(object).fillna(NO_FIELD).astype("category"),
        type=works["type"].astype(object).fillna(NO_FIELD).astype("category"),
        citations=works["citations"].astype("float64"),
    )
    return pd.concat([_internal(cells, young), _world(cells, young)], ignore_index=True)


def _internal(works: pd.DataFrame, young: np.ndarray) -> pd.DataFrame:
    known = works[works["citations"].notna()]
    counted = known.groupby(CELL, sort=True, observed=True)["citations"].agg(["size", "sum"])
    rows = works.join(counted, on=CELL)
    mean = (rows["sum"] / rows["size"]).to_numpy("float64")
    cited = works["citations"].to_numpy("float64")
    top = np.full(len(works), np.nan)
    top[~np.isnan(cited)] = top_shares(
        known["citations"].to_numpy("float64"),
        known.groupby(CELL, observed=True).ngroup().to_numpy(),
    )
    state = _first(
        {UNKNOWN_CITATIONS: np.isnan(cited), TOO_YOUNG: young, UNDEFINED: mean == 0}, SCORED
    )
    ncs = np.divide(cited, mean, out=np.full(len(works), np.nan), where=state == SCORED)
    ranked = (state == SCORED) | (state == UNDEFINED)
    return _scores(works, INTERNAL, state).assign(
        cell=works.groupby(CELL, observed=True).ngroup().to_numpy(),
        citations=cited,
        cell_works=rows["size"].to_numpy("float64"),
        cell_mean=mean,
        ncs=ncs,
        top10=np.where(ranked, top, np.nan),
    )


def _world(works: pd.DataFrame, young: np.ndarray) -> pd.DataFrame:
    fwci = works["fwci"].to_numpy("float64")
    percentile = works["citation_percentile"].to_numpy("float64")
    lacking = np.isnan(fwci) | np.isnan(percentile)
    state = _first({NO_SCORE: lacking, TOO_YOUNG: young}, SCORED)
    scored = state == SCORED
    return _scores(works, WORLD, state).assign(
        cell=-1,
        citations=works["citations"].to_numpy("float64"),
        cell_works=np.nan,
        cell_mean=np.nan,
        ncs=np.where(scored, fwci, np.nan),
        top10=np.where(scored, (percentile >= WORLD_TOP).astype("float64"), np.nan),
    )


def _first(conditions: Mapping[str, np.ndarray], otherwise: str) -> "pd.Categorical[str]":
    """The first state whose condition holds, work by work."""
    numbers = [STATES.index(state) for state in conditions]
    found = np.select(list(conditions.values()), numbers, STATES.index(otherwise))
    return pd.Categorical.from_codes(found, categories=pd.Index(STATES))


def _scores(works: pd.DataFrame, reference: str, state: "pd.Categorical[str]") -> pd.DataFrame:
    named = np.full(len(works), REFERENCES.index(reference))
    rows = works[["work_key", "field_id"]].assign(
        reference=pd.Categorical.from_codes(named, categories=pd.Index(REFERENCES)), state=state
    )
    return rows.reset_index(drop=True)


def top_shares(cited: np.ndarray, cell: np.ndarray) -> np.ndarray:
    """Part of each work that belongs to the top 10 % of its cell, 0 to 1.

    With n works in the cell, A of them cited more and T cited as often: (n/10 - A) / T, cut to
    0..1. The parts of a cell sum to n/10, a cell without a citation too.
    """
    ties = pd.DataFrame({"cell": cell, "cited": cited})
    at = ties.groupby(["cell", "cited"], sort=True).size().rename("tied").reset_index()
    by_cell = at.groupby("cell")["tied"]
    size = by_cell.transform("sum")
    above = size - by_cell.cumsum()
    part = (size - TOP * above) / (TOP * at["tied"])
    shares = at[["cell", "cited"]].assign(share=part.clip(0.0, 1.0))
    return ties.merge(shares, on=["cell", "cited"], how="left")["share"].to_numpy("float64")


def reference_of(scores: pd.DataFrame, works: pd.Series, window: int | None = None) -> str:
    """The reference set of a table whose works have these work_keys.

    `openalex` if at least 95 % of them have both of its scores, else the corpus itself; so also
    for a table without works, and with a citation window, because the source has its own.
    """
    if window:
        return INTERNAL
    wanted = ((scores["reference"] == WORLD) & scores["work_key"].isin(works)).to_numpy(bool)
    states = scores["state"][wanted]
    covered = (states != NO_SCORE).mean() if len(states) else 0.0
    return WORLD if covered >= REFERENCE_COVERAGE else INTERNAL


def cited_within(works: pd.DataFrame, citing: pd.DataFrame, window: int) -> pd.Series:
    """Citations of each work within the window; NaN where unknown.

    A window of w years is the year of publication and the w - 1 after it. The source counts by
    year only from some year on (OpenAlex lists about the last ten): citations within the window
    are unknown for works published before the first year that any work of the corpus has a count
    for, and for works that are cited but have no count by year at all.

    `works`: work_key, year, citations (of all years, NaN = unknown); `citing`: work_key, year,
    citations, a row per work and citing year.
    """
    dated = citing.rename(columns={"year": "citing_year", "citations": "number"})
    rows = dated.merge(works[["work_key", "year"]], on="work_key")
    age = rows["citing_year"] - rows["year"]
    within = rows[(age >= 0) & (age < window)].groupby("work_key")["number"].sum()
    counted = works["work_key"].isin(citing["work_key"])
    first = citing["year"].min() if len(citing) else np.inf
    known = (works["year"] >= first) & (counted | (works["citations"] == 0))
    found = works["work_key"].map(within).astype("float64").fillna(0.0)
    return found.where(known)
