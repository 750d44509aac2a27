"""The source as the harvest uses it: paced, retried, metered, its failures told apart."""

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from bibnet.harvest.budget import LIST_CREDITS, Meter, credits_used, next_midnight
from bibnet.harvest.conditions import Limits, Surroundings
from bibnet.harvest.failures import Kind, Trouble, classify
from bibnet.harvest.listing import PER_PAGE, Groups, Listing, Page
from bibnet.harvest.openalex import FAILURES, Connection, OpenAlex, address
from bibnet.harvest.pacing import MOST_TRIES, Pacing
from bibnet.harvest.pages import numbers
from bibnet.schema.errors import BudgetError, Fault, SourceError

PARTIAL_TRIES = 5  # a page with fewer results than announced is asked for again so often
PASSING = (Kind.SLOW_DOWN, Kind.BUSY)
Found = TypeVar("Found")


class StoppedError(Exception):
    """Another part of the harvest has failed; this one ends without a word."""


class CursorRefusedError(SourceError):
    """The source no longer takes a cursor it gave; the list is walked from its start."""


class GoneError(Exception):
    """There is no entity of this id (any more)."""


class Source:
    """Pages, groups and single entities. Raises SourceError or BudgetError where it must give up.

    All methods may be called from several threads.
    """

    def __init__(self, openalex: OpenAlex, limits: Limits, surroundings: Surroundings) -> None:
        self.openalex = openalex
        self.limits = limits
        self.surroundings = surroundings
        self.meter = openalex.meter
        self.stop = threading.Event()
        self._pacing = Pacing(surroundings, limits, self.stop)

    def page(self, listing: Listing, cursor: str, seen: Collection[int]) -> Page:
        """The page of a list at a cursor; `seen` are the numbers of ids received before it.

        A page that is neither full nor brings all that is still to come is asked for again;
        if that does not help the longest one is returned: what is missing shows at the end.
        """
        best = self._page(listing, cursor)
        for attempt in range(PARTIAL_TRIES):
            if _is_whole(best, seen):
                break
            self._pacing.back_off(attempt, Trouble(Kind.BUSY, "a partial page"))
            best = max(self._page(listing, cursor), best, key=lambda page: len(page.results))
        return best

    def _page(self, listing: Listing, cursor: str) -> Page:
        return self._ask(lambda: self.openalex.page(listing, cursor), address(listing))

    def probe(self, listing: Listing) -> tuple[int, int]:
        """Announced count of a list, and what a page of it costs in credits."""
        page = self._ask(lambda: self.openalex.page(listing, "*", per_page=1), address(listing))
        answer = self.openalex.last_answer()
        return page.count, credits_used(answer.headers) if answer else 0

    def groups(self, listing: Listing, key: str) -> Groups:
        """Counts of a list by the values of a field."""
        return self._ask(lambda: self.openalex.groups(listing, key), address(listing))

    def single(self, entity: str, identifier: str) -> dict[str, Any]:
        """One entity, free of charge; raises GoneError if there is none of this id."""
        about = f"{entity}/{identifier}"
        return self._ask(lambda: self.openalex.single(entity, identifier), about, single=True)

    def _ask(self, call: Callable[[], Found], about: str, *, single: bool = False) -> Found:
        trouble = Trouble(Kind.BUSY, "not asked")
        for attempt in range(MOST_TRIES):
            self.meter.require(0 if single else LIST_CREDITS)
            self._pacing.take_turn()
            if self.stop.is_set():
                raise StoppedError
            try:
                return call()
            except FAILURES as error:
                trouble = classify(self.openalex.last_answer(), error)
            if trouble.kind not in PASSING:
                break
            if attempt < MOST_TRIES - 1:
                self._pacing.back_off(attempt, trouble)
        if single and trouble.kind is Kind.GONE:
            raise GoneError(about)
        raise self._final(trouble, about)

    def _final(self, trouble: Trouble, about: str) -> Exception:
        if trouble.kind is Kind.BUDGET:
            return self._budget_spent(trouble)
        kind = CursorRefusedError if trouble.kind is Kind.CURSOR else SourceError
        return kind(Fault(f"{trouble.kind.value}: {trouble.what}", about, _remedy(trouble)))

    def _budget_spent(self, trouble: Trouble) -> BudgetError:
        resume = next_midnight(self.surroundings.clock())
        return BudgetError(
            Fault(
                f"the day's budget is spent: {trouble.what}",
                self.openalex.connection.url,
                f"run it again after {resume:%Y-%m-%d %H:%M} UTC; it goes on where it stopped",
            )
        )


def _is_whole(page: Page, seen: Collection[int]) -> bool:
    if len(page.results) >= PER_PAGE:
        return True
    new = sum(int(number) not in seen for number in numbers(page.results))
    return len(seen) + new >= page.count


def _remedy(trouble: Trouble) -> str:
    remedies = {
        Kind.KEY: "set OPENALEX_API_KEY to a valid key (a free one will do)",
        Kind.PLAN: "ask without what needs a plan; trying again does not help",
        Kind.REQUEST: "the source does not take this request; trying again does not help",
    }
    return remedies.get(trouble.kind, "run it again later; it goes on where it stopped")


@contextmanager
def open_source(
    connection: Connection,
    limits: Limits | None = None,
    surroundings: Surroundings | None = None,
) -> Iterator[Source]:
    """The source behind a connection; one at a time in a process."""
    bounds = limits or Limits()
    with OpenAlex(connection, Meter(bounds.max_cost)) as openalex:
        yield Source(openalex, bounds, surroundings or Surroundings())
