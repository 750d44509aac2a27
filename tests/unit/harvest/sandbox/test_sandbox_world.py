import json
import re

import pytest

from bibnet.harvest.sandbox import calibration as rates
from bibnet.harvest.sandbox.world import World, build_world


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(1, 3000)


def as_text(world: World) -> str:
    return json.dumps([world.works, world.institutions, world.funders, world.merged])


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert as_text(build_world(5, 60)) == as_text(build_world(5, 60))


def test_another_seed_gives_another_corpus() -> None:
    assert as_text(build_world(5, 60)) != as_text(build_world(6, 60))


def test_an_empty_corpus_is_a_corpus() -> None:
    empty = build_world(1, 0)
    assert (empty.works, empty.merged) == ([], {})
    assert len(empty.institutions) == rates.INSTITUTION_BOUNDS[0]


def test_ids_differ_and_works_stand_by_date(world: World) -> None:
    assert len({work["id"] for work in world.works}) == 3000
    days = [work["publication_date"] for work in world.works]
    assert days == sorted(days)
    assert (days[0][:4], days[-1][:4]) == ("2015", "2026")


def test_every_name_says_that_it_is_invented(world: World) -> None:
    for work in world.works[:500]:
        names = [i["display_name"] for a in work["authorships"] for i in a["institutions"]]
        names += [f["display_name"] for f in work["funders"]]
        assert all(name.startswith("Invented ") for name in names)
        assert work["title"] is None or work["title"].startswith("INVENTED ")


def test_a_few_works_have_more_than_a_hundred_authors(world: World) -> None:
    many = [len(w["authorships"]) for w in world.works if len(w["authorships"]) > 100]
    assert 2 <= len(many) <= 20


def test_institutions_distinct_count_is_the_number_of_authors(world: World) -> None:
    counts = [(w["institutions_distinct_count"], len(w["authorships"])) for w in world.works]
    assert all(count == authors for count, authors in counts)


@pytest.mark.parametrize(
    ("key", "rate"),
    [
        ("doi", rates.NO_DOI),
        ("fwci", rates.NO_FWCI),
        ("primary_topic", rates.NO_TOPIC),
        ("citation_normalized_percentile", rates.NO_PERCENTILE),
    ],
)
def test_nulls_come_at_the_measured_rate(world: World, key: str, rate: float) -> None:
    found = sum(work[key] is None for work in world.works) / len(world.works)
    assert found == pytest.approx(rate, abs=0.02)


def test_keys_are_absent_at_the_measured_rate(world: World) -> None:
    for key, rate in rates.ABSENT_KEYS.items():
        found = sum(key not in work for work in world.works) / len(world.works)
        assert found == pytest.approx(rate, abs=0.02)


def test_affiliations_fall_in_the_last_years(world: World) -> None:
    def coverage(year: int) -> float:
        works = [w for w in world.works if w["publication_year"] == year]
        return sum(any(a["countries"] for a in w["authorships"]) for w in works) / len(works)

    assert coverage(2022) > 0.6
    assert coverage(2025) < 0.5


def test_references_lead_to_works_of_the_corpus(world: World) -> None:
    ids = {work["id"] for work in world.works}
    assert all(set(work["referenced_works"]) <= ids for work in world.works)


def test_joint_works_of_europe_and_china_occur(world: World) -> None:
    countries = [{c for a in w["authorships"] for c in a["countries"]} for w in world.works]
    assert sum({"CN"} <= c and bool(c & {"DE", "FR", "GB"}) for c in countries) > 20


def test_merged_ids_are_gone_and_lead_to_works(world: World) -> None:
    ids = {work["id"] for work in world.works}
    assert world.merged
    assert not set(world.merged) & ids
    assert set(world.merged.values()) <= ids


def test_dates_of_change_are_written_as_the_source_writes_them(world: World) -> None:
    form = re.compile(r"20\d\d-\d\d-\d\dT07:36:33\.\d{6}")
    assert all(form.fullmatch(w["updated_date"]) for w in world.works if "updated_date" in w)
