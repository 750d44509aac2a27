"""The sections of the page: which figures and tables stand together, under which heading."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.table_view import TableView, exhibit_view
from bibnet.report.figures import Figure
from bibnet.report.findings.listed import HEADING, NO_USE
from bibnet.report.findings.participants import NO_JUDGEMENT
from bibnet.report.gallery import (
    chance_figures,
    company_figures,
    coverage_figures,
    funding_figures,
    hub_figures,
    impact_figures,
    institution_figures,
    time_figures,
    topic_figures,
)
from bibnet.schema import EXHIBITS


@dataclass(frozen=True)
class Part:
    """A section in words: id, heading, lead, exhibits shown as tables, maker of its figures."""

    id: str
    heading: str
    lead: str
    exhibits: tuple[str, ...]
    figures: Callable[[ReportContent], list[Figure]]
    open: bool = False


@dataclass(frozen=True)
class Section:
    """A section as shown: figures, and each table with the name of its exhibit."""

    id: str
    heading: str
    lead: str
    figures: Sequence[Figure]
    tables: Sequence[tuple[str, TableView]]
    open: bool

    @property
    def beside(self) -> Sequence[tuple[str, TableView]]:
        """The first table, where it fills the place beside an odd number of narrow figures."""
        narrow = sum(1 for figure in self.figures if figure.fluid)
        return self.tables[:1] if narrow % 2 and self.tables and self.tables[0][1].rows else ()

    @property
    def below(self) -> Sequence[tuple[str, TableView]]:
        """The tables that stand below the figures."""
        return self.tables[len(self.beside) :]


def _no_figures(_content: ReportContent) -> list[Figure]:
    return []


PARTS: tuple[Part, ...] = (
    Part(
        "time",
        "Over time",
        "How many works are joint, year by year, and what share that is.",
        ("years", "network_years"),
        time_figures,
    ),
    Part(
        "countries",
        "Countries",
        "Which countries take part in joint works, and which pairs work together.",
        ("countries", "country_years", "country_pairs", "country_expectation"),
        chance_figures,
    ),
    Part(
        "institutions",
        "Institutions",
        "Who publishes most, and the ties between institutions of the whole corpus.",
        (
            "institutions",
            "institution_pairs",
            "institution_expectation",
            "communities",
            "centrality",
        ),
        institution_figures,
    ),
    Part(
        "topics",
        "Topics",
        "What the works are about, by primary topic.",
        ("topics",),
        topic_figures,
    ),
    Part(
        "funding",
        "Funding",
        "Who is named as paying. A work that names no funder is undisclosed, not unfunded.",
        ("funding", "funders"),
        funding_figures,
    ),
    Part(
        "hubs",
        "Hubs",
        "Works by city, province (region elsewhere) and cluster. A work counts once in each place "
        "it has an author in; the levels are never to be added. Empty is unknown.",
        ("hubs",),
        hub_figures,
    ),
    Part(
        "companies",
        "Companies",
        "Works with an institution that is a company, and with companies that affiliation strings "
        "name by a legal form or as a corporate lab.",
        ("companies",),
        company_figures,
    ),
    Part(
        "listed",
        "Institutions on named lists",
        f"{NO_JUDGEMENT} The kind defence is said only of categories of armed forces, armed police "
        "and defence industry with its universities and laboratories, the kind security of police "
        "and state security; all others, civilian universities and companies among them, are "
        "listed and no more. The default rule of sensitive works takes the first two kinds.",
        ("defence",),
        _no_figures,
        open=True,
    ),
    Part(
        "sensitive",
        HEADING,
        f"{NO_USE} {NO_JUDGEMENT}",
        ("sensitive_works",),
        _no_figures,
        open=True,
    ),
    Part(
        "citations",
        "Citations",
        "How often works of one side only and joint works are cited.",
        (
            "citations",
            "citations_by_team",
            "citations_compared",
            "country_citations",
            "institution_citations",
        ),
        impact_figures,
        open=True,
    ),
    Part(
        "coverage",
        "Coverage",
        "How much of the corpus can be placed in a country, and how much names a funder.",
        ("coverage", "duplicates"),
        coverage_figures,
        open=True,
    ),
)


def report_sections(content: ReportContent) -> list[Section]:
    """Return the sections in order, and last the exhibits that have no section of their own."""
    sections = [_section(content, part) for part in PARTS]
    rest = [name for name in EXHIBITS if not any(name in part.exhibits for part in PARTS)]
    if rest:
        part = Part("more", "Further tables", "", tuple(rest), _no_figures)
        sections.append(_section(content, part))
    return sections


def _section(content: ReportContent, part: Part) -> Section:
    tables = [(name, exhibit_view(content, name)) for name in part.exhibits]
    return Section(part.id, part.heading, part.lead, part.figures(content), tables, part.open)
