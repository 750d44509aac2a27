"""Affiliations of Dimensions exports, as printed or resolved."""

import csv
import io

import pytest

from bibnet.tables.decode.identify import Refusal
from bibnet.tables.formats.dimensions import DIMENSIONS

PRINTED, RESOLVED = "Dept. (AI), Tsinghua Univ., Beijing", "Tsinghua University"


@pytest.mark.parametrize(
    ("printed", "resolved", "expected"),
    [
        (f"Li, Wei ({PRINTED})", f"Li, Wei ({RESOLVED})", [[PRINTED]]),
        (
            f"Li, Wei ({PRINTED}); Doe, J. ()",
            f"Li, Wei (); Doe, J. ({RESOLVED})",
            [[PRINTED], [RESOLVED]],
        ),
        ("", f"Li, Wei ({RESOLVED}); Doe, J. ()", [[RESOLVED], []]),
        # Lists of other people are not laid beside each other.
        (f"Li, Wei (); Doe, J. ({PRINTED})", f"Li, Wei ({RESOLVED})", [[], [PRINTED]]),
        ("", "", [[]]),
    ],
)
def test_an_author_without_printed_affiliations_has_the_resolved_ones(
    printed: str, resolved: str, expected: list[list[str]]
) -> None:
    row = {
        "Publication ID": "pub.1", "Title": "T", "PubYear": "2020", "Authors": "Li, Wei",
        "Authors (Raw Affiliation)": printed, "Authors Affiliations": resolved,
    }  # fmt: skip
    text = io.StringIO()
    csv.writer(text).writerows([row, row.values()])
    [item] = DIMENSIONS.items(iter([text.getvalue().encode()]))
    assert not isinstance(item.fields, Refusal)
    assert [author["affiliations"] for author in item.fields["authors"]] == expected
