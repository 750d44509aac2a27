"""Names of organisations in an address: exact folded names, the longest first.

The index maps folded names to organisations. A name counts where it is a whole part of the
address, or inside a part where its neighbours show that it is not a piece of a longer name.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from bibnet.places.normalise import IS_SIGN, Token, key_words
from bibnet.places.registry import Organisation, Registry
from bibnet.places.vocabulary import LEGAL_FORMS, UNIT_NOUNS

COMPANY = "company"
BRACKET = " ("  # the registry puts the country of a branch in brackets behind the name
LONGEST_ACRONYM = 6  # letters; longer short forms are unlike words and other short forms
# A word that this many names of the registry hold says little: "physics", "national".
COMMON_WORD = 12
OPEN_NOUN = "university"  # whose names are whole however common their words
# A name of one such word ("Engineering", "Brain") is a word of the language first.
EVERYDAY_WORD = 100
# Two words that the registry also writes as one are one ("Jiao Tong", "Deep Mind"), if together
# they are at least this long: short ones meet by chance.
SHORTEST_PAIR = 6


class NameKind(IntEnum):
    """How a name belongs to an organisation; the smaller, the firmer.

    BRANCH is a display name without the country in brackets behind it; ACRONYM also every other
    name of one word in capitals and at most six letters.
    """

    CURATED = 0
    DISPLAY = 1
    ALIAS = 2
    BRANCH = 3
    FORMER = 4
    ACRONYM = 5


COMPANY_KINDS = (NameKind.DISPLAY, NameKind.BRANCH)


@dataclass(frozen=True, slots=True)
class Holder:
    """One organisation that holds a name, and how."""

    organisation: Organisation
    kind: NameKind


@dataclass(frozen=True, slots=True)
class Match:
    """A name found in an address: tokens `start` to `end` (exclusive) and its folded form."""

    start: int
    end: int
    name: str


class NameIndex:
    """Folded names of a registry's organisations.

    `aliases` maps further names to ROR ids; they count before every name of the registry. An
    alias of an organisation that the registry does not hold is left out.
    """

    def __init__(self, registry: Registry, aliases: Mapping[str, str] | None = None):
        self._holders: dict[str, list[Holder]] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}
        self._names_with: Counter[str] = Counter()
        self._companies: set[str] = set()
        self._countries = {o.key: o.country for o in registry.organisations}
        named = list(_named(registry, aliases or {}))
        self._vocabulary = {word for words, _ in named for word in words}
        for words, holder in named:
            self._put(self._paired(words), holder)

    def holders(self, name: str) -> Sequence[Holder]:
        """Organisations that hold a folded name."""
        return self._holders.get(name, ())

    def is_generic(self, name: str) -> bool:
        """Whether a name is that of many a unit: a unit noun at one end and common words."""
        words = name.split(" ")
        ends = {words[0], words[-1]}
        return not UNIT_NOUNS.isdisjoint(ends) and all(
            self._names_with[word] >= COMMON_WORD for word in words if word not in UNIT_NOUNS
        )

    def is_everyday(self, name: str) -> bool:
        """Whether a name is made of words that very many names hold, no university's."""
        words = name.split(" ")
        return OPEN_NOUN not in words and all(
            self._names_with[word] >= EVERYDAY_WORD for word in words
        )

    def is_plain_word(self, name: str) -> bool:
        """Whether a name is one word that other names hold too, or a short one."""
        return " " not in name and (
            len(name) <= LONGEST_ACRONYM or self._names_with[name] >= COMMON_WORD
        )

    def is_branch(self, holder: Holder) -> bool:
        """Whether a company's name without its country, or an alias, is that of a foreign child.

        True when it has parents and none of them stands in its country.
        """
        organisation = holder.organisation
        if COMPANY not in organisation.types or holder.kind not in (
            NameKind.BRANCH,
            NameKind.ALIAS,
        ):
            return False
        seats = {self._countries.get(parent) for parent in organisation.parents}
        return bool(seats) and organisation.country not in seats

    def is_company(self, name: str) -> bool:
        """Whether a name is a company's display name, but for the country in brackets."""
        return name in self._companies

    def paired(self, tokens: Sequence[Token]) -> list[Token]:
        """Tokens with two words made one where the registry writes them so."""
        found: list[Token] = []
        for token in tokens:
            last = found[-1] if found else None
            if (
                last
                and not token.joint
                and last.segment == token.segment
                and self._is_pair(last.word, token.word)
            ):
                found[-1] = Token(
                    last.word + token.word, last.start, token.end, last.segment, last.joint
                )
            else:
                found.append(token)
        return found

    def find(self, tokens: Sequence[Token]) -> list[Match]:
        """Every name in the address, also those inside each other, by position."""
        words = [token.word for token in tokens]
        found: list[Match] = []
        for start, word in enumerate(words):
            for length in self._lengths.get(word, ()):
                name = " ".join(words[start : start + length])
                if start + length <= len(words) and name in self._holders:
                    found.append(Match(start, start + length, name))
        return found

    def _is_pair(self, first: str, second: str) -> bool:
        together = first + second
        return (
            len(together) >= SHORTEST_PAIR
            and min(len(first), len(second)) > 1
            and together in self._vocabulary
            and not IS_SIGN.match(together)
        )

    def _paired(self, words: Sequence[str]) -> list[str]:
        found: list[str] = []
        for word in words:
            if found and self._is_pair(found[-1], word):
                found[-1] += word
            else:
                found.append(word)
        return found

    def _put(self, words: Sequence[str], holder: Holder) -> None:
        name = " ".join(words)
        if not name or name.isdigit():
            return
        if name not in self._holders:
            self._names_with.update(set(words))
        if COMPANY in holder.organisation.types and holder.kind in COMPANY_KINDS:
            self._companies.add(name)
        held = self._holders.setdefault(name, [])
        if any(other.organisation is holder.organisation for other in held):
            return
        held.append(holder)
        lengths = self._lengths.get(words[0], ())
        if len(words) not in lengths:
            self._lengths[words[0]] = tuple(sorted((*lengths, len(words)), reverse=True))


Named = tuple[list[str], Holder]


def is_unit(name: str) -> bool:
    """Whether a folded name is that of a unit: a unit noun at one end, or a school."""
    words = name.split(" ")
    return words[0] in UNIT_NOUNS or words[-1] in UNIT_NOUNS or "school" in words


def _named(registry: Registry, aliases: Mapping[str, str]) -> Iterator[Named]:
    """Folded words of every name with its holder, the firmest kind of a name first."""
    by_ror = {o.ror: o for o in registry.organisations if o.ror}
    for alias, ror in sorted(aliases.items()):
        answer = by_ror.get(registry.successor_of.get(ror, ror))
        if answer:
            yield key_words(alias), Holder(answer, NameKind.CURATED)
    for organisation in registry.organisations:
        yield from _names_of(organisation)


def _names_of(organisation: Organisation) -> Iterator[Named]:
    display, *others = organisation.names
    yield from _forms(organisation, display, NameKind.DISPLAY)
    for name in others:
        yield from _forms(organisation, name, NameKind.ALIAS)
    if COMPANY in organisation.types:
        for name in (display, *others):
            if name.endswith(")") and BRACKET in name:
                yield from _forms(organisation, name[: name.rindex(BRACKET)], NameKind.BRANCH)
    for name in organisation.former_names:
        yield from _forms(organisation, name, NameKind.FORMER)
    for name in organisation.acronyms:
        yield key_words(name), Holder(organisation, NameKind.ACRONYM)


def _forms(organisation: Organisation, name: str, kind: NameKind) -> Iterator[Named]:
    """Folded words of a name, whole and without legal form."""
    if name.isupper() and len(name) <= LONGEST_ACRONYM:
        kind = NameKind.ACRONYM
    words = key_words(name)
    holder = Holder(organisation, kind)
    yield words, holder
    stripped = list(words)
    while len(stripped) > 1 and stripped[-1] in LEGAL_FORMS:
        stripped.pop()
    if len(stripped) < len(words):
        yield stripped, holder
