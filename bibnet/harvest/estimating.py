"""What a harvest will cost, before its first page: works, pages, credits, US dollars."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bibnet.harvest.budget import usd
from bibnet.harvest.listing import PER_PAGE, Groups, Listing
from bibnet.harvest.pacing import MOST_TRIES
from bibnet.harvest.planning import Plan, Selection, plan
from bibnet.harvest.source import Source
from bibnet.query import Query
from bibnet.query.model import HARVESTS
from bibnet.schema.errors import Fault, InputError, UsageError

YEAR = "publication_year"


@dataclass(frozen=True)
class Estimate:
    """Works by selection and year (year 0: not by year), and what a page costs by selection.

    Works that several selections find are counted in each: they are paid for in each.
    `undated` works have no year and are not harvested.
    """

    counts: Mapping[str, Mapping[int, int]]
    page_credits: Mapping[str, int]
    undated: int = 0
    credits_left: int | None = field(default=None, compare=False)

    def years(self, selection: str, asked: tuple[int, int] | None) -> dict[int, int]:
        """Works by year of a selection: every year asked for, else every year there is."""
        found = self.counts[selection]
        years = range(asked[0], asked[1] + 1) if asked else sorted(found)
        return {year: found.get(year, 0) for year in years}

    @property
    def works(self) -> int:
        """Works announced, those of several selections more than once."""
        return sum(sum(years.values()) for years in self.counts.values())

    def _pages(self, selection: str) -> int:
        years = self.counts[selection].values()
        return sum(max(1, math.ceil(works / PER_PAGE)) for works in years)

    @property
    def pages(self) -> int:
        """Pages to fetch."""
        return sum(map(self._pages, self.counts))

    @property
    def credits(self) -> int:
        """Credits the pages cost."""
        return sum(self._pages(name) * self.page_credits[name] for name in self.counts)

    @property
    def usd(self) -> float:
        """Their price in US dollars."""
        return usd(self.credits)

    def __str__(self) -> str:
        text = f"{self.works:,} works, {self.pages:,} pages, {self.credits:,} credits"
        text += f" ({self.usd:.4f} USD)"
        if self.credits_left is not None and self.credits_left < self.credits:
            text += f"; {self.credits_left:,} credits are left today, it will take several days"
        return text


def estimate(plan: Plan, source: Source) -> Estimate:
    """Ask the source how many works the plan finds: a credit or two for each selection."""
    counts: dict[str, Mapping[int, int]] = {}
    costs: dict[str, int] = {}
    undated = 0
    for selection in plan.selections:
        counts[selection.name], costs[selection.name], missing = _count(plan, selection, source)
        undated += missing
    return Estimate(counts, costs, undated, source.meter.left)


def estimates(query: Query, source: Source) -> dict[str, Estimate]:
    """The estimate for each value that `[works] harvest` may have."""
    return {mode: estimate(plan(replace(query, harvest=mode)), source) for mode in HARVESTS}


def require_within(found: Estimate, max_cost: float | None, spent: float = 0.0) -> None:
    """Raise UsageError if the estimate (and what is spent already) exceeds the cost limit."""
    if max_cost is not None and found.usd + spent > max_cost:
        raise UsageError(
            Fault(
                f"the harvest would cost more than the limit: {found}",
                f"--max-cost {max_cost}",
                "give a higher limit, or ask for fewer years or by topics",
            )
        )


def _count(plan: Plan, selection: Selection, source: Source) -> tuple[dict[int, int], int, int]:
    """Works by year, credits of a page, works without a year."""
    listing = Listing(plan.entity, _with_years(plan, selection), corpus=plan.corpus)
    works, cost = source.probe(listing)
    if plan.entity != "works":
        return {0: works}, cost or selection.page_credits, 0
    groups = _whole_groups(listing, source)
    counts = {int(key): number for key, number in groups.counts.items() if _is_year(key)}
    if plan.years:
        counts = dict.fromkeys(range(plan.years[0], plan.years[1] + 1), 0) | counts
    missing = max(0, works - sum(counts.values()))
    return counts, cost or selection.page_credits, missing


def _is_year(key: str) -> bool:
    return key.isdecimal() and key.isascii()


def _whole_groups(listing: Listing, source: Source) -> Groups:
    """Groups that add up to the announced count; asked again where an answer is partial."""
    groups = source.groups(listing, YEAR)
    for _ in range(MOST_TRIES):
        if sum(groups.counts.values()) >= groups.count:
            break
        again = source.groups(listing, YEAR)
        if again == groups:
            break
        groups = again
    return groups


def _with_years(plan: Plan, selection: Selection) -> dict[str, str]:
    years = {YEAR: f"{plan.years[0]}-{plan.years[1]}"} if plan.years else {}
    return {**selection.filters, **years}


def require_works(found: Estimate, plan: Plan) -> None:
    """Raise InputError if the source has nothing that the plan asks for."""
    if found.works == 0:
        remedy = "ask for other years, sides or AI rules"
        raise InputError(Fault("the source has no works for this query", plan.name, remedy))
