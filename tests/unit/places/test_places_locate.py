"""The door: which organisation or place a string means, and which guard holds one back."""

from typing import Any

import pyarrow as pa
import pytest

from bibnet.places.locate import Locator, located_table
from bibnet.places.registry import Organisation, Registry, build_registry
from bibnet.schema.derived import LOCATED_STRING
from bibnet.store import arrow_schema


def body(key: str, name: str, place: str, **changes: Any) -> Organisation:
    """An organisation; `place` is "CC City"."""
    country, _, city = place.partition(" ")
    fields: dict[str, Any] = {
        "key": key,
        "ror": key,
        "openalex_id": "",
        "name": name,
        "names": (name, *changes.pop("aliases", ())),
        "acronyms": (),
        "country": country,
        "province": "",
        "city": city,
        "types": ("education",),
        "parents": (),
        "status": "active",
        "successors": (),
    }
    return Organisation(**fields | changes)


REGISTRY: Registry = build_registry(
    [
        body("neu-us", "Northeastern University", "US Boston", acronyms=("NEU",)),
        body("neu-cn", "Northeastern University", "CN Shenyang", acronyms=("NEU",)),
        body("nju", "Nanjing University", "CN Nanjing", aliases=("南京大学",)),
        body("nuaa", "Nanjing University of Aeronautics and Astronautics", "CN Nanjing"),
        body("cmu", "Carnegie Mellon University", "US Pittsburgh"),
        body("ri", "Robotics Institute", "US Pittsburgh", types=("facility",), parents=("cmu",)),
        body("ir", "Institute for Robotics", "US Pittsburgh", parents=("cmu",)),
        body("ucb", "University of California, Berkeley", "US Berkeley"),
        body("ox", "University of Oxford", "GB Oxford"),
        body("york-gb", "York University", "GB York"),
        body("soft", "Softco (United States)", "US Redmond", types=("company",)),
        body("soft-cn", "Softco (China)", "CN Beijing", types=("company",), parents=("soft",)),
        body("pt-it", "Pellworm Tools (Italy)", "IT Milan", types=("company",), parents=("far",)),
        body("kist", "Kiel Institute for Sound and Tone", "DE Kiel", acronyms=("KIST",)),
        body("moe", "Ministry of Teaching", "TW Taipei", types=("government",)),
        body("hku", "University of Hong Kong", "HK Hong Kong"),
        body("tg", "Tech of Gondwana", "US Salem"),
        body("old", "Old Gondwana School", "US Salem", status="inactive", successors=("tg",)),
    ]
)


@pytest.fixture(scope="module")
def locator() -> Locator:
    return Locator(REGISTRY)


def rors(locator: Locator, text: str) -> list[str]:
    return [row.ror for row in locator.locate(text) if row.ror]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nanjing University", ["nju"]),
        ("nanjing univ.", ["nju"]),
        ("Nanjing University of Aeronautics and Astronautics, Nanjing", ["nuaa"]),
        ("Nanjing University of Posts and Telecommunications", []),
        ("South Nanjing University", []),
        ("Robotics Institute, Carnegie Mellon University, Pittsburgh", ["cmu", "ri"]),
        ("Dept. of Physics University of Oxford, UK", ["ox"]),
        ("University of California - Berkeley", ["ucb"]),
        ("Carnegie Mellon University School of Design, Pittsburgh, PA", ["cmu"]),
        ("University of Oxford Hospital", []),
        ("Nanjing University; University of Oxford", ["nju", "ox"]),
        ("南京大学计算机系, 南京", ["nju"]),
        ("Old Gondwana School", ["tg"]),
        ("Softco Research, Redmond, WA, USA", ["soft"]),
        ("The University of Hong Kong, China", ["hku"]),
    ],
)
def test_organisations(locator: Locator, text: str, found: list[str]) -> None:
    assert rors(locator, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Northeastern University", []),  # two countries, nothing tells which
        ("Northeastern University, Boston", ["neu-us"]),
        ("Northeastern University, Shenyang, China", ["neu-cn"]),
        ("Northeastern University, Paris, France", []),
        ("NEU", []),  # an acronym alone
        ("NEU, Shenyang, China", ["neu-cn"]),
        ("KIST", []),
        ("KIST, Germany", ["kist"]),
        ("Kist, Germany", []),  # not in capitals
        ("Institute for Robotics", []),  # a unit without city or parent
        ("Nanjing University, Berlin, Germany", []),  # the string names another country
        ("Pellworm Tools", []),  # a child abroad does not stand for its parent
        ("Pellworm Tools, Milan, Italy", ["pt-it"]),
        ("Ministry of Teaching, Beijing, China", []),  # not the one in Taipei
    ],
)
def test_guards(locator: Locator, text: str, found: list[str]) -> None:
    assert rors(locator, text) == found


def test_company_without_place_is_its_head_office(locator: Locator) -> None:
    (row,) = locator.locate("Softco Research")
    assert (row.ror, row.country, row.rule) == ("soft", "US", "head_office")


def test_company_abroad_keeps_only_the_country(locator: Locator) -> None:
    (row,) = locator.locate("Softco, Munich, Germany")
    assert (row.level, row.ror, row.country, row.city) == (4, None, "DE", "Munich")


def test_company_branch_by_its_country(locator: Locator) -> None:
    assert rors(locator, "Softco Research Asia Lab, Softco, Beijing, China") == ["soft-cn"]


def test_row_shows_rule_text_and_place(locator: Locator) -> None:
    (row,) = locator.locate("Inst. X, nanjing Univ., P.R. China")
    assert row._asdict() == {
        "text": "Inst. X, nanjing Univ., P.R. China",
        "place_seq": 1,
        "level": 3,
        "ror": "nju",
        "institution": "Nanjing University",
        "country": "CN",
        "province": "Jiangsu",
        "city": "Nanjing",
        "type": "education",
        "rule": "exact_name",
        "matched_text": "nanjing Univ",
    }


def test_place_row(locator: Locator) -> None:
    (row,) = locator.locate("Unknown Lab, Nanjing, China")
    assert row[1:] == (
        *(1, 4, None, None),
        *("CN", "Jiangsu", "Nanjing", None, "country_name", "China"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ,;, ",
        "100084",
        "a.b@nju.edu.cn",
        "\x00\x1b[31m",
        "<b></b>&nbsp;",
        "🙂",
        "ï¿½ï¿½",
        "(((((",
        "مختبر الذكاء",
        "\ud800 lone surrogate",
        "x" * 50_000,
        "a, " * 17_000,
        "University " * 4_500,
    ],
)
def test_hostile_strings_resolve_to_nothing(locator: Locator, text: str) -> None:
    assert locator.locate(text) == []


def test_hostile_parts_do_not_hide_the_name(locator: Locator) -> None:
    text = "<i>\x07🙂 Nanjing&nbsp;University</i>, a@b.cn, \u202e210093"
    assert rors(locator, text) == ["nju"]


def test_table_has_the_declared_schema_and_distinct_strings() -> None:
    texts = ["Nanjing University", "nothing", "Nanjing University", "Paris, France"]
    (batch,) = located_table(texts, REGISTRY)
    assert batch.schema == arrow_schema(LOCATED_STRING)
    assert batch.column("text").to_pylist() == ["Nanjing University", "Paris, France"]


def test_without_registry_places_alone_answer() -> None:
    batch = pa.concat_tables(located_table(["Nanjing University, China", "x"], None))
    assert batch.select(["text", "level", "country"]).to_pylist() == [
        {"text": "Nanjing University, China", "level": 4, "country": "CN"}
    ]


def test_nothing_placed_gives_no_batch() -> None:
    assert list(located_table(["x"], None)) == []
