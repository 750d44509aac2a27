"""The invented corpus: works, institutions, funders and topics from one seed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bibnet.harvest.sandbox import calibration as rates
from bibnet.harvest.sandbox.authors import Authors
from bibnet.harvest.sandbox.chance import stream
from bibnet.harvest.sandbox.citations import add_percentiles
from bibnet.harvest.sandbox.funders import funder_entities, make_funders
from bibnet.harvest.sandbox.identifiers import openalex_id
from bibnet.harvest.sandbox.institutions import Body, institution_entity, make_bodies
from bibnet.harvest.sandbox.sources import make_sources
from bibnet.harvest.sandbox.subjects import make_subjects, topic_entities
from bibnet.harvest.sandbox.teams import group_bodies
from bibnet.harvest.sandbox.works import Stock, draw_date, make_work

Document = dict[str, Any]
MERGED_FROM = 50_000_000  # numbers of ids that were merged away, above those of any work


@dataclass(frozen=True)
class World:
    """An invented corpus; every name in it says so.

    `works` and the other lists hold OpenAlex objects in the current schema, by rising date of
    publication (works) or number. Parts of them are shared between objects: copy before changing.
    `merged` maps ids that were merged away to the ids that took their place.
    """

    seed: int
    works: list[Document]
    institutions: list[Document]
    funders: list[Document]
    topics: list[Document]
    merged: dict[str, str] = field(default_factory=dict)


def build_world(seed: int, works: int) -> World:
    """The corpus of a seed with so many works (0 or more); the same arguments, the same bytes."""
    bodies = make_bodies(seed, works)
    funders, subjects = make_funders(seed), make_subjects()
    chance = stream(seed, "works")
    people = Authors(works, sum(body.weight for body in bodies), stream(seed, "authors"))
    stock = Stock(group_bodies(bodies), people, funders, subjects, make_sources(seed))
    days = sorted(draw_date(chance) for _ in range(works))
    ids = [openalex_id("W", number) for number in chance.sample(range(10 * works), works)]
    made = [
        make_work(index, day, ids=ids, stock=stock, chance=chance) for index, day in enumerate(days)
    ]
    add_percentiles(made, stream(seed, "percentiles"))
    return World(
        seed,
        made,
        _institutions(bodies, made),
        funder_entities(funders, made),
        topic_entities(subjects),
        _merged(ids),
    )


def _institutions(bodies: Sequence[Body], works: Sequence[Document]) -> list[Document]:
    written, cited = Counter[str](), Counter[str]()
    for work in works:
        keys = {body["id"] for item in work["authorships"] for body in item["institutions"]}
        written.update(keys)
        cited.update(dict.fromkeys(keys, work["cited_by_count"]))
    return [
        institution_entity(body, written[body.short["id"]], cited[body.short["id"]])
        for body in bodies
    ]


def _merged(ids: Sequence[str]) -> dict[str, str]:
    """Ids merged away, each with a work that is still there."""
    count = max(1, round(rates.MERGED_WORKS * len(ids))) if ids else 0
    return {openalex_id("W", MERGED_FROM + number): ids[number] for number in range(count)}
