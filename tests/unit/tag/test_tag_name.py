import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibnet.tag import name as naming
from bibnet.tag.name import folded, is_han, letters, name_key, segments, without_country

PLAIN_LETTERS = st.text(st.sampled_from("ABab19 \t\n,;:()[]-_.*/|'`&@"), max_size=30)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("The Foo & Bar Co., Ltd.", "foo and bar"),
        ("École  d'Été", "ecole dete"),
        ("Xi’an", "xian"),
        ("Foo-Bar", "foo bar"),
        ("Defence Research Centre", "defense research center"),
        ("Artiﬁcial", "artificial"),  # a ligature from a PDF
        ("北京大学", "北京大学"),
        ("Co.", "co"),  # a legal form alone is a name
        ("†*", ""),
        ("", ""),
    ],
)
def test_folded(name: str, plain: str):
    assert folded(name) == plain


def test_segments_break_at_commas_and_semicolons_of_any_script():
    assert segments("A, B;C；D，, E|F") == ["A", "B", "C", "D", "E", "F"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1 Foo, Bar", ["Foo", "Bar"]),
        ("(2) Foo; 3. Bar", ["Foo", "Bar"]),
        ("a) Foo", ["Foo"]),
        ("54th Institute", ["54th Institute"]),  # belongs to the name
        ("502 Institute", ["502 Institute"]),
        ("Third Academy, 33 Institute", ["Third Academy", "33 Institute"]),
    ],
)
def test_footnote_signs_are_no_part_of_a_name(text: str, parts: list[str]):
    assert segments(text) == parts


def test_a_run_of_segments_has_the_key_of_the_name_it_spells():
    assert name_key("Institute of Foo, Academy of Bar") == "institute of foo academy of bar"
    assert name_key("Foo Co., Ltd.") == name_key("Foo Co. Ltd.") == "foo"
    assert name_key("Ltd., Foo") == "ltd foo"


def test_without_country_drops_the_last_brackets():
    assert without_country("Foo (Bar) (Baz)") == "Foo (Bar)"


def test_letters_counts_letters_and_digits():
    assert letters("A/S-E U2") == 5


def test_is_han():
    assert (is_han("北大"), is_han("とう"), is_han("Foo")) == (True, False, False)


@given(st.text())
def test_a_key_has_single_blanks_between_words_only(text: str):
    assert name_key(text) == " ".join(name_key(text).split())


@given(st.text())
def test_case_and_blanks_do_not_part_names(text: str):
    assert folded(f"  {text.lower()} ") == folded(text.lower())


@given(st.text())
def test_no_segment_is_blank(text: str):
    assert all(part.strip() for part in segments(text))


@given(PLAIN_LETTERS)
def test_texts_of_plain_letters_are_parted_and_folded_as_all_others(text: str) -> None:
    """Their shorter rules give what the rules for every script give."""
    broad = naming.FOOTNOTE_BEHIND.sub("", naming.FOOTNOTE.sub(r"\1", text))
    parts = [part.strip() for part in naming.SEGMENT_BREAK.split(broad)]
    assert segments(text) == [part for part in parts if part]
    # A letter of another script at the end takes the broad way.
    assert naming._words(text) == naming._words(f"{text} ж")[:-1]
