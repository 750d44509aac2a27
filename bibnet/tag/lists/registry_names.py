"""What a registry says of listed names: who else bears them, and where their words occur.

Without a registry nothing is known to be unique.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bibnet.reference.load import rows
from bibnet.tag.lists.campus import Organisation
from bibnet.tag.lists.entry import Entry, EntryIndex
from bibnet.tag.name import folded, is_short, name_key, segments

# Shorter words are initials and particles.
SHORTEST_WORD = 4


@dataclass(frozen=True)
class RegistryNames:
    """Bearers (country, ROR id, OpenAlex id) of listed names by `name_key`; countries by word.

    `further` gives, by entry, what other bodies of its country have behind its name in theirs: the
    keys of a place, mostly ("X University (Canton)" is none of X University's).
    """

    bearers: Mapping[str, frozenset[tuple[str, str, str]]] = field(default_factory=dict)
    word_countries: Mapping[str, frozenset[str]] = field(default_factory=dict)
    organisations: int = 0
    further: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def _joined(self) -> Mapping[str, frozenset[tuple[str, str, str]]]:
        """Bearers by the letters of a name, whatever the blanks between them."""
        return {key.replace(" ", ""): found for key, found in self.bearers.items()}

    def has_bearer_abroad(self, key: str, country: str) -> bool:
        """Say whether a body of another country bears a name."""
        return any(found != country for found, _, _ in self.bearers.get(key, ()))

    def has_other_bearer(self, key: str, entry: Entry) -> bool:
        """Say whether any body but that of the entry bears a name, as far as it is known."""
        return any(not _is_of(bearer, entry) for bearer in self.bearers.get(key, ()))

    def is_unique(self, key: str, entry: Entry) -> bool:
        """Say whether only the entry can be meant by a name, wherever it stands.

        Nobody abroad bears it, and the registry has it as the entry's own, or one of its words
        occurs in names of the entry's country alone. A company's word may occur in none: companies
        coin their names, while armies and institutes are named in everybody's words.
        """
        if not self.organisations or self.has_bearer_abroad(key, entry.country):
            return False
        bearers = self.bearers.get(key) or self._joined.get(key.replace(" ", ""))
        if bearers and all(_is_of(bearer, entry) for bearer in bearers):
            return True
        words = (word for word in key.split() if len(word) >= SHORTEST_WORD and word.isalpha())
        found = (self.word_countries.get(word, frozenset()) for word in words)
        return any(
            countries == {entry.country} or (entry.is_company and not countries)
            for countries in found
        )


def _is_of(bearer: tuple[str, str, str], entry: Entry) -> bool:
    _, ror, openalex_id = bearer
    return bool(ror and ror == entry.ror) or bool(openalex_id and openalex_id == entry.openalex_id)


def registry_names(index: EntryIndex, organisations: Iterable[Organisation]) -> RegistryNames:
    """Look listed names, and the words in them, up in a registry; former names are not looked at.

    Names must be equal but for case.
    """
    listed = {name.lower() for entry in index.entries for name, _ in entry.names}
    words = {word for key in index.by_name for word in key.split() if len(word) >= SHORTEST_WORD}
    bearers: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    countries: dict[str, set[str]] = defaultdict(set)
    further: dict[str, set[str]] = defaultdict(set)
    known = list(organisations)
    keys = {one.ror: one.key for one in known if one.ror}
    for row in rows("namesake_universities"):  # abroad, and in no registry that lacks them
        if row["shared_with"]:
            bearers[name_key(row["name"])].add((row["country"], "", ""))
    for one in known:
        for name in one.names:
            for entry, rest in _further(name, index):
                related = keys.get(entry.ror, one.key) in (*one.parents, one.key)
                if one.country == entry.country and not related:
                    further[entry.entry_id].add(rest)
        for name in (*one.names, *one.acronyms):
            if name.lower() in listed:
                bearers[name_key(name)].add((one.country, one.ror, one.openalex_id))
            for word in words.intersection(folded(name).split()):
                countries[word].add(one.country)
    return RegistryNames(
        {key: frozenset(found) for key, found in bearers.items()},
        {word: frozenset(found) for word, found in countries.items()},
        len(known),
        {entry: frozenset(rests) for entry, rests in further.items()},
    )


def _further(name: str, index: EntryIndex) -> Iterator[tuple[Entry, str]]:
    """Entries whose name is the first segment of a name of several, with the key of the others."""
    first, *others = segments(name) or [""]
    if others and not is_short(first):
        for one in index.by_name.get(folded(first), ()):
            yield one.entry, " ".join(map(folded, others))
