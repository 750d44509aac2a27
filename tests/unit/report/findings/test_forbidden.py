"""What no finding may say, whatever the numbers: searched in reports of many kinds."""

import re
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_report import invented_content

from bibnet.report.content.report_content import ReportContent, with_declared_frames
from bibnet.report.page.page import all_findings

PERCENTAGE = re.compile(r"[<>]?\d[\d.]*%(?! interval| stability interval)")
# `21 of 1,205 works (1.7%)`, `(7 of 21 joint works, 33.3%)`
COUNTED = re.compile(r"[\d,]+ of [\d,]+ [a-z ]+(?: \(|, )[<>]?\d[\d.]*%\)")
COMPARED = re.compile(r"\b(more|less|fewer|higher|lower|rose|fell|exceeds?|twice) (than|often|\()")
TESTED = re.compile(r"95% interval|q = |q < |fewer than 30 works|is not tested")
CITED = re.compile(r"\bare cited (more|less)")
EXCHANGED = re.compile(r"\bp [=<] 0\.0")
EXPECTATION = re.compile(r"\bexpected|\bratio|\btimes\b")
TWELVE_INSTITUTIONS = invented_content(12)
SENTENCE_END = re.compile(r"(?<=[.;])\s+(?=[A-Z])")


def offences(text: str) -> list[str]:
    """What the text of a finding says without the right to."""
    found = [f"final: {text}"] if re.search(r"\bfinal\b", text, re.IGNORECASE) else []
    if len(PERCENTAGE.findall(text)) != len(COUNTED.findall(text)):
        found.append(f"percentage without its count: {text}")
    for sentence in SENTENCE_END.split(text):
        if COMPARED.search(sentence) and not (
            TESTED.search(sentence) or "one work more or less" in sentence
        ):
            found.append(f"comparison without interval or test: {sentence}")
        told = CITED.search(sentence) and "cannot be told" not in sentence.split(":")[0]
        if told and not EXCHANGED.search(sentence.split(";")[0]):
            found.append(f"citations compared without the test of exchanged works: {sentence}")
        if EXPECTATION.search(sentence) and "by chance, works and" not in sentence:
            found.append(f"ratio without its expectation's name: {sentence}")
    return found


@pytest.mark.parametrize(
    "text",
    [
        "First and last final year: 2025.",
        "Of 12 works 25.0% are joint.",
        "Joint works are 25.0% of all works.",
        "Joint works are cited more than others.",
        "Joint works are cited less than others: by 0.5 (95% interval 0.1 to 0.8, p = 0.2).",
        "China and Japan have 1.08 times the number expected.",
        "The share rose (3 to 4).",
        "A is at a ratio of 1.3.",
    ],
)
def test_each_offence_is_found(text: str) -> None:
    assert offences(text)


def findings(content: ReportContent) -> list[str]:
    found = all_findings(with_declared_frames(content))
    return [offence for one in found for offence in offences(f"{one.heading}. {one.text}")]


def chance_row(works: int, q: float, verdict: str | None) -> pd.DataFrame:
    row = {
        "country_a": "AA", "country_b": "ZA", "works": works, "expected": 9.5, "ratio": works / 9.5,
        "q": q, "verdict": verdict,
    }  # fmt: skip
    return pd.DataFrame([row])


def citations(works: int, low: float) -> dict[str, pd.DataFrame]:
    groups = pd.DataFrame(
        {
            "group": ["joint", "north only"], "reference": "ai_internal", "mncs": [1.5, 1.0],
            "mncs_low": [low, 0.9], "mncs_high": [2.0, 1.1], "works_in_mncs": [works, 300],
            "mean_citations": [10.0, 8.0], "works_with_citations": [works, 300],
        }
    )  # fmt: skip
    compared = pd.DataFrame(
        {
            "compared_with": "north only", "adjusted_for": ["nothing", "authors", "countries"],
            "mncs_difference": 0.5, "mncs_difference_low": [low, -low, 0.1],
            "mncs_difference_high": 2.0, "mncs_difference_p": 0.01,
            "works_in_mncs": [works, works, 3], "compared_works_in_mncs": [300, 40, 3],
        }
    )  # fmt: skip
    return {"citations": groups, "citations_compared": compared}


@settings(deadline=None, max_examples=25)
@given(
    st.integers(0, 60),
    st.floats(0, 1),
    st.sampled_from(["more", "less", "as_expected", None]),
    st.tuples(st.floats(-1, 1), st.integers(0, 40)),
)
def test_no_finding_says_what_it_may_not(
    works: int, q: float, verdict: str | None, cited: tuple[float, int]
) -> None:
    content = TWELVE_INSTITUTIONS
    years = content.exhibits["years"]
    small = years.assign(works=works, joint_works=works // 2, share=0.5, share_high=0.75)
    paid = content.exhibits["funding"].assign(works=works, joint_works=works // 4)
    pairs = content.exhibits["country_pairs"].query("country_a == 'AA' and country_b == 'ZA'")
    exhibits = {
        **content.exhibits, **citations(cited[1], cited[0]), "years": small, "funding": paid,
        "country_pairs": pairs, "country_expectation": chance_row(works, q, verdict),
    }  # fmt: skip
    assert findings(replace(content, exhibits=exhibits)) == []


def test_the_invented_report_says_nothing_it_may_not() -> None:
    assert findings(invented_content()) == []
