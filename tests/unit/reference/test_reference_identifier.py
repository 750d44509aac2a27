"""Identifiers of the lists: their check digits, and every unknown one named at once."""

from pathlib import Path

import pytest
from test_reference_load import CARD

from bibnet.reference import load
from bibnet.reference.identifier import is_ror
from bibnet.schema.errors import ReferenceListError


@pytest.mark.parametrize("text", ["03cve4549", "01yqg2h08", "00wk2mp56"])
def test_real_ids_pass(text: str) -> None:
    """Three universities of the registry."""
    assert is_ror(text)


@pytest.mark.parametrize(
    "text",
    ["03cve4548", "30cve4549", "03cve454", "03cve45499", "I123", "", "03CVE4549", "03cvu4549"],
)
def test_a_mistyped_id_is_none(text: str) -> None:
    assert not is_ror(text)


def copied(folder: Path, name: str, content: str, rows: int) -> None:
    (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    with (folder / "cards.toml").open("a", encoding="utf-8") as cards:
        cards.write(CARD.format(name=name, rows=rows))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copied(tmp_path, "countries", "country,name,region\nCN,China,X\n", 1)
    categories = "category,kind,meaning,default,reason\npla,defence,forces,yes,own\n"
    copied(tmp_path, "defence_categories", categories, 1)
    lists = "list,title,publisher,date,address,default,reason\nList A,A,P,2026-01-01,x,yes,r\n"
    copied(tmp_path, "published_lists", lists, 1)
    return tmp_path


HEADER = (
    "entry_id,name,name_zh,aliases,former_names,generic_aliases,category,lists,ror,openalex_id,"
    "country,city,supervising_body,source,confidence,date\n"
)
ROW = "{},N,,,,,{},{},{},{},CN,,,s,high,2026-01-01\n"


def test_all_problems_of_a_list_of_bodies_are_listed(folder: Path) -> None:
    rows = [
        ROW.format("a", "pla", "List A", "03cve4549", "I1"),
        ROW.format("b", "pla", "List A", "03cve4549", "I1"),  # both ids stand twice
        ROW.format("c", "pla", "List A|List Z", "03cve4548", ""),  # a list and an id unknown
        ROW.format("d", "wizards", "List A", "", "X2"),
        ROW.format("a", "pla", "List A", "", ""),
    ]
    copied(folder, "defence_institutions", HEADER + "".join(rows), 5)
    with pytest.raises(ReferenceListError) as error:
        load.rows("defence_institutions", folder)
    assert error.value.exit_code == 14
    assert [fault.what for fault in error.value.faults] == [
        "'a' stands twice",
        "'03cve4549' stands twice",
        "'I1' stands twice",
        "unknown identifier '03cve4548'",
        "unknown identifier 'X2'",
        "unknown identifier 'wizards'",
        "unknown identifier 'List Z'",
    ]


def test_a_word_that_the_list_does_not_know_is_named(folder: Path) -> None:
    categories = "category,kind,meaning,default,hospitals,reason\npla,enemy,forces,perhaps,,own\n"
    (folder / "defence_categories.csv").write_text(categories, encoding="utf-8")
    with pytest.raises(ReferenceListError) as error:
        load.rows("defence_categories", folder)
    assert [(fault.what, fault.remedy) for fault in error.value.faults] == [
        ("unknown kind 'enemy'", "one of: defence, security, listed"),
        ("unknown default 'perhaps'", "one of: yes, no"),
        ("unknown hospitals ''", "one of: yes, no"),
    ]


def test_a_grant_pattern_must_point_at_a_funder(folder: Path) -> None:
    funders = "entry_id,funder_id,name,name_zh,aliases,type,country,ror,crossref_doi,source,"
    copied(folder, "funders", f"{funders}confidence\nf,,F,,,other,CN,,,s,high\n", 1)
    patterns = "pattern,entry_id,example,source\nA,f,A,s\nB,g,B,s\n"
    copied(folder, "grant_patterns", patterns, 2)
    with pytest.raises(ReferenceListError) as error:
        load.rows("grant_patterns", folder)
    assert [fault.what for fault in error.value.faults] == ["unknown identifier 'g'"]
