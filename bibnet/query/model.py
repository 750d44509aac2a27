"""What a query is, as a frozen value."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

AI_RULES = ("topics", "topics_any", "concepts", "keywords", "classifier")
CLASSIFIER = "classifier"
ALL_WORKS = "all"
EXCLUSIONS = ("retracted", "paratext", "xpac")
HARVESTS = ("sides", "joint", "all")
RESOLVE = "resolve"
AFFILIATION_MODES = (RESOLVE, "openalex")
# What the null model of ties holds fixed within: the year, or the year and the field.
STRATA = ("year", "year_field")
LEVELS = (
    "institution",
    "organisation",
    "city",
    "province",
    "country",
    "funder_country",
    "author",
)
# OpenAlex or ROR ids, bare or as addresses.
INSTITUTION = re.compile(
    r"(?:https?://(?:www\.)?openalex\.org/(?:institutions/)?)?(?P<openalex>I[0-9]{2,18})"
    r"|(?:https?://ror\.org/)?(?P<ror>0[a-z0-9]{8})"
)
RESERVED_SIDES = ("all", "unknown", "joint")
FIRST_YEAR, LAST_YEAR = 1500, 2100
# OpenAlex keeps concepts from a score of 0.3 on; below it a concept says little of the work.
CONCEPT_SCORE = 0.3


@dataclass(frozen=True)
class WorkIds:
    """Works that a file names: bare DOIs in lower case and OpenAlex ids, and the file's name."""

    file: str
    sha256: str
    dois: frozenset[str]
    work_ids: frozenset[str]


@dataclass(frozen=True)
class Query:
    """One question: which works, which sides, how to count.

    `verdicts` is the file of reviewers' verdicts, `classifier` the model of the AI rule of that
    name, `population` a table of people by place; None = none. `years` is inclusive, None = all
    years. `deduplicate` counts a paper under two ids once. `sides` maps a side's name to its
    sorted country codes; a side that is given by institutions has none, and its ids stand in
    `side_institutions`. `text` is the file as written (kept in the manifest). `institutions`,
    `funders`, `ids`, `venues` (a named scheme) and `top_cited` (a share, by field and year) narrow
    the works further; empty = not asked for.
    """

    name: str
    question: str
    sides: Mapping[str, tuple[str, ...]]
    schemes: Mapping[str, str] = field(default_factory=dict)
    years: tuple[int, int] | None = None
    ai: tuple[str, ...] = ("topics",)
    harvest: str = "sides"
    exclude: tuple[str, ...] = EXCLUSIONS
    languages: tuple[str, ...] = ()
    max_authors: int | None = None
    max_countries: int | None = None
    concept_score: float = CONCEPT_SCORE
    deduplicate: bool = False
    affiliations: str = RESOLVE
    level: str = "institution"
    min_works: int | None = None
    citation_window: int | None = None
    strata: str = "year"
    verdicts: Path | None = None
    text: str = ""
    classifier: Path | None = None
    population: Path | None = None
    institutions: tuple[str, ...] = ()
    funders: tuple[str, ...] = ()
    ids: "WorkIds | None" = None
    venues: str = ""
    top_cited: float | None = None
    side_institutions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def selects(self) -> bool:
        """Say whether the query takes only works of some institutions, funders, ids ..."""
        return bool(self.institutions or self.funders or self.ids or self.venues or self.top_cited)

    @property
    def ai_rules(self) -> tuple[str, ...]:
        """The AI rules to apply; empty where the query takes all works."""
        return () if ALL_WORKS in self.ai else self.ai

    @property
    def resolves(self) -> bool:
        """Whether affiliation strings are read, beside what the source says."""
        return self.affiliations == RESOLVE


def side_of(sides: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Country code -> name of its side, for the countries of the sides."""
    return {code: side for side, codes in sides.items() for code in codes}


def is_institutions(value: object) -> bool:
    """Say whether a side is given by institutions: a list whose first item is the id of one."""
    return (
        isinstance(value, list) and bool(value) and INSTITUTION.fullmatch(str(value[0])) is not None
    )
