"""Fractional weights: literal cases of methods.md, and the law that they sum to one."""

from build import rows_of, tables
from hypothesis import given, settings
from hypothesis import strategies as st

from bibnet.network.membership import membership
from bibnet.schema.units import WHOLE


def affiliation(author: int, seq: int = 1) -> dict[str, int]:
    return {"work_key": 1, "author_seq": author, "affiliation_seq": seq}


def place(country: str | None, author: int, seq: int = 1, order: int = 1) -> dict[str, object]:
    return {**affiliation(author, seq), "place_seq": order, "country": country}


def parts(authors: int, affiliations: list, places: list) -> dict[tuple[int, str], float]:
    world = tables(
        work=[{"work_key": 1, "authors": authors}],
        authorship=[{"work_key": 1, "author_seq": seq} for seq in range(1, authors + 1)],
        affiliation=affiliations,
        place=places,
    )
    rows = rows_of(membership(world, "country"), "author_seq", "unit", "weight")
    return {(author, unit): weight / WHOLE for author, unit, weight in rows}


def test_two_authors_share_the_work_equally() -> None:
    found = parts(2, [affiliation(1), affiliation(2)], [place("DE", 1), place("CN", 2)])
    assert found == {(1, "DE"): 0.5, (2, "CN"): 0.5}


def test_affiliations_of_an_author_share_the_authors_part() -> None:
    found = parts(1, [affiliation(1, 1), affiliation(1, 2)], [place("DE", 1, 1), place("CN", 1, 2)])
    assert found == {(1, "DE"): 0.5, (1, "CN"): 0.5}


def test_countries_of_one_affiliation_share_its_part() -> None:
    found = parts(1, [affiliation(1)], [place("DE", 1), place("CN", 1, order=2)])
    assert found == {(1, "DE"): 0.5, (1, "CN"): 0.5}


def test_an_affiliation_without_a_country_is_unknown() -> None:
    found = parts(1, [affiliation(1, 1), affiliation(1, 2)], [place("DE", 1, 1)])
    assert found == {(1, "DE"): 0.5, (1, "unknown"): 0.5}


def test_an_author_without_affiliation_stays_in_the_denominator() -> None:
    found = parts(4, [affiliation(1)], [place("DE", 1)])
    assert found == {(1, "DE"): 0.25, **{(seq, "unknown"): 0.25 for seq in (2, 3, 4)}}


def test_work_level_affiliations_carry_the_whole_work() -> None:
    found = parts(3, [affiliation(0, 1), affiliation(0, 2)], [place("DE", 0, 1)])
    assert found == {(0, "DE"): 0.5, (0, "unknown"): 0.5}


def test_work_level_affiliations_beside_authors_own_count_in_full_only() -> None:
    found = parts(1, [affiliation(1), affiliation(0)], [place("DE", 1), place("CN", 0)])
    assert found == {(1, "DE"): 1.0, (0, "CN"): 0.0}


def test_a_stated_country_beside_placed_affiliations_counts_in_full_only() -> None:
    found = parts(1, [affiliation(1, 0), affiliation(1, 1)], [place("FR", 1, 0), place("DE", 1, 1)])
    assert found == {(1, "DE"): 1.0, (1, "FR"): 0.0}


def test_a_work_without_authors_is_wholly_unknown() -> None:
    assert parts(0, [], []) == {(0, "unknown"): 1.0}


ENTRY = st.tuples(st.integers(1, 5), st.lists(st.sampled_from(["DE", "CN", "US"]), max_size=3))


@settings(max_examples=15, deadline=None)
@given(authors=st.integers(5, 60), entries=st.lists(ENTRY, max_size=8))
def test_the_parts_of_a_work_sum_to_one(authors: int, entries: list) -> None:
    affiliations, places = [], []
    for number, (author, countries) in enumerate(entries, start=1):
        affiliations.append(affiliation(author, number))
        places += [place(c, author, number, order) for order, c in enumerate(countries, start=1)]
    assert abs(sum(parts(authors, affiliations, places).values()) - 1) < 1e-12
