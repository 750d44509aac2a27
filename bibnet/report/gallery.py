"""The figures of who takes part: countries, institutions, topics, companies, funders."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from bibnet.report.content import ReportContent
from bibnet.report.figures.bars import ONE_COLOUR, Bar, BarWords, bar_figure
from bibnet.report.figures.figure import Figure
from bibnet.report.figures.heat import heat_figure
from bibnet.report.figures.network import network_figure
from bibnet.report.gallery_time import joint_definition
from bibnet.report.subgraph import readable_subgraph
from bibnet.report.theme import OUTSIDE, side_colours
from bibnet.report.wording import clean, count, counted, country_name, decimal, share, side_name

MOST_COUNTRIES = 32
MOST_BARS = 20
MOST_HEAT_ROWS = 15
NO_SIDE = "no side"
LAYOUT_SEED = 20_230_601  # any fixed number; a run's own seed in the manifest comes first


def country_figures(content: ReportContent) -> list[Figure]:
    """Return joint works by country, by country and year, and by pair of countries."""
    countries = content.exhibit("countries")
    joint = _leading(countries[countries["side"].notna()], ("joint_works",), "country")
    figures = []
    if len(joint):
        bars = [
            Bar(_country(content, row.country), row.joint_works, count(row.joint_works), _group(row.side))
            for row in joint.head(MOST_COUNTRIES).itertuples()
        ]
        figures.append(bar_figure(bars, _country_words(content, len(joint))))
        figures += _heat(content, list(joint["country"].head(MOST_HEAT_ROWS)))
    return figures + _pairs(content)


def institution_figures(content: ReportContent) -> list[Figure]:
    """Return the institutions with most joint works, with most works, and the network."""
    institutions = content.exhibit("institutions")
    figures = []
    joint = _leading(institutions, ("joint_works", "works"), "institution_id")
    if len(joint):
        bars = [_institution_bar(row, row.joint_works) for row in joint.head(MOST_BARS).itertuples()]
        words = _words(content, "institutions_by_joint_works", "Institutions with most joint works")
        figures.append(bar_figure(bars, words))
    most = _leading(institutions, ("works",), "institution_id")
    if len(most):
        bars = [_institution_bar(row, row.works) for row in most.head(MOST_BARS).itertuples()]
        words = _words(content, "institutions_by_works", "Institutions with most works", "works")
        figures.append(bar_figure(bars, words))
    return figures + _network(content)


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
        label=[_country(content, code) or "country unknown" for code in by_country["funder_country"]]
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


def _leading(frame: pd.DataFrame, facts: Sequence[str], key: str) -> pd.DataFrame:
    """Return rows whose first fact is above zero, most first, equal ones by key."""
    by = [*facts, key]
    ordered = frame.sort_values(by, ascending=[False] * len(facts) + [True], kind="stable")
    return ordered[ordered[facts[0]].fillna(0) > 0]


def _country(content: ReportContent, code: object) -> str:
    return country_name(code, content.country_names)


def _group(side: object) -> str:
    return side_name(clean(side)) if clean(side) else NO_SIDE


def _colours(content: ReportContent) -> Mapping[str, str]:
    named = {side_name(s): colour for s, colour in side_colours(list(content.sides)).items()}
    return {**named, NO_SIDE: OUTSIDE}


def _words(content: ReportContent, id: str, title: str, unit: str = "joint works") -> BarWords:
    explained = f" {joint_definition(content)}" if unit == "joint works" else " Full counting."
    subtitle = f"Number of {unit}, at most {MOST_BARS} shown.{explained}"
    return BarWords(id, title, subtitle, unit, _colours(content))


def _country_words(content: ReportContent, countries: int) -> BarWords:
    cut = f", the first {MOST_COUNTRIES} of {countries}" if countries > MOST_COUNTRIES else ""
    subtitle = (
        f"Number of joint works{cut}. A work with several countries counts once for each. "
        f"{joint_definition(content)}"
    )
    return BarWords(
        "joint_works_by_country", "Joint works by country", subtitle, "joint works", _colours(content)
    )


def _shown(number: int, noun: str) -> str:
    shown = f"the first {MOST_BARS} of " if number > MOST_BARS else "all "
    return shown + counted(number, noun) if number > 1 else counted(number, noun)


def _institution_bar(row: object, value: int) -> Bar:
    name, country = clean(getattr(row, "institution", "")), clean(getattr(row, "country", ""))
    name = name or clean(getattr(row, "institution_id", ""))
    label = f"{name}, {country}" if country else name
    return Bar(label, int(value), count(value), _group(getattr(row, "side", "")))


def _heat(content: ReportContent, codes: Sequence[str]) -> list[Figure]:
    rows = content.exhibit("country_years")
    rows = rows[rows["country"].isin(codes)]
    if rows["year"].nunique() < 2:
        return []
    cells = {
        (_country(content, country), int(year)): int(works)
        for country, year, works in zip(rows["country"], rows["year"], rows["joint_works"], strict=True)
    }
    present = set(rows["country"])
    return [
        heat_figure(
            cells,
            [_country(content, code) for code in codes if code in present],
            id="joint_works_by_country_and_year",
            title="Joint works by country and year",
            subtitle=f"Number of joint works, the first {len(codes)} countries; darker is more",
        )
    ]


def _pairs(content: ReportContent) -> list[Figure]:
    pairs = content.exhibit("country_pairs")
    sides = [
        [content.side_of(code) for code in pairs[column]] for column in ("country_a", "country_b")
    ]
    across = [bool(a and b and a != b) for a, b in zip(*sides, strict=True)]
    chosen = _leading(pairs[pd.Series(across, pairs.index, dtype=bool)], ("works",), "country_a")
    bars = [
        Bar(f"{_country(content, a)} – {_country(content, b)}", int(works), count(works))
        for a, b, works in zip(
            *(chosen[c].head(MOST_BARS) for c in ("country_a", "country_b", "works")), strict=True
        )
    ]
    words = BarWords(
        "country_pairs_across_sides",
        "Pairs of countries across the sides",
        f"Works with both countries; {_shown(len(chosen), 'pair')}",
        "works",
        ONE_COLOUR,
    )
    return [bar_figure(bars, words)] if bars else []


def _network(content: ReportContent) -> list[Figure]:
    graph = readable_subgraph(content.nodes, content.edges)
    seed = (content.manifest.get("seeds") or {}).get("layout", LAYOUT_SEED)
    sides = list(content.sides)
    return [network_figure(graph, sides, seed=int(seed))] if len(graph.edges) else []


def _plain(content: ReportContent, frame: pd.DataFrame, kind: _Kind) -> list[Figure]:
    facts = ("joint_works", "works") if frame["joint_works"].sum() > 0 else ("works",)
    chosen = _leading(frame, facts, kind.key).head(MOST_BARS)
    if chosen.empty:
        return []
    unit = facts[0].replace("_", " ")
    bars = [
        Bar(clean(name) or clean(key), int(value), count(value))
        for name, key, value in zip(chosen[kind.label], chosen[kind.key], chosen[facts[0]], strict=True)
    ]
    words = _words(content, f"{kind.title.lower()}_by_{facts[0]}", f"{kind.title} with most {unit}", unit)
    return [bar_figure(bars, BarWords(words.id, words.title, words.subtitle, unit, ONE_COLOUR))]


def _funding_shares(rows: pd.DataFrame, id: str, title: str) -> list[Figure]:
    joint = rows["share_of_joint_disclosed"].fillna(0).sum() > 0
    column = "share_of_joint_disclosed" if joint else "share_of_disclosed"
    chosen = _leading(rows, (column,), "label").head(MOST_BARS)
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
    return [bar_figure(bars, BarWords(id, f"{title} named by {unit}", subtitle, f"share of {unit}", ONE_COLOUR))]


FIGURES_OF: Mapping[str, Callable[[ReportContent], list[Figure]]] = {
    "countries": country_figures,
    "institutions": institution_figures,
    "topics": topic_figures,
    "funding": funding_figures,
    "companies": company_figures,
    "citations": citation_figures,
}
