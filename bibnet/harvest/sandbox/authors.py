"""The invented authors of each institution, made when they are first drawn."""

from random import Random
from typing import Any

from bibnet.harvest.sandbox import calibration as rates
from bibnet.harvest.sandbox.identifiers import openalex_id, orcid
from bibnet.harvest.sandbox.institutions import Body
from bibnet.harvest.sandbox.words import words

Document = dict[str, Any]
AUTHORS_PER_WORK = 1.6  # size of all pools together, per work of the corpus
SMALLEST_POOL = 3


class Authors:
    """Authors by institution; a few of each write most of its works."""

    def __init__(self, works: int, total_weight: float, chance: Random):
        self._scale = works * AUTHORS_PER_WORK / total_weight
        self._chance = chance
        self._people = words()["people"]
        self._known: dict[tuple[int, int], Document] = {}

    def draw(self, body: Body) -> Document:
        """An author of an institution, as the object `author` of an authorship."""
        pool = max(SMALLEST_POOL, int(body.weight * self._scale))
        rank = int(pool * self._chance.random() ** 2)
        key = (body.number, rank)
        if key not in self._known:
            self._known[key] = self._new(len(self._known))
        author = self._known[key]
        return author if self._chance.random() >= rates.NO_AUTHOR_ID else author | {"id": None}

    def _new(self, number: int) -> Document:
        chance, people = self._chance, self._people
        family = chance.choice(people["family_heads"]) + chance.choice(people["family_tails"])
        known = chance.random() >= rates.NO_ORCID
        return {
            "id": openalex_id("A", number),
            "display_name": f"{chance.choice(people['given'])} {family}",
            "orcid": orcid(number) if known else None,
        }
