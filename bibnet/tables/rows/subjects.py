"""What a work is about: topics, concepts, keywords and abstract."""

import math
from collections.abc import Sequence

from msgspec import UnsetType

from bibnet.tables.decode.objects import Concept, Keyword, Level, Score, Topic, WorkObject, listed
from bibnet.tables.identifiers import CONCEPT_ID, HIERARCHY_NUMBER, TOPIC_ID
from bibnet.tables.rows.abstract import abstract_text, parse_index
from bibnet.tables.rows.rows import Rows

TopicCells = tuple[str | None, str | None, str | None, str | None, str | None, str | None]


def add_subjects(rows: Rows, work: WorkObject) -> None:
    """Add the rows of topic, concept and text."""
    _add_topics(rows, work.primary_topic, listed(work.topics))
    _add_concepts(rows, listed(work.concepts))
    add_text(rows, work)


def add_text(rows: Rows, work: WorkObject) -> None:
    """Add the row of text."""
    abstract, keywords = _abstract(rows, work), _keywords(work.keywords or ())
    if abstract or keywords:
        rows.abstract_size = len(abstract or "")
        rows.text.append((rows.key, abstract or None, keywords or None))


def _add_topics(
    rows: Rows, primary: Topic | UnsetType | None, topics: Sequence[Topic | None]
) -> None:
    """Add the primary topic and the list; nothing stands in for a primary topic not given."""
    if isinstance(primary, Topic):
        _add_topic(rows, 0, primary, "primary_topic")
    for place, topic in enumerate(topics):
        if topic is not None:
            _add_topic(rows, place + 1, topic, f"topics[{place}]")


def _add_topic(rows: Rows, seq: int, topic: Topic, field: str) -> None:
    cells = topic_cells(rows, topic, field)
    rows.topic.append((rows.key, seq, *cells, _score(rows, topic.score, field)))


def topic_cells(rows: Rows, topic: Topic, field: str) -> TopicCells:
    """Id and name of a topic, its subfield and its field; what is no id is emptied and noted."""
    topic_id = TOPIC_ID[topic.id]
    if topic_id is None:
        rows.emptied(f"{field}.id", topic.id)
    return (
        topic_id,
        topic.display_name or None,
        *_level(rows, topic.subfield, f"{field}.subfield"),
        *_level(rows, topic.field, f"{field}.field"),
    )


def _level(rows: Rows, level: Level | None, field: str) -> tuple[str | None, str | None]:
    """Read the number and name of a topic's subfield or field."""
    if level is None:
        return None, None
    number = HIERARCHY_NUMBER[level.id]
    if number is None:
        rows.emptied(f"{field}.id", level.id)
    return number, level.display_name or None


def _score(rows: Rows, value: Score, field: str) -> float | None:
    """Score as a number; older snapshots write it as text."""
    if type(value) is float and math.isfinite(value):
        return value
    score: float | None = rows.read(_parsed_score, value, f"{field}.score")
    return score


def _parsed_score(value: float | str) -> float | None:
    try:
        score = float(value)
    except ValueError:
        return None
    return score if math.isfinite(score) else None


def _add_concepts(rows: Rows, concepts: Sequence[Concept | None]) -> None:
    """Add the concepts in order of their id; one named twice keeps its first row."""
    found: dict[str, tuple[int, str, str | None, float | None]] = {}
    for place, concept in enumerate(concepts):
        if concept is None:
            continue
        concept_id = CONCEPT_ID[concept.id]
        if concept_id is None:
            rows.emptied(f"concepts[{place}].id", concept.id)
        elif concept_id in found:
            rows.emptied(f"concepts[{place}]", f"repeats {concept_id}")
        else:
            score = concept.score
            if type(score) is not float:
                score = _score(rows, score, f"concepts[{place}]")
            found[concept_id] = (rows.key, concept_id, concept.display_name or None, score)
    rows.concept.extend([found[concept_id] for concept_id in sorted(found)])


def _keywords(keywords: Sequence[Keyword | str | None]) -> str:
    names = [k if isinstance(k, str) else k and (k.display_name or k.keyword) for k in keywords]
    return " ; ".join([name for name in names if name])


def _abstract(rows: Rows, work: WorkObject) -> str | None:
    """Abstract from the inverted index, an object or JSON text, else the record's own."""
    index = work.abstract_inverted_index
    if isinstance(index, str):
        index = rows.read(parse_index, index, "abstract_inverted_index")
    if not index:
        return work.abstract
    return rows.read(abstract_text, index, "abstract_inverted_index") or work.abstract
