"""The fingerprint by which two records of one paper are known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibnet.tables.rows.title_key import family_name, title_key

TITLE = "Deep learning: a study of images"


@pytest.mark.parametrize(
    ("title", "author"),
    [
        ("DEEP LEARNING – A Study of Images.", "Li, Wei"),
        ("Deep  learning: <i>a</i> study of images", "Wei LI"),
        ("Deep learning: a study of im\u00e1ges", "W. Li"),
        ("Deep learning &lt;b&gt;a study&lt;/b&gt; of images", "Li W."),
    ],
)
def test_the_same_paper_however_it_is_written(title: str, author: str) -> None:
    assert title_key(title, author) == title_key(TITLE, "Wei Li")


@pytest.mark.parametrize(
    ("title", "author"),
    [(TITLE, "Wei Wang"), (f"{TITLE} II", "Wei Li"), ("深度学习在图像中的研究", "Wei Li")],
)
def test_other_papers(title: str, author: str) -> None:
    assert title_key(title, author) not in (None, title_key(TITLE, "Wei Li"))


@pytest.mark.parametrize(
    ("title", "author"),
    [("Editorial", "Wei Li"), ("Guest editorial", "Wei Li"), (TITLE, ""), (None, "Wei Li"),
     (TITLE, None), ("!?", "Li"), (TITLE, " . ")],
)  # fmt: skip
def test_what_cannot_tell_a_paper_has_none(title: str | None, author: str | None) -> None:
    assert title_key(title, author) is None


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Wei Li", "li"),
        ("Li, Wei", "li"),
        ("van der Berg, Jan", "vanderberg"),
        ("Müller J.-P.", "muller"),
        ("Li W. H.", "li"),
        ("李伟", "李伟"),
        ("Plato", "plato"),
        ("", ""),
    ],
)
def test_family_names(name: str, family: str) -> None:
    assert family_name(name) == family


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_has_a_key_or_none_and_no_name_in_it(title: str, author: str) -> None:
    key = title_key(title, author)
    assert key is None or (len(key) == 16 and set(key) <= set("0123456789abcdef"))
