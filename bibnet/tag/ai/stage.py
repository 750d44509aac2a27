"""Which works of a run are AI: the rules of its query, the classifier's model among them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from bibnet.query import Query
from bibnet.query.model import CLASSIFIER
from bibnet.schema.tags import AI_HIT, CLASSIFIER_SCORE
from bibnet.storage.engine import Engine, Tables
from bibnet.storage.manifest import file_digest
from bibnet.storage.tables import TableWriter
from bibnet.storage.unfinished import READ_FOLDER, UnfinishedRun
from bibnet.tag.ai import rules
from bibnet.tag.ai.classifier import Model
from bibnet.tag.ai.classifier_file import read_model


@dataclass(frozen=True)
class AiWorks:
    """What the AI rules found.

    `hits` counts works by rule, `overlap` works by pair of rules; `classifier` describes the
    model, None where the query has none; `unjudged` holds the work_key of works no rule can judge.
    """

    hits: Mapping[str, int]
    overlap: Sequence[Mapping[Any, Any]]
    classifier: Mapping[str, Any] | None
    unjudged: ir.Table


def apply_rules(run: UnfinishedRun, query: Query, dropped: Collection[tuple[str, str]]) -> AiWorks:
    """Write the AI hits of the query's rules; `dropped` keywords (family, term) do not count."""
    classifier = None
    if CLASSIFIER in query.ai_rules and query.classifier:
        classifier = _score_works(run, query.classifier)
    lists = rules.lists_without(dropped)
    hits = rules.ai_hits(run.tables, query.ai_rules, query.concept_score, lists=lists)
    run.write(hits, AI_HIT)
    return AiWorks(
        hits=run.tally("ai_hit", "rule"),
        overlap=run.frame(rules.overlap(run.tables["ai_hit"])).to_dict("records"),
        classifier=classifier,
        unjudged=rules.not_judgeable(run.tables, query.ai_rules, run.tables["ai_hit"]),
    )


def _score_works(run: UnfinishedRun, path: Path) -> dict[str, Any]:
    model = read_model(path)
    with TableWriter(run.folder / READ_FOLDER, CLASSIFIER_SCORE) as writer:
        for columns in scored(run.engine, run.tables, model):
            writer.write_columns(columns)
    run.read(READ_FOLDER, CLASSIFIER_SCORE)
    return {
        "file": path.name,
        "sha256": file_digest(path),
        "threshold": model.threshold,
        "terms": len(model.terms),
        "training": dict(model.training),
    }


def scored(engine: Engine, tables: Tables, model: Model) -> Iterator[list[pa.Array]]:
    """Columns of CLASSIFIER_SCORE, batch by batch, of the works that the model can judge."""
    for batch in engine.batches(rules.texts(tables)):
        keys, titles, abstracts = (batch.column(name).to_pylist() for name in batch.schema.names)
        found = [
            (key, score.score, score.evidence, score.score >= model.threshold)
            for key, title, abstract in zip(keys, titles, abstracts, strict=True)
            if (score := model.score(title, abstract)) is not None
        ]
        kinds = (pa.int64(), pa.float64(), pa.string(), pa.bool_())
        yield [
            pa.array([row[at] or None if at == 2 else row[at] for row in found], type=kind)
            for at, kind in enumerate(kinds)
        ]
