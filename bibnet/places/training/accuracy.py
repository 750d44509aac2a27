"""How often the matcher is right, by set of labelled strings, with 95 % intervals.

Top-1: share of the strings whose labels are all in the registry for which the best candidate is a
label, whatever its score. First: the same of the first organisation returned; nothing returned is
wrong. Set level: precision, recall and F1 of all organisations returned, over those strings and
the strings labelled with no organisation; exact is the share of them whose organisations are all
of the labels and no others. Country: of the first row returned against those of the labels, over
the strings with labels in the registry that got a country; located counts no country as wrong.
Chinese province: the same as located, over all such strings with a label in China.
"""

import math
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.locate.answers import BATCH, Locator
from bibnet.places.locate.located import Located
from bibnet.places.training.labelled import Labels, Study, set_names
from bibnet.reference.load import rows
from bibnet.schema.proportion import wilson

Array = npt.NDArray[Any]
NOTHING = "–"  # of what there is nothing to measure
DRAWS = 1_000  # of the bootstrap over strings
CHINA = "CN"
POOLED = "pooled"


@dataclass(frozen=True)
class Share:
    """Hits among a number, with its 95 % Wilson interval; NaN without any."""

    hits: int
    number: int

    @property
    def value(self) -> float:
        """Hits over number."""
        return self.hits / self.number if self.number else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """Bounds of the interval."""
        return wilson(self.hits, self.number)


@dataclass(frozen=True)
class Accuracy:
    """Measures of one set; `f1_interval` is from a seeded bootstrap over strings."""

    name: str
    top: Share
    first: Share
    precision: Share
    recall: Share
    exact: Share
    f1: float
    f1_interval: tuple[float, float]
    country: Share
    located: Share
    province: Share


@dataclass(frozen=True)
class Outcome:
    """What came of every labelled string: the numbers that the shares are made of.

    All arrays have one row a string: best candidate right, first organisation returned right,
    organisations returned, right among them, labelled; country of the first row right, and there
    at all; province right; labelled in China.
    """

    top: Array
    first: Array
    returned: Array
    right: Array
    labelled: Array
    country: Array
    placed: Array
    province: Array
    in_china: Array


def outcome(of: Study, score: Array, answers: Sequence[Sequence[Located]]) -> Outcome:
    """Compare scores and answers with the labels."""
    index, labels = of.matcher.index, of.labels.organisations
    number = {ror: at for at, ror in enumerate(index.texts["ror"])}
    found = [{number[row.ror] for row in rows if row.ror} for rows in answers]
    first = [rows[0] if rows else None for rows in answers]
    country, province = index.texts["country"], index.texts["province"]
    countries = [{country[o] for o in known if o >= 0} for known in labels]
    provinces = [{province[o] for o in k if o >= 0 and country[o] == CHINA} for k in labels]
    pairs = list(zip(first, countries, strict=True))
    return Outcome(
        top=_best_is_label(of, score),
        first=np.array(
            [
                next((number[row.ror] in known for row in rows if row.ror), False)
                for rows, known in zip(answers, labels, strict=True)
            ]
        ),
        returned=np.array([len(f) for f in found]),
        right=np.array([len(f & known) for f, known in zip(found, labels, strict=True)]),
        labelled=np.array([len(known) for known in labels]),
        country=np.array([bool(row and row.country in known) for row, known in pairs]),
        placed=np.array([bool(row and row.country) for row in first]),
        province=np.array(
            [bool(r and r.province in known) for r, known in zip(first, provinces, strict=True)]
        ),
        in_china=np.array([CHINA in known for known in countries]),
    )


def _best_is_label(of: Study, score: Array) -> Array:
    string, hit = of.given.string[: len(score)], of.given.hit[: len(score)]
    order = np.lexsort((-score, string))
    ordered = string[order]
    begins = order[np.r_[True, ordered[1:] != ordered[:-1]]] if len(order) else order
    best = np.zeros(len(of.labels.texts), dtype=bool)
    best[string[begins]] = hit[begins]
    return best


def accuracies(labels: Labels, found: Outcome, seed: int) -> list[Accuracy]:
    """Measures of every set, then of the sets that `label_sets` pools together."""
    sets = np.array(labels.sets)
    pooled = [row["set"] for row in rows("label_sets") if row["pooled"] == "yes"]
    chosen = [(name, sets == name) for name in set_names(labels)]
    chosen.append((POOLED, np.isin(sets, pooled)))
    return [_accuracy(name, which, labels, found, seed) for name, which in chosen]


def _accuracy(name: str, which: Array, labels: Labels, found: Outcome, seed: int) -> Accuracy:
    held, judged = which & labels.held, which & (labels.held | labels.empty)
    counts = [c[judged] for c in (found.right, found.returned, found.labelled)]
    right, returned, labelled = (int(c.sum()) for c in counts)
    china = held & found.in_china
    return Accuracy(
        name=name,
        top=Share(int(found.top[held].sum()), int(held.sum())),
        first=Share(int(found.first[held].sum()), int(held.sum())),
        precision=Share(right, returned),
        recall=Share(right, labelled),
        exact=Share(int(_is_exact(*counts).sum()), int(judged.sum())),
        f1=_f1(right, returned, labelled),
        f1_interval=_bootstrap(counts, seed),
        country=Share(int(found.country[held].sum()), int((found.placed & held).sum())),
        located=Share(int((found.country & held).sum()), int(held.sum())),
        province=Share(int(found.province[china].sum()), int(china.sum())),
    )


def _is_exact(right: Array, returned: Array, labelled: Array) -> Array:
    return np.asarray((right == returned) & (right == labelled))


def _f1(right: float, returned: float, labelled: float) -> float:
    return 2 * right / (returned + labelled) if returned + labelled else float("nan")


def _bootstrap(counts: Sequence[Array], seed: int) -> tuple[float, float]:
    """95 % interval of F1 over strings drawn with replacement."""
    number = len(counts[0])
    if not number:
        return float("nan"), float("nan")
    draws = np.random.default_rng(seed).multinomial(number, np.full(number, 1 / number), DRAWS)
    right, returned, labelled = (draws @ c for c in counts)
    values = 2 * right / np.maximum(returned + labelled, 1)
    low, high = np.quantile(values, (0.025, 0.975))
    return float(low), float(high)


def measured(
    of: Study, score: Array, answers: Sequence[Sequence[Located]], seed: int
) -> list[Accuracy]:
    """Measures by set for given scores and the answers they lead to."""
    found = outcome(of, score, answers)
    return accuracies(of.labels, found, seed)


def strings_a_second(of: Study) -> float:
    """Distinct strings that one process answers in a second, with the packaged models."""
    locator = Locator(of.matcher.index)
    locator.locate_all(of.labels.texts[:BATCH])
    start = time.perf_counter()
    for at in range(0, len(of.labels.texts), BATCH):
        locator.locate_all(of.labels.texts[at : at + BATCH])
    return len(of.labels.texts) / (time.perf_counter() - start)


def table_lines(found: Iterable[Accuracy]) -> list[str]:
    """The table as Markdown lines."""
    lines = [
        "| set | n | top-1 | first | set P | set R | set F1 | exact | country | located "
        "| CN province (n) |",
        "|---" * 11 + "|",
    ]
    for one in found:
        low, high = one.f1_interval
        f1 = NOTHING if math.isnan(one.f1) else f"{one.f1:.3f} ({low:.3f}-{high:.3f})"
        cells = (
            one.name,
            f"{one.top.number:,}",
            _shown(one.top),
            _shown(one.first),
            _shown(one.precision),
            _shown(one.recall),
            f1,
            _shown(one.exact),
            _shown(one.country),
            _shown(one.located),
            f"{_shown(one.province)} ({one.province.number})",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _shown(share: Share) -> str:
    """A share with its interval; a dash where there is nothing it could be of."""
    if not share.number:
        return NOTHING
    low, high = share.interval
    return f"{share.value:.4f} ({low:.3f}-{high:.3f})"
