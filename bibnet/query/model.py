"""What a query is, as a frozen value."""

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
RESERVED_SIDES = ("all", "unknown", "joint")
FIRST_YEAR, LAST_YEAR = 1500, 2100
# OpenAlex keeps concepts from a score of 0.3 on; below it a concept says little of the work.
CONCEPT_SCORE = 0.3


@dataclass(frozen=True)
class Query:
    """One question: which works, which sides, how to count.

    `verdicts` is the file of reviewers' verdicts, `classifier` the model of the AI rule of that
    name, `population` a table of people by place; None = none. `years` is inclusive, None = all
    years. `deduplicate` counts a paper under two ids once. `sides` maps a side's name to its
    sorted country codes. `text` is the file as written (kept in the manifest).
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
