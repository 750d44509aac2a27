"""Parent bodies that a text names: academies and groups whose institutes lists hold one by one.

"Institute of Physics" says little; beside "Chinese Academy of Sciences" it names one body.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from bibnet.reference import load
from bibnet.tag.name import folded, is_han, is_short


class Mention(NamedTuple):
    """A parent body named in a text; `is_short` says that only an acronym names it.

    `start` and `end` are the places of its words among the folded words; both 0 in Chinese script.
    """

    parent: str
    country: str
    is_short: bool
    start: int
    end: int


@dataclass(frozen=True)
class ParentNames:
    """Names of parent bodies: folded name -> (parent, country)."""

    names: Mapping[str, tuple[str, str]]

    @cached_property
    def _by_first(self) -> Mapping[str, list[tuple[tuple[str, ...], tuple[str, str]]]]:
        """Names in Latin letters by their first word, the longest first."""
        found: dict[str, list[tuple[tuple[str, ...], tuple[str, str]]]] = defaultdict(list)
        for name, parent in self.names.items():
            if not is_han(name):
                words = tuple(name.split())
                found[words[0]].append((words, parent))
        return {word: sorted(names, key=lambda one: -len(one[0])) for word, names in found.items()}

    @cached_property
    def _han(self) -> list[tuple[str, tuple[str, str]]]:
        return [(name, parent) for name, parent in self.names.items() if is_han(name)]

    def named(self, text: str) -> list[Mention]:
        """Parents that a text names as whole words, or anywhere in Chinese script, in order."""
        words = folded(text).split()
        found, at = [], 0
        while at < len(words):
            size = 1
            for name, (parent, country) in self._by_first.get(words[at], ()):
                if tuple(words[at : at + len(name)]) == name:
                    size = len(name)
                    short = is_short("".join(name))
                    found.append(Mention(parent, country, short, at, at + size))
                    break
            at += size
        if is_han(text):
            found += [Mention(*one, False, 0, 0) for name, one in self._han if name in text]
        return found


@cache
def packaged_parents() -> ParentNames:
    """Names of the packaged list; read once."""
    return parent_names(load.rows("parent_bodies"))


def parent_names(rows: Iterable[Mapping[str, str]]) -> ParentNames:
    """Index rows of the list parent_bodies."""
    return ParentNames({folded(row["name"]): (row["parent"], row["country"]) for row in rows})
