"""Campuses of listed bodies: children in a registry that bear their parent's whole name.

A list that holds a university says nothing of the joint institutes, independent colleges, schools
and laboratories that a registry puts below it. Only a child whose name is the parent's whole name
and a place of the same country is taken for the parent elsewhere; all others are counted as held
back, so that a flag never says more than its list.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from bibnet.tag.lists.entry import Entry, EntryIndex
from bibnet.tag.name import folded, is_han
from bibnet.tag.place_names import PlaceNames

# Words that make a place into a campus. No "college" and no "institute": colleges that bear a
# university's name are often bodies of their own, and joint institutes have a second parent.
CAMPUS_WORDS = frozenset({"at", "branch", "campus", "graduate", "in", "of", "school"})
CAMPUS_WORDS_HAN = ("研究生院", "校区", "分校", "")


class Organisation(Protocol):
    """What a registry must say of an organisation; ids are bare, empty text = unknown."""

    @property
    def key(self) -> str:
        """Id by which other records name this one."""
        ...

    @property
    def ror(self) -> str:
        """ROR id."""
        ...

    @property
    def openalex_id(self) -> str:
        """OpenAlex id."""
        ...

    @property
    def names(self) -> tuple[str, ...]:
        """Every written name."""
        ...

    @property
    def acronyms(self) -> tuple[str, ...]:
        """Every acronym."""
        ...

    @property
    def former_names(self) -> tuple[str, ...]:
        """Names of the bodies that it succeeds."""
        ...

    @property
    def parents(self) -> tuple[str, ...]:
        """Keys of its parents."""
        ...

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2 code."""
        ...

    @property
    def types(self) -> tuple[str, ...]:
        """Types in lower case."""
        ...


@dataclass(frozen=True)
class Child:
    """An organisation below a listed body: its name, the body, and whether it is a campus."""

    name: str
    parent: Entry
    is_campus: bool


def former_names(organisations: Iterable[Organisation]) -> dict[str, tuple[str, ...]]:
    """Names of predecessors by ROR id and OpenAlex id, for the organisations that have any."""
    return {
        identifier: one.former_names
        for one in organisations
        if one.former_names
        for identifier in (one.ror, one.openalex_id)
        if identifier
    }


def children_of_listed(
    index: EntryIndex, organisations: Collection[Organisation], places: PlaceNames
) -> dict[str, tuple[Child, ...]]:
    """Children of listed bodies in a registry by their ROR id and OpenAlex id.

    A child that the list holds by an identifier of its own needs no parent and is left out.
    """
    listed = {one.key: (one, entry) for one in organisations if (entry := _entry(index, one))}
    found: dict[str, list[Child]] = defaultdict(list)
    for one in organisations:
        for key in () if one.key in listed else one.parents:
            if key in listed:
                child = _child(one, *listed[key], places)
                for identifier in filter(None, (one.ror, one.openalex_id)):
                    found[identifier].append(child)
    return {identifier: tuple(found[identifier]) for identifier in sorted(found)}


def _entry(index: EntryIndex, one: Organisation) -> Entry | None:
    return index.by_identifier.get(one.ror) or index.by_identifier.get(one.openalex_id)


def _child(one: Organisation, parent: Organisation, entry: Entry, places: PlaceNames) -> Child:
    alone = len(one.parents) == 1 and one.country == entry.country
    rests = [rest for name in one.names for other in parent.names for rest in _rests(name, other)]
    named = any(_is_place(rest, entry.country, places) for rest in rests)
    return Child(one.names[0], entry, is_campus=alone and named)


def _rests(name: str, parent: str) -> Iterator[str]:
    """What stands before or after the parent's whole name in a name; nothing if it is not there."""
    whole, part = folded(name), folded(parent)
    gap = "" if is_han(part) else " "
    if part and whole.startswith(part + gap):
        yield whole[len(part) :].strip()
    if part and whole.endswith(gap + part):
        yield whole[: -len(part)].strip()


def _is_place(rest: str, country: str, places: PlaceNames) -> bool:
    """Say whether a rest is a city of the country and words of a campus, and nothing else."""
    if is_han(rest):
        ends = [rest.removesuffix(word) for word in CAMPUS_WORDS_HAN if rest.endswith(word)]
        return any(country in places.cities.get(end, ()) for end in ends)
    words = [word for word in rest.split() if word not in CAMPUS_WORDS]
    return country in places.cities.get(" ".join(words), ())
