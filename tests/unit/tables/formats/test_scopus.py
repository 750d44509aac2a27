"""Authors of Scopus exports and the affiliations that are theirs."""

import csv
import io
from collections.abc import Mapping
from typing import Any

import pytest

from bibnet.tables.decode.identify import Refusal
from bibnet.tables.formats.scopus import SCOPUS

CN, CH = "Tsinghua University, Beijing, China", "ETH Zurich, Zurich, Switzerland"


def read(**cells: str) -> Mapping[str, Any]:
    """Fields of the record with these cells; underscores in names of columns are blanks."""
    row = {"Title": "T", "Year": "2023", "EID": "2-s2.0-1"}
    row |= {name.replace("_", " "): cell for name, cell in cells.items()}
    text = io.StringIO()
    csv.writer(text).writerows([row, row.values()])
    [item] = SCOPUS.items(iter([text.getvalue().encode()]))
    assert not isinstance(item.fields, Refusal)
    return item.fields


@pytest.mark.parametrize("alone", ["Doe J.", "Doe, J.", "Doe, Jane"])
def test_a_name_alone_is_no_affiliation(alone: str) -> None:
    found = read(
        Authors="Li W.; Braun B.; Doe J.",
        Author_full_names="Li, Wei (571); Braun, Bert (572); Doe, Jane (573)",
        Affiliations=f"{CN}; {CH}",
        Authors_with_affiliations=f"Li W., {CN}; Braun B., {CH}, {CN}; {alone}",
    )
    assert [author["affiliations"] for author in found["authors"]] == [[CN], [CH, CN], []]


def test_an_affiliation_that_the_work_does_not_list() -> None:
    found = read(Authors="Doe J.", Affiliations="", Authors_with_affiliations=f"Doe J., {CH}")
    assert found["authors"] == [{"name": "Doe J.", "affiliations": [CH]}]


def test_the_source_s_word_for_no_author_is_none() -> None:
    nobody = "[No author name available]"
    found = read(Authors=nobody, Author_full_names=nobody, Affiliations=CN)
    assert (found["authors"], found["affiliations"]) == ([], [CN])
