"""What a work is about: topics, concepts, keywords and abstract."""

import math
from collections.abc import Sequence

from msgspec import UnsetType

from bibnet.tables.abstract import abstract_text, parse_index
from bibnet.tables.identifiers import hierarchy_id, openalex_id
from bibnet.tables.objects import Concept, Keyword, Score, Topic, WorkObject, listed
from bibnet.tables.rows import Path, Rows


def add_subjects(rows: Rows, work: WorkObject) -> None:
    """Add the rows of topic, concept and text."""
    _add_topics(rows, work.primary_topic, listed(work.topics))
    _add_concepts(rows, listed(work.concepts))
    abstract, keywords = _abstract(rows, work), _keywords(work.keywords or ())
    if abstract or keywords:
        rows.text.append((rows.key, abstract or None, keywords or None))


def _add_topics(
    rows: Rows, primary: Topic | None | UnsetType, topics: Sequence[Topic | None]
) -> None:
    """Add the primary topic, or the first of the list in its place, and the list."""
    path: Path = ("primary_topic",)
    if not isinstance(primary, Topic):
        primary, path = next(iter(topics), None), ("topics", 0)
    if primary is not None:
        _add_topic(rows, 0, primary, path)
    for place, topic in enumerate(topics):
        if topic is not None:
            _add_topic(rows, place + 1, topic, ("topics", place))


def _add_topic(rows: Rows, seq: int, topic: Topic, path: Path) -> None:
    subfield, field = topic.subfield, topic.field
    rows.topic.append(
        (
            rows.key,
            seq,
            rows.read(_read_topic, topic.id, (*path, "id")),
            topic.display_name or None,
            subfield and rows.read(hierarchy_id, subfield.id, (*path, "subfield", "id")),
            (subfield and subfield.display_name) or None,
            field and rows.read(hierarchy_id, field.id, (*path, "field", "id")),
            (field and field.display_name) or None,
            _score(rows, topic.score, path),
        )
    )


def _read_topic(value: str) -> str | None:
    return openalex_id(value, "T")


def _read_concept(value: str) -> str | None:
    return openalex_id(value, "C")


def _score(rows: Rows, value: Score, path: Path) -> float | None:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    score: float | None = rows.read(_parsed_score, value, (*path, "score"))
    return score


def _parsed_score(text: str) -> float | None:
    try:
        score = float(text)
    except ValueError:
        return None
    return score if math.isfinite(score) else None


def _add_concepts(rows: Rows, concepts: Sequence[Concept | None]) -> None:
    """Add the concepts in order of their id; one named twice keeps its first row."""
    found: dict[str, tuple[int, str, str | None, float | None]] = {}
    for place, concept in enumerate(concepts):
        if concept is None:
            continue
        path: Path = ("concepts", place)
        concept_id = rows.read(_read_concept, concept.id, (*path, "id"))
        if concept_id in found:
            rows.note(path, "emptied", f"repeats {concept_id}")
        elif concept_id:
            score = _score(rows, concept.score, path)
            found[concept_id] = (rows.key, concept_id, concept.display_name or None, score)
    rows.concept.extend(found[concept_id] for concept_id in sorted(found))


def _keywords(keywords: Sequence[Keyword | str | None]) -> str:
    names = (k if isinstance(k, str) else k and (k.display_name or k.keyword) for k in keywords)
    return " ; ".join(name for name in names if name)


def _abstract(rows: Rows, work: WorkObject) -> str | None:
    """Abstract from the inverted index, an object or JSON text, else the record's own."""
    index = work.abstract_inverted_index
    if isinstance(index, str):
        index = rows.read(parse_index, index, ("abstract_inverted_index",))
    if not index:
        return work.abstract
    return rows.read(abstract_text, index, ("abstract_inverted_index",)) or work.abstract
