"""Invented lists: a folder like the package's own, in which everything says INVENTED."""

from pathlib import Path

import pytest

from bibnet.harvest.sandbox.listed import listed_bodies, with_listed_subjects, write_lists
from bibnet.harvest.sandbox.world import World, build_world
from bibnet.reference import load as reference
from bibnet.tag.funders.lists_of_run import funder_list, programme_rows
from bibnet.tag.lists.defence import packaged_entries
from bibnet.tag.lists.intervals import interval_rows


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(1, 1_000)


@pytest.fixture(scope="module")
def folder(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    lists = tmp_path_factory.mktemp("invented") / "lists"
    write_lists(world, lists)
    return lists


def test_every_list_passes_the_checks_of_lists(folder: Path) -> None:
    counts = {name: len(reference.rows(name, folder)) for name in reference.names(folder)}
    assert counts["defence_institutions"] == 8
    assert counts["published_lists"] == 3
    assert counts["list_intervals"] == 12  # every second body is on two lists
    assert counts["listed_names"] == 0
    assert (counts["funders"], counts["funding_programmes"]) == (7, 6)


def test_everything_says_invented_but_what_is_copied(folder: Path) -> None:
    own = ("defence_institutions", "published_lists", "list_intervals", "listed_names", "funders",
           "funding_programmes")  # fmt: skip
    assert all(reference.card(name, folder).title.startswith("INVENTED") for name in own)
    for name in ("defence_categories", "countries"):
        assert reference.rows(name, folder) == reference.rows(name)
    for row in reference.rows("defence_institutions", folder):
        assert row["name"].startswith("Invented")
        assert all(one.startswith("INVENTED") for one in row["lists"].split("|"))


def test_the_entries_of_a_folder_are_not_those_of_the_package(world: World, folder: Path) -> None:
    entries = packaged_entries(folder=folder).entries
    assert {entry.name for entry in entries} == {
        body["display_name"] for body in listed_bodies(world)
    }


def test_programmes_stand_for_invented_funders_alone(folder: Path) -> None:
    names = {row["name"] for row in funder_list(folder).rows}
    rows = programme_rows(folder)
    assert all(name.startswith("Invented") for name in names)
    assert set(rows["funder"]) <= names
    assert set(rows["kind"]) == {"research_programme", "talent"}
    assert rows["programme"].str.startswith("Invented").all()


def test_without_lists_of_their_own_funders_are_the_packaged_ones(tmp_path: Path) -> None:
    (tmp_path / "cards.toml").write_text("")
    assert funder_list(tmp_path).rows == reference.rows("funders")
    assert len(programme_rows(tmp_path)) == len(reference.rows("funding_programmes"))


def test_intervals_hold_the_days_that_are_meant(folder: Path) -> None:
    rows = interval_rows(folder)
    bounds = ["list", "listed_until", "first_low", "first_high", "last_high"]
    found = {tuple(row) for row in rows[bounds].itertuples(index=False)}
    assert found == {
        ("INVENTED Tracker", None, "2019-11-25", "2019-11-25", "9999-12-31"),
        ("INVENTED Export List", None, "2021-01-01", "2021-12-31", "9999-12-31"),
        ("INVENTED Study", "2020-06-30", "2016-03-01", "2016-03-01", "2020-06-30"),
    }


def test_only_works_of_listed_bodies_get_a_subject(world: World) -> None:
    listed = {body["id"] for body in listed_bodies(world)}
    pairs = zip(world.works, with_listed_subjects(world).works, strict=True)
    changed = [(old, new) for old, new in pairs if old != new]
    assert changed
    for old, new in changed:
        assert new["title"].startswith(old["title"])
        assert new["title"] == new["display_name"]
        ids = {one["id"] for author in old["authorships"] for one in author["institutions"]}
        assert ids & listed
