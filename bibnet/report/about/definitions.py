"""The terms every report explains, and the meaning of each column of each exhibit."""

from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.table_view import Heading, TableView
from bibnet.report.gallery.time import joint_definition
from bibnet.schema import EXHIBITS

TERMS: tuple[tuple[str, str], ...] = (
    (
        "Full counting",
        "Every country or institution of a work counts the work once. Such counts add up to more "
        "than the number of works. It answers: who takes part?",
    ),
    (
        "Fractional counting",
        "A work is divided equally among its authorships, then among the affiliations of each, "
        "then among their countries or institutions; what cannot be placed is the unknown part, so "
        "that the parts of every work add up to one.",
    ),
    (
        "Unknown",
        "Authorships without a country stay in every denominator. Nothing is rescaled as if they "
        "were not there.",
    ),
    (
        "Share and its bounds",
        "Share = joint works / works. share_low is that share; share_high is the share if every "
        "undecided work were joint: every work that is not joint and has an author of unknown "
        "country. share_high is no upper bound: works without any author (coverage.csv counts "
        "them) are not undecided, and works that show no country of a side are in neither number "
        "of that side.",
    ),
    (
        "Provisional year",
        "The year of the source's date or the one before: works of these years are still being "
        "added at the source. Where the source has no date, the last two years that its files "
        "reach.",
    ),
    (
        "Links and works",
        "An institution's joint works are distinct works. Its links are pairs of a work and a "
        "partner, so one work with five partners is five links.",
    ),
    (
        "Two kinds of tie",
        "Co-author: two different people link the two. Dual affiliation: one person has both. A "
        "work can carry both; a tie is either.",
    ),
    (
        "Association strength",
        "Ratio of the works in common c to the product of the links of both, times twice all "
        "links: 2 m c / (s1 s2) (van Eck, Waltman 2009). It is no test: whether works in common "
        "are more than chance gives is told by the tables against chance.",
    ),
    (
        "Collaboration index",
        "(joint works of x and y / international joint works of x) / (international joint works "
        "of y / those of all countries).",
    ),
    (
        "Against chance",
        "Works expected of a pair if, year by year, every unit kept its number of works and every "
        "work its number of units, and all else were left to chance. A pair is called more or "
        "less frequent at a false discovery rate of 5% over all pairs of units with five works or "
        "more.",
    ),
    (
        "Normalised citations",
        "Citations of a work divided by the mean of the reference set for its field, year and "
        "type; the mean over works is the MNCS. Top 10%: works at the threshold count in part, so "
        "that exactly a tenth of the reference set is top. Stability intervals come from 1,000 "
        "samples of the works with replacement: they say how much a number hangs on single works. "
        "Where the truth was known they held the MNCS of 30 works and more in 85 to 97% of cases, "
        "that of 5 to 9 works in 70 to 83%: few works seldom hold the most cited one. So joint "
        "works are called cited more or less than others only where, too, works of a team size "
        "that exchange their groups would seldom differ as much (p of 5% or less, corrected by "
        "Holm's method for all comparisons of the findings).",
    ),
    (
        "Disclosed funding",
        "A work is disclosed if it names a funder or an award. Shares of funders are given among "
        "disclosed works and among all works.",
    ),
    (
        "Centrality",
        "Of the institution network of the whole corpus, full counting. Strength, PageRank and "
        "eigenvector use the works in common; betweenness, closeness and harmonic use distance = "
        "1 / works in common unless the run says otherwise.",
    ),
)


def terms(content: ReportContent) -> list[tuple[str, str]]:
    """Return the terms with what they mean in this run, joint works first."""
    one_person = "One person with affiliations on all sides is enough."
    return [("Joint work", f"{joint_definition(content)} {one_person}"), *TERMS]


def column_views() -> list[TableView]:
    """Return one table for each exhibit: column, meaning, unit."""
    headings = [Heading("column"), Heading("meaning"), Heading("unit")]
    return [
        TableView(
            f"{table.name}.csv: {table.meaning}",
            headings,
            [[column.name, column.meaning, column.unit or "–"] for column in table.columns],
        )
        for table in EXHIBITS.values()
    ]
