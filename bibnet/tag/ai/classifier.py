"""The AI rule `classifier`: a linear model over the words of title and abstract.

A work's terms are its words and pairs of adjacent words (Chinese: pairs of characters). Each
has the weight (1 + ln count) * idf; the weights of a work are scaled to length one; the score
is the logistic function of their product with the model's weights, plus its intercept. The
model is data (terms and numbers), so a score can be recomputed by hand and says which terms
made it.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

WORD = re.compile(r"[\u3400-\u9fff]+|[^\W\d_\u3400-\u9fff][^\W_\u3400-\u9fff]*")
HAN = re.compile(r"[\u3400-\u9fff]")
SHORTEST_WORD = 2  # single letters are initials and variables
# The beginning of an abstract says what a work is about; hostile texts have no end.
LONGEST_TEXT = 20_000
# Terms that are named as the evidence of a hit.
EVIDENCE_TERMS = 3
SEPARATOR = "|"


@dataclass(frozen=True)
class Score:
    """The score of a text, 0 to 1, and the terms that spoke most for AI, joined by |."""

    score: float
    evidence: str


@dataclass(frozen=True)
class Model:
    """A trained classifier. `idf` and `weights` go with `terms`, one for one.

    A work is AI from a score of `threshold` on. `abstracts` says whether abstracts are read, or
    titles only. `training` is what the training command recorded: inputs with their hashes,
    counts, seed, versions, held-out scores.
    """

    terms: Sequence[str]
    idf: Sequence[float]
    weights: Sequence[float]
    intercept: float
    threshold: float
    abstracts: bool = True
    training: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Term -> its place in the lists."""
        return {term: at for at, term in enumerate(self.terms)}

    def score(self, title: str | None, abstract: str | None = None) -> Score | None:
        """Score a work by its title and abstract.

        None where the work has no text, or none of its terms is known to the model: it
        cannot be judged then (a text in another language than the training's, say).
        """
        terms = text_terms(title, abstract if self.abstracts else None)
        counts = Counter(term for term in terms if term in self.place)
        if not counts:
            return None
        weight = {
            self.place[term]: (1 + math.log(number)) * self.idf[self.place[term]]
            for term, number in sorted(counts.items())
        }
        length = math.sqrt(math.fsum(value * value for value in weight.values()))
        spoken = {at: value / length * self.weights[at] for at, value in weight.items()}
        total = self.intercept + math.fsum(spoken.values())
        best = sorted((at for at in spoken if spoken[at] > 0), key=lambda at: (-spoken[at], at))
        named = SEPARATOR.join(self.terms[at] for at in best[:EVIDENCE_TERMS])
        return Score(_logistic(total), named)


def text_terms(*parts: str | None) -> list[str]:
    """Return the terms of a text: words, and pairs of words adjacent in one part.

    Case, compatibility forms and numbers do not count. Empty parts give none.
    """
    found: list[str] = []
    for part in parts:
        words = _words(part) if part else []
        found += words
        found += [f"{one} {other}" for one, other in pairwise(words)]
    return found


def _words(part: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", part[:LONGEST_TEXT]).lower()
    found: list[str] = []
    for word in WORD.findall(plain):
        if HAN.match(word):
            found += [word[at : at + 2] for at in range(len(word) - 1)]
        elif len(word) >= SHORTEST_WORD:
            found.append(word)
    return found


def _logistic(value: float) -> float:
    # Two forms, so that neither end overflows.
    if value >= 0:
        return 1 / (1 + math.exp(-value))
    return math.exp(value) / (1 + math.exp(value))
