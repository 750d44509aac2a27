"""The door: which organisation or place a string means, in rows of the declared table."""

import pickle
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from small_registry import REGISTRY

from bibnet.places.locate.table import Locator, StringReader, located_table
from bibnet.places.registry.cache import OpenRegistry, open_registry
from bibnet.reference import load
from bibnet.schema.places import LOCATED_STRING
from bibnet.storage.arrow import arrow_schema


@pytest.fixture(scope="module")
def locator() -> Locator:
    return Locator(REGISTRY)


def rors(locator: Locator, text: str) -> list[str]:
    return [row.ror for row in locator.locate(text) if row.ror]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nanjing University, Nanjing, China", ["nju"]),
        ("nanjing univ., Nanjing 210093, P.R. China", ["nju"]),
        ("Nanjing University of Aeronautics and Astronautics, Nanjing, China", ["nuaa"]),
        ("Dept. of Physics, University of Oxford, Oxford, UK", ["ox"]),
        ("University of California - Berkeley, CA, USA", ["ucb"]),
        ("南京大学计算机系, 南京", ["nju"]),
        ("Old Gondwana School, Salem, OR, USA", ["tg"]),  # its successor
        ("Withdrawn Academy of Salem, Salem, OR, USA", []),
        ("Northeastern University, Boston, MA, USA", ["neu-us"]),
        ("Northeastern University, Shenyang, China", ["neu-cn"]),
        ("Kist, Germany", []),  # a short form not in capitals
        ("Institute of Nothing, Salem, OR, USA", []),
    ],
)
def test_organisations(locator: Locator, text: str, found: list[str]) -> None:
    assert sorted(rors(locator, text)) == found


def test_reference_lists_are_read_once_not_for_every_string(
    locator: Locator, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [
        "XYI for Tides",
        "me@tides.example.uk",
        "Institute of Tides",
        "南京大学",
        "Kist, Germany",
    ]
    found = [locator.locate(text) for text in texts]
    monkeypatch.setattr(load, "_bytes", lambda name, folder: pytest.fail(f"{name} read again"))
    assert [locator.locate(text) for text in texts] == found


@pytest.mark.parametrize(
    "text",
    ["Oxford", "Oxford, England", "Acme, 1 Road, OX1 2AB Oxford Cedex 1", "Dept, Nanjing, China"],
)
def test_a_lone_city_is_never_its_university(locator: Locator, text: str) -> None:
    assert [row for row in locator.locate(text, least=0.0001) if row.institution] == []


def test_an_own_name_that_is_a_whole_part_needs_less_where_no_other_stands() -> None:
    first = Locator(REGISTRY)
    score = first.locate("Nanjing University, Nanjing, China")[0].score or 0.0
    above = [score + 0.001, 1.0]
    found = [rors_at(first, "Nanjing University, Nanjing, China", least) for least in above]
    assert found == [["nju"], ["nju"]]
    assert rors_at(first, "Nanjing Univ Nanjing, Nanjing, China", 1.0) == []


def rors_at(locator: Locator, text: str, least: float) -> list[str]:
    return [row.ror for row in locator.locate(text, least=least) if row.ror]


def test_company_without_place_is_its_head_office(locator: Locator) -> None:
    row = locator.locate("Softco", least=0.3)[0]
    assert (row.ror, row.country, row.rule) == ("soft", "US", "head_office")


def test_two_organisations_of_one_string_are_two_rows(locator: Locator) -> None:
    text = "Nanjing University, Nanjing, China; University of Oxford, Oxford, UK"
    rows = locator.locate(text, least=0.05)
    assert {row.ror for row in rows} >= {"nju", "ox"}
    assert [row.place_seq for row in rows] == list(range(1, len(rows) + 1))


def test_company_abroad_keeps_only_the_country(locator: Locator) -> None:
    (row,) = locator.locate("Softco, Munich, Germany")
    assert (row.level, row.ror, row.country, row.city) == (4, None, "DE", "Munich")


def test_row_shows_rule_text_place_and_score(locator: Locator) -> None:
    (row,) = locator.locate("Inst. X, nanjing Univ., Nanjing, P.R. China")
    shown = row._asdict()
    score = shown.pop("score")
    assert 0.5 < score < 1
    assert shown == {
        "text": "Inst. X, nanjing Univ., Nanjing, P.R. China",
        "place_seq": 1,
        "level": 3,
        "ror": "nju",
        "institution": "Nanjing University",
        "country": "CN",
        "province": "Jiangsu",
        "city": "Nanjing",
        "lat": None,
        "lon": None,
        "type": "education",
        "rule": "exact_name",
        "matched_text": "nanjing Univ",
    }


def test_place_row(locator: Locator) -> None:
    (row,) = locator.locate("Unknown Lab, Munich, Germany")
    shown = (row.level, row.ror, row.country, row.city, row.rule, row.score, row.matched_text)
    assert shown == (4, None, "DE", "Munich", "country_name", None, "Germany")


def test_every_candidate_is_shown_on_request(locator: Locator) -> None:
    rows = locator.locate("Northeastern University", least=0.0)
    assert {"neu-us", "neu-cn"} <= {row.ror for row in rows}
    scores = [row.score or 0.0 for row in rows]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ,;, ",
        "100084",
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
    text = "<i>\x07🙂 Nanjing&nbsp;University</i>, Nanjing, China, a@b.cn, \u202e210093"
    assert rors(locator, text) == ["nju"]


def test_table_has_the_declared_schema_and_distinct_strings() -> None:
    one = "Nanjing University, Nanjing, China"
    (batch,) = located_table([one, "nothing", one, "Paris, France"], REGISTRY)
    assert batch.schema == arrow_schema(LOCATED_STRING)
    assert batch.column("text").to_pylist() == [one, "Paris, France"]


def test_without_registry_places_alone_answer() -> None:
    batch = pa.concat_tables(located_table(["Nanjing University, China", "x"], None))
    assert batch.select(["text", "level", "country"]).to_pylist() == [
        {"text": "Nanjing University, China", "level": 4, "country": "CN"}
    ]


def test_nothing_placed_gives_no_batch() -> None:
    assert list(located_table(["x"], None)) == []


def oxford(folder: Path) -> OpenRegistry:
    path = folder / "ror.jsonl"
    path.write_text('{"id": "ox", "name": "University of Oxford", "cc": "GB", "city": "Oxford"}')
    return open_registry(path, lambda _: None, folder / "cache")


@pytest.mark.long
def test_two_processes_give_the_rows_of_one(tmp_path: Path) -> None:
    opened = oxford(tmp_path)
    texts = [f"Group {n}, University of Oxford, Oxford, UK" for n in range(4_100)]
    one = pa.concat_tables(located_table(texts, opened, processes=1))
    assert one.num_rows == len(texts)
    assert pa.concat_tables(located_table(texts, opened, processes=2)).equals(one)


def test_a_reader_that_is_sent_elsewhere_takes_the_folder_alone(tmp_path: Path) -> None:
    opened = oxford(tmp_path)
    sent = pickle.dumps(StringReader(opened))
    assert len(sent) < 300
    texts = ["University of Oxford, UK", "x"]
    here, there = (
        pa.concat_tables(reader(iter(texts), 1))
        for reader in (StringReader(opened), pickle.loads(sent))  # noqa: S301 - our own bytes
    )
    assert there.equals(here)
    assert here.num_rows == 1
    whole = pickle.loads(pickle.dumps(StringReader(replace(opened, folder=None))))  # noqa: S301
    assert pa.concat_tables(whole(iter(texts), 1)).equals(here)
