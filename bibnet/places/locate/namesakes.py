"""Bodies of one name: which of them a string means by the places it names, or that it does not say.

A name is shared where two organisations are written so by their own or another firm name at the
same words of a string. The one whose city (else province) the string names is meant, and takes the
best score of them all. Where no place tells them apart, one that belongs with another organisation
of the string is meant; else the only one that is called so first and has not ended, which is a
guess and named so; else none. A guess is also a body whose namesake abroad is no organisation of
the registry, but of the list `namesake_universities`.
Branches of companies are told apart by another rule (`companies`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.locate.namesake_universities import listed_countries
from bibnet.places.match.geography import contains
from bibnet.places.match.matcher import Ranked
from bibnet.places.registry.index import TYPES, RegistryIndex
from bibnet.places.registry.names import NameKind

Array = npt.NDArray[Any]
CITY, PROVINCE, COUNTRY, NOWHERE = 3, 2, 1, 0
COMPANY = TYPES.index("company")
LEAST_PARENT = 0.1  # score of the acronym of its parent, which others share
LIKELY = 0.5  # score of another organisation of the string that one of a name may belong with


@dataclass(frozen=True)
class ToldApart:
    """Scores of candidates as places tell them apart; which are shared and which guessed.

    `denied`: those that the words beside them spoke against before (`without_vetoed`).
    """

    score: Array
    shared: Array
    guessed: Array
    denied: Array


def untold(ranked: Ranked) -> ToldApart:
    """Scores of a batch as the models give them."""
    none = np.zeros(len(ranked.score), dtype=bool)
    return ToldApart(ranked.score, none, none, none)


def told_apart(index: RegistryIndex, ranked: Ranked) -> ToldApart:
    """Scores of a batch of ranked candidates, by the places their strings name."""
    score, rows = ranked.score.copy(), len(ranked.score)
    shared, guessed = np.zeros(rows, dtype=bool), np.zeros(rows, dtype=bool)
    level = _levels(ranked)
    for group in _bearers(index, ranked):
        best = score[group].max()
        top = level[group].max()
        near, far = group[level[group] == top], group[level[group] < top]
        if top >= PROVINCE:
            score[far] = 0.0
            if len(near) == 1:
                score[near] = best
        if top >= PROVINCE or len(near) == 1 or _is_family(index, ranked, near):
            continue
        meant = _meant(index, ranked, near)
        others = near[near != meant]
        score[others] = 0.0
        if meant < 0:
            shared[near] = True
        elif index.name_kind[ranked.table["name"][meant]] != NameKind.CURATED:
            guessed[meant] = top == NOWHERE
    for home, others in _at_their_cities(index, ranked, level):
        score[home] = max(score[home], score[others].max())
        score[others] = 0.0
    guessed |= _is_listed_abroad(index, ranked.table, level == NOWHERE)
    return ToldApart(score, shared, guessed, ranked.score == 0)


def _is_listed_abroad(index: RegistryIndex, table: dict[str, Array], asked: Array) -> Array:
    """Whether each candidate has its own name in common with a listed university elsewhere."""
    own = asked & table["whole"] & (index.name_kind[table["name"]] == NameKind.DISPLAY)
    found = np.zeros(len(own), dtype=bool)
    for row in np.flatnonzero(own).tolist():
        owner = int(table["owner"][row])
        countries = listed_countries(index.texts["name"][owner])
        found[row] = bool(countries) and index.texts["country"][owner] not in countries
    return found


def _at_their_cities(
    index: RegistryIndex, ranked: Ranked, level: Array
) -> Iterator[tuple[int, Array]]:
    """Rows of bodies whose city stands beside their name, with those that are only like it.

    "Wharf University, Salem" is the "Wharf University - Salem" and not the University of Wharf.
    """
    table, kind = ranked.table, index.name_kind[ranked.table["name"]]
    placeless = table["whole"] & (kind == NameKind.PLACELESS) & table["city"]
    for at in np.flatnonzero(placeless & (ranked.score > 0)).tolist():
        begin, end = np.searchsorted(table["string"], table["string"][at] + np.arange(2))
        rows = np.arange(begin, end)
        same = np.all([table[c][rows] == table[c][at] for c in ("first", "last")], axis=0)
        others = rows[same & (table["owner"][rows] != table["owner"][at])]
        like = (level[others] == NOWHERE) & ~table["whole"][others]
        if len(others) and like.all():
            yield at, others


def _levels(ranked: Ranked) -> Array:
    table = ranked.table
    # "York University, North York, Canada" is not at the York of another country.
    home = table["country"] >= 0
    places = [table["city"] & home, table["province"] & home, table["country"] > 0]
    return np.select(places, [CITY, PROVINCE, COUNTRY], NOWHERE)


def _bearers(index: RegistryIndex, ranked: Ranked) -> Iterator[Array]:
    """Rows of the candidates that are written by one name at the same words, two and more."""
    table = ranked.table
    firm = table["whole"] & (index.name_kind[table["name"]] <= NameKind.FORMER)
    rows = np.flatnonzero(firm & ~index.types[table["owner"], COMPANY])
    if not len(rows):
        return
    size = int(table["last"].max()) + 1
    key = (table["string"][rows].astype(np.int64) * size + table["first"][rows]) * size
    _, group, count = np.unique(key + table["last"][rows], return_inverse=True, return_counts=True)
    for number in np.flatnonzero(count > 1).tolist():
        yield rows[group == number]


def _meant(index: RegistryIndex, ranked: Ranked, bearers: Array) -> int:
    """Row of the bearer that is meant without a place, -1 where nothing tells."""
    kind = index.name_kind[ranked.table["name"][bearers]]
    curated = bearers[kind == NameKind.CURATED]
    if len(curated):
        return int(curated[0])
    kin = bearers[[_belongs(index, ranked, int(at)) for at in bearers]]
    if len(kin) == 1:
        return int(kin[0])
    first = bearers[kind == NameKind.DISPLAY]
    if len(first) > 1:  # one that is no more is hardly meant beside one that is
        first = first[index.active[ranked.table["owner"][first]]]
    return int(first[0]) if len(first) == 1 else -1


def _belongs(index: RegistryIndex, ranked: Ranked, at: int) -> bool:
    """Whether a candidate is a relation of a likely one elsewhere in its string."""
    table = ranked.table
    begin, end = np.searchsorted(table["string"], [table["string"][at], table["string"][at] + 1])
    rows = np.arange(begin, end)
    apart = (table["first"][rows] > table["last"][at]) | (table["last"][rows] < table["first"][at])
    likely = rows[apart & (ranked.score[rows] >= LIKELY)]
    short = index.name_kind[table["name"][rows]] == NameKind.ACRONYM
    above = rows[apart & table["whole"][rows] & short & (ranked.score[rows] >= LEAST_PARENT)]
    own = int(table["owner"][at]) * len(index) + table["owner"][above].astype(np.int64)
    child = contains(index.parent_pair, own).any()
    return bool(child or _kin(index, table["owner"][likely], table["owner"][at]).any())


def _is_family(index: RegistryIndex, ranked: Ranked, bearers: Array) -> bool:
    """Whether every bearer of a name is a relation of another, as sites of one body are."""
    owner = ranked.table["owner"][bearers]
    return all(_kin(index, owner, one).any() for one in owner)


def _kin(index: RegistryIndex, owners: Array, other: int) -> Array:
    size = len(index)
    one, two = owners.astype(np.int64) * size + other, int(other) * size + owners.astype(np.int64)
    pairs = (index.parent_pair, index.related_pair)
    return np.asarray(np.any([contains(p, keys) for p in pairs for keys in (one, two)], axis=0))
