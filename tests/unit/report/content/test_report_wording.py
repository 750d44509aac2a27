import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibnet.report.content import wording


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),  # escaped by whoever prints it
        ("a\u202egnp.exe", "agnp.exe"),  # bidirectional override
        ("a\u2028b\u2029c\nd", "a b c d"),  # line separators
        ("zero\u200bwidth\x00", "zerowidth"),
        ("half \ud800 pair", "half \ufffd pair"),
        ("  two  spaces ", "two spaces"),
        (None, ""),
        (float("nan"), ""),
    ],
)
def test_hostile_text_becomes_one_harmless_line(hostile: object, shown: str) -> None:
    assert wording.clean(hostile) == shown


def test_a_text_of_five_megabytes_is_cut() -> None:
    assert wording.clean("x" * 5_000_000, 10) == "xxxxxxxxx…"


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=60))
def test_clean_text_can_be_written_and_stays_clean(text: str) -> None:
    once = wording.clean(text)
    once.encode("utf-8")
    assert wording.clean(once) == once


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, "0.0%"),
        (0.0001, "<0.1%"),
        (0.1234, "12.3%"),
        (0.9999, ">99.9%"),
        (1.0, "100.0%"),
        (None, "–"),
        (float("nan"), "–"),
    ],
)
def test_a_share_never_rounds_to_none_or_all(value: object, shown: str) -> None:
    assert wording.share(value) == shown


@pytest.mark.parametrize(
    ("parts", "shown"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (list("abc"), "a, b and c")],
)
def test_lists_are_joined_as_in_a_sentence(parts: list[str], shown: str) -> None:
    assert wording.listing(parts) == shown


@pytest.mark.parametrize(
    ("side", "shown"), [("europe", "Europe"), ("us", "US"), ("a_b_c", "A b c")]
)
def test_sides_are_written_as_names(side: str, shown: str) -> None:
    assert wording.side_name(side) == shown


def test_counts_have_separators_and_their_noun() -> None:
    assert [wording.counted(1, "work"), wording.counted(12345, "work")] == [
        "1 work",
        "12,345 works",
    ]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (8.73e-5, "0.0000873"),
        (0.01234, "0.0123"),
        (0.5, "0.500"),
        (12.5, "12.50"),
        (1234.6, "1,235"),
        (None, "–"),
    ],
)
def test_decimals(value: object, shown: str) -> None:
    assert wording.decimal(value) == shown


@pytest.mark.parametrize(
    ("years", "shown"), [([], ""), ([2020], "2020"), ([2019, 2017], "2017–2019")]
)
def test_year_spans(years: list[int], shown: str) -> None:
    assert wording.year_span(years) == shown


@pytest.mark.parametrize(
    ("name", "country", "said"),
    [
        ("Acme", "China", "Acme (China)"),
        ("Acme (China)", "China", "Acme (China)"),
        ("Acme", "", "Acme"),
        (None, "China", "China"),
    ],
)
def test_a_name_stands_with_its_country_once(name: object, country: str, said: str) -> None:
    assert wording.placed_name(name, country) == said


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Coverage of <scp>OpenAlex</scp>", "Coverage of OpenAlex"),
        ("H<sub>2</sub>O and <I>E. coli</I>", "H2O and E. coli"),
        ("a <b and c> d", "a <b and c> d"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),  # whoever prints it escapes it
        (None, ""),
    ],
)
def test_titles_are_read_without_the_tags_they_are_set_with(title: object, shown: str) -> None:
    assert wording.title_text(title) == shown
