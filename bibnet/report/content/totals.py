"""Numbers of the whole corpus, added up from the exhibits; undefined where a part is missing."""

from dataclasses import dataclass

import pandas as pd

from bibnet.report.content.cell import Cell, row_keys
from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.wording import is_undefined
from bibnet.report.content.works_behind import WorksBehind

FEW_WORKS = 30  # below this, one work moves a share by more than three percentage points


@dataclass(frozen=True)
class Totals:
    """Works, joint works and their share; authorships and those with a country.

    `share_high` is the share there would be if every undecided work were joint; works without
    authors are not undecided. Without a work
    every share is undefined (None); so is what the exhibits do not tell.
    """

    works: int
    joint_works: int
    share: float | None
    share_high: float | None
    years: tuple[int, ...]
    provisional: tuple[int, ...]
    authorships: int
    authorships_with_country: int
    works_with_country: int
    works_with_funder: int | None
    works_without_authors: int

    @property
    def authorships_share(self) -> float | None:
        """Part of all authorships that have a country."""
        return ratio(self.authorships_with_country, self.authorships)


def corpus_totals(content: ReportContent) -> Totals:
    """Add up the rows `all` of years.csv and the rows of coverage.csv."""
    years, coverage = content.exhibit("years"), content.exhibit("coverage")
    rows = years[years["side"] == "all"]
    works, joint = total(rows["works"]), total(rows["joint_works"])
    defined = bool(rows["share"].notna().any())
    late = rows["year"][rows["provisional"].fillna(False).astype(bool)]
    return Totals(
        works=works,
        joint_works=joint,
        share=ratio(joint, works) if defined else None,
        share_high=ratio(_most_joint(rows), works) if defined else None,
        years=tuple(int(year) for year in rows["year"][rows["works"].fillna(0) > 0]),
        provisional=tuple(int(year) for year in late),
        authorships=total(coverage["authorships"]),
        authorships_with_country=total(coverage["authorships_with_country"]),
        works_with_country=total(coverage["works_with_country"]),
        works_with_funder=total(coverage["works_with_funder"]) if len(coverage) else None,
        works_without_authors=total(coverage["works_without_authors"]),
    )


def works_of_years(content: ReportContent, behind: WorksBehind) -> tuple[list[int], list[int]]:
    """The places of all works and of the joint ones that years.csv counts, as the report orders."""
    years = content.exhibit("years")
    rows, keys = years[years["side"] == "all"], behind.keys("years")
    found = behind.lists("years", [Cell("years", key) for key in row_keys(rows, keys)])
    works, joint = (
        sorted({place for places in found[count] for place in places.tolist()})
        for count in ("works", "joint_works")
    )
    return works, joint


def total(values: pd.Series) -> int:
    """Add up a column of whole numbers; undefined cells count nothing."""
    return int(values.fillna(0).sum())


def ratio(part: object, whole: object) -> float | None:
    """Return part / whole, or None where either is undefined or the whole is 0."""
    if is_undefined(part) or is_undefined(whole) or not float(str(whole)):
        return None
    return float(str(part)) / float(str(whole))


def _most_joint(rows: pd.DataFrame) -> int:
    possible = (rows["share_high"] * rows["works"].astype("float64")).round()
    return int(possible.fillna(0).sum())
