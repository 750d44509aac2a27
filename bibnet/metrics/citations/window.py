"""Citations of the first years of each work, from the source's citations by year.

A window of w years is the year of publication and the w - 1 after it. The source counts by year
only from some year on (OpenAlex lists about the last ten): citations within the window are unknown
for works published before the first year that any work of the corpus has a count for, and for
works that are cited but have no count by year at all.
"""

import numpy as np
import pandas as pd


def cited_within(works: pd.DataFrame, citing: pd.DataFrame, window: int) -> pd.Series:
    """Citations of each work within the window; NaN where unknown.

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
