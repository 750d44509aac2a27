"""Folding: the same words for a name however it is printed."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bibnet.places.address.normalise import MAX_TEXT, clean, key_words, tokenise, with_campus_city


def folded(text: str) -> list[str]:
    return [token.word for token in tokenise(clean(text))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ETH Zürich", ["eth", "zurich"]),
        ("Universit&auml;t <b>Bonn</b>", ["universitat", "bonn"]),
        ("UniversitÃ¤t Bonn", ["universitat", "bonn"]),
        ("P. R. China", ["pr", "china"]),
        ("U.S.A.", ["usa"]),
        ("Texas A&M", ["texas", "a", "and", "m"]),
        ("2Monash", ["2", "monash"]),
        ("Hongkong Quay, HONGKONG", ["hong", "kong", "quay", "hong", "kong"]),  # a listed pair
        ("EngineeringKettering", ["engineering", "kettering"]),
        ("now atNational Lab", ["now", "national", "laboratory"]),
        ("Noah’s Ark Lab", ["noahs", "ark", "laboratory"]),
        ("Univ. of Łódź", ["university", "lodz"]),
        # A word cut to "Cent" is central beside a body's noun and at the head of a part.
        ("Cent Univ Kelp", ["central", "university", "kelp"]),
        ("Cent N Univ", ["central", "n", "university"]),
        ("Univ Cent Kelp", ["university", "central", "kelp"]),
        ("Med Cent Kelp", ["medical", "center", "kelp"]),
        ("Cent for Kelp", ["center", "kelp"]),
        ("Cent Hosp Kelp", ["center", "hospital", "kelp"]),
        ("Kelp Cent, Lodz", ["kelp", "center", "lodz"]),
        ("清华大学", ["清", "华", "大", "学"]),
        ("ＭＩＴ", ["mit"]),
        ("who@mit.edu", []),
        ("", []),
        # Letters as their codes; others stay.
        ("Universitu00e9 Be\\u0142a", ["universite", "bela"]),
        ("bau0041 menu00a0", ["bau", "0041", "menu", "00", "a", "0"]),
        # The letter that stands for the noun of a school.
        ("U. of Tides", ["university", "tides"]),
        (
            "Dept. of Waves, U of Tides, Leeds",
            ["department", "waves", "university", "tides", "leeds"],
        ),
        ("Ripple U., Leeds & Moor U", ["ripple", "university", "leeds", "moor", "university"]),
        ("Lab, U. Leeds", ["laboratory", "university", "leeds"]),
        ("NSTX-U, Ripple U.", ["nstx", "u", "ripple", "university"]),
        ("Lab U Leeds", ["laboratory", "u", "leeds"]),
    ],
)
def test_text_folds_to_words(text: str, words: list[str]) -> None:
    assert folded(text) == words


@pytest.mark.parametrize(
    "dash",
    ["-", "\u2010", "\u2011", "\u2013", "\u2014", "\u2015", "\u2212"],
    ids=["minus", "hyphen", "unbreakable", "en", "em", "bar", "sign"],
)
def test_a_dash_between_two_letters_is_a_hyphen_whatever_its_form(dash: str) -> None:
    tokens = tokenise(clean(f"Gond{dash}Wana University"))
    assert [(t.word, t.segment) for t in tokens] == [("gond", 0), ("wana", 0), ("university", 0)]
    assert [t.segment for t in tokenise(clean(f"Gond {dash}{dash} Wana"))] in ([0, 1], [0, 0])


def test_a_dash_with_a_blank_beside_it_parts() -> None:
    assert [t.segment for t in tokenise("Gond – Wana – Land")] == [0, 1, 2]
    assert [t.segment for t in tokenise("Gond– Wana —Land")] == [0, 1, 2]


@pytest.mark.parametrize("mark", list("'’`´‘ʼʻ′"))
def test_apostrophes_are_one(mark: str) -> None:
    assert folded(f"St Olga{mark}s") == ["st", "olgas"]
    assert folded(f"Lu{mark}an") == ["luan"]


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("Facult ´e d’Orl ´eans", ["faculte", "orleans"]),
        ("´Ecole F´ ed´ erale", ["ecole", "federale"]),
        ("K ¨oln, T¨ubingen", ["koln", "tubingen"]),
        ("Facolt `a di Forl`i", ["facolta", "forli"]),
        ("Besanc¸on, Besanc ¸ on", ["besancon", "besancon"]),
        ("ˇCesk´e, G˚avle", ["ceske", "gavle"]),
        ("Dada˘gi, Br˘aila", ["dadagi", "braila"]),
        ("dell´Istituto, l´´", ["istituto", "l"]),
    ],
)
def test_accents_printed_before_their_letter_are_put_on_it(printed: str, words: list[str]) -> None:
    assert folded(printed) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Xi an Maple University", ["xian", "maple", "university"]),
        ("MAPLE UNIVERSITY, XI AN, CHINA", ["maple", "university", "xian", "china"]),
        ("Maple College, Tai An 271000", ["maple", "college", "taian", "271000"]),
        ("Wang Xi, An Maple", ["wang", "xi", "maple"]),  # a comma parts
    ],
)
def test_a_city_whose_apostrophe_is_lost_is_one_word(text: str, words: list[str]) -> None:
    assert folded(text) == words
    assert key_words("Xi an") == ["xian"]


def test_tags_that_break_the_line_part_and_others_do_not() -> None:
    text = "<p>Gond<sup>1</sup> School</p><b>Wana</b><br/>Land"
    assert [(t.word, t.segment) for t in tokenise(clean(text))] == [
        ("gond", 1),
        ("1", 1),
        ("school", 1),
        ("wana", 2),
        ("land", 3),
    ]


def test_a_connector_glued_to_its_noun_and_debris_of_footnote_marks() -> None:
    assert folded("School ofMines") == ["school", "mines"]
    assert folded("Gond College슠, Wana") == ["gond", "college", "wana"]
    assert folded("서울 College") == ["서울", "college"]


def test_words_glued_behind_a_short_syllable_with_an_apostrophe() -> None:
    assert folded("Yan’anShoalUniversity") == ["yanan", "shoal", "university"]
    assert folded("O'Neill McShoal") == ["oneill", "mcshoal"]


@pytest.mark.parametrize(
    "initials", ["(W.G., N.Z.)", "(W.G. and N.Z.)", "(A.B.C., Bo Li, and J.-P.S.)"]
)
def test_initials_of_authors_in_brackets_are_no_part_of_an_address(initials: str) -> None:
    assert folded(f"Moor Hospital {initials}, Leeds") == ["moor", "hospital", "leeds"]


@pytest.mark.parametrize("kept", ["(N.Z.)", "(U.K., N.Z.)", "(A.B., Leeds)"])
def test_one_abbreviation_and_words_in_brackets_stay(kept: str) -> None:
    assert kept in clean(f"Moor Hospital {kept}, Leeds")


def test_boundaries_count_segments() -> None:
    tokens = tokenise("School of Law, Yale (USA); x")
    assert [(t.word, t.segment, t.joint) for t in tokens] == [
        ("school", 0, ""),
        ("law", 0, "of"),
        ("yale", 1, ""),
        ("usa", 2, ""),
        ("x", 3, ""),
    ]


def test_connector_before_a_number_or_an_end_is_a_word() -> None:
    assert folded("Toronto, ON") == ["toronto", "on"]
    assert folded("Gary, IN 46408") == ["gary", "in", "46408"]


def test_tokens_point_into_the_cleaned_text() -> None:
    cleaned = clean("Universität Bonn")
    assert [cleaned[t.start : t.end] for t in tokenise(cleaned)] == ["Universität", "Bonn"]


def test_very_long_text_is_cut() -> None:
    assert len(clean("x" * (MAX_TEXT + 5))) == MAX_TEXT


@given(st.text(max_size=60))
def test_name_and_string_fold_alike(text: str) -> None:
    """But for a Hangul syllable or two behind a Latin letter: debris in a string, not in a name."""
    assume(re.search("[A-Za-z][\uac00-\ud7af]", text) is None)
    assert key_words(text) == folded(text)


def test_hangul_behind_a_latin_letter_is_debris_in_strings_only() -> None:
    assert (key_words("LG전자"), folded("Tide Lab가")) == (["lg전자"], ["tide", "laboratory"])


@given(st.text(max_size=200))
def test_tokens_are_in_order_and_inside_the_text(text: str) -> None:
    cleaned = clean(text)
    spans = [(token.start, token.end) for token in tokenise(cleaned)]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(cleaned) for start, end in spans)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("QUAY-SZ", "QUAY (Shenzhen)"),
        ("Dept of Law, QUAY(GZ), China", "Dept of Law, QUAY (Guangzhou), China"),
        ("QUAY ( SZ )", "QUAY (Shenzhen)"),
        ("QUAY-Shenzhen", "QUAY (Shenzhen)"),
        ("Quay-SZ", "Quay-SZ"),
        ("QUAY-SZABO", "QUAY-SZABO"),
        ("QUAY-Shenzhens", "QUAY-Shenzhens"),
        ("SZ", "SZ"),
    ],
)
def test_the_city_of_a_campus_is_written_out(text: str, written: str) -> None:
    assert with_campus_city(text) == written
