"""What the source said of a string again and again answers for the same string elsewhere."""

import pytest
from build import rows_of, table, tables

from bibnet.places.decide.evidence import answers, decided, gather, placed_affiliations
from bibnet.places.decide.memory import harvest_memory, source_voices
from bibnet.places.decide.place import openalex_ids, places

TEXT = "Dept. of X, Quillwater University"
EMPTY: dict[str, list] = {"stated_country": [], "located_string": [], "named_place": []}


def world(*said: str, text: str = TEXT) -> dict[str, list]:
    """One affiliation a word: the institutions the source gave it, joined by +; - = none."""
    affiliation, asserted = [], []
    for number, ids in enumerate(said, start=1):
        key = {"work_key": number, "author_seq": 1, "affiliation_seq": 1}
        affiliation.append({**key, "text": text if ids != "-" else text.upper()})
        asserted += [
            {**key, "institution_seq": at, "institution_id": one, "ror": f"r{one}", "country": "CN"}
            for at, one in enumerate(ids.split("+"), start=1)
            if one != "-"
        ]
    return {**EMPTY, "affiliation": affiliation, "asserted_institution": asserted}


def memory(*said: str, text: str = TEXT) -> list[tuple[object, ...]]:
    given = tables(**world(*said, text=text))
    found = harvest_memory({**given, "source_voice": source_voices(given)})
    return rows_of(found, "folded", "institution_id", "uses", "agreeing")


@pytest.mark.parametrize(
    ("said", "ids"),
    [
        ("I1 I1 I1", ["I1"]),
        ("I1 I1", []),  # two works may share one mistake
        ("I1 I1 I1 I2", []),  # three of four agree
        ("I1 I1 I1 I1 I1 I1 I1 I1 I1 I2", ["I1"]),  # nine of ten
        ("I1+I2 I1+I2 I2+I1", ["I1", "I2"]),
        ("I1+I2 I1 I2", []),
    ],
)
def test_agreeing_uses_are_remembered(said: str, ids: list[str]) -> None:
    assert [row[1] for row in memory(*said.split())] == ids


def test_equal_strings_are_folded_and_short_ones_left_out() -> None:
    assert memory("I1", "I1", "I1") == [("dept of x quillwater university", "I1", 3, 3)]
    assert memory("I1", "I1", "I1", text="Physics") == []


def remembering(*said: str, **more: list) -> tuple[list, list]:
    """(level, rule, countries) of affiliations; (institution, level) of places; by work."""
    given = tables(**{**world(*said), **more})
    given["harvest_memory"] = table(
        "harvest_memory",
        {"folded": "dept of x quillwater university", "institution_id": "I1", "ror": "rI1"}
        | {"country": "CN", "uses": 3, "agreeing": 3},
    )
    found = gather(given, resolve=True)
    answer = answers(found)
    placed = placed_affiliations(found, answer, decided(answer))
    where = places(found, decided(answer), table("registry_place"), openalex_ids(found.asserted))
    return (
        rows_of(placed, "work_key", "level", "rule", "countries"),
        rows_of(where, "work_key", "institution_id", "level"),
    )


def test_the_same_string_without_institution_is_answered() -> None:
    assert remembering("I1", "-") == (
        [(1, 1, "source_institution", "CN"), (2, 3, "harvest_memory", "CN")],
        [(1, "I1", 1), (2, "I1", 3)],
    )


def test_memory_never_overrides_the_source() -> None:
    assert remembering("I2")[1] == [(1, "I2", 1)]


def test_memory_comes_before_the_registry() -> None:
    row = {"text": TEXT.upper(), "place_seq": 1, "level": 3, "ror": "r9", "institution": "Nine"}
    located = [{**row, "country": "US", "rule": "exact_name"}]
    affiliations, where = remembering("-", located_string=located)
    assert affiliations == [(1, 3, "harvest_memory", "CN")]
    assert where == [(1, "I1", 3)]
