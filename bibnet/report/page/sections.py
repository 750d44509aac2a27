"""The sections of the page: which figures and tables stand together, under which heading."""

from collections.abc import Callable, Mapping, Sequence
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
    listed_figures,
    time_figures,
    topic_figures,
    why_no_funding_shares,
    why_no_map,
    why_no_shares,
)
from bibnet.schema import EXHIBITS

NO_ROW = "Nothing in this run belongs here."
# Where no work names a funder, these are empty for the same reason.
OF_FUNDERS = frozenset(["funding", "programmes", "funder_pairs", "listed_funders"])
Figures = Callable[[ReportContent], list[Figure]]
Lines = Callable[[ReportContent], list[str]]


@dataclass(frozen=True)
class Part:
    """A section in words: id (the `section` of its exhibits), heading, lead, its figures.

    Its tables are open where they are the answer, and closed where a figure is. `missing` says in
    a line each why a figure that others have is not there.
    """

    id: str
    heading: str
    lead: str
    figures: Figures
    open: bool = False
    missing: Lines = lambda _content: []


@dataclass(frozen=True)
class Section:
    """A section as shown: figures, tables with rows, and what the empty ones say."""

    id: str
    heading: str
    lead: str
    figures: Sequence[Figure]
    tables: Sequence[TableView]
    empty: Sequence[str]
    open: bool


def _no_figures(_content: ReportContent) -> list[Figure]:
    return []


PARTS: tuple[Part, ...] = (
    Part(
        "time",
        "Over time",
        "How many works are joint, year by year, and what share that is.",
        time_figures,
        missing=why_no_shares,
    ),
    Part(
        "countries",
        "Countries",
        "Which countries take part in joint works, and which pairs work together.",
        chance_figures,
    ),
    Part(
        "institutions",
        "Institutions",
        "Who publishes most, and the ties between institutions of the whole corpus.",
        institution_figures,
    ),
    Part("topics", "Topics", "What the works are about, by primary topic.", topic_figures),
    Part(
        "funding",
        "Funding",
        "Who is named as paying. A work that names no funder is undisclosed, not unfunded.",
        funding_figures,
        missing=why_no_funding_shares,
    ),
    Part(
        "hubs",
        "Hubs",
        "Works by city, province (region elsewhere) and cluster. A work counts once in each place "
        "it has an author in, so the levels are never added up. An empty place is unknown.",
        hub_figures,
        missing=why_no_map,
    ),
    Part(
        "companies",
        "Companies",
        "Works with an institution that is a company, and with companies that affiliation strings "
        "name by a legal form or as a corporate lab.",
        company_figures,
    ),
    Part(
        "listed",
        "Institutions on named lists",
        f"{NO_JUDGEMENT} The kind defence is said only of categories of armed forces, armed police "
        "and defence industry with its universities and laboratories, the kind security of police "
        "and state security; all others, civilian universities and companies among them, are "
        "called listed, nothing more. The default rule of sensitive works takes the first two "
        "kinds.",
        listed_figures,
        open=True,
    ),
    Part("sensitive", HEADING, f"{NO_USE} {NO_JUDGEMENT}", _no_figures, open=True),
    Part(
        "citations",
        "Citations",
        "How often works of one side only and joint works are cited.",
        impact_figures,
    ),
    Part(
        "coverage",
        "Coverage",
        "How much of the corpus can be placed in a country, and how much names a funder.",
        coverage_figures,
    ),
)
REST = Part("more", "Further tables", "", _no_figures)


def section_figures(content: ReportContent) -> dict[str, list[Figure]]:
    """Return the figures of each section by its id, in the order of the page."""
    return {part.id: part.figures(content) for part in PARTS}


def report_sections(
    content: ReportContent, figures: Mapping[str, Sequence[Figure]]
) -> list[Section]:
    """Return the sections in order: `figures` by section, and the tables each exhibit declares.

    Exhibits of a section that has no part of the page stand last.
    """
    known = {part.id for part in PARTS}
    sections = [_section(content, part, figures.get(part.id, ())) for part in PARTS]
    rest = [name for name, table in EXHIBITS.items() if table.section not in known]
    return [*sections, *([_tables(content, REST, (), rest)] if rest else [])]


def _section(content: ReportContent, part: Part, figures: Sequence[Figure]) -> Section:
    names = [name for name, table in EXHIBITS.items() if table.section == part.id]
    return _tables(content, part, figures, names)


def _tables(
    content: ReportContent, part: Part, figures: Sequence[Figure], names: Sequence[str]
) -> Section:
    filled = [name for name in names if _says_something(content, name)]
    return Section(
        part.id,
        part.heading,
        part.lead,
        figures,
        [exhibit_view(content, name) for name in filled],
        [*_why_empty([name for name in names if name not in filled]), *part.missing(content)],
        part.open,
    )


def _says_something(content: ReportContent, name: str) -> bool:
    """Tell whether an exhibit has a row of anything but the works of which nothing is known."""
    rows = content.exhibit(name)
    return len(rows) > 1 or bool(rows[EXHIBITS[name].key[0]].notna().any())


def _why_empty(names: Sequence[str]) -> list[str]:
    """One line for each reason that exhibits are empty; the same reason once."""
    own = [name for name in names if "funders" not in names or name not in OF_FUNDERS]
    return list(dict.fromkeys(EXHIBITS[name].when_empty or NO_ROW for name in own))
