"""Where names stand in strings, what shared words find, and what rivals say of each other."""

import numpy as np
import pytest
from small_registry import REGISTRY, body

from bibnet.places.match.features import FEATURES
from bibnet.places.match.matcher import Matcher, Prepared
from bibnet.places.match.overlap import best_of
from bibnet.places.reading.phrases import find_names
from bibnet.places.registry.index import RegistryIndex, build_index
from bibnet.places.registry.organisations import build_registry


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(build_index(REGISTRY))


def column(prepared: Prepared, index: RegistryIndex, key: str, name: str) -> float:
    """A measure of one organisation among the candidates of a batch of one string."""
    owner = index.texts["key"].index(key)
    (row,) = np.flatnonzero(prepared.table["owner"] == owner)
    return float(prepared.matrix[row, FEATURES.index(name)])


def candidates_of(matcher: Matcher, text: str) -> set[str]:
    owners = matcher.prepare([text]).table["owner"].tolist()
    return {matcher.index.texts["key"][owner] for owner in owners}


def test_a_whole_name_is_found_with_its_place(matcher: Matcher) -> None:
    prepared = matcher.prepare(["Dept. of Physics, University of Oxford, Oxford, UK"])
    measures = {
        name: column(prepared, matcher.index, "ox", name)
        for name in ("whole", "covered", "left", "right", "country", "city", "part", "parts")
    }
    assert measures == {
        "whole": 1,
        "covered": 1,
        "left": 0,  # the name fills its part
        "right": 0,
        "country": 1,  # the string names it
        "city": 1,  # outside the name
        "part": 1,
        "parts": 3,
    }


def test_words_in_another_order_are_found_but_not_as_a_whole(matcher: Matcher) -> None:
    prepared = matcher.prepare(["Oxford University"])
    assert column(prepared, matcher.index, "ox", "whole") == 0
    assert column(prepared, matcher.index, "ox", "covered") == 1
    assert column(prepared, matcher.index, "ox", "disorder") == 1


def test_a_misspelt_and_a_shortened_word_are_found(matcher: Matcher) -> None:
    prepared = matcher.prepare(["Carnege Mellon Univ."])
    assert column(prepared, matcher.index, "cmu", "misspelt") == 1
    assert "nuaa" in candidates_of(matcher, "Nanjing Univ. of Aeronaut. and Astronaut.")


def test_a_contradicted_country_is_measured(matcher: Matcher) -> None:
    prepared = matcher.prepare(["Nanjing University, Berlin, Germany"])
    assert column(prepared, matcher.index, "nju", "country") == -1


def test_a_whole_name_goes_before_a_misspelt_and_a_shortened_one_of_the_same_body() -> None:
    fens = body("fens", "University of Fenmoor", "CA Fenmoor", acronyms=("UFENMOOR",))
    tide = body("tide", "Tideland Institute of Waves", "AU Perth", acronyms=("QZX",))
    index = build_index(build_registry([fens, tide]))
    prepared = Matcher(index).prepare(["University of Fenmoor, Canada"])
    assert column(prepared, index, "fens", "whole") == 1
    assert column(prepared, index, "fens", "misspelt") == 0
    both = Matcher(index).prepare(["QZX Tideland Institute of Waves"])
    assert column(both, index, "tide", "length") == 3
    assert column(both, index, "tide", "second_covered") == 1


def test_a_body_called_so_first_is_told_from_one_with_an_alias() -> None:
    one = body("one", "Tideland Institute", "AU Perth")
    other = body("other", "Institute of Waves", "US Salem", aliases=("Tideland Institute",))
    index = build_index(build_registry([one, other]))
    prepared = Matcher(index).prepare(["Tideland Institute"])
    found = {key: column(prepared, index, key, "namesakes_first") for key in ("one", "other")}
    assert found == {"one": 1, "other": 1}
    assert column(prepared, index, "other", "namesakes") == 2


def test_short_names_need_capitals(matcher: Matcher) -> None:
    assert "kist" in candidates_of(matcher, "KIST, Germany")
    assert "kist" not in candidates_of(matcher, "Kist, Germany")


def test_a_name_inside_a_longer_one_knows_it(matcher: Matcher) -> None:
    prepared = matcher.prepare(["Nanjing University of Aeronautics and Astronautics"])
    assert column(prepared, matcher.index, "nju", "inside_covered") == 1
    assert column(prepared, matcher.index, "nuaa", "inside_covered") == -1
    assert column(prepared, matcher.index, "nuaa", "rank") == 0


def test_parents_are_known_among_rivals(matcher: Matcher) -> None:
    prepared = matcher.prepare(["Softco, Beijing, China"])
    assert column(prepared, matcher.index, "soft-cn", "parent_covered") == 1
    assert column(prepared, matcher.index, "soft", "child_covered") == 1
    assert column(prepared, matcher.index, "soft", "parent_covered") == -1


def test_a_circle_of_parents_ends(matcher: Matcher) -> None:
    prepared = matcher.prepare(["Ring Institute of Alpha Waves, Ring Institute of Beta Waves"])
    assert column(prepared, matcher.index, "ring-a", "parent_covered") == 1
    assert column(prepared, matcher.index, "ring-b", "parent_covered") == 1


def test_names_in_signs_are_found_inside_longer_text(matcher: Matcher) -> None:
    assert candidates_of(matcher, "南京大学计算机系") == {"nju"}


def test_measures_do_not_depend_on_the_other_strings(matcher: Matcher) -> None:
    texts = ["Nanjing University", "", "KIST, Kiel", "100084", "University of Oxford, UK"]
    together = matcher.prepare(texts)
    alone = [matcher.prepare([text]).matrix for text in texts]
    assert np.array_equal(together.matrix, np.concatenate(alone), equal_nan=True)


def test_candidates_taken_away_leave_their_rivals_measured_anew(matcher: Matcher) -> None:
    prepared = matcher.prepare(["Nanjing University of Aeronautics and Astronautics"])
    nuaa = matcher.index.texts["key"].index("nuaa")
    fewer = matcher.without(prepared, prepared.table["owner"] != nuaa)
    assert nuaa not in fewer.table["owner"]
    assert column(fewer, matcher.index, "nju", "inside_covered") == -1


def test_every_whole_name_is_a_hit(matcher: Matcher) -> None:
    batch = matcher.prepare(["Northeastern University"]).batch
    hits = find_names(batch, matcher.index)
    owners = {matcher.index.texts["key"][o] for o in matcher.index.name_owner[hits.name]}
    assert owners == {"neu-us", "neu-cn"}


def test_best_of_keeps_the_highest_of_each_group() -> None:
    group = np.array([1, 0, 0, 0, 1])
    score = np.array([5.0, 1.0, 3.0, 3.0, 6.0])
    assert best_of(group, score, np.array([0, 1, 9, 2, 4]), 2).tolist() == [3, 2, 4, 0]
    assert best_of(np.empty(0, int), np.empty(0), np.empty(0), 2).tolist() == []
