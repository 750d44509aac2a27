"""Training: the same labels and seed give the same trees; models that do not fit are refused."""

import json
from pathlib import Path

import numpy as np
import pytest
from small_registry import REGISTRY

from bibnet.places.locate.answers import Locator
from bibnet.places.match.matcher import Matcher
from bibnet.places.match.prior import Prior
from bibnet.places.match.ranker import CARD, load_ranker, save_ranker
from bibnet.places.registry.index import build_index
from bibnet.places.training.training import Examples, cross_validated, examples, trained
from bibnet.schema.errors import ReferenceListError

PLACES = ("Oxford, UK", "Nanjing, China", "Pittsburgh, PA, USA", "Berkeley, USA")
PRIOR = Prior({"ox": (5, 4, 3)})
KEYS = {"Nanjing University": "nju", "University of Oxford": "ox", "Carnegie Mellon": "cmu"}


@pytest.fixture(scope="module")
def given() -> Examples:
    matcher = Matcher(build_index(REGISTRY))
    key = matcher.index.texts["key"]
    pairs = [
        (f"Group {n}, {name}, {place}", frozenset({key.index(owner)}))
        for n in range(8)
        for name, owner in KEYS.items()
        for place in PLACES
    ]
    texts, labels = [text for text, _ in pairs], [label for _, label in pairs]
    return examples(matcher, texts, labels, np.ones(len(texts), dtype=bool))(7)


def test_equal_seeds_give_equal_trees(given: Examples) -> None:
    assert trained(given, 7, print) == trained(given, 7, print)


def test_strings_shown_again_have_lost_their_organisations(given: Examples) -> None:
    shown = sum(len(b.matrix) for b in given.batches[: given.shown])
    assert given.hit[:shown].any()
    assert not given.hit[shown:].any()


def test_equal_strings_stand_in_one_fold(given: Examples) -> None:
    # "Group 1" and "Group 2" differ by a number that stays a word: eight folds by chance
    assert set(given.fold.tolist()) <= set(range(5))
    assert len(given.fold) == 8 * len(KEYS) * len(PLACES)


def test_cross_validation_scores_every_candidate_once(given: Examples) -> None:
    score = cross_validated(given, 7, print)
    assert len(score) == sum(len(b.matrix) for b in given.batches[: given.shown])
    assert ((score >= 0) & (score <= 1)).all()


def test_models_are_read_back(given: Examples, tmp_path: Path) -> None:
    save_ranker(tmp_path, trained(given, 7, print), {"least": 0.25}, PRIOR)
    ranker = load_ranker(tmp_path)
    assert (ranker.least, ranker.prior) == (0.25, PRIOR)
    assert Locator(REGISTRY, ranker).locate("University of Oxford, Oxford, UK", 0.0)


def test_models_for_other_measures_are_refused(given: Examples, tmp_path: Path) -> None:
    save_ranker(tmp_path, trained(given, 7, print), {"least": 0.25}, PRIOR)
    card = json.loads((tmp_path / CARD).read_text())
    (tmp_path / CARD).write_text(json.dumps(card | {"features": ["other"]}))
    with pytest.raises(ReferenceListError, match="other measures"):
        load_ranker(tmp_path)


def test_missing_models_are_said(tmp_path: Path) -> None:
    with pytest.raises(ReferenceListError, match="cannot be read"):
        load_ranker(tmp_path / "none")
