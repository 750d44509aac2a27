from random import Random

from bibnet.harvest.sandbox.subjects import (
    draw_concepts,
    draw_keywords,
    draw_topics,
    make_subjects,
    topic_entities,
)
from bibnet.reference.load import rows

SUBJECTS = make_subjects()


def test_ai_topics_are_known_to_the_reference_list() -> None:
    listed = {row["topic_id"]: row["subfield_id"] for row in rows("ai_topics")}
    for topic in SUBJECTS.topics["ai"]:
        subfield = topic["subfield"]["id"].rsplit("/", 1)[-1]
        assert listed[topic["id"].rsplit("/", 1)[-1]] == subfield


def test_other_topics_are_of_other_subfields() -> None:
    subfields = {t["subfield"]["id"].rsplit("/", 1)[-1] for t in SUBJECTS.topics["other"]}
    assert not subfields & {"1702", "1707"}


def test_the_primary_topic_is_of_the_group_and_scores_most() -> None:
    chance = Random(1)
    drawn = [
        topics for topics in (draw_topics("ai", SUBJECTS, chance) for _ in range(300)) if topics
    ]
    ids = {topic["id"] for topic in SUBJECTS.topics["ai"]}
    assert {topics[0]["id"] for topics in drawn} <= ids
    assert all(topics[0]["score"] >= topics[-1]["score"] for topics in drawn)
    assert {len(topics) for topics in drawn} == {1, 2, 3}


def test_concepts_and_keywords_have_ids_and_scores() -> None:
    chance = Random(1)
    assert 2 <= len(draw_concepts("ai", SUBJECTS, chance)) <= 5
    assert draw_keywords("ai", chance)[0]["id"].startswith("https://openalex.org/keywords/")


def test_topic_entities_are_all_topics() -> None:
    assert len(topic_entities(SUBJECTS)) == sum(len(found) for found in SUBJECTS.topics.values())
