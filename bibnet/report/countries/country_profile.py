"""One country in the exhibits: its institutions, ties, partners, their distribution, its years.

Every number is one of the exhibits or a sum of them, so that the report of a country cannot
differ from the tables of the run.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from bibnet.report.content.wording import is_undefined
from bibnet.schema import Table
from bibnet.schema.country_report import (
    BANDS,
    COUNTRY_DISTRIBUTION,
    COUNTRY_INSTITUTION,
    COUNTRY_PARTNER,
    COUNTRY_TIE,
    FEW,
    turned_name,
)

Exhibits = Callable[[str], pd.DataFrame]
COUNTED = ("works", "joint_works", "partners", "joint_partners")
Number = int | float | None


@dataclass(frozen=True)
class CountryProfile:
    """What the exhibits say of a country; a country without a work has empty frames.

    `totals` are numbers by name, None where undefined. Frames: `institutions`, `ties` (with
    institutions elsewhere), `partners` (countries), `distribution` as declared in
    schema.country_report; `years` are the country's rows of country_years.csv.
    """

    country: str
    side: str
    totals: Mapping[str, Number]
    institutions: pd.DataFrame
    ties: pd.DataFrame
    partners: pd.DataFrame
    distribution: pd.DataFrame
    years: pd.DataFrame


class CountryProfiles:
    """The profiles of any number of countries; the exhibits are split by country once.

    `exhibit` gives an exhibit's frame by name.
    """

    def __init__(self, exhibit: Exhibits, sides: Mapping[str, Sequence[str]]):
        self._sides = sides
        pairs = exhibit("institution_pairs")
        inside = (pairs["country_a"] == pairs["country_b"]).fillna(value=False).astype(bool)
        self._ties_inside = pairs.loc[inside, "country_a"].value_counts()
        self._ties = _split(ties_from_both_ends(pairs[~inside]), COUNTRY_TIE)
        self._partners = _split(_partners(exhibit("country_pairs")), COUNTRY_PARTNER)
        self._institutions = _split(_institutions(exhibit), COUNTRY_INSTITUTION)
        self._countries = exhibit("countries")
        self._years = exhibit("country_years")

    def of(self, country: str) -> CountryProfile:
        """The profile of a country code, empty where the corpus has nothing of it."""
        institutions, ties = self._institutions(country), self._ties(country)
        partners = self._partners(country)
        totals = _country_totals(self._countries, country)
        totals |= {
            "institutions": len(institutions),
            "institutions_with_joint_works": int((institutions["joint_works"] > 0).sum()),
            "ties_inside": int(self._ties_inside.get(country, 0)),
        }
        return CountryProfile(
            country=country,
            side=next((side for side, codes in self._sides.items() if country in codes), ""),
            totals=totals | _tie_totals(ties) | {"partner_countries": len(partners)},
            institutions=institutions,
            ties=ties,
            partners=partners,
            distribution=_distribution(institutions),
            years=self._years[self._years["country"] == country].reset_index(drop=True),
        )


def _split(frame: pd.DataFrame, table: Table) -> Callable[[str], pd.DataFrame]:
    """The rows of a country from a frame with the column `here`, in the frame's order."""
    ordered = frame.sort_values("here", kind="stable", ignore_index=True)
    runs = ordered.groupby("here").indices
    ends = {here: (int(rows[0]), int(rows[-1]) + 1) for here, rows in runs.items()}
    # A run of an earlier version lacks columns: they are undefined there.
    declared = ordered.reindex(columns=table.column_names)

    def of(country: str) -> pd.DataFrame:
        start, stop = ends.get(country, (0, 0))
        return declared.iloc[start:stop].reset_index(drop=True)

    return of


def _institutions(exhibit: Exhibits) -> pd.DataFrame:
    rows, centrality = exhibit("institutions"), exhibit("centrality")
    known = [name for name in rows.columns if name != "institution_id"]
    measures = centrality.drop(columns=known, errors="ignore")
    rows = rows.merge(measures, on="institution_id", how="left", validate="one_to_one")
    by = ["strength", "institution_id"]
    return rows.sort_values(by, ascending=[False, True], kind="stable").assign(here=rows["country"])


def ties_from_both_ends(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return rows of institution_pairs.csv seen from each end, the strongest first."""
    both = _from_both_ends(pairs, ("institution", "name", "country"))
    names = {
        "institution_here": "institution_id",
        "name_here": "institution",
        "institution_there": "partner_id",
        "name_there": "partner",
        "country_there": "partner_country",
        "country_here": "here",
    }
    by = ["works", "institution_id", "partner_id"]
    return both.rename(columns=names).sort_values(by, ascending=[False, True, True], kind="stable")


def _partners(pairs: pd.DataFrame) -> pd.DataFrame:
    names = {"country_here": "here", "country_there": "partner_country"}
    both = _from_both_ends(pairs, ("country",)).rename(columns=names)
    return both.sort_values(["works", "partner_country"], ascending=[False, True], kind="stable")


def _from_both_ends(pairs: pd.DataFrame, ends: Sequence[str]) -> pd.DataFrame:
    return pd.concat([_turned(pairs, ends, here=here) for here in "ab"], ignore_index=True)


def _turned(pairs: pd.DataFrame, ends: Sequence[str], *, here: str) -> pd.DataFrame:
    """The pairs seen from one end: NAME_here and NAME_there for the names of `ends`."""
    there = "b" if here == "a" else "a"
    names = {name: turned_name(name, here_first=here == "a") for name in map(str, pairs.columns)}
    names |= {f"{name}_{here}": f"{name}_here" for name in ends}
    names |= {f"{name}_{there}": f"{name}_there" for name in ends}
    return pairs.rename(columns=names)


def _country_totals(countries: pd.DataFrame, country: str) -> dict[str, Number]:
    names = ["works", "works_fractional", "joint_works", "share_of_joint", "share_of_country"]
    rows = countries[countries["country"] == country]
    if rows.empty:
        nothing: dict[str, Number] = dict.fromkeys(names)
        return nothing | {"works": 0, "works_fractional": 0.0, "joint_works": 0}
    return {name: _number(rows[name].iloc[0]) for name in names}


def _tie_totals(ties: pd.DataFrame) -> dict[str, Number]:
    across = ties["cross_side"].fillna(value=False).astype(bool)
    return {
        "ties_elsewhere": len(ties),
        "links_elsewhere": int(ties["works"].sum()),
        "ties_across_sides": int(across.sum()),
        "partner_institutions": int(ties["partner_id"].nunique()),
    }


def _distribution(institutions: pd.DataFrame) -> pd.DataFrame:
    rows = [
        _bands(name, institutions[name].astype("float64").to_numpy())
        for name in COUNTED
        if institutions[name].notna().all()
    ]
    return pd.DataFrame(rows, columns=COUNTRY_DISTRIBUTION.column_names)


def _bands(name: str, values: np.ndarray) -> dict[str, object]:
    few = int((values < FEW).sum())
    bands = {
        f"institutions_{band}": int(((values >= low) & (values <= (high or np.inf))).sum())
        if high != 0
        else int((values == 0).sum())
        for band, low, high in BANDS
    }
    return {
        "number": name,
        **bands,
        "institutions": len(values),
        "fewer_than_ten": few,
        "share_fewer_than_ten": few / len(values) if len(values) else np.nan,
        "median": float(np.median(values)) if len(values) else np.nan,
    }


def _number(cell: object) -> Number:
    if is_undefined(cell):
        return None
    value = float(str(cell))
    return int(value) if isinstance(cell, int | np.integer) else value
