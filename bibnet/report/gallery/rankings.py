"""The figures of topics, companies, funders and citations."""

from dataclasses import dataclass

import pandas as pd

from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.wording import (
    clean,
    count,
    counted,
    country_name,
    decimal,
    share,
    side_name,
)
from bibnet.report.figures.bars import ONE_COLOUR, Bar, BarWords, bar_figure
from bibnet.report.figures.figure import Figure
from bibnet.report.gallery.ranking import MOST_BARS, leading, ranking_words


def topic_figures(content: ReportContent) -> list[Figure]:
    """Return the topics with most joint works (with most works where there are none)."""
    topics = content.exhibit("topics")
    return _plain(content, topics[topics["topic"].notna()], _Kind("topic", "topic_id", "Topics"))


def company_figures(content: ReportContent) -> list[Figure]:
    """Return the companies with most joint works (with most works where there are none)."""
    companies = content.exhibit("companies")
    return _plain(content, companies, _Kind("institution", "institution_id", "Companies"))


def funding_figures(content: ReportContent) -> list[Figure]:
    """Return the funders with most joint works, and funding by country and by type of funder."""
    funding, funders = content.exhibit("funding"), content.exhibit("funders")
    by_country = funding[(funding["funder_type"] == "all") & (funding["funder_country"] != "all")]
    by_type = funding[(funding["funder_country"] == "all") & (funding["funder_type"] != "all")]
    named = by_country.assign(
        label=[
            country_name(code, content.country_names) or "country unknown"
            for code in by_country["funder_country"]
        ]
    )
    typed = by_type.assign(label=[clean(kind).replace("_", " ") for kind in by_type["funder_type"]])
    return [
        *_plain(content, funders, _Kind("funder", "funder", "Funders")),
        *_funding_shares(named, "funding_by_country", "Funders' countries"),
        *_funding_shares(typed, "funding_by_type", "Types of funder"),
    ]


def citation_figures(content: ReportContent) -> list[Figure]:
    """Return mean citations of joint works and of works of one side only."""
    citations = content.exhibit("citations")
    known = citations[citations["mean_citations"].notna()]
    if known.empty:
        return []
    columns = (known["group"], known["mean_citations"], known["works_with_citations"])
    bars = [
        Bar(f"{group_name(group)} ({counted(works, 'work')})", float(mean), decimal(mean))
        for group, mean, works in zip(*columns, strict=True)
    ]
    words = BarWords(
        "mean_citations",
        "Mean citations of joint works and of works of one side",
        "Citations per work with known citations; not adjusted for field, age or number of authors",
        "mean citations",
        ONE_COLOUR,
    )
    return [bar_figure(bars, words)]


def group_name(group: object) -> str:
    """Write a group of the citation table: joint works, or works of one side only."""
    text = clean(group)
    if text.endswith(" only"):
        return f"{side_name(text.removesuffix(' only'))} only"
    return f"{text} works" if text == "joint" else text


@dataclass(frozen=True)
class _Kind:
    label: str
    key: str
    title: str


def _plain(content: ReportContent, frame: pd.DataFrame, kind: _Kind) -> list[Figure]:
    facts = ("joint_works", "works") if frame["joint_works"].sum() > 0 else ("works",)
    chosen = leading(frame, facts, kind.key).head(MOST_BARS)
    if chosen.empty:
        return []
    unit = facts[0].replace("_", " ")
    bars = [
        Bar(clean(name) or clean(key), int(value), count(value))
        for name, key, value in zip(
            chosen[kind.label], chosen[kind.key], chosen[facts[0]], strict=True
        )
    ]
    words = ranking_words(
        content, f"{kind.title.lower()}_by_{facts[0]}", f"{kind.title} with most {unit}", unit
    )
    return [bar_figure(bars, BarWords(words.id, words.title, words.subtitle, unit, ONE_COLOUR))]


def _funding_shares(rows: pd.DataFrame, id: str, title: str) -> list[Figure]:
    joint = rows["share_of_joint_disclosed"].fillna(0).sum() > 0
    column = "share_of_joint_disclosed" if joint else "share_of_disclosed"
    chosen = leading(rows, (column,), "label").head(MOST_BARS)
    if chosen.empty:
        return []
    works = chosen["joint_works" if joint else "works"]
    bars = [
        Bar(label, float(part), f"{share(part)} ({count(number)})")
        for label, part, number in zip(chosen["label"], chosen[column], works, strict=True)
    ]
    unit = "joint works" if joint else "works"
    subtitle = (
        f"Share of the {unit} that disclose a funder (number of {unit}). "
        "A work with several funders counts in each row."
    )
    return [
        bar_figure(
            bars, BarWords(id, f"{title} named by {unit}", subtitle, f"share of {unit}", ONE_COLOUR)
        )
    ]
