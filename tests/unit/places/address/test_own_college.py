"""Colleges that bear a university's name and are bodies of their own, told from departments."""

import pytest

from bibnet.places.address.own_college import (
    is_city_college,
    is_city_institute,
    is_own_college,
    is_own_college_in_signs,
)


@pytest.mark.parametrize(
    ("behind", "own"),
    [
        ("shantou college", True),  # a city
        ("lumao coll", True),  # a given name
        ("city college", True),
        ("lumao city college", True),
        ("software college", False),  # subjects
        ("medical college", False),
        ("ocean college", False),  # a subject that reads like a romanised name
        ("lumao honors college", False),
        ("lu maochun college", False),  # a person's name
        ("lumao school", False),
        ("college", False),
        ("", False),
    ],
)
def test_words_behind_a_universitys_name(behind: str, own: bool) -> None:
    assert is_own_college(behind.split()) is own


@pytest.mark.parametrize(
    ("words", "own"),
    [
        ("shantou college", True),
        ("city college", True),
        ("lumao college", False),  # apart from the university's name a given name tells nothing
        ("lumao medical college", False),
        ("shantou medical college", False),  # a department, or a body that the name does not tell
        ("glasgow college", False),  # a partner abroad
        ("college", False),
        ("", False),
    ],
)
def test_the_college_of_a_city_is_one_wherever_it_stands(words: str, own: bool) -> None:
    assert is_city_college(words.split()) is own


@pytest.mark.parametrize(
    ("behind", "own"),
    [
        ("汕头学院", True),
        ("鹿毛学院", True),
        ("城市学院", True),
        ("汕头科技学院信息系", True),  # a department of the college
        ("软件学院", False),
        ("电子信息学院", False),
        ("医学院", False),  # one sign is a subject
        ("鹿毛春学院", False),  # three are a person's name
        ("软件研究所", False),
        ("学院", False),
        ("", False),
    ],
)
def test_signs_behind_a_universitys_name(behind: str, own: bool) -> None:
    assert is_own_college_in_signs(behind) is own


@pytest.mark.parametrize(
    ("university", "behind", "own"),
    [
        ("南京航空航天大学", "长空学院", False),
        ("南京航空航天大学", "长空学院飞行系", False),
        ("南京航空航天大学", "致远学院", True),  # another university's
        ("杭州电子科技大学", "信息工程学院", True),  # named like a department
        ("鹿毛大学", "信息工程学院", False),
        ("鹿毛大学", "长空学院", True),
    ],
)
def test_colleges_of_the_list_are_known(university: str, behind: str, own: bool) -> None:
    assert is_own_college_in_signs(behind, university) is own


def test_romanised_names_of_colleges_of_honours_are_known() -> None:
    words = ["changkong", "college"]
    assert is_own_college(words, "Nanjing University of Aeronautics and Astronautics") is False
    assert is_own_college(words, "NUAA") is False
    assert is_own_college(words, "Lumao University") is True


@pytest.mark.parametrize(
    ("words", "city"),
    [("shantou institute", True), ("shantou inst", True), ("lumao institute", False), ("", False)],
)
def test_the_institute_of_a_city(words: str, city: bool) -> None:
    assert is_city_institute(words.split()) is city


@pytest.mark.parametrize(
    ("words", "university", "own"),
    [
        ("mingde coll", "Northwestern Polytechnical University", True),
        ("zhongshan inst", "University of Electronic Science and Technology of China", True),
        ("suzhou institute of technology", "Jiangsu University of Science and Technology", True),
        ("zhongshan institute", "Beihang University", False),
        ("zhiyuan college", "Shanghai Jiao Tong University", False),
        ("mingde college", "", False),
    ],
)
def test_colleges_of_the_list_are_known_apart_from_the_name(
    words: str, university: str, own: bool
) -> None:
    assert is_city_college(words.split(), university) is own
