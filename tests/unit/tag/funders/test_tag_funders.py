from collections.abc import Sequence
from dataclasses import dataclass

import ibis
from build import rows_of, tables

from bibnet.tag.funders.funders import FunderEvidence, funding
from bibnet.tag.funders.grants import GrantPatterns
from bibnet.tag.funders.known import FunderList
from bibnet.tag.funders.unlisted import FunderRecord, OtherFunders
from bibnet.tag.place_names import PlaceNames


def entry(name: str, funder_id: str = "", **cells: str) -> dict[str, str]:
    empty = {"name_zh": "", "aliases": "", "type": "other", "country": "CN"}
    return {**empty, "entry_id": name, "name": name, "funder_id": funder_id, **cells}


LISTED = FunderList(
    [
        entry(
            "Science Fund",
            "F1",
            name_zh="科学基金",
            aliases="SCF|SciFund",
            type="central_programme",
        ),
        entry("Union Fund", "F2", type="supranational", country="EU"),
        entry("Harbour Ltd.", type="company", country=""),
        entry("City Fund", "F3"),
        entry("The City Fund", "F4", country="US"),
    ],
    merged={"F1old": "F1"},
    shared=frozenset({"SHF"}),
)
PLACES = PlaceNames({"china": "CN", "usa": "US"}, {"beijing": frozenset({"CN"})})


@dataclass(frozen=True)
class Body:
    ror: str
    country: str
    types: tuple[str, ...]


def evidence(others: OtherFunders | None = None) -> FunderEvidence:
    return FunderEvidence(LISTED, GrantPatterns([]), others or OtherFunders(), PLACES)


COLUMNS = ("work_key", "funder_id", "funder", "funder_country", "funder_type")


def world(*rows: tuple[int, str | None, str | None], **more: list) -> dict[str, ibis.Table]:
    named = [
        dict(zip(("work_key", "funder_id", "funder", "ror"), row, strict=False)) for row in rows
    ]
    return tables(award=more.get("award", []), work_funder=named)


def funders(*rows: tuple[int, str | None, str | None]) -> list[Sequence[object]]:
    return rows_of(funding(world(*rows), evidence()), *COLUMNS)


def test_an_id_takes_name_country_and_type_of_the_list():
    assert funders((1, "F1", "whatever")) == [(1, "F1", "Science Fund", "CN", "central_programme")]


def test_an_unlisted_id_shows_its_smallest_name():
    assert funders((1, "F9", "Foo"), (2, "F9", "Bar")) == [
        (1, "F9", "Bar", None, "unclassified"),
        (2, "F9", "Bar", None, "unclassified"),
    ]


def test_an_unlisted_id_without_name_stays():
    assert funders((1, "F9", None)) == [(1, "F9", None, None, "unclassified")]


def test_a_listed_name_takes_the_id_so_that_the_funder_counts_once():
    assert funders((1, "F1", "x"), (1, None, "the science fund"), (1, None, "科学基金")) == [
        (1, "F1", "Science Fund", "CN", "central_programme")
    ]


def test_a_listed_funder_without_id_keeps_its_name():
    assert funders((1, None, "Harbour")) == [(1, None, "Harbour Ltd.", None, "company")]


def test_an_acronym_matches_as_it_is_written():
    assert funders((1, None, "SCIFUND"), (2, None, "SCF"), (3, None, "Scf")) == [
        (1, "F1", "Science Fund", "CN", "central_programme"),
        (2, "F1", "Science Fund", "CN", "central_programme"),
        (3, None, "Scf", None, "unclassified"),
    ]


def test_a_name_of_two_entries_matches_neither_unless_a_country_chooses():
    assert funders((1, None, "City Fund"), (2, None, "City Fund, USA")) == [
        (1, None, "City Fund", None, "unclassified"),
        (2, "F4", "The City Fund", "US", "other"),
    ]


def test_a_merged_id_counts_as_the_one_it_became():
    assert funders((1, "F1old", "Old"), (1, "F1", "New")) == [
        (1, "F1", "Science Fund", "CN", "central_programme")
    ]


def test_what_says_that_nobody_paid_gives_no_row():
    assert funders((1, None, "None"), (2, None, "n/a"), (3, None, "No funding")) == []


def told(others: OtherFunders, *rows: tuple) -> list[tuple]:
    columns = ("funder_id", "funder_country", "funder_type", "classified_by")
    return rows_of(funding(world(*rows), evidence(others)), *columns)


def test_an_unlisted_funder_is_described_by_its_own_record_then_by_the_registry():
    record = {"F8": FunderRecord("Eight", "FR", "")}
    bodies = {"0a": Body("0a", "DE", ("education", "funder")), "0b": Body("0b", "IT", ("funder",))}
    rows = [(1, "F8", "Eight", None), (2, "F9", "Nine", "0a"), (3, "F7", "Seven", "0b")]
    assert told(OtherFunders(record, bodies), *rows) == [
        ("F7", "IT", "unclassified", "registry"),
        ("F8", "FR", "unclassified", "own_record"),
        ("F9", "DE", "university", "registry"),
    ]


def test_a_ror_id_of_two_funders_tells_nothing():
    bodies = {"0a": Body("0a", "DE", ("education",))}
    rows = [(1, "F8", "Eight", "0a"), (2, "F9", "Nine", "0a")]
    assert told(OtherFunders({}, bodies), *rows) == [
        ("F8", None, "unclassified", None),
        ("F9", None, "unclassified", None),
    ]


def test_a_row_says_by_what_it_was_found_and_each_award_once():
    named = world((1, "F1", "Fund"), (1, None, "Science Fund"), award=[
        {"work_key": 1, "award_seq": seq, "funder_id": "F1", "award_number": number}
        for seq, number in enumerate(("123456", "No. 123 456", "777777"))
    ])  # fmt: skip
    assert rows_of(funding(named, evidence()), "rule", "matched_text", "awards") == [
        ("identifier|name", "Fund", "123456|777777")
    ]


def test_part_of_a_name_does_not_match():
    assert funders((1, None, "Science Fund of Foo")) == [
        (1, None, "Science Fund of Foo", None, "unclassified")
    ]


def test_a_funder_with_neither_id_nor_name_is_left_out():
    assert funders((1, None, None)) == []


def test_no_funders_give_no_rows():
    assert funders() == []
