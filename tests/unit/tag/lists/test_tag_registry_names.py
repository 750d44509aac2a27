from dataclasses import dataclass

from bibnet.tag.lists.entry import Entry, index_entries
from bibnet.tag.lists.registry_names import RegistryNames, registry_names

EMPTY = ("name_zh", "former_names", "generic_aliases", "openalex_id", "city")


def row(entry_id: str, name: str, **cells: str) -> dict[str, str]:
    base = {**dict.fromkeys(EMPTY, ""), "category": "x", "lists": "A", "country": "AA", "date": ""}
    return {**base, "entry_id": entry_id, "name": name, "aliases": "", "ror": "", **cells}


INDEX = index_entries(
    [
        row("north", "North University", aliases="NORU", ror="0north"),
        row("gotha", "Gotha Institute"),
        row("brand", "Zyxo Vision", category="x_company"),
        row("force", "Force Academy"),
    ]
)
NORTH, GOTHA, BRAND, FORCE = INDEX.entries


@dataclass(frozen=True)
class Body:
    names: tuple[str, ...]
    country: str
    ror: str = ""
    acronyms: tuple[str, ...] = ()
    key: str = ""
    openalex_id: str = ""
    former_names: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()


OWN = Body(("NORTH University",), "AA", "0north", ("NORU",))
OTHERS = [Body(("Gotha College",), "AA"), Body(("Vision Institute", "Force Ltd"), "BB")]


def unique(*bodies: Body) -> list[bool]:
    known = registry_names(INDEX, [*OTHERS, *bodies])
    names: list[tuple[str, Entry]] = [
        ("north university", NORTH),
        ("gotha institute", GOTHA),
        ("zyxo vision", BRAND),
        ("force academy", FORCE),
    ]
    return [known.is_unique(key, entry) for key, entry in names]


def test_unique_is_ones_own_name_a_word_of_the_country_or_a_coined_name_of_a_company():
    assert unique(OWN) == [True, True, True, False]


def test_a_bearer_abroad_ends_it():
    abroad = Body(("North University",), "BB")
    assert unique(OWN, abroad)[0] is False
    assert registry_names(INDEX, [OWN, abroad]).has_bearer_abroad("north university", "AA")


def test_a_university_that_shares_a_name_and_is_in_no_registry_is_a_bearer_abroad():
    known = registry_names(INDEX, [OWN])
    assert known.has_bearer_abroad("soochow university", "CN")
    assert not known.has_bearer_abroad("soochow university", "TW")
    assert not known.has_bearer_abroad("tamkang university", "CN")  # nobody shares its name


def test_a_word_of_other_countries_tells_nothing():
    assert unique(Body(("Gotha Bank",), "BB"))[1] is False


def test_blanks_do_not_part_ones_own_name():
    assert registry_names(INDEX, [OWN]).is_unique("northuniversity", NORTH)


def test_other_bearers_of_an_acronym_count_in_the_same_country_too():
    known = registry_names(INDEX, [OWN])
    assert not known.has_other_bearer("noru", NORTH)
    shared = registry_names(INDEX, [OWN, Body(("Normal School",), "AA", acronyms=("NORU",))])
    assert shared.has_other_bearer("noru", NORTH)


def test_without_a_registry_nothing_is_unique():
    assert not RegistryNames().is_unique("zyxo vision", BRAND)
    assert not registry_names(INDEX, []).is_unique("zyxo vision", BRAND)


def test_what_other_bodies_of_the_country_have_behind_a_listed_name() -> None:
    """A body at home in another city; no child of the listed one, no namesake abroad."""
    other = Body(("North University - Sud", "North University (Sud)"), "AA", "0sud", key="sud")
    child = Body(("North University, Ost",), "AA", "0ost", key="ost", parents=("north",))
    abroad = Body(("North University, West",), "BB", "0west", key="west")
    own = Body(("North University",), "AA", "0north", ("NORU",), key="north")
    known = registry_names(INDEX, [own, other, child, abroad])
    assert known.further == {"north": frozenset({"sud"})}
    assert registry_names(INDEX, [own, child]).further == {}
