"""Grants of PubMed records, whose pieces may be missing."""

import pytest

from bibnet.tables.decode.identify import Refusal
from bibnet.tables.formats.pubmed import PUBMED

NSFC = "National Natural Science Foundation of China"


@pytest.mark.parametrize(
    ("grant", "funder", "number"),
    [
        ("R01 CA123456/CA/NCI NIH HHS/United States", "NCI NIH HHS", "R01 CA123456"),
        (f"61876001/{NSFC}/China", NSFC, "61876001"),
        (f"61876001/{NSFC}/", NSFC, "61876001"),
        (f"61876001/{NSFC}", NSFC, "61876001"),
        ("Wellcome Trust/United Kingdom", "Wellcome Trust", None),
        (NSFC, NSFC, None),
    ],
)
def test_the_funder_of_a_grant(grant: str, funder: str, number: str | None) -> None:
    [item] = PUBMED.items(iter([f"PMID- 1\nTI  - T\nGR  - {grant}\n\n".encode()]))
    assert not isinstance(item.fields, Refusal)
    assert item.fields["funders"] == [funder]
    assert [award["funder_award_id"] for award in item.fields.get("awards", [])] == (
        [number] if number else []
    )
