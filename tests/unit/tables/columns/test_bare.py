"""Columns of identifiers and instants are read as one by one."""

from datetime import UTC, datetime

import pytest

from bibnet.tables.columns.bare import bare_dois, bare_ids, instants
from bibnet.tables.identifiers import bare_doi, instant


def test_ids_as_usual_and_what_is_left() -> None:
    given = ["https://openalex.org/A12", None, "", "A12", "https://openalex.org/I12"]
    ids, odd = bare_ids(given, "A")
    assert ids.to_pylist() == ["A12", None, None, None, None]
    assert odd.tolist() == [False, False, False, True, True]


@pytest.mark.parametrize("number", ["", "1" * 19, "\u0661", "1\u00e4", "-1", "1 "])
def test_what_is_no_number_is_left(number: str) -> None:
    ids, odd = bare_ids([f"https://openalex.org/W{number}"], "W")
    assert (ids.to_pylist(), odd.tolist()) == ([None], [True])


DOIS = [
    "https://doi.org/10.1000/ABC", "doi:10.1/x Y", "https://doi.org/10.5/\u0130", None, "",
    "no doi", "https://doi.org/10.1/a\n", "HTTPS://DX.DOI.ORG/10.2/q",
]  # fmt: skip


def test_dois_in_any_form() -> None:
    dois, odd = bare_dois(DOIS)
    assert dois.to_pylist() == [bare_doi(one) if one else None for one in DOIS]
    assert odd.tolist() == [one == "no doi" for one in DOIS]


MOMENTS = [
    "2026-02-16", "2026-02-16T07:36:33.822", "2026-02-16 07:36:33", "2026-02-16T07:36:33.822Z",
    "2026-02-16T09:00:00+02:00", " 2026-02-16", "2026-02-16T07:36:33.1234567", "20260216", None, "",
]  # fmt: skip


def test_instants_in_any_form() -> None:
    found, odd = instants(MOMENTS)
    assert found.to_pylist() == [instant(one) if one else None for one in MOMENTS]
    assert not odd.any()


def test_what_is_no_instant_is_named_beside_those_that_are() -> None:
    found, odd = instants(["2026-02-16", "2026-02-30", "0000-01-01", "soon"])
    assert found.to_pylist() == [datetime(2026, 2, 16, tzinfo=UTC), None, None, None]
    assert odd.tolist() == [False, True, True, True]
