"""Names in Chinese script that are but a part of a longer one, though the registry has none.

Nothing parts words there, so what touches a name decides: a city right before it that is not its
own ("桂林 | 电子科技大学"), or a sign behind it that makes something else of it ("深圳大学 | 城").
A company that bears the name of a school is none of it ("清华大学 | 出版社有限公司").
A name that a listed body of another country bears, too, is not told by simplified signs alone.
"""

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.address.cjk_address import JOINING_SIGNS, sign_city
from bibnet.places.address.gazetteer import place_key
from bibnet.places.address.normalise import IS_SIGN
from bibnet.places.address.vocabulary import SIGN_CONTINUING, SIGN_ENTERPRISES
from bibnet.places.reading.batch import StringBatch
from bibnet.places.registry.index import TYPES, RegistryIndex
from bibnet.reference.load import rows

Array = npt.NDArray[Any]
Table = dict[str, Array]
_JOINING = frozenset(JOINING_SIGNS)
EDUCATION = TYPES.index("education")
CITY_SIGNS = (2, 3, 4)  # signs of the names of cities
PROVINCE_SIGNS = 2  # of the name of a province that may stand before one


def in_longer_run(batch: StringBatch, index: RegistryIndex, table: Table) -> Array:
    """Whether each whole name in signs is part of a longer one, by the signs that touch it."""
    found = np.zeros(len(table["first"]), dtype=bool)
    signs = index.token_sign[index.name_token[index.name_start[table["name"]]]]
    for row in np.flatnonzero(signs & table["whole"]).tolist():
        text = batch.cleaned[int(table["string"][row])]
        start = int(batch.token["start"][int(table["first"][row])])
        end = int(batch.token["end"][int(table["last"][row])])
        city = place_key(index.texts["city"][int(table["owner"][row])])
        # "深圳哈尔滨工业大学" begins with its own city: the one before it is where it is.
        own = any(place_key(sign_city(text[start : start + n])) == city for n in CITY_SIGNS)
        before = "" if own else _city_before(text[:start])
        elsewhere = bool(before and city) and place_key(before) != city
        found[row] = elsewhere or text[end : end + 1] in SIGN_CONTINUING
        if index.types[table["owner"][row], EDUCATION]:
            behind = _run_behind(text, end)
            joined = not _JOINING.isdisjoint(behind)
            found[row] |= behind.endswith(SIGN_ENTERPRISES) and not joined
    return found


def is_listed_abroad(batch: StringBatch, index: RegistryIndex, table: Table) -> Array:
    """Whether each whole name in simplified signs is that of a listed body of another country.

    And the string names neither the country nor the city of the candidate.
    """
    found = np.zeros(len(table["first"]), dtype=bool)
    signs = index.token_sign[index.name_token[index.name_start[table["name"]]]]
    asked = signs & table["whole"] & (table["country"] <= 0) & ~table["city"]
    for row in np.flatnonzero(asked).tolist():
        text = batch.cleaned[int(table["string"][row])]
        start = int(batch.token["start"][int(table["first"][row])])
        printed = text[start : int(batch.token["end"][int(table["last"][row])])]
        country = _listed_countries().get(printed)
        found[row] = bool(country) and index.texts["country"][int(table["owner"][row])] != country
    return found


@lru_cache(maxsize=1)
def _listed_countries() -> dict[str, str]:
    """Country of each listed body by its names in simplified signs."""
    found: dict[str, str] = {}
    for row in rows("defence_institutions"):
        names = (row["name_zh"], *row["aliases"].split("|"))
        found |= {name: row["country"] for name in names if name and all(map(IS_SIGN.match, name))}
    return found


def _run_behind(text: str, at: int) -> str:
    """Signs that touch the end of a name."""
    stop = next((n for n in range(at, len(text)) if not IS_SIGN.match(text, n)), len(text))
    return text[at:stop]


def _city_before(text: str) -> str:
    """City that the signs right before a name spell, and before which no name ends; else empty."""
    run = next((n for n, sign in enumerate(reversed(text)) if not IS_SIGN.match(sign)), len(text))
    cities = (sign_city(text[-n:]) for n in CITY_SIGNS if run in (n, n + PROVINCE_SIGNS))
    return next(filter(None, cities), "")
