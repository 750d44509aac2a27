"""Invented institutions and funders: the full entities, and the short forms inside works."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any

from bibnet.harvest.sandbox import calibration as rates
from bibnet.harvest.sandbox.chance import Weighted, rank_size, stream
from bibnet.harvest.sandbox.identifiers import OPENALEX, bare, openalex_id, ror_id
from bibnet.harvest.sandbox.words import country_names, middles, places, table, words

Document = dict[str, Any]
ROR_START = 500_000_000  # of the number in an invented ROR id
ENTITY_UPDATED = "2026-10-30T04:12:51.123456"
# Where bodies stand in an invented province: no two in one direction, at this part of its distance
# from the middle of the country.
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
IN_PROVINCE = 0.4
ENTITY_CREATED = "2025-10-10T00:00:00"


@dataclass(frozen=True)
class Body:
    """An institution as works use it.

    `country` is the real home even where the entity has none; `short` is the object inside an
    authorship, `strings` the affiliation strings with the ids they lead to.
    """

    number: int
    country: str
    place: str
    short: Document
    weight: float
    strings: list[Document] = field(default_factory=list)


def make_bodies(seed: int, works: int) -> list[Body]:
    """Institutions of a corpus, the largest first."""
    low, high = rates.INSTITUTION_BOUNDS
    count = max(low, min(high, round(works * rates.INSTITUTIONS_PER_WORK)))
    chance = stream(seed, "institutions")
    homes = places()
    chance.shuffle(homes)
    names: set[str] = set()
    bodies: list[Body] = []
    countries = _draw_countries(count, chance)
    for number, weight in enumerate(rank_size(count, rates.SIZE_EXPONENT, rates.SIZE_OFFSET)):
        home = (countries[number], homes[number % len(homes)])
        bodies.append(_body((number, weight), home, names, chance))
    _add_gaps(bodies, chance)
    _add_parents(bodies, chance)
    for body in bodies:
        body.strings.extend(_strings(body, chance))
    return bodies


def _draw_countries(count: int, chance: Random) -> list[str]:
    """A country for each institution; half of them go round the heaviest countries first.

    So every corpus, however small, has the countries that matter to a study.
    """
    weights = {row["country"]: float(row["weight"]) for row in table("countries")}
    heaviest = sorted(weights, key=lambda code: (-weights[code], code))[: count // 2]
    drawn = Weighted(weights, list(weights.values()))
    return [*heaviest, *(drawn.draw(chance) for _ in range(count - len(heaviest)))]


@cache
def _kinds() -> Weighted[Document]:
    kinds = words()["institution_kinds"]
    return Weighted(kinds, [kind["weight"] for kind in kinds])


def _fresh_name(patterns: Sequence[str], place: str, taken: set[str], chance: Random) -> str:
    name = chance.choice(patterns).format(place=place)
    while name in taken:
        name += f" {chance.choice(words()['places']['heads'])} Campus"
    taken.add(name)
    return name


def _body(rank: tuple[int, float], home: tuple[str, str], names: set[str], chance: Random) -> Body:
    number, weight = rank
    kind, address = _kinds().draw(chance), openalex_id("I", number)
    short = {
        "id": address,
        "display_name": _fresh_name(kind["patterns"], home[1], names, chance),
        "ror": ror_id(ROR_START + number),
        "country_code": home[0],
        "type": kind["type"],
        "lineage": [address],
    }
    return Body(number, home[0], home[1], short, weight)


def _add_gaps(bodies: Sequence[Body], chance: Random) -> None:
    """Leave out countries, ROR ids and types; at least one of each, never of the largest ten."""
    small = bodies[10:]
    gaps = (("country_code", rates.NO_COUNTRY), ("ror", rates.NO_ROR), ("type", rates.NO_TYPE))
    for key, rate in gaps:
        for body in chance.sample(small, max(1, math.ceil(rate * len(small)))):
            body.short[key] = None


def _add_parents(bodies: Sequence[Body], chance: Random) -> None:
    """Give some bodies a parent of their own country."""
    heads: dict[str, Body] = {}
    for body in bodies:
        head = heads.setdefault(body.country, body)
        if head is not body and chance.random() < rates.CHILD_INSTITUTION:
            body.short["lineage"].append(head.short["id"])


def _strings(body: Body, chance: Random) -> list[Document]:
    """Affiliation strings: whole, short, without the country."""
    name, country = body.short["display_name"], country_names()[body.country]
    department = chance.choice(words()["departments"]["names"])
    short = f"{name}, {body.place}"
    texts = (
        f"{department}, {name}, {body.place}, {country}",
        f"{name}, {country}",
        _chinese("address", body) or short,
    )
    return [{"raw_affiliation_string": t, "institution_ids": [body.short["id"]]} for t in texts]


def _chinese(form: str, body: Body) -> str:
    """Name or address of a body in Chinese script, where its country writes so; else empty."""
    parts = words()["chinese"]
    if body.country not in parts["countries"]:
        return ""
    signs, rest = [], body.number
    for kind in ("heads", "heads", "tails"):
        rest, at = divmod(rest, len(parts[kind]))
        signs.append(parts[kind][at])
    place = "".join(signs)
    name = parts["pattern"].format(place=place)
    return name if form == "pattern" else str(parts[form].format(name=name, place=place))


def institution_entity(body: Body, works: int, citations: int) -> Document:
    """The full institution, as `/institutions/I...` has it."""
    short, key = body.short, bare(body.short["id"])
    code = short["country_code"]
    return {
        "id": short["id"],
        "ror": short["ror"],
        "display_name": short["display_name"],
        "country_code": code,
        "type": short["type"],
        "type_id": f"{OPENALEX}institution-types/{short['type']}" if short["type"] else None,
        "lineage": short["lineage"],
        "homepage_url": f"https://{body.place.lower()}.example",
        "image_url": None,
        "image_thumbnail_url": None,
        "display_name_acronyms": ["".join(w[0] for w in short["display_name"].split())],
        "display_name_alternatives": [*filter(None, [_chinese("pattern", body)])],
        "repositories": [],
        "works_count": works,
        "cited_by_count": citations,
        "summary_stats": _summary(works),
        "ids": known_ids(short),
        "geo": _geo(body),
        "associated_institutions": [],
        "counts_by_year": [],
        "roles": [{"role": "institution", "id": short["id"], "works_count": works}],
        "topics": [],
        "topic_share": [],
        "is_super_system": False,
        "works_api_url": f"https://api.openalex.org/works?filter=institutions.id:{key}",
        "updated_date": ENTITY_UPDATED,
        "created_date": ENTITY_CREATED,
    }


def known_ids(short: Document) -> Document:
    """`ids` of an entity; ids that are null are left out."""
    return {"openalex": short["id"]} | ({"ror": short["ror"]} if short["ror"] else {})


def _summary(works: int) -> Document:
    return {"2yr_mean_citedness": 1.5, "h_index": math.isqrt(works), "i10_index": works // 3}


def _geo(body: Body) -> Document:
    """An invented position, in the invented province, somewhere about the middle of the country.

    Provinces stand around the middle in a ring, and the bodies of each around its own.
    """
    code, regions = body.short["country_code"], words()["provinces"]["names"]
    home, province = middles()[body.country], body.number % len(regions)
    turn = 2 * math.pi * province / len(regions) + home.longitude
    inner = GOLDEN_ANGLE * (body.number // len(regions))
    north = home.reach * (math.sin(turn) + IN_PROVINCE * math.sin(inner))
    east = home.reach * (math.cos(turn) + IN_PROVINCE * math.cos(inner))
    return {
        "city": body.place,
        "geonames_city_id": None,
        "region": regions[province],
        "country_code": code,
        "country": country_names()[code] if code else None,
        "latitude": round(home.latitude + north, 4),
        "longitude": round(home.longitude + east / math.cos(math.radians(home.latitude)), 4),
    }
