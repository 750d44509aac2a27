"""Invented funders and their awards."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import Any

from bibnet.harvest.sandbox import calibration as rates
from bibnet.harvest.sandbox.chance import stream
from bibnet.harvest.sandbox.identifiers import openalex_id, ror_id
from bibnet.harvest.sandbox.institutions import ENTITY_CREATED, ENTITY_UPDATED, known_ids
from bibnet.harvest.sandbox.words import places, table, words

Document = dict[str, Any]
ROR_START = 600_000_000


@dataclass(frozen=True)
class Funder:
    """A funder as works use it: `short` is the object in `funders[]`."""

    number: int
    country: str
    short: Document


def make_funders(seed: int) -> dict[str, list[Funder]]:
    """Funders of each country, in the order of the country list."""
    chance = stream(seed, "funders")
    homes = places()
    chance.shuffle(homes)
    made: dict[str, list[Funder]] = {}
    patterns = words()["funders"]["patterns"]
    for index, row in enumerate(table("countries")):
        for rank in range(rates.FUNDERS_PER_COUNTRY):
            number = index * rates.FUNDERS_PER_COUNTRY + rank
            name = patterns[rank % len(patterns)].format(place=homes[number])
            ror = None if chance.random() < rates.NO_FUNDER_ROR else ror_id(ROR_START + number)
            short = {"id": openalex_id("F", number), "display_name": name, "ror": ror}
            made.setdefault(row["country"], []).append(Funder(number, row["country"], short))
    return made


def draw_funding(
    countries: list[str], funders: dict[str, list[Funder]], number: int, chance: Random
) -> tuple[list[Document], list[Document]]:
    """`funders[]` and `awards[]` of a work: often both empty; funders of the authors' countries.

    Funders hold every funder of the awards, as at OpenAlex.
    """
    if not countries or chance.random() >= rates.FUNDED:
        return [], []
    drawn = {
        funder.number: funder for code in countries[:3] for funder in [chance.choice(funders[code])]
    }
    chosen = [drawn[key] for key in sorted(drawn)]
    awards = [award(f, number, chance) for f in chosen if chance.random() < rates.AWARDED]
    return [f.short for f in chosen], awards


def award(funder: Funder, number: int, chance: Random) -> Document:
    """One item of `awards[]` (openalex.md 1.4)."""
    return {
        "id": openalex_id("G", number * 1000 + funder.number),
        "display_name": None if chance.random() < 0.5 else f"Invented award {number}",
        "funder_award_id": f"INV-{funder.country}-{number:06d}",
        "funder_id": funder.short["id"],
        "funder_display_name": funder.short["display_name"],
        "doi": None,
    }


def funder_entities(funders: dict[str, list[Funder]], works: Iterable[Document]) -> list[Document]:
    """The full funders, as `/funders/F...` has them, with counts from the works."""
    counts = Counter(short["id"] for work in works for short in work["funders"])
    return [
        _entity(funder, counts[funder.short["id"]])
        for country in funders.values()
        for funder in country
    ]


def _entity(funder: Funder, works: int) -> Document:
    short = funder.short
    return {
        "id": short["id"],
        "display_name": short["display_name"],
        "alternate_titles": [],
        "country_code": funder.country,
        "description": "invented funder",
        "homepage_url": None,
        "image_url": None,
        "image_thumbnail_url": None,
        "awards_count": works,
        "works_count": works,
        "cited_by_count": works * 5,
        "summary_stats": {
            "2yr_mean_citedness": 1.5,
            "h_index": math.isqrt(works),
            "i10_index": works // 3,
        },
        "ids": known_ids(short),
        "counts_by_year": [],
        "roles": [{"role": "funder", "id": short["id"], "works_count": works}],
        "updated_date": ENTITY_UPDATED,
        "created_date": ENTITY_CREATED,
    }
