"""Candidates that words speak against: who takes their score, and where else they are named."""

import numpy as np
import pytest
from small_registry import body

from bibnet.places.match.matcher import Matcher, Ranked
from bibnet.places.match.vetoes import without_vetoed
from bibnet.places.registry.index import build_index
from bibnet.places.registry.organisations import build_registry

# A word names a subject if many names hold it.
SUBJECTS = [body(f"s{n}", f"Institute of Finance {n}", "PL Lodz") for n in range(45)]
REGISTRY = build_registry(
    [
        *SUBJECTS,
        body("wharf", "Wharf University", "CN Wuhan", aliases=("Wharf", "Wharf Tide University")),
        body("wharf-tw", "Wharf University (Taipei)", "TW Taipei"),
        body("creek", "University of Creek Bend", "CA Creek Bend", acronyms=("UCB",)),
        body("qing", "Qing University", "CN Wuhan", aliases=("清码头大学",)),
        body("gz", "Qing University (Canton)", "CN Wuhan", aliases=("广清码头大学",)),
    ]
)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(build_index(REGISTRY))


def left_of(matcher: Matcher, text: str, score: dict[str, float]) -> Ranked:
    """The candidates of a string, of which the models give each body a score, else .2."""
    prepared = matcher.prepare([text])
    given = np.array([score.get(body, 0.2) for body in bodies(matcher, prepared.table)])
    return without_vetoed(
        matcher.index, Ranked(prepared.batch, prepared.hits, prepared.table, given, given)
    )


def bodies(matcher: Matcher, table: dict[str, np.ndarray]) -> list[str]:
    return [matcher.index.texts["key"][owner] for owner in table["owner"].tolist()]


def scores(matcher: Matcher, text: str, score: dict[str, float]) -> dict[str, float]:
    left = left_of(matcher, text, score)
    return dict(zip(bodies(matcher, left.table), left.score.tolist(), strict=True))


@pytest.mark.parametrize(
    ("text", "lost", "taker"),
    [
        ("Wharf University-Creek Bend", "creek", "wharf"),  # the noun is the other's
        ("Wharf University (Taipei), Taiwan", "wharf", "wharf-tw"),
        ("广清码头大学医学院", "qing", "gz"),
        ("广清码头大学研究院", "qing", "gz"),
    ],
)
def test_a_name_within_another_leaves_its_score_to_it(
    matcher: Matcher, text: str, lost: str, taker: str
) -> None:
    found = scores(matcher, text, {lost: 0.9})
    assert (found[lost], found[taker]) == (0.0, 0.9)


@pytest.mark.parametrize(
    ("text", "read_at"),
    [
        # Words go on behind the first name, not behind the second.
        ("Wharf University Finance, Wharf University, Wuhan", "Wharf University, Wuhan"),
        ("Wharf University, Wharf University Finance", "Wharf University, "),
        ("Wharf Finance Systems, Wharf University", "Wharf University"),
        # Of two other names the firmest.
        ("Wharf Tide University Finance, Wharf Tide University, Wharf University", "Wharf Univ"),
    ],
)
def test_a_body_named_twice_is_read_where_nothing_speaks_against_it(
    matcher: Matcher, text: str, read_at: str
) -> None:
    left = left_of(matcher, text, {"wharf": 0.9})
    at = bodies(matcher, left.table).index("wharf")
    start = left.batch.token["start"][left.table["first"][at]]
    assert left.score[at] == 0.9
    assert left.batch.cleaned[0][start:].startswith(read_at)


@pytest.mark.parametrize(
    "text",
    [
        "Wharf University Finance, Wuhan",
        "Wharf University Finance, Wharf University Finance",
        "Wharf University Finance, Wharf, Wuhan",  # a name of one word says too little
    ],
)
def test_a_body_that_words_speak_against_wherever_it_is_named_is_lost(
    matcher: Matcher, text: str
) -> None:
    assert scores(matcher, text, {"wharf": 0.9})["wharf"] == 0.0


def test_several_strings_are_read_as_each_alone(matcher: Matcher) -> None:
    texts = [
        "Wharf University Finance, Wuhan",
        "Wharf University Finance, Wharf University",
        "University of Creek Bend, Canada",
    ]
    prepared = matcher.prepare(texts)
    score = np.full(len(prepared.table["owner"]), 0.9)
    ranked = Ranked(prepared.batch, prepared.hits, prepared.table, score, score)
    left = without_vetoed(matcher.index, ranked)
    string, owner = left.table["string"].tolist(), bodies(matcher, left.table)
    found = {
        (at, body): value
        for at, body, value in zip(string, owner, left.score.tolist(), strict=True)
        if body in ("wharf", "creek") and value
    }
    assert found == {(1, "wharf"): 0.9, (2, "creek"): 0.9}


def test_no_candidates_no_veto(matcher: Matcher) -> None:
    assert len(left_of(matcher, "", {}).score) == 0
