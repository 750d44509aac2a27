"""Which words beside a name say that another body is meant, by a small registry."""

import pytest
from small_registry import body

from bibnet.places.match.leftovers import vetoed
from bibnet.places.match.matcher import Matcher
from bibnet.places.registry.index import build_index
from bibnet.places.registry.organisations import build_registry

# A word names a subject if many names hold it, and a person if few do.
SUBJECTS = [body(f"s{n}", f"Institute of Finance {n}", "PL Lodz") for n in range(45)]
REGISTRY = build_registry(
    [
        *SUBJECTS,
        *(body(f"r{n}", f"Institute of Finance Research {n}", "PL Lodz") for n in range(45)),
        body("wharf", "Wharf University", "CN Wuhan"),
        body("wuhan", "Wuhan State University", "CN Wuhan"),
        body("harbour", "Harbour University", "GB Leeds", aliases=("Harbour",)),
        body("press", "Wharf University Press", "CN Wuhan", types=("company",)),
        body("sci", "Society of Knots", "US Salem", acronyms=("SKN",), types=("nonprofit",)),
        body("knot", "Knot University", "US Salem", acronyms=("KNU",)),
        body("quil", "Quill Union of Tides", "US Salem", acronyms=("QUILTS",)),
        *(body(f"a{n}", f"Azur Rural School {n}", "IR Qom") for n in range(12)),
        body("qing", "Qing University", "CN Wuhan", aliases=("清码头大学",)),
        body("gz", "Qing University (Canton)", "CN Wuhan", aliases=("广清码头大学",)),
        body("natl", "National Qing University", "TW Hsinchu", aliases=("國立清碼頭大學",)),
        body("eng-tw", "Kite Engineering University", "TW Taipei", aliases=("空军工程大学",)),
        body("wharf-tw", "Wharf University (Taipei)", "TW Taipei"),
        body("china", "University of South China", "CN Wuhan"),
        body("creek", "University of Creek Bend", "CA Creek Bend"),
        body("tech", "Institute of Tide Technology", "CN Wuhan"),
        body("fens", "Southern Fens Tidal Hospital", "GB Leeds"),
        body("acad", "Quill Academy of Sciences", "US Salem", types=("facility",)),
        body("quarry", "Quarry University of Fens Cross", "GB Leeds"),
        body("reed", "Reed Institute of Technology", "US Salem"),
        body("volt", "Fens University of Electronic Science and Technology", "GB Leeds"),
        *(body(f"e{n}", f"Electrical Fens School {n}", "GB Leeds") for n in range(12)),
        body("locus", "Locus Academy of Tides", "US Salem", types=("facility",)),
        body("oslo", "Norway Tidal Board", "NO Oslo"),
        body("royal", "Royal Fens University", "GB Leeds", aliases=("Fens University",)),
    ]
)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(build_index(REGISTRY))


def is_vetoed(matcher: Matcher, key: str, text: str) -> bool:
    """What is said of the candidate that an organisation is in a string."""
    prepared = matcher.prepare([text])
    owners = [matcher.index.texts["key"][owner] for owner in prepared.table["owner"].tolist()]
    found = vetoed(prepared.batch, matcher.index, prepared.table)
    return bool(found[owners.index(key)])


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("wharf", "Wharf University of the Finance, Wuhan"),
        ("wharf", "Wharf University of the Finance and Trade"),
        ("wharf", "Wharf University of AI, Wuhan"),  # a subject in capitals
        ("china", "University of South China Sea Ripples, Wuhan"),
        ("wharf", "National Wharf University"),
        ("wuhan", "Wuhan State Rural University"),  # a subject amid its words
        ("acad", "Quill Academy of Rural Sciences, Salem"),  # a field that is none of its words
        ("wharf", "Wharf University Health Finance Research, Wuhan"),  # a field and its subject
        ("wharf", "Wharf University Health Finance Technologies Co., Ltd., Wuhan"),
        ("reed", "Reed Institute of Rural Technology, Salem"),
        ("reed", "Reed Institute of Rural Science and Technology, Salem"),
        ("quil", "Institute of Nothing, QUIILTS"),  # a short form with a letter changed
        ("wharf", "Natl Wharf Univ, Dept Phys"),
        ("wharf", "European Wharf University, Wuhan"),
        ("wharf", "Australian Wharf University, Perth"),
        ("wharf", "Norway Wharf University"),  # a country at the head of the part
        ("wharf", "St. Wharf University"),
        ("tech", "Institute of Tide Technology of the Russian Academy of Waves"),
        ("wharf", "Wharf Prefectural University, Wuhan"),
        ("harbour", "Harbour Anorak Innovation Lab, Leeds"),  # a company's
        ("knot", "KNU, Inc."),
        ("knot", "Institute of KNU Co., Ltd"),
        ("creek", "Bramble University of Creek"),  # a longer name, and no place told
        ("harbour", "Leeds County Harbour University"),
        ("wuhan", "Bauman Wuhan State University"),
        ("wharf", "Wharf University of Finance, Wuhan"),
        ("wharf", "Wharf University of Salem and Finance, Wuhan"),  # Salem is a place, too
        ("wharf", "Wharf Univ Finance, Wuhan"),
        ("wharf", "Wharf University Research Finance, Wuhan"),
        ("wharf", "Wharf Univ Rigging & Sails, Wuhan"),  # words that few names hold
        ("creek", "Anorak University, Creek Bend"),  # the noun belongs to the word before it
        ("fens", "Northern Fens Tidal Hospital, Leeds"),
        ("wharf", "Wharf University Blueberry Holding Group"),
        ("harbour", "Harbour Finance, London"),
        ("knot", "Kelp Nursery of Umbria (KNU)"),
        ("knot", "Kelp Nursery of Marine Umbria (KNU), Salem"),  # a word has no letter
        ("sci", "Senior Member, SKN"),
        ("sci", "SKN Fellow"),
        ("sci", "Editor-in-Chief, Society of Knots"),
        ("sci", "SKN Transactions on Finance"),
        ("knot", "Student Member, KNU"),
        ("creek", "Wharf University-Creek Bend"),  # the noun is the first one's
        ("creek", "Physics, Wharf University at Creek Bend"),
        ("qing", "國立清碼頭大學電機系"),  # no name of its own holds the qualifier
        ("qing", "广清码头大学"),  # a longer name of the registry
        ("qing", "桂林清码头大学物理学院"),  # a body of another city
        ("qing", "广西桂林清码头大学"),
        ("qing", "清码头大学城"),
        ("wharf", "Wharf University (Taipei), Taipei, Taiwan"),  # its name, and the island is told
        ("knot", "Kelp and Nursery-Reed Union (KNU), Salem"),  # the second of a pair has no letter
        ("harbour", "Tide Labs, 2000 Harbour Fen Avenue, Leeds"),  # a street
        ("harbour", "12b Harbour Street, Leeds"),
        ("harbour", "12 Harbour Ave., Leeds"),
        ("reed", "Reed Institute of Finance, Salem"),  # another field
        ("quarry", "Quarry Academy of Tides, Fens Cross"),  # another noun
        ("harbour", "Harbour University Finance NHS Trust, Leeds"),
    ],
)
def test_another_body_is_meant(matcher: Matcher, key: str, text: str) -> None:
    assert is_vetoed(matcher, key, text)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("wharf", "Wharf University"),
        ("wharf", "Wharf University of the Finance Ministry of China"),  # whose it is
        ("wharf", "Wharf University in the Finance Park"),
        ("acad", "Rural School, Quill Academy of Sciences, Salem"),
        ("reed", "Reed Institute of Technology, Rural Sciences, Salem"),
        ("wharf", "Wharf University Health, Wuhan"),
        ("wharf", "Wharf University Health Finance Center, Wuhan"),
        ("volt", "Fens Univ Elect Sci & Technol, Leeds"),  # cut from either of its words
        ("locus", "Locus Academy of Rural Science Tides, Salem"),  # as if from another language
        ("china", "University of South China, Sea Ripples Group"),
        ("wharf", "School of Finance, Wharf University, Wuhan"),
        ("wharf", "Wharf University School of Finance"),  # a unit of it
        ("wharf", "Wharf University Hospital, Wuhan"),
        ("wharf", "Wharf University Research, Wuhan"),  # what its people do
        ("wharf", "Wharf University Library Staff"),
        ("wharf", "Chinese Wharf University"),  # where it is
        ("wharf", "China Wharf University"),
        ("wharf", "Salem, Norway, Wharf University, Wuhan"),
        ("wharf", "Wharf University of CHINA"),  # a country in capitals
        ("harbour", "Harbour, 12 Fen Street, Leeds"),  # the street begins behind it
        ("harbour", "2 Harbour Labs, Leeds"),
        ("harbour", "1 Harbour University Road Safety Centre, Leeds"),  # a mark of a list
        ("reed", "Reed Institute of Technologies, Salem"),
        ("wharf", "Wharf Univesity, Wuhan"),
        ("harbour", "Harbour University, Finance NHS Trust, Leeds"),
        ("harbour", "Harbour University and Finance NHS Trust, Leeds"),
        ("creek", "Bramble‡University of Creek Bend"),  # a footnote parts
        ("wuhan", "Wuhan State University Medical School"),
        ("wuhan", "State University Medical Centre, Wuhan"),
        ("knot", "KNU, Group of Finance"),
        ("wharf", "Wharf University in Wuhan, China"),
        ("creek", "Bramble University of Creek Bend, Canada"),  # its country
        ("knot", "Kelp Nursery, Knot University (KNU)"),
        ("quil", "Quill Onion of Tides (QUOT), QUILTS"),
        ("knot", "Kelp Nursery, Salem (KNU)"),  # the words end otherwise
        ("wharf", "Wharf University Computer Science"),
        ("wharf", "Wharf University and Blueberry Holding Group"),
        ("wharf", "Wharf University. Finance done at Salem"),
        ("wharf", "Wharf University of Wuhan, China"),
        ("wharf", "Wharf University, National Institute of Finance"),  # a comma parts
        ("wharf", "Wharf University and Harbour University"),
        ("press", "Wharf University Press"),  # a company may be called so
        ("royal", "Royal Fens University"),  # its own word
        ("harbour", "Harbour, School of Finance"),
        ("harbour", "Harbour Finance School, Leeds"),
        ("wuhan", "Department of Finance Wuhan State University"),  # no person's name
        ("creek", "Wharf University, University of Creek Bend"),
        ("creek", "School of Finance, University, Creek Bend"),
        ("fens", "Southern Fens Tidal Hospital, Northern Leeds"),
        ("creek", "Wharf University and University Creek Bend"),
        ("creek", "Creek University Creek Bend"),  # the word before the noun is its own
        ("natl", "國立清碼頭大學電機系"),
        ("qing", "武汉清码头大学医学院"),
        ("sci", "Society of Knots, Salem"),
        ("sci", "Research Fellow, Society of Knots"),  # one works as such
        ("knot", "Fellow, Knot University"),  # an employer by its full name
    ],
)
def test_the_body_stays(matcher: Matcher, key: str, text: str) -> None:
    assert not is_vetoed(matcher, key, text)


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("空军工程大学", True),  # a listed body of the mainland bears the name, too
        ("空軍工程大學", False),  # not in traditional signs
        ("空军工程大学, 台湾", False),
    ],
)
def test_simplified_signs_alone_do_not_tell_a_namesake_of_a_listed_body(
    matcher: Matcher, text: str, denied: bool
) -> None:
    assert is_vetoed(matcher, "eng-tw", text) is denied


def test_no_candidates_no_veto(matcher: Matcher) -> None:
    prepared = matcher.prepare([""])
    assert vetoed(prepared.batch, matcher.index, prepared.table).tolist() == []
