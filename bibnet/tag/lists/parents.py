"""Parent bodies that a text names: academies and groups whose institutes lists hold one by one.

"Institute of Physics" says little; beside "Chinese Academy of Sciences" it names one body.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from bibnet.places.address.normalise import simplified
from bibnet.reference import load
from bibnet.tag.lists.spelling import DROPPED, SHORTEST_CUT, stem
from bibnet.tag.name import folded, is_han, is_short

SIGNS = re.compile("[\u4e00-\u9fff]+")


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
        """Words that count of names in Latin letters by the stem of the first, longest first."""
        found: dict[str, list[tuple[tuple[str, ...], tuple[str, str]]]] = defaultdict(list)
        for name, parent in self.names.items():
            if not is_han(name):
                words = tuple(word for word in name.split() if word not in DROPPED)
                found[stem(words[0])].append((words, parent))
        return {word: sorted(names, key=lambda one: -len(one[0])) for word, names in found.items()}

    def is_whole(self, text: str) -> bool:
        """Say whether a text in Latin letters is the name of one parent, in full, and no more."""
        size = len(folded(text).split())
        return any(
            not one.is_short and (one.start, one.end) == (0, size) for one in self.named(text)
        )

    @cached_property
    def _han(self) -> list[tuple[str, tuple[str, str]]]:
        return [(name, parent) for name, parent in self.names.items() if is_han(name)]

    def in_simplified_signs(self, text: str) -> str:
        """A text in which runs of traditional signs that name a parent are in simplified ones.

        Others stay: universities of Taiwan are written as those of the mainland but for the signs.
        """
        return SIGNS.sub(self._simplified, text) if is_han(text) else text

    def _simplified(self, found: re.Match[str]) -> str:
        run = found.group()
        plain = simplified(run)
        return plain if plain != run and any(name in plain for name, _ in self._han) else run

    def named(self, text: str) -> list[Mention]:
        """Parents that a text names as whole words, or anywhere in Chinese script, in order.

        Generic words in any of their forms ("Acad. of Sci."), all but the first cut short; words
        that say nothing do not count.
        """
        words = [(n, word) for n, word in enumerate(folded(text).split()) if word not in DROPPED]
        found, at = [], 0
        while at < len(words):
            size = 1
            for name, (parent, country) in self._by_first.get(stem(words[at][1]), ()):
                if _is_spelled(name, [word for _, word in words[at : at + len(name)]]):
                    size = len(name)
                    begin, end = words[at][0], words[at + size - 1][0] + 1
                    found.append(Mention(parent, country, is_short("".join(name)), begin, end))
                    break
            at += size
        if is_han(text):
            found += [Mention(*one, False, 0, 0) for name, one in self._han if name in text]
        return found


def _is_spelled(name: Sequence[str], written: Sequence[str]) -> bool:
    return len(name) == len(written) and all(
        word == one
        or stem(word) == stem(one)
        or (at > 0 and len(word) >= SHORTEST_CUT and one.startswith(word))
        for at, (one, word) in enumerate(zip(name, written, strict=True))
    )


@cache
def packaged_parents() -> ParentNames:
    """Names of the packaged list; read once."""
    return parent_names(load.rows("parent_bodies"))


def parent_names(rows: Iterable[Mapping[str, str]]) -> ParentNames:
    """Index rows of the list parent_bodies."""
    return ParentNames({folded(row["name"]): (row["parent"], row["country"]) for row in rows})
