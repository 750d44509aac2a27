"""Which works of a run are AI: the rules of its query, the classifier's model among them."""

from collections.abc import Iterator
from pathlib import Path

import ibis.expr.types as ir
import pyarrow as pa

from bibnet.query.model import CLASSIFIER
from bibnet.schema import derived
from bibnet.schema.classification import CLASSIFIER_SCORE
from bibnet.storage import provenance
from bibnet.storage.engine import Engine, Tables
from bibnet.storage.store import TableWriter
from bibnet.storage.workbench import READ_FOLDER, Workbench
from bibnet.tag.ai import rules
from bibnet.tag.ai.classifier import Model
from bibnet.tag.ai.classifier_file import read_model


def judge_works(bench: Workbench) -> None:
    """Write the AI hits of the query's rules, and find the works that no rule can judge."""
    query = bench.request.query
    bench.facts["classifier"] = None
    if CLASSIFIER in query.ai_rules and query.classifier:
        _score_works(bench, query.classifier)
    lists = rules.lists_without(bench.facts["verdicts"].dropped())
    hits = rules.ai_hits(bench.tables, query.ai_rules, query.concept_score, lists=lists)
    bench.write(hits, derived.AI_HIT)
    bench.facts["ai"] = {
        "hits": bench.tally("ai_hit", "rule"),
        "overlap": bench.frame(rules.overlap(bench.tables["ai_hit"])).to_dict("records"),
    }
    bench.tables["ai_unjudged"] = rules.not_judgeable(
        bench.tables, query.ai_rules, bench.tables["ai_hit"]
    )


def _score_works(bench: Workbench, path: Path) -> None:
    model = read_model(path)
    bench.facts["classifier"] = {
        "file": path.name,
        "sha256": provenance.file_digest(path),
        "threshold": model.threshold,
        "terms": len(model.terms),
        "training": dict(model.training),
    }
    with TableWriter(bench.folder / READ_FOLDER, CLASSIFIER_SCORE) as writer:
        for columns in scored(bench.engine, bench.tables, model):
            writer.write_columns(columns)
    bench.read(READ_FOLDER, CLASSIFIER_SCORE)


def texts(tables: Tables) -> ir.Table:
    """Title and abstract of every work, by work_key; empty where there is none."""
    text = tables["text"].select("work_key", "abstract")
    rows = tables["work"].select("work_key", "title").left_join(text, "work_key")
    return rows.select("work_key", "title", "abstract").order_by("work_key")


def scored(engine: Engine, tables: Tables, model: Model) -> Iterator[list[pa.Array]]:
    """Columns of CLASSIFIER_SCORE, batch by batch, of the works that the model can judge."""
    for batch in engine.batches(texts(tables)):
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
