"""Every name that an organisation may be written by, with how firmly it belongs to it."""

from collections.abc import Mapping
from typing import Any

import pytest
from small_registry import body

from bibnet.places.registry.names import NameKind, all_names
from bibnet.places.registry.organisations import Organisation, build_registry
from bibnet.reference import load

HOSPITAL: dict[str, Any] = {"types": ("healthcare",)}
FIRM: dict[str, Any] = {"types": ("company",)}


def names(
    *bodies: Organisation, of: str = "", aliases: Mapping[str, str] | None = None
) -> set[tuple[str, NameKind]]:
    """Names of one organisation (default: the only one) with their kinds."""
    registry = build_registry(bodies)
    owner = [o.key for o in registry.organisations].index(of or bodies[0].key)
    found = all_names(registry, aliases or {})
    return {(" ".join(name.words), name.kind) for name in found if name.owner == owner}


def test_display_name_alias_and_acronym() -> None:
    one = body("a", "Wharf College", "GB Leeds", aliases=("Kaicollege",), acronyms=("WCOL",))
    assert names(one) == {
        ("wharf college", NameKind.DISPLAY),
        ("kaicollege", NameKind.ALIAS),
        ("wcol", NameKind.ACRONYM),
    }


def test_a_word_in_capitals_counts_as_an_acronym_and_in_capitals_only() -> None:
    one = body("a", "Wharf College", "GB Leeds", aliases=("WHARF",), acronyms=("WC",))
    found = {(n.words, n.kind, n.capitals) for n in all_names(build_registry([one]), {})}
    assert (("wharf",), NameKind.ACRONYM, True) in found
    assert (("wharf", "college"), NameKind.DISPLAY, False) in found


def test_the_country_in_brackets_comes_off_a_company_firmly_off_others_loosely() -> None:
    firm = body("a", "Wharf Softworks (Norway)", "NO Oslo", acronyms=("WSN",), **FIRM)
    assert ("wharf softworks", NameKind.BRANCH) in names(firm)
    school = body("a", "Wharf College (Norway)", "NO Oslo", acronyms=("WCN",))
    assert ("wharf college", NameKind.PLACELESS) in names(school)


def test_legal_forms_come_off() -> None:
    firm = body("a", "Wharf Works Co., Ltd.", "NO Oslo", acronyms=("WW",), **FIRM)
    assert {("wharf works co ltd", NameKind.DISPLAY), ("wharf works", NameKind.DISPLAY)} <= names(
        firm
    )


@pytest.mark.parametrize(
    ("name", "trimmed"),
    [
        ("Wharf University - Leeds", "wharf university"),
        ("Wharf University, Leeds", "wharf university"),
        ("Wharf Academy named after A. Pier", "wharf academy"),
        ("WUT – Wharf University", "wharf university"),
    ],
)
def test_places_short_forms_and_namesakes_come_off(name: str, trimmed: str) -> None:
    assert (trimmed, NameKind.PLACELESS) in names(body("a", name, "GB Leeds"))


def test_a_former_record_gives_its_names() -> None:
    now = body("a", "Wharf College", "GB Leeds")
    old = body("b", "Quay Institute", "GB Leeds", status="inactive", successors=("a",))
    assert ("quay institute", NameKind.FORMER) in names(now, old, of="a")


def test_curated_aliases_go_to_the_successor_and_none_to_a_body_that_is_not_there() -> None:
    now = body("a", "Wharf College", "GB Leeds")
    old = body("b", "Quay Institute", "GB Leeds", status="inactive", successors=("a",))
    aliases = {"The Quay": "b", "Elsewhere": "z"}
    found = names(now, old, of="a", aliases=aliases)
    assert {name for name, kind in found if kind == NameKind.CURATED} == {"quay"}


def test_a_curated_name_in_signs_that_is_its_own_already_stays_an_alias() -> None:
    one = body("a", "Wharf College", "CN Wuhan", aliases=("碼頭學院",))
    found = names(one, aliases={"码头学院": "a", "码头大学": "a"})
    assert ("码 头 学 院", NameKind.ALIAS) in found  # traditional signs are simplified
    assert ("码 头 大 学", NameKind.CURATED) in found
    assert ("码 头 学 院", NameKind.CURATED) not in found


def test_the_armed_force_before_a_name_comes_off() -> None:
    one = body("a", "PLA Wharf Rescue School", "CN Wuhan", aliases=("中国人民解放军码头工程学院",))
    assert {
        ("wharf rescue school", NameKind.ALIAS),
        ("解 放 军 码 头 工 程 学 院", NameKind.ALIAS),
        ("码 头 工 程 学 院", NameKind.ALIAS),
    } <= names(one)


def test_what_is_left_without_the_force_must_say_enough() -> None:
    one = body("a", "PLA Hospital", "CN Wuhan", aliases=("中国人民解放军医院",))
    found = {name for name, _ in names(one)}
    assert {"hospital", "医 院"} & found == set()
    assert "解 放 军 医 院" in found


def test_a_teaching_hospital_is_called_after_its_city_and_its_university() -> None:
    school = body("u", "Wharf University", "FR Lyon")
    clinic = body("h", "Lyon University Hospital Pier", "FR Lyon", parents=("u",), **HOSPITAL)
    found = {name for name, kind in names(clinic, school, of="h") if kind == NameKind.GENERATED}
    assert found == {
        "university hospital lyon",
        "chu lyon",
        "chru lyon",
        "wharf university hospital",
    }


def test_a_medical_centre_of_a_university_is_its_hospital() -> None:
    clinic = body("h", "Wharf University Medical Center", "US Salem", **HOSPITAL)
    assert ("wharf univ hospital", NameKind.GENERATED) in {
        (name.replace("university", "univ"), kind) for name, kind in names(clinic)
    }


def test_the_city_names_only_the_largest_of_its_universities() -> None:
    small = body("a", "Quay University", "DE Bonn")
    large = body("b", "Wharf University", "DE Bonn", aliases=("Kai University",))
    assert ("university bonn", NameKind.GENERATED) in names(small, large, of="b")
    assert ("university bonn", NameKind.GENERATED) not in names(small, large, of="a")


def test_initials_are_made_of_long_names_without_an_acronym_only() -> None:
    long = body("a", "Wharf Institute for Rope and Sail", "GB Leeds")
    assert {name for name, kind in names(long) if kind == NameKind.INITIALS} == {"wirs"}
    short = body("a", "Wharf College", "GB Leeds")
    assert all(kind != NameKind.INITIALS for _, kind in names(short))
    named = body("a", "Wharf Institute for Rope and Sail", "GB Leeds", acronyms=("WIRS",))
    assert all(kind != NameKind.INITIALS for _, kind in names(named))


def test_no_organisation_no_name() -> None:
    assert list(all_names(build_registry([]), {"Wharf": "a"})) == []


def test_the_short_form_of_the_words_a_name_begins_with() -> None:
    one = body("a", "Max Planck Institute for Tides", "DE Kiel", aliases=("Max-Planck-Institut X",))
    found = {n.words: n.derived for n in all_names(build_registry([one]), {}) if "mpi" in n.words}
    assert found == {("mpi", "tides"): True, ("mpi", "x"): True}


def test_the_short_form_of_the_country_before_a_name() -> None:
    one = body("a", "United States Tide Laboratory", "US Salem")
    assert ("us tide laboratory", NameKind.ALIAS) in names(one)


def test_a_name_with_a_capital_within_a_word_is_known_with_none_too() -> None:
    one = body("a", "AlphaTide (Norway)", "NO Oslo", aliases=("AlphaTide Lab",), **FIRM)
    assert names(one) == {
        ("alpha tide norway", NameKind.DISPLAY),
        ("alpha tide", NameKind.BRANCH),
        ("alpha tide laboratory", NameKind.ALIAS),
        ("alphatide norway", NameKind.DISPLAY),
        ("alphatide", NameKind.BRANCH),
        ("alphatide laboratory", NameKind.ALIAS),
    }


def test_reference_lists_are_read_once_not_for_every_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """48,000 organisations asked for one list each: two seconds of every first run."""
    registry = build_registry([body(key, f"{key} College", "GB Leeds") for key in ("a", "b")])
    list(all_names(registry, {}))
    monkeypatch.setattr(load, "_bytes", lambda name, folder: pytest.fail(f"{name} read again"))
    assert len(list(all_names(registry, {}))) == 2


@pytest.mark.parametrize(
    ("acronym", "more"),
    [
        ("IWTS-L", {("iwts leeds", NameKind.ALIAS)}),
        ("IWTS L", {("iwts leeds", NameKind.ALIAS)}),
        ("IWTS-K", set()),  # no word of the name
        ("IWTSL", set()),
    ],
)
def test_an_acronym_with_the_word_of_its_last_letter(
    acronym: str, more: set[tuple[str, NameKind]]
) -> None:
    one = body("a", "Institute of Wharfs and Tides, Leeds", "GB Leeds", acronyms=(acronym,))
    assert {name for name in names(one) if name[0].startswith("iwts leeds")} == more


@pytest.mark.parametrize(
    ("parent", "found"),
    [
        ("Gaussian-Gesellschaft", True),
        ("Gaussian Society", True),
        ("Society of Gaussians", False),
        ("Gaussians Society", False),
    ],
)
def test_a_group_lends_its_first_word_to_acronyms(parent: str, found: bool) -> None:
    group = body("g", parent, "DE Munich", acronyms=("GG",))
    one = body(
        "a", "Gaussian Institute for Tides", "DE Kiel", acronyms=("GIT", "ITD"), parents=("g",)
    )
    assert (("gaussian itd", NameKind.ALIAS) in names(one, group)) is found


def test_a_noun_of_bodies_is_no_group() -> None:
    group = body("g", "University of Leeds", "GB Leeds", acronyms=("UL",))
    one = body("a", "University Wharf", "GB Leeds", acronyms=("WHF",), parents=("g",))
    assert ("university whf", NameKind.ALIAS) not in names(one, group)


def test_an_acronym_with_its_city_is_written_with_the_citys_main_name_too() -> None:
    one = body("a", "Ripple School", "AT Vienna", aliases=("RS Wien",), acronyms=("RSC",))
    assert ("rs vienna", NameKind.ALIAS) in names(one)
    other = body("a", "Ripple School", "AT Graz", aliases=("RS Wien",), acronyms=("RSC",))
    assert ("rs vienna", NameKind.ALIAS) not in names(other)
