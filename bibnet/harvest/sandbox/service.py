"""From a request to its answer: routes, costs, faults; no sockets here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import RLock
from typing import Any
from urllib.parse import unquote, urlsplit

from bibnet.harvest.sandbox.answers import (
    Answer,
    Refusal,
    html_answer,
    json_answer,
    not_found,
    problem,
    redirect,
)
from bibnet.harvest.sandbox.collection import Collection
from bibnet.harvest.sandbox.drift import drift
from bibnet.harvest.sandbox.faults import (
    OWN_ANSWERS,
    Draw,
    Faults,
    FaultSource,
    faulty_answer,
    malformed,
)
from bibnet.harvest.sandbox.gateway import (
    FREE_CREDITS,
    LIST,
    SEARCH,
    SINGLETON,
    Accounts,
    Clock,
    check_key,
    key_of,
    usd,
    utc_now,
    with_cost,
)
from bibnet.harvest.sandbox.grouping import group
from bibnet.harvest.sandbox.identifiers import OPENALEX, bare
from bibnet.harvest.sandbox.listing import Lapse, is_search, list_item, read_page, selector
from bibnet.harvest.sandbox.listing import conditions_of as read_conditions
from bibnet.harvest.sandbox.parameters import Parameters, parse_parameters
from bibnet.harvest.sandbox.world import World

LONGEST_ADDRESS = 8190  # bytes
MOST_LEFT_OUT, MOST_AGAIN = 5, 3  # works, on a page that lapses


@dataclass(frozen=True)
class Settings:
    """How the server behaves where the real one has changed or has several ways.

    largest_page: 100 as documented, 200 as older clients still use; cursor_end: "null" or "empty"
    (see `listing.read_page`); merged: "redirect" (301) or "missing" (404) for ids merged away;
    daily_credits and per_second (None: no limit) of every key; clock gives the time in UTC.
    """

    largest_page: int = 100
    cursor_end: str = "null"
    merged: str = "redirect"
    daily_credits: int = FREE_CREDITS
    per_second: int | None = None
    clock: Clock = utc_now


@dataclass(frozen=True)
class Outcome:
    """An answer and how it is sent: `damage` is "", "truncated", "reset" or "slow"."""

    answer: Answer
    damage: str = ""
    fault: str = ""


@dataclass
class Service:
    """The answers of a world."""

    world: World
    faults: Faults = field(default_factory=Faults)
    settings: Settings = field(default_factory=Settings)

    def __post_init__(self) -> None:
        self.collections = {
            name: Collection(name, getattr(self.world, name))
            for name in ("works", "institutions", "funders", "topics")
        }
        self.accounts = Accounts(
            self.settings.daily_credits, self.settings.per_second, self.settings.clock
        )
        self._source = FaultSource(self.faults)
        self._lock = RLock()

    def answer(self, target: str, headers: Mapping[str, str]) -> Outcome:
        """Answer a GET of a target (path and query), with what may befall it."""
        drawn = self._source.draw()
        if drawn.fault in OWN_ANSWERS:
            seconds = self.accounts.seconds_left()
            return Outcome(faulty_answer(drawn.fault, self.faults, seconds), fault=drawn.fault)
        try:
            answer = self._answer(target, headers, drawn)
        except Refusal as refusal:
            answer = refusal.answer
        if drawn.fault == "malformed":
            answer = malformed(answer)
        damage = drawn.fault if drawn.fault in ("truncated", "reset", "slow") else ""
        return Outcome(answer, damage, drawn.fault or _lapse_name(drawn))

    def _answer(self, target: str, headers: Mapping[str, str], drawn: Draw) -> Answer:
        if len(target.encode()) > LONGEST_ADDRESS:
            return html_answer(400, "Bad Request", "Request Line is too large")
        address = urlsplit(target)
        key = key_of(headers, address.query)
        check_key(key)
        _check_edge(address.query)
        entity, _, rest = unquote(address.path).strip("/").partition("/")
        if entity == "rate-limit" and not rest:
            report = json_answer(self.accounts.report(key))
            return with_cost(report, self.accounts, key, SINGLETON)
        if entity not in self.collections:
            raise not_found()
        with self._lock:
            if rest:
                return self._single(self.collections[entity], rest, address.query, key)
            return self._list(self.collections[entity], address.query, key, drawn)

    def _single(self, collection: Collection, rest: str, query: str, key: str) -> Answer:
        """One object, whole; free of charge."""
        self.accounts.admit(key, SINGLETON)
        asked = parse_parameters(query, None)
        select = selector(asked.select, collection)
        merged = self.world.merged.get(OPENALEX + bare(rest).upper())
        if merged and self.settings.merged == "redirect":
            raise redirect(301, _location(collection, merged, query))
        document = collection.find(rest)
        if document is None:
            raise not_found()
        if rest != bare(document["id"]) and rest.upper() == bare(document["id"]):
            raise redirect(302, _location(collection, document["id"], query))
        return with_cost(json_answer(select(document)), self.accounts, key, SINGLETON)

    def _list(self, collection: Collection, query: str, key: str, drawn: Draw) -> Answer:
        asked = parse_parameters(query, self.settings.largest_page)
        search = is_search(read_conditions(asked, collection))
        cost = SEARCH if search else LIST
        self.accounts.admit(key, cost)
        if drawn.drift and collection.entity == "works":
            drift(collection, self._source.chance())
        if asked.group_by:
            content = group(asked, collection)
        else:
            content = self._page(collection, asked, drawn, search=search)
        content["meta"]["cost_usd"] = float(usd(cost))
        self.accounts.charge(key, cost)
        return with_cost(json_answer(content), self.accounts, key, cost)

    def _page(
        self, collection: Collection, asked: Parameters, drawn: Draw, *, search: bool
    ) -> dict[str, Any]:
        select = selector(asked.select, collection)
        page = read_page(
            asked,
            collection,
            end=self.settings.cursor_end,
            lapse=self._lapse(drawn),
            chance=self._source.chance(),
        )
        scores = page.scores if search else [None] * len(page.documents)
        meta: dict[str, Any] = {
            "count": page.count,
            "db_response_time_ms": 5,
            "page": asked.page if asked.cursor is None else None,
            "per_page": asked.per_page,
        }
        if asked.cursor is not None:
            meta["next_cursor"] = page.next_cursor
        meta["groups_count"] = None
        items = zip(page.documents, scores, strict=True)
        return {
            "meta": meta,
            "results": [select(list_item(document, score)) for document, score in items],
            "group_by": [],
        }

    def _lapse(self, drawn: Draw) -> Lapse:
        left_out = self._source.number(1, MOST_LEFT_OUT) if drawn.partial else 0
        again = self._source.number(1, MOST_AGAIN) if drawn.duplicates else 0
        return Lapse(left_out, again)


def _location(collection: Collection, address: str, query: str) -> str:
    return f"/{collection.entity}/{bare(address)}" + (f"?{query}" if query else "")


def _lapse_name(drawn: Draw) -> str:
    names = ("partial", "duplicates", "drift")
    return "+".join(name for name in names if getattr(drawn, name))


def _check_edge(query: str) -> None:
    """Parameters that the edge refuses before the API sees them."""
    if any(part.partition("=")[0] == "limit" for part in query.split("&")):
        raise problem(
            "Invalid request rejected at the API edge",
            "limit is not a valid parameter; use per_page.",
            error_source="openalex-api-proxy",
        )
