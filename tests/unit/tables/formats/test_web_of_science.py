"""Addresses and years of Web of Science records that stand elsewhere than usual."""

from collections.abc import Mapping
from typing import Any

import pytest

from bibnet.tables.decode.identify import Refusal
from bibnet.tables.formats.web_of_science import WEB_OF_SCIENCE_TAB, WEB_OF_SCIENCE_TEXT

HARBIN, LISBON = "Harbin Inst Technol, Harbin, Peoples R China", "Univ Lisbon, Lisbon, Portugal"
HEAD = "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Wang, L\n   Sa, J\n"


def read(lines: str) -> Mapping[str, Any]:
    """Fields of the record with these lines."""
    content = f"{HEAD}{lines}\nUT WOS:1\nER\n\nEF\n".encode()
    [item] = WEB_OF_SCIENCE_TEXT.items(iter([content]))
    assert not isinstance(item.fields, Refusal)
    return item.fields


@pytest.mark.parametrize(
    ("lines", "first", "second", "of_the_work"),
    [
        # Without C1 the addresses of the corresponding authors are all there are.
        (f"RP Wang, L (corresponding author), {HARBIN}.", [HARBIN], [], []),
        (f"RP Wang, L (reprint author), {HARBIN}.", [HARBIN], [], []),
        (f"RP Sa, J; Wang, L (corresponding author),\n   {HARBIN}.", [HARBIN], [HARBIN], []),
        (
            f"RP Wang, L (corresponding author), {HARBIN}.; Wang, L (corresponding author), "
            f"{LISBON}.; Sa, J (corresponding author), {LISBON}.",
            [HARBIN, LISBON],
            [LISBON],
            [],
        ),
        (
            f"RP Wang, L (corresponding author); Sa, J (corresponding author), {LISBON}.",
            [LISBON],
            [LISBON],
            [],
        ),
        (f"RP Li, Q (corresponding author), {HARBIN}.", [], [], [HARBIN]),
        (f"RP {HARBIN}.", [], [], []),  # whose, and whether an address, is not said
        # With C1 they are there already.
        (f"C1 [Sa, J] {LISBON}.\nRP Wang, L (corresponding author), {HARBIN}.", [], [LISBON], []),
    ],
)
def test_addresses_of_corresponding_authors(
    lines: str, first: list[str], second: list[str], of_the_work: list[str]
) -> None:
    found = read(lines)
    assert [author["affiliations"] for author in found["authors"]] == [first, second]
    assert found.get("affiliations", []) == of_the_work


def test_corresponding_authors_of_a_table() -> None:
    cells = {
        "PT": "J", "AU": "Wang, L", "TI": "A title", "C1": "",
        "RP": f"Wang, L (reprint author), {HARBIN}.", "PY": "", "EA": "JAN 2023", "UT": "WOS:1",
    }  # fmt: skip
    table = "\n".join("\t".join(row) for row in (cells, cells.values()))
    [item] = WEB_OF_SCIENCE_TAB.items(iter([table.encode()]))
    assert not isinstance(item.fields, Refusal)
    assert item.fields["authors"] == [{"name": "Wang, L", "affiliations": [HARBIN]}]
    assert item.fields["year"] == 2023


@pytest.mark.parametrize(
    ("lines", "year"),
    [("PY 2022", 2022), ("EA DEC 2021\nPY 2022", 2022), ("EA DEC 2021", 2021), ("EA DEC", None)],
)
def test_a_record_of_no_volume_has_the_year_of_its_early_access(
    lines: str, year: int | None
) -> None:
    assert read(lines).get("year") == year
