"""North University of Flight is listed; an institute abroad is NUFX, too."""

import pytest

from bibnet.tag.lists.entry import index_entries
from bibnet.tag.lists.lone_acronym import is_but_acronym
from bibnet.tag.lists.registry_names import RegistryNames

EMPTY = ("former_names", "generic_aliases", "openalex_id", "city")
NORTH = {
    **dict.fromkeys(EMPTY, ""),
    "entry_id": "north",
    "name": "North University of Flight",
    "name_zh": "北方飞行大学",
    "aliases": "NUFLY|NUFX",
    "category": "x",
    "lists": "A",
    "ror": "0north",
    "country": "CN",
    "date": "",
}
(ENTRY,) = index_entries([NORTH]).entries
OWN, OTHER = ("CN", "0north", ""), ("US", "0other", "")
NAMES = RegistryNames({"nufly": frozenset({OWN}), "nufx": frozenset({OWN, OTHER})}, {}, 2)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("NUF", True),  # three letters are others' too
        ("NUFX", True),  # as it is another's in the registry
        ("NUFLY", False),
        ("NUF, Shantou", False),  # a place tells
        ("Dept of Law, NUF", False),
        ("NUF-ABCD Institute", True),
        ("ABCD-NUF Joint College, Shantou", True),
        ("NUF-ABCD Institute, North University of Flight", False),
        ("NUF-ABCD Institute, North Univ Flight", False),
        ("NUF-ABCD 北方飞行大学 Institute", False),
        ("NUF-ABCD, Shantou", False),
        ("", False),
    ],
)
def test_what_is_but_an_acronym(text: str, held: bool) -> None:
    assert is_but_acronym(ENTRY, text, NAMES) is held
