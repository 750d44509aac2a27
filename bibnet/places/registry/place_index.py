"""Names of the cities and provinces where a registry's organisations are, as token sequences."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.address.gazetteer import Gazetteer, place_key
from bibnet.places.address.stems import joined, name_words, stem_words
from bibnet.places.registry.organisations import Registry
from bibnet.places.registry.token_hash import sequence_hash

Array = npt.NDArray[Any]
NO_PLACE = -1
SHORTEST_PLACE = 4  # letters of a place whose name in one language reads as that in another


@dataclass
class PlaceIndex:
    """Names of the cities and provinces where the organisations are, as token sequences."""

    registry: Registry
    gazetteer: Gazetteer
    vocabulary: frozenset[str]
    number: dict[tuple[str, str, str], int] = field(default_factory=dict)
    sequences: dict[tuple[str, ...], set[int]] = field(default_factory=dict)
    cities: list[int] = field(default_factory=list)
    provinces: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        others = self._other_names()
        for body in self.registry.organisations:
            city = ("city", body.country, body.city)
            self.cities.append(self._place(city, others) if body.city else NO_PLACE)
            province = ("province", body.country, body.province)
            self.provinces.append(self._place(province, others) if body.province else NO_PLACE)

    @property
    def tokens(self) -> set[str]:
        """Every stem of a place's name."""
        return {token for words in self.sequences for token in words}

    def _place(
        self, key: tuple[str, str, str], others: dict[tuple[str, str, str], list[str]]
    ) -> int:
        if key not in self.number:
            self.number[key] = len(self.number)
            for name in [key[2], *others.get((key[0], key[1], place_key(key[2])), ())]:
                words = tuple(joined(stem_words(name_words(name)), self.vocabulary))
                if words:
                    self.sequences.setdefault(words, set()).add(self.number[key])
        return self.number[key]

    def _other_names(self) -> dict[tuple[str, str, str], list[str]]:
        """Further names of a city or province by kind, country and key."""
        found: dict[tuple[str, str, str], list[str]] = {}
        for key, bearers in self.gazetteer.cities.items():
            for city in bearers:
                found.setdefault(("city", city.country, place_key(city.name)), []).append(key)
        for key, owners in self.gazetteer.province_names.items():
            for country, admin1 in owners:
                name = self.gazetteer.province(country, admin1)
                if name:
                    found.setdefault(("province", country, place_key(name)), []).append(key)
        return found

    def arrays(self, token_of: dict[str, int]) -> dict[str, Array]:
        """Hashes of the names, the place each means, and the places of every organisation."""
        pairs = [(words, at) for words, held in sorted(self.sequences.items()) for at in held]
        ids = np.array([token_of[w] for words, _ in pairs for w in words], dtype=np.int32)
        lengths = np.array([len(words) for words, _ in pairs], dtype=np.int32)
        hashed = sequence_hash(ids, lengths)
        place = np.array([at for _, at in pairs], dtype=np.int32)
        order = np.lexsort((place, hashed))
        return {
            "place_hash": hashed[order],
            "place_number": place[order],
            "place_length": lengths[order],
            "city_place": np.array(self.cities, dtype=np.int32),
            "province_place": np.array(self.provinces, dtype=np.int32),
        }

    def country_arrays(self, token_of: dict[str, int]) -> dict[str, Array]:
        """Hashes of the names of all countries, of those whose every stem is a token."""
        names = (joined(stem_words(name.split(" ")), self.vocabulary) for name in self.countries)
        known = sorted({tuple(words) for words in names if all(w in token_of for w in words)})
        ids = np.array([token_of[w] for words in known for w in words], dtype=np.int32)
        lengths = np.array([len(words) for words in known], dtype=np.int32)
        hashed = sequence_hash(ids, lengths)
        order = np.argsort(hashed)
        return {"country_hash": hashed[order], "country_length": lengths[order]}

    @property
    def countries(self) -> list[str]:
        """Every name of every country, folded."""
        return sorted(self.gazetteer.countries)

    def other_readings(self, token_of: dict[str, int]) -> dict[str, Array]:
        """Tokens that name one place in two languages ("milano", "milan"), as pairs."""
        single: dict[int, list[int]] = {}
        for words, held in sorted(self.sequences.items()):
            if len(words) == 1 and len(words[0]) >= SHORTEST_PLACE:
                for place in sorted(held):
                    single.setdefault(place, []).append(token_of[words[0]])
        pairs = {(a, b) for tokens in single.values() for a in tokens for b in tokens if a != b}
        ordered = np.array(sorted(pairs), dtype=np.int32).reshape(-1, 2)
        return {"other_from": ordered[:, 0], "other_to": ordered[:, 1]}

    def city_tokens(self, arrays: dict[str, Array], tokens: list[str]) -> Array:
        """Whether each token of each name is a word of its owner's city."""
        held: dict[int, set[str]] = {}
        for words, places in self.sequences.items():
            for place in places:
                held.setdefault(place, set()).update(words)
        owner = np.repeat(arrays["name_owner"], arrays["name_length"])
        city = np.array(self.cities, dtype=np.int64)[owner].tolist()
        ids = arrays["name_token"].tolist()
        return np.array(
            [at in held and tokens[t] in held[at] for at, t in zip(city, ids, strict=True)],
            dtype=bool,
        )
