"""The AI classifier from labelled works: read, train, measure, write.

What a model trained so can and cannot show: it learns what tells the positives from the
negatives that it was given, and that is more than the subject. Where positives are titles of
some conferences and negatives come from elsewhere, the way these venues write titles, their
years and their language are learned as well. The scores hold for works like the given ones, in
the mix of the given ones; the scores by left-out group say how much hangs on a single venue
or field, and the precision if half or a tenth of the works were AI how much hangs on the mix.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from bibnet.query.model import AI_RULES, CLASSIFIER, CONCEPT_SCORE
from bibnet.schema import SOURCE_TABLES, source
from bibnet.schema.errors import Fault, InputError, UsageError
from bibnet.storage.engine import Engine, Tables, open_engine
from bibnet.storage.folders import writable
from bibnet.storage.manifest import file_digest
from bibnet.storage.package import bibnet_version
from bibnet.tag.ai import rules as ai
from bibnet.tag.ai.classifier import Model
from bibnet.tag.ai.classifier_file import read_model, write_model
from bibnet.tag.ai.classifier_training import (
    HELD_OUT,
    Labelled,
    Sorted,
    abstract_shares,
    by_part,
    measure,
    overlap,
    sort_out,
    train,
    without_group,
)

OTHER_RULES = tuple(rule for rule in AI_RULES if rule != CLASSIFIER)
# More works of one label teach a linear model over words nothing; the rest is left by hash.
MOST_WORKS = 200_000
LIBRARIES = ("numpy", "scikit-learn", "scipy")


class Counted(Protocol):
    """What a reader of works says of what it read."""

    @property
    def works(self) -> int:
        """Works read."""
        ...


# Reads works files and writes their source tables into a folder, as the stage read does.
ReadWorks = Callable[[Sequence[Path], Path], Counted]


@dataclass(frozen=True)
class LabelledWorks:
    """Files of works that are AI and of works that are not, and what reads them.

    Works of the negatives for which a rule of `unless` holds, or cannot be judged, are left
    out: a file of all subjects holds AI too.
    """

    positives: Sequence[Path]
    negatives: Sequence[Path]
    read_works: ReadWorks
    unless: Sequence[str] = ()


@dataclass(frozen=True)
class Training:
    """How to train: seed, the precision asked of the threshold (None = best F1), group scores."""

    seed: int
    precision: float | None = None
    by_group: bool = False


@dataclass
class _Read:
    """Works of one label with what was left out on the way, and the files they are from."""

    works: list[Labelled]
    files: list[dict[str, Any]]
    read: int = 0
    without_text: int = 0
    left_out_by_rule: int = 0
    left_by_hash: int = 0
    counts: dict[str, int] = field(default_factory=dict)


def train_classifier(
    given: LabelledWorks, training: Training, out: Path, say: Callable[[str], None]
) -> dict[str, Any]:
    """Train a model on labelled works, write it to `out`, and return its training record.

    The record (also kept in the file) holds inputs with hashes, counts, seed, versions, scores
    on the held-out part with 95 % intervals, the overlap with the other AI rules there and,
    with `by_group`, what a model trained without a venue or field says of it. Raises
    InputError where works are too few or unreadable, UsageError for an unknown rule.
    """
    writable(out.parent)
    works, record = _labelled(given, training.seed, say)
    model = train(works.works, training.seed, training.precision)
    if not model.abstracts:
        parts = [f"{part:.0%} of {label} works" for label, part in _abstracts(works.works).items()]
        say(f"titles only: abstracts are known of {' and '.join(parts)}")
    held_out = by_part(works.works, training.seed)[HELD_OUT]
    record |= {
        "seed": training.seed,
        "precision_asked": training.precision,
        "versions": {"bibnet": bibnet_version(), **_versions()},
        "terms": len(model.terms),
        "texts": "title and abstract" if model.abstracts else "title",
        "with_abstract": _abstracts(works.works),
        "threshold": model.threshold,
        "held_out": measure(model, held_out).record(training.seed),
        "overlap": overlap(model, held_out),
    }
    if training.by_group:
        record["left_out_groups"] = without_group(works.works, model, training.seed)
    write_model(replace(model, training=record), out)
    return record | {"model": str(out), "sha256": file_digest(out)}


def measure_classifier(
    path: Path, given: LabelledWorks, seed: int, say: Callable[[str], None]
) -> dict[str, Any]:
    """Measure a trained model on other labelled works, all of them; its record of scores.

    Works whose title stood in the training are not told apart: give works of another source.
    """
    model = read_model(path)
    works, record = _labelled(given, seed, say)
    return record | {
        "model": path.name,
        "threshold": model.threshold,
        "scores": measure(model, works.works).record(seed),
        "overlap": overlap(model, works.works),
        "groups": _by_group(model, works.works),
    }


def _abstracts(works: Sequence[Labelled]) -> dict[str, float]:
    shares = abstract_shares(works)
    return {"positive": round(shares[True], 4), "negative": round(shares[False], 4)}


def _by_group(model: Model, works: Sequence[Labelled]) -> dict[str, dict[str, int]]:
    found = {}
    for group in sorted({work.group for work in works}):
        here = [work for work in works if work.group == group]
        counted = measure(model, here)
        found[group] = {
            "works": len(here),
            "positives": counted.true_positive + counted.false_negative,
            "called_ai": counted.true_positive + counted.false_positive,
        }
    return found


def _labelled(
    given: LabelledWorks, seed: int, say: Callable[[str], None]
) -> tuple[Sorted, dict[str, Any]]:
    unknown = [rule for rule in given.unless if rule not in OTHER_RULES]
    if unknown:
        remedy = f"use any of: {', '.join(OTHER_RULES)}"
        raise UsageError(
            [Fault(f"no AI rule {r!r}", "--negatives-unless", remedy) for r in unknown]
        )
    sides = {
        "positive": _read(given.positives, given.read_works, _Choice(seed, positive=True)),
        "negative": _read(
            given.negatives, given.read_works, _Choice(seed, False, tuple(given.unless))
        ),
    }
    for label, found in sides.items():
        say(f"{len(found.works):,} {label} works of {found.read:,} read")
    works = sort_out(work for found in sides.values() for work in found.works)
    record = {
        "inputs": [{"label": label, **file} for label in sides for file in sides[label].files],
        "negatives_unless": list(given.unless),
        "counts": {label: _counts(found) for label, found in sides.items()}
        | {"repeated_titles": works.repeated, "titles_of_both_labels": works.contradicted},
    }
    return works, record


def _counts(found: _Read) -> dict[str, int]:
    names = ("read", "without_text", "left_out_by_rule", "left_by_hash")
    return {name: getattr(found, name) for name in names} | {"used": len(found.works)}


@dataclass(frozen=True)
class _Choice:
    """Which works of a file are taken, and under which label."""

    seed: int
    positive: bool
    unless: tuple[str, ...] = ()
    share: float = 1.0

    def takes(self, key: int) -> bool:
        """Whether the hash of seed and work falls into the share that is taken."""
        if self.share >= 1:
            return True
        digest = hashlib.sha256(f"{self.seed}\0{key}".encode()).digest()
        return int.from_bytes(digest[:8], "big") < self.share * 2**64


def _read(paths: Sequence[Path], read_works: ReadWorks, choice: _Choice) -> _Read:
    """Read the works of one label; tables are on disk while they are read."""
    if not paths:
        where = "--positives" if choice.positive else "--negatives"
        raise UsageError(Fault("no works to learn from", where, "name files or folders of works"))
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        reading = read_works(paths, folder / "read")
        if not reading.works:
            where = ", ".join(map(str, paths))
            raise InputError(Fault("no work could be read", where, "name files with works"))
        engine = open_engine(folder / "spill")
        try:
            declared = (*SOURCE_TABLES, source.INPUT_FILE)
            tables = {table.name: engine.read(folder / "read", table) for table in declared}
            found = _Read([], _files(engine, tables), reading.works)
            share = min(1.0, MOST_WORKS / reading.works)
            _take_works(engine, tables, found, replace(choice, share=share))
        finally:
            engine.close()
    return found


def _take_works(engine: Engine, tables: Tables, found: _Read, choice: _Choice) -> None:
    holds = {rule: _keys(engine, _hits(tables, rule)) for rule in OTHER_RULES}
    open_ones = {rule: _keys(engine, _unjudged(tables, rule)) for rule in OTHER_RULES}
    for key, title, abstract, group in _texts(engine, tables):
        if not title and not abstract:
            found.without_text += 1
        elif any(key in holds[rule] or key in open_ones[rule] for rule in choice.unless):
            found.left_out_by_rule += 1
        elif not choice.takes(key):
            found.left_by_hash += 1
        else:
            rules = frozenset(rule for rule in OTHER_RULES if key in holds[rule])
            judged = frozenset(rule for rule in OTHER_RULES if key not in open_ones[rule])
            found.works.append(Labelled(title, abstract, choice.positive, group, rules, judged))


def _hits(tables: Tables, rule: str) -> Any:
    return ai.ai_hits(tables, [rule], CONCEPT_SCORE)


def _unjudged(tables: Tables, rule: str) -> Any:
    """Works that the rule alone cannot judge, whether another holds or not."""
    return ai.not_judgeable(tables, [rule], _hits(tables, rule))


def _keys(engine: Engine, expression: Any) -> frozenset[int]:
    rows = engine.frame(expression.select("work_key").distinct())
    return frozenset(int(key) for key in rows["work_key"])


def _texts(engine: Engine, tables: Tables) -> Iterator[tuple[int, str, str, str]]:
    """Key, title, abstract and group of every work; the group is its venue, else its field."""
    topic = tables["topic"].filter(tables["topic"].topic_seq == 0)
    fields = topic.select(topic_work="work_key", field="field")
    work = tables["work"].select(venue_work="work_key", venue="venue")
    rows = ai.texts(tables)
    rows = rows.left_join(work, rows.work_key == work.venue_work)
    rows = rows.left_join(fields, rows.work_key == fields.topic_work)
    rows = rows.select(
        "work_key",
        title=rows.title.fill_null(""),
        abstract=rows.abstract.fill_null(""),
        group=rows.field.fill_null(rows.venue).fill_null(""),
    )
    for batch in engine.batches(rows.order_by("work_key")):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _files(engine: Engine, tables: Tables) -> list[dict[str, Any]]:
    rows = tables["input_file"].order_by("file_seq").select("path", "sha256", "works")
    return [
        {"file": str(path), "sha256": digest, "works": int(works)}
        for path, digest, works in engine.frame(rows).to_numpy().tolist()
    ]


def _versions() -> dict[str, str]:
    return {name: version(name) for name in LIBRARIES}
