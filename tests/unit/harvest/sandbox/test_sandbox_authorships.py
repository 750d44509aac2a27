from random import Random
from typing import Any

from bibnet.harvest.sandbox.authors import Authors
from bibnet.harvest.sandbox.authorships import make_authorships
from bibnet.harvest.sandbox.institutions import make_bodies

BODIES = make_bodies(1, 100)
TEAM = BODIES[:3]


def authorships(authors: int, *, affiliated: bool = True) -> list[dict[str, Any]]:
    people = Authors(100, sum(body.weight for body in BODIES), Random(2))
    return make_authorships(TEAM, authors, affiliated=affiliated, people=people, chance=Random(3))


MANY = authorships(3000)


def share(of: list[bool]) -> float:
    return sum(of) / len(of)


def test_positions_are_first_middle_last() -> None:
    assert [a["author_position"] for a in authorships(3)] == ["first", "middle", "last"]
    assert [a["author_position"] for a in authorships(1)] == ["first"]


def test_an_unaffiliated_work_has_no_affiliation_at_all() -> None:
    keys = ("institutions", "countries", "affiliations", "raw_affiliation_strings")
    assert {str(a[key]) for a in authorships(9, affiliated=False) for key in keys} == {"[]"}


def test_countries_are_those_of_the_institutions() -> None:
    affiliated = [a for a in MANY if a["institutions"]]
    assert affiliated
    for item in affiliated:
        codes = {i["country_code"] for i in item["institutions"]} - {None}
        assert item["countries"] == sorted(codes)


def test_raw_strings_repeat_the_affiliations() -> None:
    for item in MANY[:300]:
        texts = [a["raw_affiliation_string"] for a in item["affiliations"]]
        assert item["raw_affiliation_strings"] == texts


def test_some_strings_lead_to_no_institution_and_some_of_those_to_a_country() -> None:
    unresolved = [a for a in MANY if a["affiliations"] and not a["institutions"]]
    assert 0.05 < len(unresolved) / len(MANY) < 0.10
    assert 0.1 < share([bool(a["countries"]) for a in unresolved]) < 0.4


def test_some_ids_are_null() -> None:
    ids = [i for a in MANY for f in a["affiliations"] for i in f["institution_ids"]]
    assert 0 < ids.count(None) < 0.03 * len(MANY)
    assert 0.04 < share([a["author"]["id"] is None for a in MANY]) < 0.09


def test_some_authors_have_two_institutions() -> None:
    assert 0.02 < share([len(a["institutions"]) == 2 for a in MANY]) < 0.10


def test_authors_come_again() -> None:
    ids = [a["author"]["id"] for a in MANY if a["author"]["id"]]
    assert len(set(ids)) < len(ids) / 5
