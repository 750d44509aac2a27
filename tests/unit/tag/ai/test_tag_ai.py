from collections.abc import Mapping, Sequence

import ibis
import pyarrow as pa
import pytest

from bibnet.schema.errors import UsageError
from bibnet.tag.ai.rules import AiLists, ai_hits, not_judgeable, overlap
from bibnet.tag.keywords.search_term import search_terms

TERMS = search_terms(
    [
        {"family": "ai", "term": term, "form": form, "decision": "include"}
        for term, form in (
            ("AI", "case"),
            ("biometric", "prefix"),
            ("machine learning", "word"),
            ("neural network", "plural"),
            ("机器学习", "substring"),
        )
    ],
    "ai",
)
LISTS = AiLists(topic_ids=("T1", "T2"), concept_ids=("C1",), terms=TERMS)
SCHEMAS = {
    "work": {
        "work_key": pa.int64(),
        "title": pa.string(),
        "has_topics": pa.bool_(),
        "has_concepts": pa.bool_(),
    },
    "text": {"work_key": pa.int64(), "abstract": pa.string(), "keywords": pa.string()},
    "topic": {"work_key": pa.int64(), "topic_seq": pa.int64(), "topic_id": pa.string()},
    "concept": {"work_key": pa.int64(), "concept_id": pa.string(), "score": pa.float64()},
    "classifier_score": {
        "work_key": pa.int64(),
        "score": pa.float64(),
        "evidence": pa.string(),
        "called": pa.bool_(),
    },
}


def tables(**rows: Sequence[tuple[object, ...]]) -> Mapping[str, ibis.Table]:
    return {
        name: ibis.memtable(
            pa.Table.from_pylist(
                [dict(zip(columns, row, strict=True)) for row in rows.get(name, ())],
                schema=pa.schema(list(columns.items())),
            )
        )
        for name, columns in SCHEMAS.items()
    }


def hits(*rules: str, score: float = 0.3, **rows: Sequence[tuple[object, ...]]) -> list[tuple]:
    found = ai_hits(tables(**rows), rules, score, lists=LISTS)
    shown = found.select("work_key", "rule", "evidence").to_pyarrow().to_pylist()
    return [tuple(row.values()) for row in shown]


def titled(*titles: str | None) -> list[tuple[object, ...]]:
    return [(key, title, True, True) for key, title in enumerate(titles, start=1)]


def found_in(title: str) -> list[str]:
    return [evidence for _, _, evidence in hits("keywords", work=titled(title))]


def test_topics_looks_at_the_primary_topic_only():
    topic = [(1, 0, "T9"), (1, 1, "T9"), (1, 2, "T1"), (2, 0, "T2"), (2, 1, "T2")]
    assert hits("topics", topic=topic) == [(2, "topics", "T2")]


def test_topics_any_names_the_smallest_topic_of_the_list():
    topic = [(1, 0, "T9"), (1, 1, "T2"), (1, 2, "T1")]
    assert hits("topics_any", topic=topic) == [(1, "topics_any", "T1")]


def test_concepts_count_from_the_score_on():
    concept = [(1, "C1", 0.3), (2, "C1", 0.2999), (3, "C9", 0.9), (4, "C1", None)]
    assert hits("concepts", concept=concept) == [(1, "concepts", "C1")]


def test_the_concept_score_is_an_argument():
    assert hits("concepts", score=0.5, concept=[(1, "C1", 0.3)]) == []


@pytest.mark.parametrize(
    ("title", "evidence"),
    [
        ("Machine Learning for all", ["machine learning"]),
        ("machine-learning", ["machine learning"]),
        ("machine\u00a0learning", ["machine learning"]),
        ("machine learnings", []),  # not a whole word
        ("Neural networks", ["neural network"]),
        ("Neural networked", []),
        ("Biometrics", ["biometric"]),  # begins a word
        ("Antibiometrics", []),
        ("AI-based", ["AI"]),
        ("人工AI技术", ["AI"]),  # Chinese characters are no letters of an English word
        ("ai weiwei", []),  # case matters
        ("AIDS", []),
        ("基于机器学习的方法", ["机器学习"]),  # Chinese stands anywhere
        ("machine; learning", []),
        ("émachine learning", []),  # accented letters are letters
        ("", []),
    ],
)
def test_keywords_in_a_title(title: str, evidence: list[str]):
    assert found_in(title) == evidence


def test_the_smallest_keyword_is_the_evidence():
    assert found_in("neural networks, machine learning") == ["machine learning"]


def test_keywords_look_at_abstract_and_keywords_too():
    text = [(1, "We use machine learning.", None), (2, None, "AI")]
    found = hits("keywords", work=titled(None, "On birds", "On fish"), text=text)
    assert found == [(1, "keywords", "machine learning"), (2, "keywords", "AI")]


def test_a_keyword_does_not_cross_from_title_to_abstract():
    assert hits("keywords", work=titled("A machine"), text=[(1, "Learning", None)]) == []


def test_several_rules_mean_their_union():
    found = hits("topics", "keywords", work=titled("AI", "AI"), topic=[(1, 0, "T1")])
    assert found == [(1, "keywords", "AI"), (1, "topics", "T1"), (2, "keywords", "AI")]


def test_all_is_no_rule():
    assert hits("all", work=titled("AI")) == []


def test_all_unknown_rules_are_reported_together():
    with pytest.raises(UsageError) as error:
        ai_hits(tables(), ["topics", "taste", "smell"], 0.3, lists=LISTS)
    assert [fault.what for fault in error.value.faults] == [
        "no AI rule 'taste'",
        "no AI rule 'smell'",
    ]


def unjudged(*rules: str, **rows: Sequence[tuple[object, ...]]) -> list[int]:
    source = tables(**rows)
    return (
        not_judgeable(source, rules, ai_hits(source, rules, 0.3, lists=LISTS))
        .to_pandas()["work_key"]
        .tolist()
    )


def test_a_work_without_a_topics_field_cannot_be_judged_by_topics():
    work = [(1, "a", False, True), (2, "b", True, False), (3, "c", None, True)]
    assert unjudged("topics", work=work) == [1, 3]


def test_a_work_without_a_concepts_field_cannot_be_judged_by_concepts():
    assert unjudged("concepts", work=[(1, "a", True, False), (2, "b", False, True)]) == [1]


def test_a_work_without_any_text_cannot_be_judged_by_keywords():
    work = titled(None, None, "c")
    assert unjudged("keywords", work=work, text=[(2, "an abstract", None)]) == [1]


def test_a_hit_of_another_rule_judges_the_work():
    work = [(1, "AI", False, False), (2, "birds", False, False)]
    assert unjudged("topics", "keywords", work=work) == [2]


def test_overlap_counts_works_of_two_rules():
    found = ai_hits(
        tables(work=titled("AI", "AI"), topic=[(1, 0, "T1")]),
        ["topics", "keywords"],
        0.3,
        lists=LISTS,
    )
    assert [tuple(row.values()) for row in overlap(found).to_pyarrow().to_pylist()] == [
        ("keywords", "keywords", 2),
        ("keywords", "topics", 1),
        ("topics", "topics", 1),
    ]


def test_the_classifier_keeps_its_score_and_judges_what_it_scored():
    """Work 3 has no score: no term of it is known."""
    source = tables(
        work=titled("AI", "soil", "Vesmír"),
        classifier_score=[(1, 0.9, "ai", True), (2, 0.1, None, False)],
    )
    found = ai_hits(source, ["classifier", "keywords"], 0.3, lists=LISTS)
    assert [tuple(row.values()) for row in found.to_pyarrow().to_pylist()] == [
        (1, "classifier", "ai", 0.9),
        (1, "keywords", "AI", None),
    ]
    unjudged = not_judgeable(source, ["classifier"], found).to_pyarrow().to_pylist()
    assert unjudged == [{"work_key": 3}]
