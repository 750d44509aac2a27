"""A registry as arrays: the names of its organisations as sequences of token ids, and the facts.

Tokens are stems of folded words (`canonical`). The weight of a token is its inverse document
frequency ln((N + 1) / (n + 1)) + 1 with N = 158,000 names, the registry the matcher was trained
with, and n the names that hold it, scaled down to N in a larger registry and at least the share of
the list `name_word_shares` in a smaller one. Names are looked up whole by the hash of their
token ids, and by single tokens through postings; the most frequent tokens have no postings but one
bit each in a mask.
"""

from collections.abc import Container
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.address.gazetteer import load_gazetteer
from bibnet.places.address.normalise import IS_SIGN
from bibnet.places.address.stems import joined, name_words, stem_words
from bibnet.places.registry.names import Name, NameKind, all_names
from bibnet.places.registry.organisations import Registry
from bibnet.places.registry.place_index import PlaceIndex
from bibnet.places.registry.spelling import deletions
from bibnet.places.registry.token_hash import sequence_hash
from bibnet.reference.load import rows

Array = npt.NDArray[Any]
COMMON_TOKENS = 64  # tokens without postings: the bits of a mask
# Inverse document frequency of a word that tells organisations apart: at most 600 names have it.
TELLING = 6.5
SHORTEST_SIGNS = 4  # of the name of a listed body; shorter ones are short forms and words
TRAINED_NAMES = 158_000  # names of the registry that the matcher was trained with
LEAST_COMMON = 500  # names that hold such a token
LONGEST_NAME = 16  # tokens of a name looked up whole; longer ones are found by their tokens
TYPES = ("education", "company", "healthcare", "facility", "government", "nonprofit", "funder")


@dataclass(frozen=True)
class RegistryIndex:
    """Arrays of one registry. `arrays` are saved as they are; texts are lists of str.

    name_*: one row a name, sorted by hash. organisation_*: one row an organisation, in the order
    of the registry. relation_*: keys owner * organisations + other, sorted.
    """

    arrays: dict[str, Array]
    texts: dict[str, list[str]]

    def __getattr__(self, name: str) -> Array:
        try:
            found: Array = self.__dict__["arrays"][name]
        except KeyError:
            raise AttributeError(name) from None
        return found

    def __len__(self) -> int:
        return len(self.texts["key"])

    @cached_property
    def token_of(self) -> dict[str, int]:
        """Token id of each stem."""
        return {word: at for at, word in enumerate(self.texts["token"])}

    def holding(self, word: str) -> Array:
        """Whether each name holds one of the most frequent stems; none does if it is no such."""
        token = self.token_of.get(word, -1)
        bit = int(self.token_bit[token]) if token >= 0 else -1
        mask = self.name_mask >> np.uint64(max(bit, 0))
        return np.asarray(((mask & np.uint64(1)) > 0) & (bit >= 0))

    @cached_property
    def written(self) -> frozenset[str]:
        """Stems as the registry writes them."""
        return frozenset(self.texts["written"])

    @cached_property
    def owner_of(self) -> dict[str, int]:
        """Number of the organisation of each ROR id."""
        return {ror: at for at, ror in enumerate(self.texts["ror"]) if ror}

    @cached_property
    def country_of(self) -> dict[str, int]:
        """Number of each country code."""
        return {code: at for at, code in enumerate(self.texts["country_code"])}


def build_index(registry: Registry) -> RegistryIndex:
    """Arrays of a registry; the same registry gives the same arrays."""
    later = {tuple(name_words(r["alias"])) for r in rows("organisation_aliases") if r["since"]}
    named = [_counted(name, later) for name in all_names(registry, curated_names())]
    given = (name for name in named if not name.derived)
    written = sorted({stem for name in given for stem in stem_words(name.words)})
    vocabulary = frozenset(written)
    stemmed = _stemmed(named, vocabulary)
    places = PlaceIndex(registry, load_gazetteer(), vocabulary)
    tokens = sorted({t for _, words in stemmed for t in words} | places.tokens)
    token_of = {token: at for at, token in enumerate(tokens)}
    texts = {"token": tokens, "written": written, **_organisation_texts(registry)}
    arrays = _name_arrays(stemmed, tokens)
    arrays |= deletions(tokens)
    arrays |= _organisation_arrays(registry, texts["country_code"])
    arrays |= places.arrays(token_of)
    arrays |= places.country_arrays(token_of)
    arrays |= places.other_readings(token_of)
    arrays["name_city"] = places.city_tokens(arrays, tokens)
    arrays |= _name_words(arrays, token_of)
    return RegistryIndex(arrays, texts)


def _counted(name: Name, later: Container[tuple[str, ...]]) -> Name:
    """A name; a curated one that the models were not trained with does not count as words do."""
    late = name.kind == NameKind.CURATED and name.words in later
    return replace(name, derived=True) if late else name


def _stemmed(named: list[Name], vocabulary: frozenset[str]) -> list[tuple[Name, tuple[str, ...]]]:
    """Names with their stems, each sequence once for an organisation, the firmest kind first."""
    seen: set[tuple[int, tuple[str, ...]]] = set()
    found = []
    for name in named:
        stems = tuple(joined(stem_words(name.words), vocabulary))
        if not stems or all(stem.isdigit() for stem in stems) or (name.owner, stems) in seen:
            continue
        seen.add((name.owner, stems))
        found.append((name, stems))
    return found


def curated_names() -> dict[str, str]:
    """Names that bibnet's own lists give to organisations, with their ROR ids.

    Those of `organisation_aliases`, and the names in Chinese script of listed bodies.
    """
    listed = {
        name: row["ror"]
        for row in rows("defence_institutions")
        for column in ("name_zh", "aliases", "former_names")
        for name in row[column].split("|")
        if row["ror"] and len(name) >= SHORTEST_SIGNS and all(map(IS_SIGN.match, name))
    }
    return listed | {row["alias"]: row["ror"] for row in rows("organisation_aliases")}


def _name_arrays(
    stemmed: list[tuple[Name, tuple[str, ...]]], tokens: list[str]
) -> dict[str, Array]:
    token_of = {token: at for at, token in enumerate(tokens)}
    lengths = np.array([len(words) for _, words in stemmed], dtype=np.int32)
    ids = np.array([token_of[w] for _, words in stemmed for w in words], dtype=np.int32)
    hashed = sequence_hash(ids, lengths)
    owner = np.array([name.owner for name, _ in stemmed], dtype=np.int32)
    kind = np.array([name.kind for name, _ in stemmed], dtype=np.int8)
    capitals = np.array([name.capitals for name, _ in stemmed], dtype=bool)
    order = np.lexsort((owner, kind, hashed))
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    taken = _ranges(starts[order], lengths[order])
    ids, lengths = ids[taken], lengths[order]
    arrays = {
        "name_hash": hashed[order],
        "name_group": _groups(hashed[order]),
        "name_owner": owner[order],
        "name_kind": kind[order],
        "name_capitals": capitals[order],
        "name_small": np.array([name.small for name, _ in stemmed], dtype=bool)[order],
        "name_length": lengths,
        "name_start": np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        "name_token": ids,
    }
    signs = np.array([bool(IS_SIGN.match(token)) for token in tokens], dtype=bool)
    shares = {row["stem"]: float(row["names_per_100000"]) for row in rows("name_word_shares")}
    least = np.array([shares.get(token, 0.0) for token in tokens]) * TRAINED_NAMES / 100_000
    counted = ~np.array([name.derived for name, _ in stemmed], dtype=bool)[order]
    return arrays | {"token_sign": signs} | _weights(ids, (lengths, counted), signs, least)


def _name_words(arrays: dict[str, Array], token_of: dict[str, int]) -> dict[str, Array]:
    """Words of each owner's names; whether each name is but a city's and common words.

    `owner_token` = owner * tokens + token, sorted.
    """
    ids, starts = arrays["name_token"], arrays["name_start"][:-1]
    if not len(ids):
        none = np.empty(0, dtype=bool)
        return {"owner_token": none.astype(np.int64), "name_plain": none}
    telling = (arrays["token_idf"][ids] >= TELLING) & ~arrays["name_city"]
    placed = np.logical_or.reduceat(arrays["name_city"], starts)
    owner = np.repeat(arrays["name_owner"].astype(np.int64), arrays["name_length"])
    return {
        "owner_token": np.unique(owner * len(token_of) + ids),
        "name_plain": placed & ~np.logical_or.reduceat(telling, starts),
    }


def _groups(ordered: Array) -> Array:
    """Number of each run of equal values."""
    return np.asarray(np.cumsum(np.r_[0, ordered[1:] != ordered[:-1]]), dtype=np.int32)


def _ranges(starts: Array, lengths: Array) -> Array:
    """Indices start, start + 1 ... of each range, one after another."""
    ends = np.cumsum(lengths)
    offsets = np.repeat(starts - np.concatenate([[0], ends[:-1]]), lengths)
    return np.asarray(np.arange(ends[-1] if len(ends) else 0) + offsets)


def _weights(
    ids: Array, names: tuple[Array, Array], signs: Array, least: Array
) -> dict[str, Array]:
    """Weights of tokens, squared lengths of names, postings and masks.

    `names` are their lengths, and whether each counts for how frequent its words are.
    Signs of Chinese and Japanese have neither: their names are looked up whole.
    """
    tokens, (lengths, counted) = len(signs), names
    number = np.repeat(np.arange(len(lengths)), lengths)
    pairs = np.unique(np.stack([ids, number]), axis=1)
    frequency = np.bincount(pairs[0][counted[pairs[1]]], minlength=tokens)
    scaled = np.maximum(frequency * (TRAINED_NAMES / max(counted.sum(), TRAINED_NAMES)), least)
    idf = np.log((TRAINED_NAMES + 1) / (scaled + 1)) + 1
    squared = (idf**2).astype(np.float32)
    ranked = np.argsort(np.where(signs, 0, -scaled), kind="stable")
    common = np.sort([at for at in ranked[:COMMON_TOKENS] if scaled[at] >= LEAST_COMMON])
    common = common.astype(np.int64)
    bit = np.full(tokens, -1, dtype=np.int8)
    bit[common] = np.arange(len(common))
    rare = (bit[pairs[0]] < 0) & ~signs[pairs[0]]
    mask = np.zeros(len(lengths), dtype=np.uint64)
    shared = bit[pairs[0]] >= 0
    np.bitwise_or.at(
        mask, pairs[1][shared], np.uint64(1) << bit[pairs[0][shared]].astype(np.uint64)
    )
    rare_count = np.bincount(pairs[0][rare], minlength=tokens)
    return {
        "token_idf": idf.astype(np.float32),
        "token_bit": bit,
        "name_weight": np.bincount(pairs[1], squared[pairs[0]], len(lengths)).astype(np.float32),
        "name_mask": mask,
        "posting_name": pairs[1][rare].astype(np.int32),
        "posting_start": np.concatenate([[0], np.cumsum(rare_count)]).astype(np.int64),
        "token_names": frequency.astype(np.int32),
    }


def _organisation_texts(registry: Registry) -> dict[str, list[str]]:
    organisations = registry.organisations
    return {
        "key": [o.key for o in organisations],
        "ror": [o.ror for o in organisations],
        "name": [o.name for o in organisations],
        "country": [o.country for o in organisations],
        "province": [o.province for o in organisations],
        "city": [o.city for o in organisations],
        "type": ["|".join(o.types) for o in organisations],
        "country_code": sorted({o.country for o in organisations}),
        "former_key": sorted(registry.successor_of),
        "successor_key": [registry.successor_of[key] for key in sorted(registry.successor_of)],
    }


def _organisation_arrays(registry: Registry, codes: list[str]) -> dict[str, Array]:
    organisations = registry.organisations
    number = {o.key: at for at, o in enumerate(organisations)}
    country = {code: at for at, code in enumerate(codes)}
    parent: set[int] = set()
    related: set[int] = set()
    for at, body in enumerate(organisations):
        for kind, keys in ((parent, body.parents), (related, body.related)):
            for key in keys:
                other = number.get(registry.successor_of.get(key, key))
                if other is not None and other != at:
                    kind.add(at * len(organisations) + other)
    parents = np.array(sorted(parent), dtype=np.int64)
    size = max(len(organisations), 1)
    return {
        "country": np.array([country[o.country] for o in organisations], dtype=np.int16),
        "lat": np.array(
            [np.nan if o.lat is None else o.lat for o in organisations], dtype=np.float64
        ),
        "lon": np.array(
            [np.nan if o.lon is None else o.lon for o in organisations], dtype=np.float64
        ),
        "types": np.array([[kind in o.types for kind in TYPES] for o in organisations], dtype=bool),
        "names": np.array([len(o.names) for o in organisations], dtype=np.int16),
        "has_parent": np.array([o.has_parent for o in organisations], dtype=bool),
        "active": np.array([o.status == "active" for o in organisations], dtype=bool),
        "parents": np.bincount(parents // size, minlength=len(organisations)).astype(np.int16),
        "children": np.bincount(parents % size, minlength=len(organisations)).astype(np.int16),
        "parent_pair": parents,
        "related_pair": np.array(sorted(related), dtype=np.int64),
    }


def _degrees(value: float | None) -> float:
    return np.nan if value is None else value
