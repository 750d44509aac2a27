"""The world of these tests: three bodies of Aland (AA), one namesake in Bland (BB)."""

import pandas as pd
import pytest

from bibnet.reference import load
from bibnet.tag.lists.campus import Child
from bibnet.tag.lists.defence import INPUT_COLUMNS, Flagged, flag_affiliations, packaged_entries
from bibnet.tag.lists.entry import Standing, index_entries
from bibnet.tag.lists.guard import Guards
from bibnet.tag.lists.registry_names import RegistryNames
from bibnet.tag.place_names import PlaceNames


def entry(entry_id: str, name: str, **cells: str) -> dict[str, str]:
    empty = ("name_zh", "aliases", "former_names", "generic_aliases", "ror", "openalex_id", "city")
    row = dict.fromkeys(empty, "")
    row |= {"category": "pla", "lists": "List A", "country": "AA", "date": "2026-01-01"}
    return {**row, "entry_id": entry_id, "name": name, **cells}


STANDING = Standing(
    kinds={"pla": "defence", "civilian_x": "listed"},
    default_categories={"pla"},
    default_lists={"List A"},
    affixes={"pla": [("of AF", "after"), ("阿兰军", "before")]},
)
INDEX = index_entries(
    [
        entry(
            "north",
            "North University",
            ror="0north",
            openalex_id="I1",
            city="Nord",
            aliases="NorUni|University of the North, Aland",
        ),
        entry("flight", "North University of Flight", aliases="Flight School", city="Nord"),
        entry(
            "radar", "Radar Institute", name_zh="雷达研究所", aliases="Flight School", city="Sud"
        ),
        entry(
            "works", "Works Co., Ltd.", generic_aliases="Thirteenth Institute", aliases="Big Works"
        ),
        entry("guard", "Guard Academy", name_zh="卫队学院", former_names="Old Guard School"),
        entry("civil", "Civil University", ror="0civil", category="civilian_x", lists="List B"),
    ],
    STANDING,
    {"0north": ("Northern Polytechnic",)},
)
PLACES = PlaceNames(
    {"aland": "AA", "bland": "BB", "阿兰": "AA"},
    {"nord": frozenset({"AA"}), "sud": frozenset({"AA"}), "busta": frozenset({"BB"})},
)
NORTH = INDEX.by_identifier["0north"]
CHILDREN = {
    "0campus": (Child("North University, Sud", NORTH, is_campus=True),),
    "0lab": (Child("Joint Laboratory", NORTH, is_campus=False),),
}
# What a registry knows: North University is in Bland too, WorksCo is nobody else's.
REGISTRY = RegistryNames(
    {
        "north university": frozenset({("BB", "0other", "")}),
        "noruni": frozenset({("AA", "0north", "I1")}),
    },
    {
        word: frozenset({"AA", "BB"})
        for word in ("school", "institute", "radar", "guard", "academy")
    },
    organisations=3,
)
GUARDS = Guards(INDEX, PLACES, REGISTRY, CHILDREN)


def flagged(text: str = "", **place: str) -> Flagged:
    row = {**dict.fromkeys(INPUT_COLUMNS, ""), "text": text, **place}
    return flag_affiliations(pd.DataFrame([row]), GUARDS)


def flags(text: str = "", **place: str) -> list[tuple[str, str, str]]:
    columns = ["entry_id", "rule", "matched_text"]
    return list(flagged(text, **place).flags[columns].itertuples(index=False, name=None))


def held(text: str = "", **place: str) -> list[tuple[str, str, str]]:
    columns = ["entry_id", "matched_text", "guard"]
    return list(flagged(text, **place).held_back[columns].itertuples(index=False, name=None))


def test_an_identifier_flags_and_every_flag_says_why():
    place = {"institution_id": "I1", "institution": "North U", "city": "Sud"}
    found = flagged("whatever", ror="0north", **place)
    assert found.flags.to_dict("records") == [
        {
            "combination": 0,
            "institution_id": "I1",
            "institution": "North U",
            "country": "AA",
            "city": "Sud",
            "parent": "",
            "entry_id": "north",
            "category": "pla",
            "kind": "defence",
            "is_default": True,
            "lists": "List A",
            "rule": "identifier",
            "matched_text": "0north",
            "list_date": "2026-01-01",
        }
    ]


def test_an_openalex_id_flags_too():
    assert flags("whatever", institution_id="I1") == [("north", "identifier", "I1")]


def test_a_whole_segment_flags_without_an_institution():
    found = flagged("Dept of Foo, Radar Institute, Aland", institution_id="I7").flags
    assert found[["institution_id", "institution"]].to_numpy().tolist() == [["", "Radar Institute"]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Formerly with Radar Institute, Sud, Aland", False),
        ("formerly with Radar Institute, Sud, Aland, now with ETH Zurich", False),
        ("previously at ETH Zurich; Radar Institute, Sud, Aland", True),
        ("Radar Institute, Sud, Aland (formerly with ETH Zurich)", True),
    ],
)
def test_a_former_employer_flags_nobody(text: str, found: bool):
    assert bool(flags(text, country="AA")) == found
    assert held(text, country="AA") == []


@pytest.mark.parametrize(
    "text",
    [
        "Radar Institute, Aland",
        "Foo; RADAR INSTITUTE; Sud",
        "1 The Radar Institute, Aland",
        "阿兰, 雷达研究所",
    ],
)
def test_a_name_is_a_whole_segment_in_any_spelling(text: str):
    assert [entry_id for entry_id, _, _ in flags(text)] == ["radar"]


@pytest.mark.parametrize(
    "text",
    [
        "Radar Institute of Foo, Aland",  # the name is only a part
        "Research on the Radar Institute, Aland",
        "Radar Institute Hospital, Aland",
        "Institute, Radar, Aland",
        "Radar, Institute, Aland",  # the name has no comma of its own
        "",
    ],
)
def test_part_of_a_segment_never_matches(text: str):
    assert (flags(text), held(text)) == ([], [])


def test_a_longer_name_does_not_flag_the_shorter():
    assert flags("North University of Flight, Aland") == [
        ("flight", "exact_name", "North University of Flight")
    ]


def test_a_name_with_its_own_comma_spans_segments():
    assert flags("University of the North, Aland") == [
        ("north", "alias", "University of the North, Aland")
    ]


def test_a_company_is_found_though_a_comma_cuts_its_legal_form():
    assert flags("Works Co., Ltd., Aland") == [("works", "exact_name", "Works Co., Ltd.")]
    for name in ("Works Co. Ltd.", "Works Co", "Works"):  # however the form is written, or not
        assert flags(f"{name}, Aland") == [("works", "exact_name", name)]


def test_the_resolved_institutions_name_flags_with_its_id():
    place = {"institution": "Big Works (Aland)", "institution_id": "I5", "country": "AA"}
    found = flagged("foo", **place).flags
    assert found[["institution_id", "rule", "matched_text"]].to_numpy().tolist() == [
        ["I5", "alias", "Big Works"]
    ]


def test_a_name_needs_the_entrys_country():
    assert held("Radar Institute, Busta, Bland") == [("radar", "Radar Institute", "other_country")]


def test_the_country_may_come_from_another_place_of_the_affiliation():
    assert [rule for _, rule, _ in flags("Radar Institute", country="BB", countries="AA|BB")] == [
        "exact_name"
    ]


def test_a_name_with_a_namesake_abroad_needs_the_city():
    assert held("North University, Aland") == [("north", "North University", "namesake_abroad")]
    assert [rule for _, rule, _ in flags("North University, Nord, Aland")] == ["exact_name"]


def test_a_name_with_a_namesake_abroad_needs_the_country_where_the_list_gives_no_city():
    index = index_entries([entry("north", "North University")], STANDING, {})
    registry = RegistryNames({"north university": frozenset({("BB", "", "")})}, {}, 1)
    guards = Guards(index, PLACES, registry)

    def found(text: str, countries: str) -> list[str]:
        row = dict.fromkeys(INPUT_COLUMNS, "") | {"text": text, "countries": countries}
        one = flag_affiliations(pd.DataFrame([row]), guards)
        return [*one.flags["rule"], *one.held_back["guard"]]

    assert found("North University, Aland", "AA") == ["exact_name"]
    assert found("North University", "AA") == ["namesake_abroad"]
    assert found("North University, Bland, Aland", "AA|BB") == ["namesake_abroad"]


def test_a_namesake_in_its_own_city_is_never_flagged():
    text = "North University, Busta"
    assert (flags(text), held(text)) == ([], [("north", "North University", "other_country")])


def test_an_identifier_does_not_make_a_namesake_abroad_a_listed_body():
    text = "North University, Busta, Bland"
    assert flags(text, ror="0north", country="AA") == []
    assert ("north", "0north", "identifier_of_namesake") in held(text, ror="0north", country="AA")


def test_an_identifier_guessed_from_the_shared_name_alone_is_held_back():
    assert flags("North University", ror="0north", country="AA") == []


def test_an_identifier_counts_where_the_text_names_the_country():
    assert flags("North University, Aland", ror="0north") == [("north", "identifier", "0north")]


def test_a_short_alias_flags_only_beside_a_place_and_if_nobody_else_bears_it():
    assert flags("NorUni, Sud") == [("north", "alias", "NorUni")]
    assert flags("NorUni", country="AA") == [("north", "alias", "NorUni")]
    assert held("NorUni") == [("north", "NorUni", "short_name")]
    assert held("NorUni, Busta, Bland") == [("north", "NorUni", "short_name")]


def test_without_a_registry_no_short_alias_flags():
    row = {**dict.fromkeys(INPUT_COLUMNS, ""), "text": "NorUni, Nord, Aland"}
    found = flag_affiliations(pd.DataFrame([row]), Guards(INDEX, PLACES))
    assert (len(found.flags), found.held_back["guard"].tolist()) == (0, ["short_name"])


def test_an_alias_of_two_entries_flags_the_one_whose_city_is_named():
    assert flags("Flight School, Sud, Aland") == [("radar", "alias", "Flight School")]


def test_an_alias_of_two_entries_without_a_city_is_held_back_for_both():
    assert [guard for _, _, guard in held("Flight School, Aland")] == ["shared_by_entries"] * 2


def test_a_generic_name_never_flags():
    assert held("Thirteenth Institute, Aland") == [
        ("works", "Thirteenth Institute", "generic_name")
    ]


def test_a_flagged_entry_holds_nothing_back():
    assert held("NorUni, Aland", ror="0north") == []


def test_several_bodies_in_one_string_are_all_flagged():
    assert [entry_id for entry_id, _, _ in flags("Big Works; Radar Institute; Aland")] == [
        "radar",
        "works",
    ]


def test_nulls_are_empty():
    row = dict.fromkeys(INPUT_COLUMNS)
    assert flag_affiliations(pd.DataFrame([row]), GUARDS).flags.empty


def test_no_affiliations_give_empty_frames():
    found = flag_affiliations(pd.DataFrame(columns=list(INPUT_COLUMNS)), GUARDS)
    assert (len(found.flags), len(found.held_back)) == (0, 0)


def test_the_combination_is_the_position_of_the_row():
    rows = [dict.fromkeys(INPUT_COLUMNS, ""), {**dict.fromkeys(INPUT_COLUMNS, ""), "ror": "0north"}]
    found = flag_affiliations(pd.DataFrame(rows, index=[7, 7]), GUARDS)
    assert found.flags["combination"].tolist() == [1]


def test_a_civilian_body_is_listed_and_in_no_default_rule():
    found = flagged("", ror="0civil").flags
    assert found[["kind", "is_default"]].to_numpy().tolist() == [["listed", False]]


def test_no_civilian_category_of_the_packaged_list_is_called_defence():
    """Ethics: a civilian university is listed and no more, whatever list holds it."""
    entries = packaged_entries().entries
    civilian = [one for one in entries if one.category.startswith("civilian_")]
    assert {(one.kind, one.is_default) for one in civilian} == {("listed", False)}
    assert len(civilian) == 76


def test_the_default_rule_takes_defence_and_security_on_lists_that_are_kept():
    entries = packaged_entries().entries
    assert {one.kind for one in entries if one.is_default} == {"defence", "security"}
    left_out = {one.lists for one in entries if one.kind != "listed" and not one.is_default}
    assert left_out == {"CSET"}


def test_every_category_of_the_list_has_a_kind_and_a_reason():
    rows = {row["category"]: row for row in load.rows("defence_categories")}
    assert {entry.category for entry in packaged_entries().entries} == set(rows)
    assert all(row["reason"] for row in rows.values())


def test_a_former_name_flags_by_a_rule_of_its_own():
    assert flags("Old Guard School, Aland") == [("guard", "former_name", "Old Guard School")]


def test_a_former_name_that_the_registry_gives_flags_too():
    assert flags("Northern Polytechnic, Aland") == [
        ("north", "former_name", "Northern Polytechnic")
    ]


def test_a_campus_is_flagged_by_its_listed_parent_and_keeps_its_own_name_and_city():
    place = {"ror": "0campus", "institution": "North University, Sud", "city": "Sud"}
    found = flagged("North University, Sud, Bland", institution_id="I8", **place).flags
    columns = ["institution", "city", "parent", "entry_id", "rule", "matched_text"]
    assert found[columns].to_numpy().tolist() == [
        [
            "North University, Sud",
            "Sud",
            "North University",
            "north",
            "parent",
            place["institution"],
        ]
    ]


def test_another_child_of_a_listed_body_is_held_back():
    text = "Joint Laboratory"
    assert flags(text, ror="0lab") == []
    assert held(text, ror="0lab") == [("north", "Joint Laboratory", "unit_of_listed")]


def test_the_force_may_be_named_before_or_after_a_whole_name():
    assert flags("Guard Academy of AF, Aland") == [("guard", "exact_name", "Guard Academy of AF")]
    assert flags("阿兰军卫队学院, 阿兰") == [("guard", "exact_name", "阿兰军卫队学院")]
    assert flags("Civil University of AF, Aland") == []  # another category


def test_a_chinese_unit_behind_an_unregistered_body_names_the_body():
    assert flags("卫队学院信息系 阿兰") == [("guard", "exact_name", "卫队学院")]


@pytest.mark.parametrize(
    "text",
    [
        "卫队学院附属中学 阿兰",  # an affiliated school
        "卫队学院出版社 阿兰",  # a publisher
        "卫队学院甲乙 阿兰",  # no unit
        "新卫队学院信息系 阿兰",  # another body's name ends so
    ],
)
def test_a_chinese_name_in_that_of_another_body_never_flags(text: str):
    assert (flags(text), held(text)) == ([], [])


def test_a_name_with_a_city_does_not_place_itself_against_its_address():
    index = index_entries([entry("nord", "Nord Institute", city="Nord")], STANDING)
    row = {**dict.fromkeys(INPUT_COLUMNS, ""), "text": "Lab, Nord Institute, Busta, Bland"}
    found = flag_affiliations(pd.DataFrame([row]), Guards(index, PLACES))
    assert found.flags.empty
    assert found.held_back["guard"].tolist() == ["other_country"]
    alone = {**row, "text": "Lab, Nord Institute"}
    assert len(flag_affiliations(pd.DataFrame([alone]), Guards(index, PLACES)).flags) == 1


def test_a_text_of_megabytes_is_read_from_its_start_only():
    text = "Radar Institute, Aland, " + "x, " * 1_000_000 + "Big Works"
    assert [entry_id for entry_id, _, _ in flags(text)] == ["radar"]


def test_a_name_told_many_times_flags_once():
    assert len(flags("Radar Institute, Aland; " * 500)) == 1


def test_a_name_in_everybodys_words_needs_a_place():
    assert held("Guard Academy") == [("guard", "Guard Academy", "country_unknown")]
    assert flags("Guard Academy", country="AA") == [("guard", "exact_name", "Guard Academy")]


def test_another_country_is_said_only_where_one_is_known():
    assert held("Radar Institute") == [("radar", "Radar Institute", "country_unknown")]
    assert held("Radar Institute, Busta") == [("radar", "Radar Institute", "other_country")]
    assert held("Radar Institute", country="BB") == [("radar", "Radar Institute", "other_country")]


def test_an_identifier_in_another_country_is_a_branch():
    assert held("North U, Bland", ror="0north", country="BB")[-1][2] == "identifier_of_namesake"
    assert held("Civil U", ror="0civil", country="BB") == [("civil", "0civil", "other_country")]
    assert flags("Civil U, Sud", ror="0civil", country="BB") == [("civil", "identifier", "0civil")]


def test_an_identifier_yields_to_a_longer_name_in_the_string():
    text = "Civil University of Fish and Nets, Aland"
    assert held(text, ror="0civil", institution="Civil University") == [
        ("civil", "0civil", "longer_name")
    ]
    assert flags(text, ror="0civil", institution="Civil University") == []
    assert flags("Civil University of Aland", ror="0civil") == [("civil", "identifier", "0civil")]
    assert flags("Dept of Foo", ror="0civil") == [("civil", "identifier", "0civil")]


def test_a_body_beside_it_tells_where_a_name_is():
    assert flags("Guard Academy", ror="0civil") == [
        ("civil", "identifier", "0civil"),
        ("guard", "exact_name", "Guard Academy"),
    ]


def test_every_guard_has_a_meaning():
    known = {row["guard"] for row in load.rows("guards")}
    assert known == {
        *("country_unknown", "generic_name", "identifier_of_namesake", "longer_name"),
        *(
            "attached_body",
            "name_of_another",
            "namesake_abroad",
            "other_country",
            "own_college",
            "shared_by_entries",
            "short_name",
            "unit_of_listed",
        ),
    }


def test_every_further_name_says_where_it_is_from():
    assert [row for row in load.rows("listed_names") if not row["source"]] == []
    names = {(e.entry_id, name) for e in packaged_entries().entries for name, _ in e.names}
    assert all((row["entry_id"], row["name"]) in names for row in load.rows("listed_names"))


def test_a_name_that_only_the_listed_body_can_bear_needs_no_place():
    assert flags("Big Works") == []  # a company's name, but in a registry of nobody
    found = Guards(INDEX, PLACES, RegistryNames({}, {"works": frozenset({"AA"})}, 1))
    row = {**dict.fromkeys(INPUT_COLUMNS, ""), "text": "Big Works"}
    assert flag_affiliations(pd.DataFrame([row]), found).flags["entry_id"].tolist() == ["works"]


def test_an_identifier_yields_to_a_listed_body_whose_name_holds_its_own():
    """The string names North University of Flight: its identifier was taken from the rest."""
    text = "Flight School, Nord, Aland"
    assert flags(text, ror="0north", country="AA") == [("flight", "alias", "Flight School")]
    assert held(text, ror="0north", country="AA")[0] == ("north", "0north", "longer_name")


@pytest.mark.parametrize(
    "text",
    [
        "North University Lumao College, Nord, Aland",
        "Shantou College, North University, Nord, Aland",
    ],
)
def test_a_college_of_its_own_is_not_the_listed_university(text: str):
    assert flags(text, ror="0north", country="AA", institution="North University") == []
    assert ("north", "own_college") in [
        (entry_id, guard) for entry_id, _, guard in held(text, ror="0north", country="AA")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "North University Hospital, Nord, Aland",
        "High School Affiliated to North University, Nord, Aland",
        "Dept of Foo, The Affiliated Hospital of North University, Nord, Aland",
    ],
)
def test_an_attached_body_is_not_the_listed_university(text: str):
    place = {"ror": "0north", "country": "AA", "institution": "North University"}
    assert flags(text, **place) == []
    assert {guard for _, _, guard in held(text, **place)} == {"attached_body"}


@pytest.mark.parametrize(
    "text",
    [
        "The Affiliated Hospital, North University, Nord, Aland",
        "North University Hospital; Flight Dept, North University, Nord, Aland",
    ],
)
def test_the_university_in_a_part_of_its_own_keeps_the_flag(text: str):
    assert [found[0] for found in flags(text, ror="0north", country="AA")] == ["north"]


def test_an_institute_of_a_city_is_not_known_to_be_the_university():
    text = "North University Shantou Institute, Nord, Aland"
    assert flags(text, ror="0north", country="AA") == []
    beside = f"Flight Dept, North University, {text}"
    assert [found[0] for found in flags(beside, ror="0north", country="AA")] == ["north"]


def test_a_department_beside_the_college_keeps_the_flag():
    text = "North University Lumao College, Nord; Flight Dept, North University, Nord, Aland"
    assert [found[0] for found in flags(text, ror="0north", country="AA")] == ["north"]


def test_an_identifier_yields_to_a_listed_body_whose_name_is_a_part_of_its_own():
    """The string spells North University: nothing in it says of Flight."""
    index = index_entries(
        [
            entry("north", "North University", ror="0north"),
            entry("flight", "North Flight University", ror="0flight", aliases="Wing School"),
        ],
        STANDING,
        {},
    )
    row = dict.fromkeys(INPUT_COLUMNS, "") | {"ror": "0flight", "country": "AA"}
    texts = ["North University, Aland", "North Flight University, Aland", "Dept of Foo, Aland"]
    found = flag_affiliations(
        pd.DataFrame([row | {"text": text} for text in texts]), Guards(index, PLACES)
    )
    shown = found.flags[["combination", "entry_id"]].to_numpy().tolist()
    assert shown == [[0, "north"], [1, "flight"], [2, "flight"]]
    cells = ["combination", "entry_id", "guard"]
    assert found.held_back[cells].to_numpy().tolist() == [[0, "flight", "name_of_another"]]


@pytest.mark.parametrize(
    ("text", "country", "guard"),
    [
        ("雷火, 南城", "AA", ""),  # of a company two signs are enough where its country is known
        ("雷火", "AA", ""),
        ("雷火", "", "short_name"),
        ("卫北", "AA", "short_name"),  # of a school they are not
    ],
)
def test_short_forms_in_signs(text: str, country: str, guard: str) -> None:
    index = index_entries(
        [
            entry("fire", "Thunderfire", name_zh="雷火", category="x_company"),
            entry("guard", "Guard School", name_zh="卫北"),
        ],
        STANDING,
        {},
    )
    row = dict.fromkeys(INPUT_COLUMNS, "") | {"text": text, "country": country}
    found = flag_affiliations(pd.DataFrame([row]), Guards(index, PLACES, REGISTRY))
    assert (len(found.flags), found.held_back["guard"].tolist()) == (
        (0, [guard]) if guard else (1, [])
    )
