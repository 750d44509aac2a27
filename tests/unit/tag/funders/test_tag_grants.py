"""Defence programmes told by the form of an award number."""

import pytest
from build import rows_of, tables

from bibnet.tag.funders.funders import FunderEvidence, funding
from bibnet.tag.funders.grants import GrantPatterns, plain_number, programme_of
from bibnet.tag.funders.known import FunderList

PROGRAMME = {
    "entry_id": "defence-fund",
    "funder_id": "",
    "name": "Defence Fund",
    "name_zh": "",
    "aliases": "",
    "type": "military_programme",
    "country": "CN",
}
FOUNDATION = {
    **PROGRAMME,
    "entry_id": "nsf",
    "funder_id": "F1",
    "name": "Foundation",
    "type": "other",
}
ABROAD = {**FOUNDATION, "entry_id": "abroad", "funder_id": "F2", "name": "Abroad", "country": "US"}
LISTED = FunderList([PROGRAMME, FOUNDATION, ABROAD])
PATTERNS = GrantPatterns([{"pattern": "DF20[0-9]{2}-[0-9]{3}", "entry_id": "defence-fund"}])
COLUMNS = ("work_key", "funder_id", "funder", "funder_type", "matched_text")


def funded(*awards: tuple[int, str | None, str | None], named: tuple[str, ...] = ()) -> list[tuple]:
    world = tables(
        work_funder=[{"work_key": 1, "funder_id": one} for one in named],
        award=[
            {"work_key": key, "award_seq": at, "funder_id": owner, "award_number": number}
            for at, (key, owner, number) in enumerate(awards)
        ],
    )
    return rows_of(funding(world, FunderEvidence(LISTED, PATTERNS)), *COLUMNS)


def test_a_number_of_the_form_adds_the_programme_with_the_number_as_written():
    assert funded((1, None, "No. df2019-123")) == [
        (1, None, "Defence Fund", "military_programme", "No. df2019-123")
    ]


def test_the_smallest_number_stands_for_several():
    assert [row[-1] for row in funded((1, None, "DF2020-001"), (1, None, "DF2019-001"))] == [
        "DF2019-001"
    ]


def test_the_funder_that_the_source_gives_stays_beside_the_programme():
    assert funded((1, "F1", "DF2019-123"), named=("F1",)) == [
        (1, "F1", "Foundation", "other", None),
        (1, None, "Defence Fund", "military_programme", "DF2019-123"),
    ]


@pytest.mark.parametrize(
    ("owner", "number"),
    [
        (None, "DF2019-1234"),  # the form is of whole numbers
        (None, "XDF2019-123"),
        (None, None),
        ("F2", "DF2019-123"),  # the award's own funder is in another country
    ],
)
def test_no_other_award_is_marked(owner: str | None, number: str | None):
    assert funded((1, owner, number)) == []


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("JCKY2018110B011", "JCKY2018110B011"),
        ("Grant No. 6142218 081811", "6142218081811"),
        ("no:  8091b032131 ", "8091B032131"),
        ("", ""),
    ],
)
def test_labels_and_blanks_are_no_part_of_a_number(text: str, plain: str):
    assert plain_number(text) == plain


@pytest.mark.parametrize(
    ("number", "entry"),
    [
        ("JCKY2018110B011", "national-defense-basic-scientific-research-program"),
        ("2019-JCJQ-ZD-1234", "basic-strengthening-program-jcjq"),
        ("6142218081811", "equipment-pre-research-fund"),
        ("61422180", ""),  # eight digits are the natural science foundation's
        ("61472411", ""),
        ("61472411, 61402511", ""),
        ("2024-JCJQ-LB-32/07", "basic-strengthening-program-jcjq"),
        ("U1530401", "national-safety-academic-fund"),
        ("U1536401", ""),  # another joint fund of the foundation
        ("2018YFB1003800", "national-key-research-and-development-program"),
    ],
)
def test_the_packaged_forms(number: str, entry: str):
    programmes = GrantPatterns().programmes(FunderList().rows)
    assert programme_of(number, programmes) == entry
