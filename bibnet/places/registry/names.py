"""Every name an organisation may be written by, with how firmly it belongs to it.

Names of the registry, its acronyms, display names without the country in brackets, names without
legal form, names of former records, curated aliases, and generated ones: a teaching hospital is
called after its city ("University Hospital X", "CHU X") or its university ("X University
Hospital") whether or not the registry says so.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

from bibnet.places.address.normalise import IS_SIGN
from bibnet.places.address.stems import FAMILIES, name_words, stem_words
from bibnet.places.address.vocabulary import LEGAL_FORMS
from bibnet.places.registry.organisations import Organisation, Registry
from bibnet.places.registry.spelt_names import (
    LONGEST_ACRONYM,
    as_one_word,
    with_city,
    with_compass,
    with_parents_sign,
)
from bibnet.reference.load import rows

# A name with its place, with whom it is named after, or behind its short form.
TRIMMED = (
    re.compile(r"^(.{8,}?)(?:,| [-–—]) ?[^,–—-]{3,30}$"),
    re.compile(r"^(.{8,}?),? (?:named after|named for|named in honou?r of) .+$"),
    re.compile(r"^[A-Z]{2,6} ?[-–—] (.{8,})$"),
)
LETTER_BEHIND = re.compile(r"([A-Z]{2,})[- ]([A-Z])")  # an acronym and the letter of its place
GROUP_END = re.compile(r"[ -]")  # parts the first word of a group's name from the others
LONGEST = 300  # letters; longer texts are no names, and the first form is slow on them
BRACKET = " ("  # the registry puts the country of a branch in brackets behind the name
UNIVERSITY, HOSPITAL = "univ", "hosp"
# What teaching hospitals of these countries are called before the name of their city.
CITY_HOSPITALS = {"FR": ("chu", "chru"), "BE": ("chu",), "IT": ("aou",), "CH": ("chu",)}
HEALTHCARE, EDUCATION, COMPANY = "healthcare", "education", "company"
# Words and signs of a name without the armed force before it; fewer say too little.
LEAST_WORDS, LEAST_SIGNS = 3, 6
SHORTEST_INITIALS = 4  # letters; shorter initials are shared by very many bodies


class NameKind(IntEnum):
    """How a name belongs to an organisation; the smaller, the firmer.

    BRANCH is a company's name without the country in brackets behind it; ACRONYM also every other
    name of one word in capitals and at most six letters; GENERATED and INITIALS are in no registry;
    PLACELESS is any other name without what stands in brackets or behind its last comma or dash.
    """

    CURATED = 0
    DISPLAY = 1
    ALIAS = 2
    BRANCH = 3
    FORMER = 4
    ACRONYM = 5
    GENERATED = 6
    INITIALS = 7
    PLACELESS = 8


@dataclass(frozen=True, slots=True)
class Name:
    """Folded words of a name; `owner` counts the organisations of the registry from 0.

    `capitals` says that it counts only where the string has it in capitals, but for a `small` one,
    `derived` that it says nothing of how frequent words are in names: another name of the
    organisation has them.
    """

    words: tuple[str, ...]
    owner: int
    kind: NameKind
    capitals: bool
    derived: bool = False
    small: bool = False


def all_names(registry: Registry, aliases: Mapping[str, str]) -> Iterator[Name]:
    """Names of all organisations, those of each by firmness.

    `aliases` maps further names to ROR ids; one of an organisation that the registry does not hold
    is left out.
    """
    curated: dict[str, list[str]] = {}
    for alias, ror in sorted(aliases.items()):
        curated.setdefault(registry.successor_of.get(ror, ror), []).append(alias)
    by_key = {o.key: o for o in registry.organisations}
    signed = {o.key: (*o.names, *curated.get(o.ror, ())) for o in registry.organisations}
    city_universities = _city_universities(registry)
    for owner, organisation in enumerate(registry.organisations):
        given = curated.get(organisation.ror, ())
        for name, kind in _written(organisation, given):
            yield from _forms(
                name, owner, kind, small=kind == NameKind.CURATED and _is_small(name, given)
            )
        shorter = (
            *_with_short_head(organisation.names),
            *_with_last_word(organisation),
            *_with_group(organisation, by_key),
            *with_city(organisation),
            *with_compass(organisation.names),
            *with_parents_sign(organisation, signed),
        )
        for short in shorter:
            yield Name(short, owner, NameKind.ALIAS, capitals=False, derived=True)
        for words in _generated(organisation, by_key):
            yield Name(tuple(words), owner, NameKind.GENERATED, capitals=False)
        if organisation.key in city_universities:
            words = ["university", *name_words(organisation.city)]
            yield Name(tuple(words), owner, NameKind.GENERATED, capitals=False)
        if not organisation.acronyms:
            yield from _initials(organisation, owner)
        for name, kind in _written(organisation, given):
            if (one := as_one_word(name)) != name:
                yield Name(tuple(name_words(one)), owner, kind, capitals=False, derived=True)


def _written(organisation: Organisation, curated: Iterable[str]) -> Iterator[tuple[str, NameKind]]:
    names = organisation.names
    yield from _curated(organisation, curated)
    yield organisation.name, NameKind.DISPLAY
    for name in names[1:]:
        yield name, NameKind.ALIAS
    behind = NameKind.BRANCH if COMPANY in organisation.types else NameKind.PLACELESS
    for name in names:
        if name.endswith(")") and BRACKET in name:
            yield name[: name.rindex(BRACKET)], behind
    for name in organisation.former_names:
        yield name, NameKind.FORMER
    for name in names:
        yield from _without_affix(name)
    yield from _trimmed(names)
    for name in organisation.acronyms:
        yield name, NameKind.ACRONYM


def _curated(organisation: Organisation, names: Iterable[str]) -> Iterator[tuple[str, NameKind]]:
    """Curated names that are not its own in signs, and those with its armed force before them."""
    own = {tuple(name_words(name)) for name in organisation.names if IS_SIGN.match(name)}
    held = {affix for affix, _ in _affixes() for n in organisation.names if n.startswith(affix)}
    for name in names:
        if tuple(name_words(name)) in own:
            continue
        yield name, NameKind.CURATED
        for affix in sorted(held):
            if IS_SIGN.match(name) and IS_SIGN.match(affix) and not name.startswith(affix):
                yield affix + name, NameKind.CURATED


def _trimmed(names: Iterable[str]) -> Iterator[tuple[str, NameKind]]:
    for name in names:
        for found in filter(None, (form.match(name) for form in TRIMMED if len(name) <= LONGEST)):
            if " " in found.group(1):
                yield found.group(1), NameKind.PLACELESS


def _with_short_head(names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Words of names with the short form of those they begin with ("XYI for Tides")."""
    for whole, short in _heads():
        for name in names:
            head, rest = name[: len(whole)], name[len(whole) :]
            if head.replace("-", " ") == whole and rest.startswith(" "):
                yield tuple(name_words(short + rest))


@lru_cache(maxsize=1)
def _heads() -> tuple[tuple[str, str], ...]:
    """Words that names begin with, and their short form."""
    return tuple((row["head"], row["short"]) for row in rows("name_heads"))


def _with_last_word(organisation: Organisation) -> Iterator[tuple[str, ...]]:
    """Words of an acronym with the word that its last letter stands for ("IXYZ-B", "IXYZ Bonn")."""
    matches = (LETTER_BEHIND.fullmatch(acronym) for acronym in organisation.acronyms)
    for found in filter(None, matches):
        for name in (name for name in organisation.names if " " in name):
            word = name.split()[-1]
            if word.isascii() and word.startswith(found.group(2)) and len(word) > 1:
                yield (*name_words(found.group(1)), name_words(name)[-1])


def _with_group(
    organisation: Organisation, by_key: Mapping[str, Organisation]
) -> Iterator[tuple[str, ...]]:
    """Words of an acronym behind the first word of its name, if that begins its parent's, too.

    "Gauss Society" has the "Gauss Institute for Tides (GIT)": it goes by "Gauss GIT".
    """
    first, _, rest = organisation.name.partition(" ")
    parents = [by_key[key].name for key in organisation.parents if key in by_key]
    group = any(GROUP_END.split(name)[0] == first for name in parents)
    telling = first.isalpha() and first.casefold() not in FAMILIES
    if rest and group and telling and len(first) > LONGEST_ACRONYM:
        for acronym in organisation.acronyms:
            if acronym.isupper() and first.upper() not in acronym.upper():
                yield (*name_words(first), *name_words(acronym))


def _without_affix(name: str) -> Iterator[tuple[str, NameKind]]:
    """A name without the armed force before it, and with its short form in Chinese script."""
    affixes = _affixes()
    held = next((affix for affix, _ in affixes if name.startswith(affix)), "")
    rest = name[len(held) :].strip()
    if not held or not rest:
        return
    if not IS_SIGN.match(held):
        if len(rest.split()) >= LEAST_WORDS:
            yield rest, NameKind.ALIAS
        return
    force = dict(affixes)[held]
    for affix, other in affixes:
        if other == force and affix != held and IS_SIGN.match(affix):
            yield affix + rest, NameKind.ALIAS
    if len(rest) >= LEAST_SIGNS:
        yield rest, NameKind.ALIAS


@lru_cache(maxsize=1)
def _affixes() -> tuple[tuple[str, str], ...]:
    """Names of armed forces that stand before those of their bodies, longest first; their force."""
    found = [(r["affix"], r["category"]) for r in rows("name_affixes") if r["place"] == "before"]
    spaced = [(a if IS_SIGN.match(a) else f"{a} ", category) for a, category in found]
    return tuple(sorted(spaced, key=lambda item: (-len(item[0]), item[0])))


def _is_small(name: str, given: Iterable[str]) -> bool:
    """Whether a name in capitals is also given in small letters ("ABCDE", "Abcde")."""
    return any(other != name and other.upper() == name for other in given)


def _forms(name: str, owner: int, kind: NameKind, *, small: bool) -> Iterator[Name]:
    """Folded words of a name, whole and without legal form."""
    words = tuple(name_words(name))
    short = len(words) == 1 and len(name) <= LONGEST_ACRONYM and name.isupper() and name.isascii()
    if short and kind is not NameKind.CURATED:
        kind = NameKind.ACRONYM
    yield Name(words, owner, kind, capitals=short, small=small)
    stripped = words
    while len(stripped) > 1 and stripped[-1] in LEGAL_FORMS:
        stripped = stripped[:-1]
    if len(stripped) < len(words):
        yield Name(stripped, owner, kind, capitals=short)


def _generated(
    organisation: Organisation, by_key: Mapping[str, Organisation]
) -> Iterator[list[str]]:
    """Words of the names that a teaching hospital goes by."""
    if HEALTHCARE not in organisation.types:
        return
    for name in organisation.names:
        stemmed = stem_words(name_words(name))
        if UNIVERSITY in stemmed and ("med", "ctr") in pairwise(stemmed):
            at = stemmed.index("med")
            yield [*stemmed[:at], "hospital", *stemmed[at + 2 :]]
    teaching = any(
        {UNIVERSITY, HOSPITAL} <= set(stem_words(name_words(name))) for name in organisation.names
    )
    city = name_words(organisation.city)
    if teaching and city:
        yield ["university", "hospital", *city]
        for prefix in CITY_HOSPITALS.get(organisation.country, ()):
            yield [prefix, *city]
    for key in organisation.parents:
        parent = by_key.get(key)
        if parent and EDUCATION in parent.types:
            yield [*name_words(parent.name), "hospital"]


def _city_universities(registry: Registry) -> set[str]:
    """Keys of the university of each city that has most children, relations and names.

    Old addresses name it by the city alone ("Universität Frankfurt").
    """
    best: dict[tuple[str, str], tuple[int, str]] = {}
    for body in registry.organisations:
        if (
            EDUCATION in body.types
            and body.city
            and UNIVERSITY in stem_words(name_words(body.name))
        ):
            size = len(body.children) + len(body.related) + len(body.names)
            place = (body.country, body.city)
            best[place] = max(best.get(place, (0, "")), (size, body.key))
    return {key for _, key in best.values()}


def _initials(organisation: Organisation, owner: int) -> Iterator[Name]:
    """Initials of a long name of an organisation that has no acronym."""
    words = name_words(organisation.name)
    letters = "".join(word[0] for word in words)
    if SHORTEST_INITIALS <= len(letters) <= LONGEST_ACRONYM and letters.isascii():
        yield Name((letters,), owner, NameKind.INITIALS, capitals=True)
