"""Candidates of each string: a dozen organisations with the best two ways each is written there.

Whole names and overlapping names are laid on the string, scored by hand (weight of the words found
times the square of the share of the name that is found, more where country and city agree), the
best name of each organisation kept with its runner-up elsewhere in the string, and the best
organisations kept.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.match.alignment import aligned
from bibnet.places.match.context import ending_places
from bibnet.places.match.geography import Stated, country_agreement, place_agreement, stated
from bibnet.places.match.overlap import Overlap, best_of
from bibnet.places.reading.batch import StringBatch
from bibnet.places.reading.phrases import Hits, PlaceHits
from bibnet.places.registry.index import RegistryIndex
from bibnet.places.registry.names import NameKind

Array = npt.NDArray[Any]
Table = dict[str, Array]
# Of the names of one organisation an acronym counts less than words that say the same, and one
# that is read with a change ("Ginevra" for Geneva) less than one that stands there.
SHORTENED = 0.6
OVERLAPPING = 24  # names by shared words a string: recall .995 with them, .996 with 50
KEPT = 12  # organisations a string that the ranker sees
NO_ROW = -1
# Factors of the score by hand; the order is what matters, the ranker decides.
BARE_PLACE = 0.3  # names of which only the place that ends a part of the address is there
WHOLE, CROSSED = 1.1, 0.85  # whole names; names across a comma
MADE_UP = 0.5  # names that no registry has
# Names read with a letter changed, or by another name of a place: "Waterloo" is not "UWaterloo"
# where the University of Waterloo stands there letter by letter.
CHANGED = 0.75
BROKEN = 0.6  # what is left where no two words of a name stand in their order
COUNTRY_GAIN, COUNTRY_LOSS, CITY_GAIN, GAP_LOSS = 0.3, 0.5, 0.25, 0.05


def candidates(
    batch: StringBatch, hits: Hits, overlap: Overlap, known: tuple[RegistryIndex, PlaceHits]
) -> Table:
    """Rows of candidates, one a string and organisation, sorted by string and rank by hand.

    `hits` are the whole names in the strings, `known` the registry and the places in them.
    """
    index, places = known
    said = stated(batch, index)
    string, name = overlap.find(batch, said.country, OVERLAPPING)
    pairs, begins = _united(hits, string, name, len(index.name_hash))
    table = aligned(batch, index, pairs, begins)
    table |= {"string": pairs[0], "name": pairs[1], "whole": begins >= 0}
    table["owner"] = index.name_owner[pairs[1]].astype(np.int64)
    table |= _geography((said, places), index, table)
    made_up = index.name_kind[pairs[1]] >= NameKind.GENERATED
    bare = _is_place_alone(batch, places, table)
    table["bare_place"] = bare
    segment = batch.token["segment"]
    crossed = segment[table["last"]] != segment[table["first"]]
    table["hand"] = (
        _score(table)
        * np.where(table["whole"], WHOLE, 1.0)
        * np.where(crossed, CROSSED, 1.0)
        * np.where(made_up, MADE_UP, 1.0)
        * np.where(bare, BARE_PLACE, 1.0)
        * np.where((table["misspelt"] > 0) | (table["translated"] > 0), CHANGED, 1.0)
    )
    table |= _namesakes(table, index)
    return _pruned(_by_organisation(table, index))


def _united(
    hits: Hits, string: Array, name: Array, names: int
) -> tuple[tuple[Array, Array], Array]:
    """Pairs of both ways, each once; `known` is the first token of a whole name, else -1."""
    keys = np.concatenate(
        [hits.string.astype(np.int64) * names + hits.name, string.astype(np.int64) * names + name]
    )
    first = np.concatenate([hits.first, np.full(len(string), NO_ROW)])
    order = np.lexsort((first == NO_ROW, keys))
    keys, first = keys[order], first[order]
    fresh = np.r_[True, keys[1:] != keys[:-1]] if len(keys) else np.empty(0, bool)
    keys = keys[fresh]
    return (keys // names, keys % names), first[fresh]


def _geography(evidence: tuple[Stated, PlaceHits], index: RegistryIndex, table: Table) -> Table:
    said, places = evidence
    pairs = (table["string"], table["owner"])
    span = (table["first"], table["last"])
    city, city_within = place_agreement(places, index.city_place, pairs, span)
    province, province_within = place_agreement(places, index.province_place, pairs, span)
    return {
        "country": country_agreement(said, index, pairs),
        "city": city,
        "city_within": city_within,
        "province": province,
        "province_within": province_within,
        "strength": said.strength[table["string"]],
        "named": said.named[table["string"]],
        "other_city": said.city[table["string"]] & ~city & ~city_within,
    }


def _score(table: Table) -> Array:
    country = np.select(
        [table["country"] > 0, table["country"] < 0], [1 + COUNTRY_GAIN, 1 - COUNTRY_LOSS], 1.0
    )
    city = np.where(table["city"], 1 + CITY_GAIN, 1.0)
    loose = 1 / (1 + GAP_LOSS * (table["gap"] + table["disorder"]))
    unbroken = BROKEN + (1 - BROKEN) * table["run"]
    return np.asarray(table["weight"] * table["housed"] ** 2 * country * city * loose * unbroken)


def _is_place_alone(batch: StringBatch, places: PlaceHits, table: Table) -> Array:
    """Whether the words found are but a place that ends its part of the address."""
    first, last = ending_places(batch, places)
    tokens = np.zeros(len(batch.token["id"]) + 1, dtype=np.int64)
    np.add.at(tokens, first, 1)
    np.add.at(tokens, last + 1, -1)
    other = np.concatenate([[0], np.cumsum(np.cumsum(tokens[:-1]) == 0)])
    return np.asarray((other[table["last"] + 1] == other[table["first"]]) & (table["absent"] > 0))


def _namesakes(table: Table, index: RegistryIndex) -> Table:
    """How many organisations share the name; how many are called so first, or agree in place."""
    groups = int(index.name_group.max(initial=0)) + 1
    key = table["string"].astype(np.int64) * groups + index.name_group[table["name"]]
    _, group = np.unique(key, return_inverse=True)
    counts = np.bincount(group)
    by_country = np.bincount(group, table["country"] > 0)
    by_city = np.bincount(group, table["city"])
    first = np.bincount(group, index.name_kind[table["name"]] == NameKind.DISPLAY)
    return {
        "namesakes": counts[group],
        "namesakes_first": first[group],
        "namesakes_country": by_country[group],
        "namesakes_city": by_city[group],
    }


def _by_organisation(table: Table, index: RegistryIndex) -> Table:
    """One row a string and organisation: its best name, and measures of the next best."""
    kind = index.name_kind[table["name"]]
    short = np.isin(kind, (NameKind.ACRONYM, NameKind.INITIALS))
    changed = (table["misspelt"] > 0) | (table["translated"] > 0)
    telling = table["hand"] * np.where(short | changed, SHORTENED, 1.0)
    # Of names that say as much the firmest: the order of the index changes with any word of it.
    order = np.lexsort((table["name"], kind, -telling, table["owner"], table["string"]))
    table = {column: values[order] for column, values in table.items()}
    rows = len(order)
    if not rows:
        return table | {f"second_{c}": np.empty(0) for c in SECOND} | {"ways": np.empty(0)}
    changed = (table["string"][1:] != table["string"][:-1]) | (
        table["owner"][1:] != table["owner"][:-1]
    )
    begin = np.flatnonzero(np.r_[True, changed])
    group = np.cumsum(np.r_[0, changed])
    best = begin[group]
    apart = (table["first"] > table["last"][best]) | (table["last"] < table["first"][best])
    candidate = np.where(apart, np.arange(rows), rows)
    second = np.minimum.reduceat(candidate, begin)
    ways = np.add.reduceat((table["covered"] > 0.99).astype(np.int64), begin)
    found = second < rows
    at = np.minimum(second, rows - 1)
    best_rows = {column: values[begin] for column, values in table.items()}
    seconds = {f"second_{c}": np.where(found, table[c][at], np.nan) for c in SECOND}
    return best_rows | seconds | {"ways": ways}


SECOND = ("hand", "covered", "weight", "whole", "name")


def _pruned(table: Table) -> Table:
    kept = best_of(table["string"], table["hand"], table["owner"], KEPT)
    return {column: values[kept] for column, values in table.items()}
