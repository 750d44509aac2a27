"""The lowest evidence level that answers decides; the other answers are kept and counted."""

import ibis
from build import rows_of, table, tables

from bibnet.places.decide.evidence import answers, decided, gather, placed_affiliations
from bibnet.places.decide.place import institutions, openalex_ids, places

KEY = {"work_key": 1, "author_seq": 1, "affiliation_seq": 1}
ASSERTED = {**KEY, "institution_seq": 1, "institution_id": "I1", "ror": "r1", "institution": "One"}
LOCATED = {
    "text": "x",
    "place_seq": 1,
    "level": 3,
    "ror": "r9",
    "institution": "Nine",
    "rule": "exact",
}


def decide(resolve: bool = True, **rows: list) -> list[tuple[object, ...]]:
    """(affiliation_seq, level, countries, disagrees) of each affiliation."""
    empty = {
        "affiliation": [],
        "asserted_institution": [],
        "stated_country": [],
        "located_string": [],
        "named_place": [],
        "harvest_memory": [],
    }
    found = gather(tables(**{**empty, **rows}), resolve=resolve)
    answer = answers(found)
    placed = placed_affiliations(found, answer, decided(answer))
    return rows_of(placed, "affiliation_seq", "level", "countries", "disagrees")


def affiliation(seq: int = 1, text: str | None = "x") -> dict:
    return {**KEY, "affiliation_seq": seq, "text": text}


def stated(country: str) -> dict:
    return {"work_key": 1, "author_seq": 1, "country": country}


def test_the_institution_of_the_source_decides_first() -> None:
    rows = decide(
        affiliation=[affiliation()],
        asserted_institution=[{**ASSERTED, "country": "CN"}],
        located_string=[{**LOCATED, "country": "US"}],
    )
    assert rows == [(1, 1, "CN", True)]


def test_agreeing_levels_do_not_disagree() -> None:
    rows = decide(
        affiliation=[affiliation()],
        asserted_institution=[{**ASSERTED, "country": "CN"}],
        located_string=[{**LOCATED, "country": "CN"}],
    )
    assert rows == [(1, 1, "CN", False)]


def test_a_stated_country_that_no_institution_has_comes_second() -> None:
    rows = decide(
        affiliation=[affiliation()],
        stated_country=[stated("DE")],
        located_string=[{**LOCATED, "country": "US"}],
    )
    assert rows == [(1, 2, "DE", True)]


def test_the_string_answers_where_the_source_says_nothing() -> None:
    assert decide(affiliation=[affiliation()], located_string=[{**LOCATED, "country": "US"}]) == [
        (1, 3, "US", False)
    ]
    named = {**LOCATED, "level": 4, "ror": None, "institution": None, "country": "US"}
    assert decide(affiliation=[affiliation()], located_string=[named]) == [(1, 4, "US", False)]


def test_the_place_of_an_address_without_an_organisation_decides_with_the_others() -> None:
    place = {**LOCATED, "place_seq": 2, "level": 4, "ror": None, "institution": None}
    located = [{**LOCATED, "country": "US"}, {**place, "country": "CN"}]
    rows = decide(affiliation=[affiliation()], located_string=located)
    assert rows == [(1, 3, "CN|US", False)]


def test_a_country_that_a_string_names_and_nothing_answers_disagrees() -> None:
    named = {"text": "x", "country": "FR", "rule": "country_name"}
    rows = decide(
        affiliation=[affiliation()],
        located_string=[{**LOCATED, "country": "US"}],
        named_place=[named, {**named, "country": "US"}],
    )
    assert rows == [(1, 3, "US", True)]


def test_strings_are_not_asked_with_openalex_only() -> None:
    rows = decide(
        resolve=False, affiliation=[affiliation()], located_string=[{**LOCATED, "country": "US"}]
    )
    assert rows == [(1, None, None, False)]


def test_stated_countries_stand_in_after_the_string() -> None:
    """The second affiliation has no unit; the authorship's country is its first one's."""
    world = {
        "affiliation": [affiliation(1), affiliation(2, "y")],
        "asserted_institution": [{**ASSERTED, "country": "CN"}],
        "stated_country": [stated("CN")],
    }
    assert decide(**world) == [(1, 1, "CN", False), (2, 2, "CN", False)]
    located = [{**LOCATED, "text": "y", "country": "GB"}]
    assert decide(**world, located_string=located) == [(1, 1, "CN", False), (2, 3, "GB", False)]


def test_a_stated_country_without_any_affiliation_gets_a_row() -> None:
    assert decide(stated_country=[stated("ES")]) == [(0, 2, "ES", False)]


def test_a_stated_country_beside_placed_affiliations_gets_a_row() -> None:
    rows = decide(
        affiliation=[affiliation()],
        asserted_institution=[{**ASSERTED, "country": "CN"}],
        stated_country=[stated("CN"), stated("DE")],
    )
    assert rows == [(0, 2, "CN|DE", False), (1, 1, "CN", False)]


def placed(**rows: list) -> list[tuple[object, ...]]:
    empty = {
        "affiliation": [],
        "asserted_institution": [],
        "stated_country": [],
        "located_string": [],
        "named_place": [],
        "harvest_memory": [],
    }
    found = gather(tables(**{**empty, **rows}), resolve=True)
    return rows_of(
        places(
            found, decided(answers(found)), table("registry_place"), openalex_ids(found.asserted)
        ),
        *("place_seq", "institution_id", "country", "level"),
    )


def test_an_institution_without_country_keeps_its_row_beside_the_decided_country() -> None:
    rows = placed(
        affiliation=[affiliation()], asserted_institution=[ASSERTED], stated_country=[stated("DE")]
    )
    assert rows == [(1, "I1", None, 1), (2, None, "DE", 2)]


def test_a_ror_id_that_the_corpus_pairs_becomes_the_openalex_id() -> None:
    other = {**ASSERTED, "work_key": 2, "country": "CN"}
    rows = placed(
        affiliation=[affiliation(), {**affiliation(text=None), "work_key": 2}],
        asserted_institution=[other],
        located_string=[{**LOCATED, "ror": "r1", "country": "CN"}],
    )
    assert rows == [(1, "I1", "CN", 1), (1, "I1", "CN", 3)]


def test_an_organisation_of_another_country_than_decided_is_withheld() -> None:
    rows = placed(
        affiliation=[affiliation()],
        stated_country=[stated("DE")],
        located_string=[{**LOCATED, "country": "US"}],
    )
    assert rows == [(1, None, "DE", 2)]


def test_name_country_and_type_come_from_the_newest_work() -> None:
    place = {**KEY, "place_seq": 1, "institution_id": "I1", "level": 1}
    world = tables(
        work=[
            {"work_key": 1, "updated": 1},
            {"work_key": 2, "updated": 2},
            {"work_key": 3, "updated": 2},
        ],
        place=[
            {**place, "institution": "Old", "country": "CN"},
            {**place, "work_key": 2, "institution": "New B", "country": "HK", "type": "company"},
            {**place, "work_key": 3, "institution": "New A", "country": "HK"},
            {**place, "work_key": 3, "place_seq": 2, "level": 3, "institution": "Registry"},
        ],
    )
    side = ibis.memtable({"side": ["china"], "country": ["HK"]})
    seat = {"id": "I1", "country": "HK", "province": "Sha Tin", "lat": 22.4, "parents": "I2"}
    rows = rows_of(institutions(world, side, table("registry_place", seat)))
    expected = ("I1", None, "New A", "HK", "company", "china", "Sha Tin", None, 22.4, None, "I2")
    assert rows == [expected]
