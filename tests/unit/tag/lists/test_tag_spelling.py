import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibnet.tag.lists.spelling import SpelledNames, content_words

PLACES = {"nanjing", "nanning", "aland"}
NAMES = SpelledNames(
    [
        ("national university of defense technology", 1),
        ("nanjing university of science and technology", 2),
        ("aland technological university", 3),
        ("beihang university", 4),
        ("institute of computing technology", 5),
        ("group building manufacturing", 6),
        ("kelp technologies", 7),
    ],
    PLACES.__contains__,
)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("natl univ def technol", 1),  # as Web of Science writes it
        ("nat univ defense tech", 1),
        ("grp bldg mfg", 6),  # letters are left out inside
        ("national university of defense techology", 1),  # one letter left out
        ("national univeristy of defense technology", 1),  # two letters swapped
        ("national universsity of defense technology", 1),  # one letter doubled
        ("nanjing univ sci and technol", 2),
        ("nanjing university ofscience andtechnology", 2),  # lost blanks
        ("bei hang university", 4),
        ("beihang univ", 4),  # of two words the noun may be cut
        ("beihang univeristy", 4),
        ("inst of comput technol", 5),
        ("kelp technology", 7),  # two forms of one noun
    ],
)
def test_another_spelling_of_the_whole_name(written: str, value: int):
    assert NAMES.find(written) == [value]


@pytest.mark.parametrize(
    "written",
    [
        "nanning university of science and technology",  # another city, one letter away
        "nan university of science and technology",  # a city is never cut
        "nanjing university of technology",  # a word is missing
        "nanjing university of information science and technology",  # a word is left over
        "aland university of technology",  # another order
        "na un de te",  # initials say too little
        "beih university",  # the own word of two may not
        "national university of defense",
        "national university of defense technology at the university of",
        "国防科技大学",
        "",
    ],
)
def test_no_other_resemblance_counts(written: str):
    assert NAMES.find(written) == []


@given(st.text(max_size=60))
def test_whatever_is_written_every_listed_word_has_its_own(written: str):
    key = written.lower()
    for value in NAMES.find(key):
        assert value in range(1, 6)
        assert key.replace(" ", "") in JOINED or len(content_words(key)) in (2, 3, 4)


JOINED = {
    "beihanguniversity",
    "instituteofcomputingtechnology",
    "alandtechnologicaluniversity",
    "nationaluniversityofdefensetechnology",
    "nanjinguniversityofscienceandtechnology",
}


def test_a_short_name_that_more_must_tell_may_be_cut_in_every_word():
    names = [("institute of optics", 1), ("beihang university", 2)]
    told = SpelledNames(names, PLACES.__contains__, lambda value: value == 1)
    assert told.find("inst opt") == [1]
    assert told.find("beih univ") == []
    assert SpelledNames(names, PLACES.__contains__).find("inst opt") == []
