"""Hubs: rows of every level, municipalities, clusters across codes, per capita."""

from pathlib import Path

import pytest
from build import rows_of, tables
from hypothesis import given, settings
from hypothesis import strategies as st

from bibnet.metrics.counts.hubs import hubs, hubs_incidence
from bibnet.metrics.counts.populations import (
    packaged_populations,
    population_record,
    population_table,
    read_populations,
)
from bibnet.network.incidence import of_cell
from bibnet.schema.errors import InputError

Place = tuple[int, str | None, str | None, str | None]
SHOWN = ("unit", "country", "province", "city", "cluster", "works", "joint_works", "share")


def placed(*places: Place, joint: frozenset[int] = frozenset()):
    """Tables with one affiliation per place (work, country, province, city)."""
    works = sorted({place[0] for place in places})
    return tables(
        place=[
            {"work_key": work, "author_seq": at, "affiliation_seq": 1, "place_seq": 1,
             "country": country, "province": province, "city": city}
            for at, (work, country, province, city) in enumerate(places, start=1)
        ],
        work_scope=[{"work_key": work, "year": 2020, "joint": work in joint} for work in works],
    )  # fmt: skip


def shown(*places: Place, joint: frozenset[int] = frozenset(), people=None):
    found = hubs(placed(*places, joint=joint), population_table(people or {}))
    return rows_of(found, *SHOWN)


def test_a_city_has_a_row_its_province_another():
    assert shown((1, "DE", "Bavaria", "Munich"), joint=frozenset({1})) == [
        ("city", "DE", "Bavaria", "Munich", None, 1, 1, 1.0),
        ("province", "DE", "Bavaria", "all", None, 1, 1, 1.0),
    ]


def test_a_city_stands_where_most_of_its_affiliations_do():
    """Two affiliations of Haidian and one of Chaoyang are Beijing; a province has no point."""
    row = {"country": "CN", "province": "Beijing", "work_key": 1, "author_seq": 1, "place_seq": 1}
    found = hubs(
        tables(
            place=[
                {**row, "affiliation_seq": at, "city": city, "lat": lat, "lon": lon}
                for at, (city, lat, lon) in enumerate(
                    [("Haidian", 40.0, 116.3), ("Chaoyang", 39.9, 116.5), ("Haidian", 40.0, 116.3),
                     (None, None, None)], start=1
                )
            ],
            work_scope=[{"work_key": 1, "year": 2020, "joint": False}],
        ),
        population_table({}),
    )  # fmt: skip
    assert rows_of(found, "unit", "city", "lat", "lon") == [
        ("city", "Beijing", 40.0, 116.3),
        ("cluster", "all", None, None),
        ("province", "all", None, None),
    ]


def test_a_work_counts_once_in_each_row():
    """Work 1 is in two cities of one province, work 2 in one of them."""
    found = shown(
        (1, "CN", "Guangdong", "Shenzhen"),
        (1, "CN", "Guangdong", "Guangzhou"),
        (2, "CN", "Guangdong", "Shenzhen"),
        (2, "CN", "Guangdong", "Shenzhen"),
    )
    delta = "Pearl River Delta"
    assert found == [
        ("city", "CN", "Guangdong", "Guangzhou", delta, 1, 0, 0.5),
        ("city", "CN", "Guangdong", "Shenzhen", delta, 2, 0, 1.0),
        ("cluster", "CN|HK|MO", "all", "all", delta, 2, 0, 1.0),
        ("province", "CN", "Guangdong", "all", delta, 2, 0, 1.0),
    ]


def test_an_empty_place_is_unknown_and_no_total():
    found = shown((1, "CN", "Hubei", None), (2, "CN", None, None), (3, None, None, None))
    assert found == [
        ("city", "CN", "Hubei", None, None, 1, 0, 0.5),
        ("city", "CN", None, None, None, 1, 0, 0.5),
        ("province", "CN", "Hubei", "all", None, 1, 0, 0.5),
        ("province", "CN", None, "all", None, 1, 0, 0.5),
    ]


def test_a_municipality_is_city_and_province_at_once():
    """A district, a bare city name and a bare province are all Beijing."""
    found = shown(
        (1, "CN", "Beijing", "Haidian"), (2, "CN", None, "Beijing"), (3, "CN", "Beijing", None)
    )
    cluster = "Beijing-Tianjin-Hebei"
    assert found == [
        ("city", "CN", "Beijing", "Beijing", cluster, 3, 0, 1.0),
        ("cluster", "CN", "all", "all", cluster, 3, 0, 1.0),
        ("province", "CN", "Beijing", "all", cluster, 3, 0, 1.0),
    ]


def test_a_city_of_the_same_name_elsewhere_is_no_municipality():
    found = shown((1, "US", None, "Shanghai"))
    assert ("city", "US", None, "Shanghai", None, 1, 0, 1.0) in found


def test_a_cluster_across_codes_is_a_share_of_all_of_them():
    """Hong Kong by its code, whatever its districts; Jiangsu is elsewhere; one work is in both."""
    found = shown(
        (1, "HK", "Southern", "Pok Fu Lam"),
        (1, "CN", "Guangdong", "Shenzhen"),
        (2, "CN", "Jiangsu", "Nanjing"),
        (3, "TW", None, "Taipei"),
    )
    clusters = [row for row in found if row[0] == "cluster"]
    assert clusters == [
        ("cluster", "CN", "all", "all", "Yangtze River Delta", 1, 0, 0.5),
        ("cluster", "CN|HK|MO", "all", "all", "Pearl River Delta", 1, 0, 0.5),
    ]
    assert ("province", "HK", "Southern", "all", "Pearl River Delta", 1, 0, 1.0) in found
    assert not [row for row in found if row[1] == "TW" and row[4]]


def test_per_capita_where_the_population_is_known():
    source = placed((1, "CN", "Tibet", "Lhasa"), (1, "HK", None, None), (2, "CN", "Beijing", None))
    found = hubs(source, population_table(packaged_populations()))
    people = {row[:3]: row[3:] for row in rows_of(
        found, "unit", "province", "cluster", "population", "works_per_million"
    )}  # fmt: skip
    assert people["province", "Tibet", None] == (3_648_100, pytest.approx(1 / 3.6481))
    assert people["city", "Tibet", None] == (None, None)
    assert people["city", "Beijing", "Beijing-Tianjin-Hebei"][0] == 21_893_095
    # Guangdong, Hong Kong and Macau of the census of 2020.
    assert people["cluster", "all", "Pearl River Delta"][0] == 126_012_510 + 7_474_200 + 683_218


def test_a_cluster_without_the_people_of_one_member_has_none():
    people = {place: n for place, n in packaged_populations().items() if place[1] != "Hebei"}
    found = hubs(placed((1, "CN", "Beijing", None)), population_table(people))
    assert rows_of(found, "unit", "population")[1] == ("cluster", None)


def test_the_provinces_sum_to_the_census():
    """Communique no. 3: 1,411,778,724 with 2,000,000 in service, who are in no province."""
    people = packaged_populations()
    assert sum(n for place, n in people.items() if place[0] == "CN") == 1_409_778_724


PLACES = st.tuples(
    st.integers(1, 5),
    st.sampled_from(["CN", "HK", "DE", None]),
    st.sampled_from(["Beijing", "Guangdong", "Hubei", None]),
    st.sampled_from(["Beijing", "Shenzhen", None]),
)


@settings(max_examples=15, deadline=None)  # each example is a query of its own
@given(st.lists(PLACES, min_size=1, max_size=8))
def test_the_rows_of_a_level_hold_every_work_of_a_country(places):
    """Provinces, the unknown one among them, together hold the works of the country; so do
    cities; and no row has more works than the row it lies in."""
    incidence = hubs_incidence(placed(*places))
    works = rows_of(incidence.rows, "unit", "country", "province", "work_key")
    for country in {place[1] for place in places} - {None}:
        expected = {work for work, code, _, _ in places if code == country}
        for unit in ("city", "province"):
            assert {w for u, c, _, w in works if (u, c) == (unit, country)} == expected
    cities = {(c, p, w) for u, c, p, w in works if u == "city"}
    assert cities == {(c, p, w) for u, c, p, w in works if u == "province"}


def test_a_cell_lists_the_works_it_counts():
    source = placed((1, "CN", "Hubei", None), (2, "CN", "Hubei", "Wuhan"), (3, "CN", None, None))
    cell = {"unit": "province", "country": "CN", "province": None}
    assert rows_of(of_cell(hubs_incidence(source), cell), "work_key") == [(3,)]


def test_a_table_of_the_user_is_read(tmp_path: Path):
    path = tmp_path / "people.csv"
    path.write_text(
        "country,province,city,population,note\nDE,Bavaria,,13000000,x\nDE,Bavaria,Munich,1500000,\n"
    )
    people = read_populations(path)
    assert people == {
        ("DE", "Bavaria", "all"): 13_000_000, ("DE", "Bavaria", "Munich"): 1_500_000
    }  # fmt: skip
    found = hubs(placed((1, "DE", "Bavaria", "Munich")), population_table(people))
    assert rows_of(found, "unit", "population") == [("city", 1_500_000), ("province", 13_000_000)]
    assert population_record(path)["file"] == "people.csv"
    assert population_record(None) is None


def test_every_fault_of_the_table_is_named(tmp_path: Path):
    path = tmp_path / "people.csv"
    path.write_text(
        "country,province,city,population\nXX,A,,5\nDE,,Munich,1\nDE,Bavaria,,1.5\nFR,,,9\nFR,all,,9\n"
    )
    with pytest.raises(InputError) as error:
        read_populations(path)
    assert [fault.what for fault in error.value.faults] == [
        "unknown country code 'XX'",
        "a city without its province",
        "no population: '1.5'",
        "FR / all / all stands twice",
    ]


@pytest.mark.parametrize("content", [b"\xff\xfe", b"country,population\nDE,5\n", b""])
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes):
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    with pytest.raises(InputError):
        read_populations(path)
