import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibnet.harvest.sandbox.identifiers import ALPHABET, bare, doi, openalex_id, orcid, ror_id

NUMBERS = st.integers(0, 32**6 - 1)


def checksum(ror: str) -> int:
    """Checksum of the registry over the six characters after the leading 0 (ISO 7064)."""
    number = 0
    for character in ror[1:7]:
        number = number * 32 + ALPHABET.index(character)
    return 98 - number * 100 % 97


@pytest.mark.parametrize("real", ["05gsxrt27", "052gg0110", "021nxhr62"])
def test_the_checksum_formula_fits_real_ror_ids(real: str) -> None:
    assert checksum(real) == int(real[7:])


@given(NUMBERS)
def test_an_invented_ror_id_has_the_form_and_fails_the_checksum(number: int) -> None:
    ror = ror_id(number).removeprefix("https://ror.org/")
    assert re.fullmatch(r"0[0-9a-hj-km-np-tv-z]{6}[0-9]{2}", ror)
    assert checksum(ror) % 97 != int(ror[7:]) % 97


def test_ids_look_like_those_of_openalex() -> None:
    assert openalex_id("W", 7) == "https://openalex.org/W9900000007"
    assert bare("https://openalex.org/W9900000007") == "W9900000007"


def test_dois_have_the_prefix_for_examples() -> None:
    assert doi(3) == "https://doi.org/10.5555/invented.3"


def test_an_orcid_has_four_blocks() -> None:
    assert orcid(12345) == "https://orcid.org/0000-0000-0001-2345"
