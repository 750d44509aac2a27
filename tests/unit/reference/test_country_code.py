"""A country by its code, its name or its abbreviation; nothing else means one."""

import pytest

from bibnet.reference.country_code import country_code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("DE", "DE"), ("de", "DE"), ("Germany", "DE"), ("  united   kingdom ", "GB")),
        *(("UK", "GB"), ("usa", "US"), ("the Netherlands", "NL"), ("TW", "TW")),
        *(("XX", None), ("", None), ("DEU!", None), ("Bavaria", None), (7, None), (None, None)),
    ],
)
def test_what_a_text_means(text: object, code: str | None) -> None:
    assert country_code(text) == code
