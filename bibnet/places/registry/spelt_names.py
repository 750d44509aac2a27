"""Names spelt otherwise: another name of the city, points of the compass as one word or two.

Words of two with a capital within as one ("AlphaTech", "Alphatech"). And in Chinese the parent
before the name by another of its names.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bibnet.places.address.gazetteer import load_gazetteer, place_key
from bibnet.places.address.normalise import IS_SIGN
from bibnet.places.address.stems import name_words, stem_words
from bibnet.places.address.vocabulary import COMPASS_WORDS
from bibnet.places.registry.organisations import Organisation

LONGEST_ACRONYM = 6  # letters; longer short forms are unlike words and other short forms
INSTITUTE = "研究所"  # often cut to its last sign
_CAPITAL_WITHIN = re.compile(r"(?<=[a-z]{2})[A-Z](?=[a-z]{2})")
LONG_NAME = 3  # words; of two one is a point of the compass and one a noun


def with_city(organisation: Organisation) -> Iterator[tuple[str, ...]]:
    """Words of an acronym and its city by the city's main name ("TU Wien", "TU Vienna")."""
    for name in organisation.names:
        short, _, city = name.partition(" ")
        if not (short.isupper() and len(short) <= LONGEST_ACRONYM and city and organisation.city):
            continue
        meant = load_gazetteer().city_in(place_key(city), organisation.country)
        if meant and meant.name == organisation.city != city:
            yield (*name_words(short), *name_words(meant.name))


def as_one_word(name: str) -> str:
    """A name whose words have no capital within; one that has none comes back as it is."""
    return _CAPITAL_WITHIN.sub(lambda capital: capital.group().lower(), name)


def with_compass(names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Words of names with a point of the compass in two words ("South East X") or in one.

    Not of "Northwestern University", which would be read as "North-West University", too.
    """
    for words in map(name_words, names):
        for at in range(len(words)):
            for whole, pair in _points(words, at):
                same = stem_words([whole]) == ["".join(stem_words(pair))]
                if same or len(words) >= LONG_NAME:
                    one = words[at] == whole
                    behind = words[at + 1 :] if one else words[at + 2 :]
                    yield (*words[:at], *(pair if one else [whole]), *behind)


def _points(words: Sequence[str], at: int) -> Iterator[tuple[str, tuple[str, str]]]:
    """Points of the compass between others that begin at a word, in one word and in two."""
    word, following = words[at], words[at + 1] if at + 1 < len(words) else ""
    pairs = [(word[:cut], word[cut:]) for cut in range(1, len(word))]
    for one, other in [*pairs, (word, following)]:
        if {one, other, one + other} <= COMPASS_WORDS:
            yield one + other, (one, other)


def with_parents_sign(
    organisation: Organisation, parents: Mapping[str, Iterable[str]]
) -> Iterator[tuple[str, ...]]:
    """Words of names in signs that begin with the parent's, with another of its names there.

    And with the short form of the noun of an institute. `parents` are names of each by its key.
    """
    for key in organisation.parents:
        known = [name for name in parents.get(key, ()) if IS_SIGN.match(name)]
        for name in organisation.names:
            head = max((one for one in known if name.startswith(one)), key=len, default="")
            for other in known if head and name != head else ():
                rest = name[len(head) :]
                short = rest.removesuffix(INSTITUTE) + INSTITUTE[-1:]
                for behind in (rest, short) if rest.endswith(INSTITUTE) else (rest,):
                    if other + behind != name:
                        yield tuple(name_words(other + behind))
