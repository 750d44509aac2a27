"""What went wrong on labelled strings: each organisation returned, graded; each string, to be read.

The grades are those of OpenAlex's matcher (ourresearch/openalex-affiliation-matcher, 2026), told
here from the registry's relations: `correct` = a label; `over_general` = above a label; `sibling` =
a parent, a relation or a whole name in common with a label; `context` = its whole name stands in
the string, so that it is an address, a partner or a label left out; `invented` = none of these.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bibnet.places.locate.located import RANKED, Located
from bibnet.places.registry.index import RegistryIndex
from bibnet.places.training.labelled import Labels, Study, set_names
from bibnet.places.training.training import answers_of, ranked_batches

Answers = Sequence[Sequence[Located]]
CORRECT, OVER_GENERAL, SIBLING = "correct", "over_general", "sibling"
CONTEXT, INVENTED = "context", "invented"
GRADES = (CORRECT, OVER_GENERAL, SIBLING, CONTEXT, INVENTED)


class Kinship:
    """Parents, relations and names of the organisations of a registry, by their numbers."""

    def __init__(self, index: RegistryIndex):
        self._above = _pairs(index.parent_pair, len(index))
        self._related = _pairs(index.related_pair, len(index))
        order = np.argsort(index.name_owner, kind="stable")
        self._groups = index.name_group[order]
        self._start = np.searchsorted(index.name_owner[order], np.arange(len(index) + 1))

    def grade(self, returned: int, labels: frozenset[int], *, whole: bool) -> str:
        """Grade of an organisation returned for a string; `whole` = its whole name stands there."""
        if returned in labels:
            return CORRECT
        known = [label for label in labels if label >= 0]
        if any(returned in self._ancestors(label) for label in known):
            return OVER_GENERAL
        if any(self._is_sibling(returned, label) for label in known):
            return SIBLING
        return CONTEXT if whole else INVENTED

    def _ancestors(self, body: int) -> set[int]:
        found: set[int] = set()
        level = {body}
        while level:
            level = {above for one in level for above in self._above.get(one, ())} - found
            found |= level
        return found

    def _is_sibling(self, one: int, other: int) -> bool:
        above, above_other = self._ancestors(one), self._ancestors(other)
        related = self._related.get(one, set()) | {one}
        named = set(self._names(one)) & set(self._names(other))
        return bool(above & above_other) or other in related | above or bool(named)

    def _names(self, body: int) -> list[int]:
        names: list[int] = self._groups[self._start[body] : self._start[body + 1]].tolist()
        return names


def _pairs(keys: npt.NDArray[np.int64], size: int) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for key in keys.tolist():
        found.setdefault(key // size, set()).add(key % size)
    return found


def graded(of: Study, answers: Answers) -> dict[str, Counter[str]]:
    """Number of organisations returned by set and grade, over the strings that are judged."""
    kinship = Kinship(of.matcher.index)
    number = {ror: at for at, ror in enumerate(of.matcher.index.texts["ror"])}
    found: dict[str, Counter[str]] = {name: Counter() for name in set_names(of.labels)}
    for at in _judged(of.labels):
        labels = of.labels.organisations[at]
        found[of.labels.sets[at]].update(
            kinship.grade(number[row.ror], labels, whole=row.rule != RANKED)
            for row in answers[at]
            if row.ror
        )
    return found


def _judged(labels: Labels) -> Iterable[int]:
    return np.flatnonzero(labels.held | labels.empty).tolist()


def grade_lines(found: Mapping[str, Counter[str]]) -> list[str]:
    """Table of the grades by set as Markdown lines: how many organisations returned have each."""
    lines = [f"| set | returned | {' | '.join(GRADES)} |", "|---" * (len(GRADES) + 2) + "|"]
    for name, counts in found.items():
        cells = (name, counts.total(), *(counts[grade] for grade in GRADES))
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return lines


def answers_to(of: Study, score: npt.NDArray[np.float64], least: float) -> Answers:
    """What would be answered to every string with these scores."""
    return answers_of(of.matcher, ranked_batches(of.given, score), least)


def write_errors(path: Path, of: Study, answers: Answers) -> int:
    """Write every string whose answer differs from its labels, as JSON Lines; returns how many.

    Only strings whose labels are all in the registry, and those with none.
    """
    names, country, ror = (of.matcher.index.texts[key] for key in ("name", "country", "ror"))
    written = 0
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for at in _judged(of.labels):
            known = of.labels.organisations[at]
            returned = {row.ror: row for row in answers[at] if row.ror}
            expected = {ror[o] for o in known if o >= 0}
            if set(returned) == expected:
                continue
            record = {
                "set": of.labels.sets[at],
                "text": of.labels.texts[at],
                "labels": [f"{names[o]} ({country[o]})" for o in sorted(known)],
                "missed": sorted(expected - set(returned)),
                "extra": sorted(set(returned) - expected),
                "returned": [
                    [row.institution, row.country, row.score, row.rule, row.matched_text]
                    for row in answers[at]
                ],
            }
            stream.write(json.dumps(record, ensure_ascii=True) + "\n")
            written += 1
    return written
