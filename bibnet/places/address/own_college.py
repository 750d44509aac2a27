"""Colleges that bear a Chinese university's name and are bodies of their own (独立学院).

Such a college has a place or a given name of its own behind the university's ("X University Zhuhai
College", "X 大学金城学院"), where a department has a subject ("X 大学计算机学院") and a college of
honours the name of a person, of three signs or two words, or stands apart ("Y College, X
University"). Where its name is that of a city it is one wherever it stands. What the list
`university_colleges` says of a college goes before.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from bibnet.places.address.cjk_address import STATE, sign_city
from bibnet.places.address.gazetteer import load_gazetteer
from bibnet.places.address.listed_college import OWN, college_kind
from bibnet.places.address.stems import FAMILIES
from bibnet.reference.load import rows

COLLEGES = frozenset(("college", "coll"))
INSTITUTES = frozenset(("institute", "inst"))
COLLEGE_SIGNS = "\u5b66\u9662"
# What the college of a city that is not named is called.
CITY, CITY_SIGNS = "city", "\u57ce\u5e02"
DISCIPLINE = "discipline"
LONGEST_CITY, SHORTEST_CITY = 4, 2  # signs of the name of a city
PERSON = 3  # signs of a person's name, which colleges of honours bear
_SYLLABLE = (
    "(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?"
    "(?:i?ang|uang|iong|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|i[aeu]|u[aoie]|er|[aoeiuv])"
)
_ROMANISED = re.compile(f"(?:{_SYLLABLE}){{2,4}}")


def is_own_college(behind: Sequence[str], *universities: str) -> bool:
    """Whether folded words right behind a university's name are those of a college of its own.

    `universities` are names of the university, by which the list knows the college.
    """
    *name, noun = behind or [""]
    listed = college_kind(" ".join(behind), universities)
    if listed:
        return listed == OWN
    if noun not in COLLEGES or not name or not _subjects().isdisjoint(name):
        return False
    *first, last = name
    if last == CITY:
        return all(map(_is_romanised, first))
    return _is_city(name) or (not first and _is_romanised(last))


def is_city_institute(words: Sequence[str]) -> bool:
    """Whether words are but the name of a city of China and "Institute".

    Some are colleges of their own, others units of the university: the name does not tell.
    """
    *name, noun = words or [""]
    return noun in INSTITUTES and _is_city(name)


def is_city_college(words: Sequence[str], *universities: str) -> bool:
    """Whether words are but the name of a city of China and the noun of a college.

    Or those of a college that the list knows as one of its own by a name of `universities`.
    """
    *name, noun = words or [""]
    listed = college_kind(" ".join(words), universities)
    if listed:
        return listed == OWN
    return noun in COLLEGES and (name == [CITY] or _is_city(name))


def is_own_college_in_signs(behind: str, *universities: str) -> bool:
    """Whether signs right behind a university's name are those of a college of its own.

    The college ends with the signs; what stands behind it is its department. `universities` are
    names of the university, by which the list knows the college.
    """
    name, noun, _ = behind.partition(COLLEGE_SIGNS)
    if not noun or len(name) < SHORTEST_CITY:
        return False  # one sign is a subject
    listed = college_kind(name + noun, universities)
    if listed:
        return listed == OWN
    if any(sign_city(name[:n]) for n in range(LONGEST_CITY, SHORTEST_CITY - 1, -1)):
        return True
    subject = any(word in name for word in _subjects())
    return name == CITY_SIGNS or (not subject and len(name) != PERSON)


def _is_city(name: Sequence[str]) -> bool:
    # Words of names in general ("medical") are in no city's: GeoNames need not be read for them.
    if not name or not FAMILIES.keys().isdisjoint(name):
        return False
    return load_gazetteer().city_in(" ".join(name), STATE) is not None


def _is_romanised(word: str) -> bool:
    return bool(_ROMANISED.fullmatch(word)) and word not in FAMILIES


@lru_cache(maxsize=1)
def _subjects() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("unit_words") if row["role"] == DISCIPLINE)
