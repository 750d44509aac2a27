from bibnet.report.figures.text_width import shortened, text_width, wrapped


def test_width_of_known_letters() -> None:
    assert text_width("Wi", 1000) == 944 + 222  # advance widths of the font


def test_accents_are_as_wide_as_their_letter_and_chinese_is_full_width() -> None:
    assert [text_width("é", 1000), text_width("清", 1000)] == [556, 1000]


def test_a_text_that_fits_stays() -> None:
    assert shortened("short", 12, 100) == "short"


def test_a_long_text_is_cut_to_its_room() -> None:
    cut = shortened("University of Everything and More", 12, 80)
    assert cut.endswith("…")
    assert text_width(cut, 12) <= 80


def test_lines_break_at_spaces() -> None:
    assert wrapped("one two three", 10, 40) == ["one two", "three"]


def test_a_word_longer_than_the_line_has_its_own() -> None:
    assert wrapped("a incomprehensibilities b", 10, 30) == ["a", "incomprehensibilities", "b"]
