"""The figures of topics, companies, funders and citations."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from bibnet.report.content.cell import Cell, row_keys
from bibnet.report.content.in_text import country_in_text
from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.totals import FEW_WORKS
from bibnet.report.content.wording import (
    clean,
    count,
    counted,
    country_name,
    decimal,
    group_name,
    sentence_case,
    share,
)
from bibnet.report.figures.bars import ONE_COLOUR, PLAIN_COLOUR, Bar, BarWords, bar_figure
from bibnet.report.figures.figure import Figure
from bibnet.report.gallery.ranking import MOST_BARS, leading, ranking_words
from bibnet.report.gallery.spans import FEW
from bibnet.report.gallery.titles import few_or_share

UNKNOWN_COUNTRY = "unknown country"
# Works that shares are of, those of the question first, and their column of funding.csv.
DISCLOSED: Mapping[str, str] = {
    "joint_works": "share_of_joint_disclosed",
    "works": "share_of_disclosed",
}
NO_TYPES = frozenset(["other", "unclassified", ""])  # what leads by them says nothing of who pays
UNADJUSTED = "Mean citations of joint works and of works of one side"


def topic_figures(content: ReportContent) -> list[Figure]:
    """Return the topics with most joint works (with most works where there are none)."""
    topics = content.exhibit("topics")
    return _plain(
        content, topics[topics["topic"].notna()], _Kind("topics", "topic", ("topic_id",), "Topics")
    )


def company_figures(content: ReportContent) -> list[Figure]:
    """Return the companies with most joint works (with most works where there are none)."""
    companies = content.exhibit("companies")
    keys = ("institution_id", "institution", "country")
    return _plain(content, companies, _Kind("companies", "institution", keys, "Companies"))


def funding_figures(content: ReportContent) -> list[Figure]:
    """Return the funders with most joint works, and funding by country and by type of funder."""
    funding, funders = content.exhibit("funding"), content.exhibit("funders")
    by_country = funding[(funding["funder_type"] == "all") & (funding["funder_country"] != "all")]
    by_type = funding[(funding["funder_country"] == "all") & (funding["funder_type"] != "all")]
    named = by_country.assign(
        label=[
            country_name(code, content.country_names) or UNKNOWN_COUNTRY
            for code in by_country["funder_country"]
        ]
    )
    typed = by_type.assign(label=[clean(kind).replace("_", " ") for kind in by_type["funder_type"]])
    return [
        *_plain(content, funders, _Kind("funders", "funder", ("funder_id", "funder"), "Funders")),
        *_funding_shares(named, "funding_by_country", "Funders' countries", _funders_of),
        *_funding_shares(typed, "funding_by_type", "Types of funder", _funders_of_type),
    ]


def citation_figures(content: ReportContent) -> list[Figure]:
    """Return mean citations of joint works and of works of one side only, where two have enough.

    The title compares nothing: means that no field, age or team size adjusts are no finding.
    """
    citations = content.exhibit("citations")
    known = citations[citations["mean_citations"].notna()]
    few = known["works_with_citations"] < FEW_WORKS
    known = known[~few]
    if len(known) < 2:
        return []
    left_out = f"; groups of {FEW_WORKS} works or more" if few.any() else ""
    columns = (known["group"], known["mean_citations"], known["works_with_citations"])
    bars = [
        Bar(
            f"{sentence_case(group_name(group))} ({counted(works, 'work')})",
            float(mean),
            decimal(mean),
            cell=Cell("citations", {"group": group}, "works_with_citations"),
        )
        for group, mean, works in zip(*columns, strict=True)
    ]
    words = BarWords(
        "mean_citations",
        UNADJUSTED,
        "Citations per work with known citations; not adjusted for field, age or number of authors"
        + left_out,
        "mean citations",
        PLAIN_COLOUR,
    )
    return [bar_figure(bars, words)]


@dataclass(frozen=True)
class _Kind:
    """An exhibit that is ranked: its name, the column of the label, its keys, a title."""

    exhibit: str
    label: str
    keys: tuple[str, ...]
    title: str


def _plain(content: ReportContent, frame: pd.DataFrame, kind: _Kind) -> list[Figure]:
    facts = ("joint_works", "works") if frame["joint_works"].sum() > 0 else ("works",)
    chosen = leading(frame, facts, kind.keys[-1]).head(MOST_BARS)
    if chosen.empty:
        return []
    unit = facts[0].replace("_", " ")
    bars = [
        Bar(
            clean(name) or clean(next(iter(keys.values()))),
            int(value),
            count(value),
            cell=Cell(kind.exhibit, keys, facts[0]),
        )
        for name, keys, value in zip(
            chosen[kind.label], row_keys(chosen, kind.keys), chosen[facts[0]], strict=True
        )
    ]
    id, neutral = f"{kind.exhibit}_by_{facts[0]}", f"{kind.title} with most {unit}"
    words = ranking_words(content, id, neutral, bars, unit)
    return [bar_figure(bars, BarWords(words.id, words.title, words.subtitle, unit, ONE_COLOUR))]


def _funders_of(country: str) -> str:
    return "" if country == UNKNOWN_COUNTRY else f"Funders of {country_in_text(country)}"


def _funders_of_type(kind: str) -> str:
    return "" if kind in NO_TYPES else f"Funders of type {kind}"


def _part(part: float, number: int, whole: int) -> str:
    """A share with its number; of few works the number and what it is of."""
    if whole < FEW_WORKS:
        return f"{count(number)} of {count(whole)}"
    return f"{share(part)} ({count(number)})"


def _shared_fact(rows: pd.DataFrame) -> str:
    """What shares are drawn of: joint works, else all works, if enough of them name a funder."""
    return next((fact for fact in DISCLOSED if _disclosed(rows, fact) >= FEW), "")


def _disclosed(rows: pd.DataFrame, fact: str) -> int:
    """How many works name a funder, from a row's works and its share of them; 0 if none does."""
    named = rows[rows[DISCLOSED[fact]].fillna(0) > 0]
    if named.empty:
        return 0
    return round(int(named[fact].iloc[0]) / float(named[DISCLOSED[fact]].iloc[0]))


def why_no_funding_shares(content: ReportContent) -> list[str]:
    """Say why no share of funders is drawn; nothing where one is, or where no work names one."""
    funding = content.exhibit("funding")
    named = _disclosed(funding, "works")
    if not named or _shared_fact(funding):
        return []
    verb = "names" if named == 1 else "name"
    return [f"Only {counted(named, 'work')} {verb} a funder: too few for a figure of shares."]


def _funding_shares(
    rows: pd.DataFrame, id: str, title: str, who: Callable[[str], str]
) -> list[Figure]:
    fact = _shared_fact(rows)
    if not fact:
        return []
    column = DISCLOSED[fact]
    chosen = leading(rows, (column,), "label").head(MOST_BARS)
    columns = (chosen["label"], chosen[column], chosen[fact])
    keys = row_keys(chosen, ("funder_country", "funder_type"))
    whole = _disclosed(rows, fact)
    bars = [
        Bar(label, float(part), _part(part, number, whole), cell=Cell("funding", key, fact))
        for label, part, number, key in zip(*columns, keys, strict=True)
    ]
    unit = fact.replace("_", " ")
    beside = "" if whole < FEW_WORKS else f" (number of {unit})"
    subtitle = (
        f"{title}: share of the {unit} that disclose a funder{beside}. "
        "A work with several funders counts in each row."
    )
    named = few_or_share(int(chosen[fact].iloc[0]), whole, unit.removesuffix("s"))
    first = f"{who(bars[0].label)}: named by {named} that disclose a funder"
    alone = bool(who(bars[0].label)) and (len(bars) == 1 or bars[0].value > bars[1].value)
    words = BarWords(id, first if alone else title, subtitle, f"share of {unit}", ONE_COLOUR)
    return [bar_figure(bars, words)]
