"""The packaged lists: each is valid, each card is true, and they hang together."""

import re
from datetime import date

import pytest

from bibnet.reference import load
from bibnet.reference.declared import REFERENCE_LISTS
from bibnet.tag.keywords.search_term import SPECIAL

FUNDER_TYPES = {
    "central_programme",
    "ministry",
    "provincial",
    "university",
    "academy",
    "laboratory",
    "hospital",
    "company",
    "military_programme",
    "scholarship",
    "talent",
    "supranational",
    "other",
}


def column(name: str, cell: str) -> list[str]:
    return [row[cell] for row in load.rows(name)]


def test_every_list_is_valid_and_has_a_card():
    load.check_all()


def test_every_declared_list_is_packaged():
    assert load.names() == sorted(REFERENCE_LISTS)


def test_no_file_of_the_folder_is_without_a_card():
    assert sorted(path.stem for path in load.PACKAGED.glob("*.csv")) == load.names()


@pytest.mark.parametrize("name", sorted(REFERENCE_LISTS))
def test_a_card_says_who_where_and_when(name: str):
    card = load.card(name)
    assert date.fromisoformat(card.date) and card.address.startswith("https://")
    assert all((card.title, card.publisher, card.licence, card.choice))


@pytest.mark.parametrize("name", sorted(REFERENCE_LISTS))
def test_no_code_has_a_blank(name: str):
    codes = ("country", "ror", "openalex_id", "funder_id", "topic_id", "concept_id", "entry_id")
    cells = [row[code] for row in load.rows(name) for code in codes if code in row]
    assert [cell for cell in cells if " " in cell] == []


@pytest.mark.parametrize(
    ("scheme", "size"),
    [("europe_merics", 30), ("eu27", 27), ("china_merics", 2), ("fcai", 33), ("nato", 32)],
)
def test_schemes_have_their_size(scheme: str, size: int):
    assert len(load.schemes()[scheme]) == size


def test_the_chinese_schemes_never_hold_taiwan():
    schemes = load.schemes()
    assert [schemes[name] for name in ("china_mainland", "china_merics", "china_greater_prc")] == [
        {"CN"},
        {"CN", "HK"},
        {"CN", "HK", "MO"},
    ]


@pytest.mark.parametrize("name", ["ai_topics", "ai_concepts", "keywords"])
def test_every_choice_is_made_and_every_exclusion_has_a_reason(name: str):
    rows = load.rows(name)
    assert {row["decision"] for row in rows} == {"include", "exclude"}
    assert [row for row in rows if row["decision"] == "exclude" and not row["reason"]] == []


def test_keyword_forms_fit_the_language():
    forms = {(row["language"], row["form"]) for row in load.rows("keywords")}
    english = {("en", form) for form in ("word", "plural", "prefix", "case", "together")}
    assert forms == english | {("zh", "substring"), ("zh", "together")}


def test_no_keyword_is_a_regular_expression():
    assert [term for term in column("keywords", "term") if SPECIAL.search(term)] == [
        "artificial intelligence + security",
        "人工智能 + 安全",
    ]


def test_every_entry_rests_on_a_published_list_with_a_date():
    published = set(column("published_lists", "list"))
    held = [set(lists.split("|")) for lists in column("defence_institutions", "lists")]
    assert all(lists and lists <= published for lists in held)
    assert all(map(date.fromisoformat, column("published_lists", "date")))


def test_published_lists_count_their_entries():
    held = [lists.split("|") for lists in column("defence_institutions", "lists")]
    counts = {
        name: str(sum(name in lists for lists in held))
        for name in column("published_lists", "list")
    }
    assert {row["list"]: row["entries"] for row in load.rows("published_lists")} == counts


@pytest.mark.parametrize("name", ["defence_institutions", "funders"])
def test_identifiers_have_their_form(name: str):
    forms = {"ror": r"0[0-9a-z]{8}", "openalex_id": r"I\d+", "funder_id": r"F\d+"}
    for row in load.rows(name):
        for cell in forms.keys() & row.keys():
            assert not row[cell] or re.fullmatch(forms[cell], row[cell])


def test_funder_types_are_those_of_the_methods():
    assert set(column("funders", "type")) == FUNDER_TYPES


def test_grant_patterns_match_their_example_and_point_at_a_programme():
    military = {r["entry_id"] for r in load.rows("funders") if r["type"] == "military_programme"}
    military |= {row["entry_id"] for row in load.rows("funding_programmes")}
    for row in load.rows("grant_patterns"):
        assert re.fullmatch(row["pattern"], row["example"]) and row["entry_id"] in military


def test_no_grant_pattern_matches_a_number_of_the_natural_science_foundation():
    patterns = column("grant_patterns", "pattern")
    assert [one for one in patterns if re.fullmatch(one, "61472411")] == []
