"""Keywords found in works: forms, fields, families, and agreement with the rule of AI works."""

import ibis
import pyarrow as pa
import pytest
from build import tables
from hypothesis import given, settings
from hypothesis import strategies as st

from bibnet.tag.ai.rules import AiLists, ai_hits
from bibnet.tag.keywords.keywords import (
    Field,
    Keyword,
    keyword_hits,
    packaged_keywords,
    texts,
)
from bibnet.tag.keywords.search_term import search_terms

KEYWORDS = [
    Keyword("AI", "case", ("ai",)),
    Keyword("biometric", "prefix", ("ai",)),
    Keyword("face recognition", "word", ("biometric_surveillance", "surveillance")),
    Keyword("killer drone", "plural", ("military",)),
    Keyword("military-civil fusion", "word", ("military",)),
    Keyword("artificial intelligence + security", "together", ("securitization",)),
    Keyword("人工智能 + 安全", "together", ("securitization",)),
    Keyword("雷达", "substring", ("military",)),
]


def hits(title: str = "", abstract: str = "", keywords: str = "") -> list[tuple[str, ...]]:
    """(family, term, field, matched text) of one work."""
    cells = {"title": title, "abstract": abstract, "keywords": keywords}
    batch = pa.RecordBatch.from_pylist([{"work_key": 1, **cells}])
    rows = keyword_hits(batch, KEYWORDS).to_pylist()
    assert {row.pop("work_key") for row in rows} <= {1}
    return [tuple(row.values()) for row in rows]


def test_a_hit_keeps_family_term_field_and_the_text_as_written():
    assert hits("Deep Face Recognition") == [
        ("biometric_surveillance", "face recognition", "title", "Face Recognition"),
        ("surveillance", "face recognition", "title", "Face Recognition"),
    ]


def test_every_field_is_looked_at():
    found = hits("Radar 雷达", "A killer drone.", "killer drones ; foo")
    assert found == [
        ("military", "killer drone", "abstract", "killer drone"),
        ("military", "killer drone", "keywords", "killer drones"),
        ("military", "雷达", "title", "雷达"),
    ]


@pytest.mark.parametrize(
    ("title", "matched"),
    [
        ("Face-recognition at work", "Face-recognition"),
        ("FACE  RECOGNITION", "FACE  RECOGNITION"),
        ("face\u2011recognition", "face\u2011recognition"),
        ("Surface recognition", None),  # words have bounds
        ("face recognitions", None),
        ("face, recognition", None),
        ("人脸face recognition识别", "face recognition"),  # Chinese is no Latin letter
        ("face recognition", "face recognition"),
    ],
)
def test_english_words_have_bounds_and_hyphens_are_blanks(title: str, matched: str | None):
    found = {text for _, term, _, text in hits(title) if term == "face recognition"}
    assert found == ({matched} if matched else set())


@pytest.mark.parametrize(
    ("title", "matched"),
    [
        ("The AI race", "AI"),
        ("The ai race", None),
        ("SAIL", None),
        ("Biometrical methods", "Biometrical"),  # a prefix reaches to the end of its word
        ("A rule of military civil fusion", "military civil fusion"),
        ("激光雷达点云", "雷达"),
    ],
)
def test_forms(title: str, matched: str | None):
    assert {text for *_, text in hits(title)} == ({matched} if matched else set())


def test_words_together_must_both_stand_in_the_title():
    both = "Security of Artificial Intelligence"
    assert hits(both) == [
        (
            "securitization",
            "artificial intelligence + security",
            "title",
            "Artificial Intelligence + Security",
        )
    ]
    assert hits("Artificial intelligence", "security") == []
    assert hits("", both) == []
    assert [term for _, term, _, _ in hits("人工智能安全")] == ["人工智能 + 安全"]


def test_a_letter_that_grows_in_lower_case_does_not_shift_the_match():
    assert hits("İİİ face recognition!")[0][-1] == "face recognition"


def test_nothing_gives_no_rows():
    assert hits() == []
    empty = pa.RecordBatch.from_pylist(
        [], schema=texts(tables(work=[], text=[])).schema().to_pyarrow()
    )
    assert keyword_hits(empty, KEYWORDS).num_rows == 0


def test_texts_are_empty_where_a_work_has_none():
    found = texts(tables(work=[{"work_key": 2}, {"work_key": 1, "title": "T"}], text=[]))
    assert ibis.duckdb.connect().to_pyarrow(found).to_pylist() == [
        {"work_key": 1, "title": "T", "abstract": "", "keywords": ""},
        {"work_key": 2, "title": "", "abstract": "", "keywords": ""},
    ]


def test_the_packaged_keywords_know_every_family_but_lists_that_are_excluded():
    found = {family for keyword in packaged_keywords() for family in keyword.families}
    assert found == {
        "ai",
        "biometric_surveillance",
        "surveillance",
        "cybersecurity",
        "information_operations",
        "military",
        "securitization",
    }


def test_a_dropped_keyword_stays_in_the_families_that_did_not_drop_it():
    found = packaged_keywords([("surveillance", "face recognition")])
    assert [one.families for one in found if one.term == "face recognition"] == [
        ("biometric_surveillance",)
    ]


PIECES = [
    "AI",
    "machine learning",
    "machine-learning",
    "neural networks",
    "机器学习",
    "ml",
    "biometrics",
]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from([*PIECES, "x", " ", "-", ",", "é", "AIs"]), max_size=6))
def test_the_ai_family_agrees_with_the_rule_of_ai_works(pieces: list[str]):
    """Two ways, expressions over tables and Python over batches, find the same works."""
    forms = [("AI", "case"), ("machine learning", "word"), ("neural network", "plural")]
    forms += [("机器学习", "substring"), ("biometric", "prefix")]
    rows = [{"family": "ai", "term": t, "form": f, "decision": "include"} for t, f in forms]
    world = tables(work=[{"work_key": 1, "title": "".join(pieces)}], text=[], topic=[], concept=[])
    lists = AiLists(topic_ids=(), concept_ids=(), terms=search_terms(rows, "ai"))
    by_rule = ai_hits(world, ["keywords"], 0.3, lists=lists).execute()
    batch = ibis.duckdb.connect().to_pyarrow(texts(world)).to_batches()[0]
    by_family = keyword_hits(batch, [Keyword(t, f, ("ai",)) for t, f in forms])
    assert bool(len(by_rule)) == bool(by_family.num_rows)


WORDS = ["Face", "recognition", "AI", "ai", "Security", "artificial", "intelligence", "雷达"]
GAPS = [" ", "-", "\u2011", " \n", ", ", "", "é", "安全", "人工智能"]
TEXTS = st.lists(st.sampled_from(WORDS) | st.sampled_from(GAPS), max_size=9).map("".join)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=5))
def test_columns_of_many_works_give_what_each_text_gives_alone(works: list[tuple[str, str, str]]):
    """Each keyword asked of each text, without columns, groups or words looked for before."""
    names = ("title", "abstract", "keywords")
    rows = [dict(zip(names, fields, strict=True)) for fields in works]
    cells = [{"work_key": key, **row} for key, row in enumerate(rows)]
    kinds = [("work_key", pa.int64()), *((name, pa.string()) for name in names)]
    batch = pa.RecordBatch.from_pylist(cells, schema=pa.schema(kinds))
    alone = [
        (key, family, one.term, name, found)
        for key, row in enumerate(rows)
        for name in names
        for one in KEYWORDS
        if (found := Field(name, row[name]).find(one))
        for family in one.families
    ]
    assert [tuple(row.values()) for row in keyword_hits(batch, KEYWORDS).to_pylist()] == sorted(
        alone
    )
