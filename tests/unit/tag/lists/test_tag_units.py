import pytest

from bibnet.tag.lists.units import behind_joints, packaged_units
from bibnet.tag.place_names import PlaceNames

UNITS = packaged_units()
PLACES = PlaceNames(
    {"中国": "CN"},
    {"南城": frozenset({"CN"}), "北城": frozenset({"CN"}), "foo": frozenset({"CN"})},
    {"大湖": frozenset({"CN"})},
)


@pytest.mark.parametrize(
    ("segment", "behind"),
    [
        ("School of Law of North University", ["Law of North University", "North University"]),
        ("Key Laboratory of the North University", ["North University"]),
        ("Optics Academy at NORTH", ["NORTH"]),
        (
            "College of Optics of North University",
            ["Optics of North University", "North University"],
        ),
        ("South College of North University", []),  # colleges with a name are bodies of their own
        ("Affiliated Hospital of North University", []),
        ("Joint Laboratory of North University", []),
        ("High School of North University", []),
        ("Research on the Academy of the North", []),
        ("Alumni of North University", []),
        ("of North University", []),
    ],
)
def test_a_unit_stands_before_of(segment: str, behind: list[str]):
    assert list(behind_joints(segment, UNITS.is_unit)) == behind


@pytest.mark.parametrize(
    ("segment", "behind"),
    [
        ("The First Affiliated Hospital of North University", ["North University"]),
        ("Sunhill Hosp of the North University", ["North University"]),
        ("School of Law of North University", []),
        ("High School Hospital of North University", []),  # of a school
    ],
)
def test_a_hospital_stands_before_of(segment: str, behind: list[str]):
    assert list(behind_joints(segment, UNITS.is_hospital)) == behind


@pytest.mark.parametrize(
    "behind",
    [
        "计算机学院",
        "自动化研究所",
        "图像国家重点实验室",
        "航天工程系",
        "南城研究生院",
        "南城校区",
        "南城",
        "与南城医院",  # another body, joined
    ],
)
def test_a_unit_behind_a_chinese_name(behind: str):
    assert UNITS.is_unit_han(behind, PLACES, "CN")


@pytest.mark.parametrize(
    "behind",
    [
        "金陵学院",  # a college without a subject is a body of its own
        "南城计算机学院",  # and so is one with a place
        "附属第一医院",
        "出版社",
        "大学计算机学院",  # another name goes on like this
        "城校区",  # and this
        "与南城医院联合实验室",  # what two have together
        "",
    ],
)
def test_bodies_of_their_own_behind_a_chinese_name(behind: str):
    assert not UNITS.is_unit_han(behind, PLACES, "CN")
