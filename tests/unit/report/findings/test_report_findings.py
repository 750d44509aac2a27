from dataclasses import replace

import pandas as pd
import pytest
from invented_report import empty_content, invented_content, with_works

from bibnet.report.content.report_content import ReportContent, with_declared_frames
from bibnet.report.content.totals import FEW_WORKS, corpus_totals
from bibnet.report.findings.listed import sensitive_findings
from bibnet.report.findings.participants import funding_findings, listed_findings
from bibnet.report.findings.volume import leaders, volume_findings
from bibnet.report.page.page import all_findings


def with_years(*rows: tuple[object, ...]) -> ReportContent:
    columns = [
        "year",
        "side",
        "works",
        "joint_works",
        "share",
        "share_low",
        "share_high",
        "provisional",
    ]
    years = pd.DataFrame(rows, columns=columns)
    return with_declared_frames(replace(empty_content(), exhibits={"years": years}))


def texts(content: ReportContent) -> dict[str, str]:
    return {finding.heading: finding.text for finding in all_findings(content)}


def test_joint_works_with_bounds_over_all_years() -> None:
    content = with_years(
        (2020, "all", 100, 10, 0.1, 0.1, 0.2, False), (2021, "all", 100, 20, 0.2, 0.2, 0.2, False)
    )
    assert volume_findings(content)[0].text == (
        "The corpus holds 200 works of 2020–2021. 30 of 200 works (15.0%) have a country of every "
        "side (North and South). Another 10 works have an author of unknown country and may "
        "be joint too; those would make 40 of 200 works (20.0%)."
    )


def test_numbers_of_a_finding_lead_to_their_works() -> None:
    content = with_years((2021, "all", 1_200, 20, 0.2, 0.2, 0.2, False))
    finding = volume_findings(content)[0]
    assert "".join(text for text, _ in finding.pieces) == finding.text
    assert [piece for piece in finding.pieces if piece[1]] == [
        ("1,200", "#works/years?side=all&count=works"),
        ("20", "#works/years?side=all&count=joint_works"),
        ("1,200", "#works/years?side=all&count=works"),
        ("220", "#works/years?side=all&count=undecided_works"),
        ("1,200", "#works/years?side=all&count=works"),
    ]


def test_every_finding_holds_the_numbers_that_it_leads_from() -> None:
    found = [one for one in all_findings(invented_content()) if one.counted]
    assert len(found) > 3
    for finding in found:
        assert "".join(text for text, _ in finding.pieces) == finding.text
        assert sum(bool(address) for _, address in finding.pieces) == len(finding.counted)


def test_years_are_compared_without_provisional_ones() -> None:
    content = with_years(
        (2020, "all", 100, 10, 0.1, 0.1, 0.2, False),
        (2021, "all", 100, 20, 0.2, 0.2, 0.2, False),
        (2022, "all", 50, 20, 0.4, 0.4, 0.4, True),
    )
    assert texts(content)["First and last year"] == (
        "In 2020, 10 of 100 works (10.0%) were joint, with 10 undecided; in 2021, 20 of 100 works "
        "(20.0%) were joint. Whether the share changed cannot be told (95% interval of the "
        "difference: −11.1 to 19.9 percentage points, whichever way the undecided works fall). "
        "2022 is provisional and left out."
    )
    finding = next(one for one in volume_findings(content) if one.heading == "First and last year")
    cell = "#works/years?side=all&year="
    assert [piece for piece in finding.pieces if piece[1]] == [
        ("10", f"{cell}2020&count=joint_works"), ("100", f"{cell}2020&count=works"),
        ("10", f"{cell}2020&count=undecided_works"),
        ("20", f"{cell}2021&count=joint_works"),
        ("100", f"{cell}2021&count=works"),
    ]  # fmt: skip


def test_years_too_small_to_be_compared_are_told_by_those_that_are() -> None:
    content = with_years(
        (2018, "all", 3, 0, 0.0, 0.0, 0.0, False),
        (2020, "all", 100, 10, 0.1, 0.1, 0.1, False),
        (2021, "all", 100, 20, 0.2, 0.2, 0.2, False),
    )
    said = " 2020 and 2021 are the first and the last year of 30 works or more."
    assert texts(content)["First and last year"].endswith(said)


@pytest.mark.parametrize(
    ("provisional", "works", "told"),
    [
        (False, 30, True),
        (True, 30, False),
        (None, 30, False),  # not known to be settled
        (False, 29, False),  # too few works
    ],
)
def test_a_year_is_compared_where_it_is_settled_and_has_thirty_works(
    provisional: bool | None, works: int, told: bool
) -> None:
    content = with_years(
        (2020, "all", 100, 10, 0.1, 0.1, 0.2, False),
        (2021, "all", works, 20, 20 / works, 20 / works, 20 / works, provisional),
    )
    assert ("First and last year" in texts(content)) == told


def test_few_works_are_said_to_be_few() -> None:
    content = with_years((2020, "all", 5, 1, 0.2, 0.2, 0.2, False))
    assert FEW_WORKS > 5
    said = "no share is told: one work more or less would move it by 20.0 percentage points."
    assert said in volume_findings(content)[0].text


def test_no_joint_work_is_said_and_nothing_else() -> None:
    content = with_years((2020, "all", 40, 0, 0.0, 0.0, 0.0, False))
    assert texts(content) == {
        "Joint works": "The corpus holds 40 works of 2020. None of the works has a country of "
        "every side (North and South)."
    }


def test_an_undefined_share_gives_no_sentence_about_it() -> None:
    content = with_years((2020, "all", 40, 3, None, None, None, False))
    assert corpus_totals(content).share is None
    assert texts(content) == {"Joint works": "The corpus holds 40 works of 2020."}


def test_nothing_at_all_gives_one_sentence() -> None:
    assert texts(with_declared_frames(empty_content())) == {
        "Corpus": "This run has no work by year, so it has no findings."
    }


def listed(*rows: tuple[str | None, str, str, str, int]) -> ReportContent:
    columns = ["institution_id", "institution", "entry_id", "kind", "joint_works"]
    frame = pd.DataFrame(rows, columns=columns).assign(is_default=lambda f: f["kind"] == "defence")
    return with_declared_frames(replace(empty_content(), exhibits={"defence": frame}))


def test_listed_bodies_are_called_by_the_card_of_their_category_and_counted_once() -> None:
    """A civilian university on a list is not told as the first of the defence bodies."""
    content = listed(
        ("I1", "Civil University", "civil", "listed", 9),
        (None, "Civil University", "civil", "listed", 1),  # a string without institution
        ("I2", "Army Academy", "army", "defence", 2),
        ("I3", "Police Academy", "police", "security", 2),
    )
    assert listed_findings(content)[0].text == (
        "Published lists hold 3 bodies of this corpus: 2 of the kind defence or security and 1 "
        "only listed. Most joint works of the kind defence or security: Army Academy (2) "
        "and Police Academy (2). A flag says that a published list holds the institution. It is "
        "no statement about a person and no finding of wrongdoing."
    )
    assert "No work brings together the one listed body of the default rule" in (
        sensitive_findings(content)[0].text
    )


def test_works_of_listed_bodies_lead_to_the_list_that_holds_only_them() -> None:
    """Every third invented work has a listed institution; a number n is the first n works.

    The largest year has 1,880 works, 225 of them joint: each third, from the first on.
    """
    (finding,) = listed_findings(with_works(with_declared_frames(invented_content())))
    assert " 627 works have an affiliation with one of them; 75 of these are joint." in finding.text
    assert [piece for piece in finding.pieces if "lists=yes" in piece[1]] == [
        ("627", "#works/years?side=all&count=works&lists=yes"),
        ("75", "#works/years?side=all&count=joint_works&lists=yes"),
    ]


def test_several_bodies_of_the_default_rule_are_told_as_several() -> None:
    content = listed(("I1", "A", "a", "defence", 0), ("I2", "B", "b", "defence", 0))
    assert sensitive_findings(content)[0].text.startswith(
        "No work brings together any of the 2 listed bodies of the default rule"
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("I1", "A", "a", "listed", 1)], "1 body of this corpus; it is only listed. A"),
        (
            [("I1", "A", "a", "defence", 0)],
            "1 body of this corpus; it is of the kind defence or security. None of the kind "
            "defence or security has a joint work. A",
        ),
        (
            [("I1", "A", "a", "listed", 1), ("I2", "B", "b", "listed", 1)],
            "2 bodies of this corpus: none of the kind defence or security and 2 only listed. A",
        ),
    ],
)
def test_one_listed_body_and_none_that_may_be_called_more(
    rows: list[tuple[str | None, str, str, str, int]], said: str
) -> None:
    assert f"Published lists hold {said} flag says" in listed_findings(listed(*rows))[0].text


def test_funding_comes_with_how_much_is_disclosed() -> None:
    found = funding_findings(with_declared_frames(invented_content()))
    assert found[0].text == (
        "4,800 of 8,640 works (55.6%) name a funder or an award: 700 of 885 joint works (79.1%) "
        "and 4,100 of 7,755 others (52.9%). Joint works name one more often (95% interval of the "
        "difference: 23.2 to 29.0 percentage points)."
    )


def test_no_finding_speaks_of_causes() -> None:
    words = " ".join(texts(with_declared_frames(invented_content())).values()).lower()
    assert not [
        cause for cause in ("because", "due to", "leads to", "drives", "caus") if cause in words
    ]


def test_every_number_of_the_invented_report_has_its_sentence() -> None:
    assert list(texts(with_declared_frames(invented_content()))) == [
        "Joint works",
        "First and last year",
        "Seen from each side",
        "Countries: North",
        "Countries: South",
        "Countries of two sides with most works in common",
        "Institutions: North",
        "Institutions: South",
        "Network",
        "Institutions of two sides with most works in common",
        "Disclosed funding",
        "Funders named most",
        "Companies",
        "Institutions on named lists",
    ]


def test_chance_names_no_one_among_equals() -> None:
    rows = pd.DataFrame({"id": list("abcde"), "works": [9, 4, 1, 1, 1]})
    assert leaders(rows, "works", "id")["id"].tolist() == ["a", "b"]  # c, d and e are equal


def test_nothing_above_zero_leads() -> None:
    assert leaders(pd.DataFrame({"id": ["a"], "works": [0]}), "works", "id").empty


def test_communities_without_resampled_works_are_no_finding() -> None:
    rows = pd.DataFrame({"community": [1, 2], "adjusted_rand": 0.9})
    for agreement, told in ((None, False), (0.6, True)):
        frame = rows.assign(resampled_adjusted_rand=agreement)
        content = replace(empty_content(), exhibits={"communities": frame})
        found = texts(with_declared_frames(content))
        assert ("Communities of institutions" in found) == told


@pytest.mark.parametrize(("missing", "said"), [(1, True), (0, False)])
def test_works_of_no_side_are_named_where_there_are_any(missing: int, said: bool) -> None:
    content = with_declared_frames(invented_content())
    coverage = content.exhibit("coverage")
    known = coverage.assign(works_with_country=coverage["works"] - missing)
    known_content = replace(content, exhibits={**content.exhibits, "coverage": known})
    text = texts(known_content)["Seen from each side"]
    assert "A country is known for" in text
    assert ("the others count for no side" in text) == said
