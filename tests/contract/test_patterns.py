"""No text makes a pattern of bibnet slow: twice the text takes about twice the seconds.

`python tests/benchmarks/pattern_growth.py` prints the slowest text of each pattern.
"""

import re

import pytest
from pattern_attacks import Written, attacks, patterns, slowest

# Twice is linear, four times quadratic; between lies what a busy machine adds.
MOST = 3.0


@pytest.mark.long
def test_no_pattern_grows_faster_than_its_text():
    found = {written.name: slowest(written) for written in list(patterns())}
    assert len(found) > 120
    assert {name: one for name, one in found.items() if one.growth > MOST} == {}


# Patterns that were quadratic or worse in earlier versions: the texts find each of them out.
@pytest.mark.long
@pytest.mark.parametrize(
    "pattern",
    [
        r"(?:@|https?://|www\.)[\w.-]+?((?:\.[a-z]{2,}){1,2})(?![\w.-]*\w)",
        r"[,;]|\s+(?=[\u4e00-\u9fff])",
        r"(^|[;\n])\s*(?:\(?\d{1,2}\)?(?:[.\s]+|(?=[A-Z]))|[*]+\s*)",
        r"\s*\([^()]*\)\s*$",
        r"^(?:[^\w(]+|\d{1,2}(?=[\s.)A-Z]))+(?=\S)",
    ],
)
def test_the_texts_find_a_pattern_that_does(pattern: str):
    assert slowest(Written("old", re.compile(pattern), searched=True)).growth > MOST


def test_texts_hold_what_a_pattern_repeats_behind_what_stands_before_it():
    made = attacks(re.compile(r"ab(?:cd)+"))
    assert {("ab", "cd"), ("", "ab"), ("", " ")} <= set(made)
