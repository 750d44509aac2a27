"""The classifier: terms, scores by hand, the file, training that can be repeated."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bibnet.schema.errors import InputError
from bibnet.schema.proportion import wilson
from bibnet.tag.ai import classifier_training
from bibnet.tag.ai.classifier import Model, text_terms
from bibnet.tag.ai.classifier_file import read_model, write_model
from bibnet.tag.ai.classifier_scores import Confusion, confusion, threshold_of
from bibnet.tag.ai.classifier_training import (
    HELD_OUT,
    Labelled,
    abstracts_are_even,
    by_part,
    measure,
    overlap,
    part_of,
    sort_out,
    train,
    without_group,
)

SMALL = Model(
    terms=("graph", "graph learning", "learning", "malaria"),
    idf=(1.0, 2.0, 1.0, 3.0),
    weights=(1.0, 0.5, 2.0, -4.0),
    intercept=-1.0,
    threshold=0.5,
)
AI = ("learning", "neural", "network", "robot", "vision", "policy", "deep", "planning")
OTHER = ("malaria", "genome", "soil", "protein", "river", "tax", "opera", "nursing")


def works(number: int = 200) -> list[Labelled]:
    """Titles of three words, AI and not, in two venues and two fields."""
    found = []
    for label, words, groups in ((True, AI, ("v1", "v2")), (False, OTHER, ("f1", "f2"))):
        for n in range(number):
            title = f"{words[n % 8]} {words[n // 8 % 8]} {words[n // 64 % 8]} study"
            found.append(
                Labelled(f"{title} {'x' * (n % 5)}y{n % 3}", "", label, groups[(n + n // 8) % 2])
            )
    return found


def test_terms_are_words_and_pairs_within_a_part():
    assert text_terms("Deep Learning!", "for 3 Graphs") == [
        "deep", "learning", "deep learning", "for", "graphs", "for graphs",
    ]  # fmt: skip


def test_chinese_text_gives_pairs_of_characters():
    assert text_terms("深度学习 AI") == [
        "深度", "度学", "学习", "ai", "深度 度学", "度学 学习", "学习 ai"
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", None, "12 34", "a b c", "!?"])
def test_text_without_words_has_no_terms(text: str | None):
    assert text_terms(text) == []


def test_a_score_by_hand():
    """graph twice (1 + ln 2), learning once, graph learning once: scaled to length one."""
    graph, pair, learning = 1 + math.log(2), 2.0, 1.0
    length = math.sqrt(graph**2 + pair**2 + learning**2)
    total = -1 + (graph * 1 + pair * 0.5 + learning * 2) / length
    found = SMALL.score("Graph learning of a graph", None)
    assert found is not None
    assert found.score == pytest.approx(1 / (1 + math.exp(-total)), abs=1e-15)
    assert found.evidence == "learning|graph|graph learning"


def test_what_speaks_against_is_no_evidence():
    found = SMALL.score("Malaria")
    assert found is not None
    assert (found.score, found.evidence) == (pytest.approx(1 / (1 + math.exp(5))), "")


@pytest.mark.parametrize("title", [None, "", "Vesmír a lidé", "宇宙"])
def test_a_text_of_unknown_words_cannot_be_judged(title: str | None):
    assert SMALL.score(title) is None


def test_a_model_of_titles_does_not_read_abstracts():
    titles = Model(SMALL.terms, SMALL.idf, SMALL.weights, -1.0, 0.5, abstracts=False)
    assert titles.score("Graph", "malaria malaria") == titles.score("Graph", None)
    assert titles.score(None, "graph") is None
    assert SMALL.score(None, "graph") is not None


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_has_a_score_from_0_to_1_or_none(title: str, abstract: str):
    found = SMALL.score(title, abstract)
    assert found is None or 0 <= found.score <= 1


def test_the_file_gives_the_model_back(tmp_path: Path):
    path = tmp_path / "ai.json"
    write_model(SMALL, path)
    again = read_model(path)
    assert again.score("graph learning") == SMALL.score("graph learning")
    first = path.read_bytes()
    write_model(again, path)
    assert path.read_bytes() == first


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"format": "other"}, "its format is 'other'"),
        ({"idf": [1.0]}, "of different length"),
        ({"terms": ["a", "a", "b", "c"]}, "stands twice"),
        ({"idf": [0.0, 1.0, 1.0, 1.0]}, "not above zero"),
        ({"threshold": 2.0}, "threshold is not from 0 to 1"),
        ({"weights": "eval"}, "Expected `array`"),
        ({"more": 1}, "unknown field"),
    ],
)
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, change: dict, what: str):
    path = tmp_path / "ai.json"
    write_model(SMALL, path)
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(InputError, match=what) as error:
        read_model(path)
    assert error.value.exit_code == 11


@pytest.mark.parametrize("content", [b"", b"\x80\x04K\x01.", b"[" * 100_000, b"{}"])
def test_bytes_that_are_no_model_are_refused(tmp_path: Path, content: bytes):
    path = tmp_path / "ai.json"
    path.write_bytes(content)
    with pytest.raises(InputError):
        read_model(path)


def test_the_model_scores_as_scikit_learn_does():
    """The words of the training set again, by the library's own vectoriser and model."""
    given = works()
    parts = by_part(given, 1)
    model = train(given, 1)
    vectorizer = TfidfVectorizer(
        analyzer=lambda w: text_terms(w.title, None), sublinear_tf=True,
        vocabulary=list(model.terms),
    )  # fmt: skip
    matrix = vectorizer.fit_transform(parts["train"])
    learner = LogisticRegression(
        C=classifier_training.STRENGTH, class_weight="balanced", solver="liblinear", dual=True,
        tol=classifier_training.TOLERANCE, max_iter=1000, random_state=1,
    )  # fmt: skip
    learner.fit(matrix, [w.positive for w in parts["train"]])
    expected = learner.predict_proba(vectorizer.transform(parts[HELD_OUT]))[:, 1]
    ours = [model.score(work.title).score for work in parts[HELD_OUT]]
    assert ours == pytest.approx(expected, abs=1e-5)


def test_training_tells_the_labels_apart_and_can_be_repeated():
    given = works()
    model, again = train(given, 7), train(list(reversed(given)), 7)
    held_out = by_part(given, 7)[HELD_OUT]
    assert measure(model, held_out).f1 == 1.0
    assert (again.terms, again.threshold) == (model.terms, model.threshold)
    in_order = train(sort_out(given).works, 7), train(sort_out(reversed(given)).works, 7)
    assert in_order[0] == in_order[1]


def test_labels_without_meaning_are_not_learned():
    """A test that can fail the other way: labels drawn by a coin are not predicted."""
    coin = np.random.default_rng(3)
    given = [Labelled(w.title, "", bool(coin.integers(2)), "") for w in works(300)]
    found = measure(train(given, 1), by_part(given, 1)[HELD_OUT])
    assert abs(found.recall - found.false_positive_rate) < 0.35


def test_a_title_is_in_one_part_whatever_its_case():
    parts = {part_of(Labelled(t, "", True), 1) for t in ("Deep Nets", "DEEP NETS!", "deep  nets")}
    assert len(parts) == 1
    assert len({part_of(Labelled("Deep Nets", "", True), seed) for seed in range(30)}) == 3


def test_works_are_sorted_out_by_title():
    found = sort_out(
        [
            Labelled("Deep Nets", "", True), Labelled("deep nets.", "longer", True),
            Labelled("Both", "", True), Labelled("both", "", False), Labelled("12", "", False),
        ]
    )  # fmt: skip
    assert [(work.title, work.abstract) for work in found.works] == [("deep nets.", "longer")]
    assert (found.repeated, found.contradicted) == (1, 2)


def test_abstracts_of_one_label_only_are_not_read():
    """Else the model learns that long texts are not AI."""
    uneven = [Labelled(w.title, "" if w.positive else "an abstract", w.positive) for w in works()]
    assert not abstracts_are_even(uneven)
    assert not train(uneven, 1).abstracts
    assert train([Labelled(w.title, "an abstract", w.positive) for w in works()], 1).abstracts


def test_too_few_works_are_named_part_by_part():
    with pytest.raises(InputError) as error:
        train(works(8), 1)
    assert {fault.where for fault in error.value.faults} == {"--positives", "--negatives"}


def test_a_precision_that_no_threshold_reaches():
    given = [Labelled(w.title, "", n % 2 == 0) for n, w in enumerate(works())]
    mixed = [*given, *(Labelled(w.title + " z", "", not w.positive) for w in given)]
    with pytest.raises(InputError, match=r"no threshold reaches"):
        train(mixed, 1, precision=0.999999)


def test_a_group_is_judged_by_a_model_that_never_saw_it():
    """Venue v3 has words of its own: a model without it does not know them, one with it does."""
    own = [
        Labelled(f"{'abcdefgh'[n % 8]}gripper {'stuvwxyz'[n // 8]}lever", "", True, "v3")
        for n in range(64)
    ]
    given = sort_out([*works(), *own]).works
    model = train(given, 1)
    found = without_group(given, model, 1)
    assert found["v3"]["called_ai"] == 0
    assert measure(model, [work for work in given if work.group == "v3"]).recall == 1.0
    assert found["v1"]["called_ai"] > 0.9 * found["v1"]["works"]
    assert found["f1"]["positives"] == 0


def test_overlap_counts_the_works_that_a_rule_can_judge():
    given = [
        Labelled("graph", "", True, rules=frozenset({"topics"}), judged=frozenset({"topics"})),
        Labelled("learning", "", True, judged=frozenset({"topics"})),
        Labelled("learning graph", "", True),
        Labelled("malaria", "", False, judged=frozenset({"topics"})),
    ]
    assert overlap(SMALL, given) == [
        {"rule": "topics", "label": "positive", "works": 2, "by_rule": 1, "by_classifier": 2,
         "by_both": 1},
        {"rule": "topics", "label": "negative", "works": 1, "by_rule": 0, "by_classifier": 0,
         "by_both": 0},
    ]  # fmt: skip


def test_scores_of_a_confusion():
    found = confusion(np.array([True, True, True, False]), np.array([True, True, False, True]))
    assert found == Confusion(2, 1, 1, 0)
    assert (found.precision, found.recall, found.f1) == (2 / 3, 2 / 3, 2 / 3)
    assert Confusion(9, 1, 1, 9).precision_at(0.1) == pytest.approx(0.09 / (0.09 + 0.09))


def test_undefined_scores_are_none():
    found = Confusion(0, 0, 0, 0).record(1)
    assert found["precision"] is None
    assert found["f1_interval"] == [None, None]


def test_intervals():
    """Wilson for 8 of 10: 0.490 to 0.943 (Brown, Cai, DasGupta 2001); same seed, same F1."""
    assert wilson(8, 10) == pytest.approx((0.4901625, 0.9433178), abs=1e-6)
    one = Confusion(80, 10, 20, 90).record(5)
    assert one == Confusion(80, 10, 20, 90).record(5)
    low, high = one["f1_interval"]
    assert low < one["f1"] < high


def test_the_threshold_weighs_both_labels_the_same():
    """A hundred AI works, 60 at .6 and 40 at .9, and two others at .7 and .2, which weigh as much
    as they do: .6 gives F1 2 / 2.5, .9 gives 2 * .4 / 1.4. It lies midway to the next below."""
    labels = np.array([True] * 100 + [False] * 2)
    values = np.array([0.6] * 60 + [0.9] * 40 + [0.7, 0.2])
    assert threshold_of(labels, values, None) == 0.4
    assert threshold_of(labels, values, 0.9) == 0.8
    assert threshold_of(labels, np.array([0.5] * 102), 0.9) is None
