"""Topics, concepts and keywords of the invented works; the ids are the real ones."""

from dataclasses import dataclass
from random import Random
from typing import Any

from bibnet.harvest.sandbox import calibration as rates
from bibnet.harvest.sandbox.identifiers import OPENALEX
from bibnet.harvest.sandbox.institutions import ENTITY_CREATED, ENTITY_UPDATED
from bibnet.harvest.sandbox.words import table, words

Document = dict[str, Any]
OTHER_TOPICS = 2  # at most, after the primary one
NEIGHBOUR = 0.35  # further topics of the other group: why the rules "primary" and "any" differ


@dataclass(frozen=True)
class Subjects:
    """Topics and concepts of each group ("ai", "other"), without scores."""

    topics: dict[str, list[Document]]
    concepts: dict[str, list[Document]]


def make_subjects() -> Subjects:
    """The subjects of the lists beside the code."""
    topics: dict[str, list[Document]] = {"ai": [], "other": []}
    concepts: dict[str, list[Document]] = {"ai": [], "other": []}
    for row in table("topics"):
        topics[row["group"]].append(_topic(row))
    for row in table("concepts"):
        concepts[row["group"]].append(_concept(row))
    return Subjects(topics, concepts)


def _topic(row: dict[str, str]) -> Document:
    hierarchy = {
        level: {
            "id": f"{OPENALEX}{level}s/{row[f'{level}_id']}",
            "display_name": row[level],
        }
        for level in ("subfield", "field", "domain")
    }
    return {"id": OPENALEX + row["topic_id"], "display_name": row["topic"]} | hierarchy


def _concept(row: dict[str, str]) -> Document:
    return {
        "id": OPENALEX + row["concept_id"],
        "wikidata": row["wikidata"],
        "display_name": row["concept"],
        "level": int(row["level"]),
    }


def draw_topics(group: str, subjects: Subjects, chance: Random) -> list[Document]:
    """Up to three topics, the primary one first; empty now and then."""
    if chance.random() < rates.NO_TOPIC:
        return []
    drawn = [chance.choice(subjects.topics[group])]
    for _ in range(int(chance.random() * (OTHER_TOPICS + 1))):
        neighbour = "other" if group == "ai" else "ai"
        source = neighbour if chance.random() < NEIGHBOUR else group
        topic = chance.choice(subjects.topics[source])
        if topic not in drawn:
            drawn.append(topic)
    return [_scored(topic, 0.99 - 0.07 * rank, chance) for rank, topic in enumerate(drawn)]


def draw_concepts(group: str, subjects: Subjects, chance: Random) -> list[Document]:
    """Two to five concepts."""
    drawn = chance.sample(subjects.concepts[group], 2 + int(chance.random() * 4))
    return [_scored(concept, 0.8 - 0.1 * rank, chance) for rank, concept in enumerate(drawn)]


def draw_keywords(group: str, chance: Random) -> list[Document]:
    """One to three keywords."""
    drawn = chance.sample(words()["subjects"][group], 1 + int(chance.random() * 3))
    return [
        {
            "id": f"{OPENALEX}keywords/{name.replace(' ', '-')}",
            "display_name": name.capitalize(),
            "score": round(0.7 - 0.1 * rank, 4),
        }
        for rank, name in enumerate(drawn)
    ]


def _scored(subject: Document, highest: float, chance: Random) -> Document:
    return subject | {"score": round(highest - 0.05 * chance.random(), 4)}


def topic_entities(subjects: Subjects) -> list[Document]:
    """The topics as `/topics/T...` has them."""
    return [
        {
            "id": topic["id"],
            "display_name": topic["display_name"],
            "description": "topic of the invented corpus",
            "keywords": [],
            "ids": {"openalex": topic["id"]},
            "subfield": topic["subfield"],
            "field": topic["field"],
            "domain": topic["domain"],
            "siblings": [],
            "works_count": 0,
            "cited_by_count": 0,
            "updated_date": ENTITY_UPDATED,
            "created_date": ENTITY_CREATED,
        }
        for group in ("ai", "other")
        for topic in subjects.topics[group]
    ]
