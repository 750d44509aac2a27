"""Listed bodies that a registry lacks: where no place is written, the list says their country.

Names are those of the packaged list; the registry is invented.
"""

import pytest
from small_registry import body

from bibnet.places.locate.listed_names import ListedBody, listed_body, parent_country
from bibnet.places.locate.table import Locator
from bibnet.places.registry.index import build_index
from bibnet.places.registry.organisations import build_registry


@pytest.fixture(scope="module")
def locator() -> Locator:
    bodies = [
        body("leeds", "University of Leeds", "GB Leeds"),
        body("stern", "Logistic Engineering Shoals", "DE Bonn"),
        body("fiber", "Shoal Fiber Home", "FR Lyon"),
        body("zz", "Intellifusion Shoals", "DE Bonn"),
        body("naval", "Naval Command College", "GB Leeds"),
    ]
    return Locator(build_index(build_registry(bodies)))


@pytest.mark.parametrize(
    ("text", "matched"),
    [
        # A coined name of a company, also with a legal form, a number or a capital inside.
        ("HiSilicon", "HiSilicon"),
        ("HiSilicon Technologies Co., Ltd.", "HiSilicon Technologies Co., Ltd"),
        ("Qihoo 360", "Qihoo 360"),
        ("FiberHome", "FiberHome"),
        # A city of the country, a parent body in the name or beside it.
        ("Beijing Xinfeng Machinery Factory", "Beijing Xinfeng Machinery Factory"),
        ("AVIC 631 Institute", "AVIC 631 Institute"),
        (
            "Department 3, Second Academy of CASIC",
            "Second Academy of CASIC",
        ),
        (
            "Army Engineering University, CAS",
            "Army Engineering University",
        ),
        # A name that a comma parts, one in Chinese signs, a parent body itself.
        (
            "No. 33 Research Institute, Third Academy of CASIC",
            "No. 33 Research Institute, Third Academy of CASIC",
        ),
        ("海军航空大学", "海军航空大学"),
        ("Shoals Office, Academy of Military Science", "Academy of Military Science"),
        # Each name is asked once: what asks of every part beside each takes a minute.
        ("海军航空大学, " * 2_000, "海军航空大学"),
    ],
)
def test_the_list_says_the_country(locator: Locator, text: str, matched: str) -> None:
    (row,) = locator.locate(text)
    assert (row.institution, row.country, row.city, row.score) == (None, "CN", None, None)
    assert (row.rule, row.matched_text) == ("listed_body", matched)


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        # Common words; a word that names elsewhere hold; a body abroad of that very name.
        ("Army Engineering University", []),
        ("Logistic Engineering University", []),
        ("Intellifusion", []),
        ("Naval Command College", ["GB"]),
        # An acronym; more words in the part; a company's branch, which may be anywhere.
        ("CASIC", []),
        ("HiSilicon Shoals", []),
        ("Shoals Office, HiSilicon", []),
        # A place beside it goes before the list, and a region makes it unknown.
        ("HiSilicon, Leeds, UK", ["GB"]),
        ("Shoals Office Europe, Academy of Military Science", []),
    ],
)
def test_other_names_say_nothing(locator: Locator, text: str, countries: list[str]) -> None:
    assert [row.country for row in locator.locate(text)] == countries


def test_names_are_compared_by_their_letters() -> None:
    assert listed_body(["hi", "silicon"]) == ListedBody("CN", is_company=True)
    assert listed_body(["army", "engineering", "university"]) == ListedBody("CN", is_company=False)
    assert (listed_body(["avic"]), listed_body([]), listed_body(["ltd"])) == (None, None, None)


def test_acronyms_are_names_of_parent_bodies() -> None:
    assert (parent_country(["avic"]), parent_country(["shoals"]), parent_country([])) == (
        "CN",
        "",
        "",
    )
