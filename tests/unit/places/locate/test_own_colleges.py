"""What a string of a college of its own answers: its place, never the university's record."""

import pytest
from small_registry import body

from bibnet.places.locate.answers import Locator
from bibnet.places.registry.organisations import build_registry


@pytest.fixture(scope="module")
def locator() -> Locator:
    names = ("湖南科技大学",)
    return Locator(
        build_registry(
            [
                body("sul", "Suzhou University of Light", "CN Suzhou", province="Jiangsu"),
                body("hn", "Hunan University of Tides", "CN Changsha", aliases=names),
                body("kr", "Hunan University Yuelu College", "CN Changsha"),
                body("ox", "University of Oxford", "GB Oxford"),
            ]
        )
    )


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        (
            "Suzhou University of Light Shantou College",
            [(None, "CN", "Shantou", "city_in_name")],
        ),
        (
            "Shantou College, Suzhou University of Light, China",
            [(None, "CN", None, "country_name")],
        ),
        (
            "Shantou College of Suzhou University of Light",
            [(None, "CN", "Shantou", "city_in_name")],
        ),
        # Qianjiang is a river of the university's city, and a small city of another province.
        (
            "Qianjiang College, Suzhou University of Light",
            [(None, "CN", "Suzhou", "city_in_name")],
        ),
        ("Suzhou University of Light Xuzhou College", [(None, "CN", "Xuzhou", "city_in_name")]),
        # A district of several campuses.
        ("Suzhou University of Light Town, Suzhou", [(None, "CN", "Suzhou", "city_name")]),
        ("Hunan University of Tides Lumao College", [(None, "CN", None, "province_in_name")]),
        ("Hunan University of Tides Lumao City College", [(None, "CN", None, "own_college")]),
        ("湖南科技大学汕头学院", [(None, "CN", "Shantou", "city_in_name")]),
        ("湖南科技大学鹿毛学院", [(None, "CN", None, "province_in_name")]),
        ("湖南科技大学软件学院", [("hn", "CN", "Changsha", "alias")]),
        # A company that bears the name is none of the university; one that is joined is another.
        ("湖南科技大学鹿毛科技有限公司", [(None, "CN", None, "province_in_name")]),
        ("湖南科技大学和鹿毛公司", [("hn", "CN", "Changsha", "alias")]),
        (
            "Software College, Suzhou University of Light",
            [("sul", "CN", "Suzhou", "exact_name")],
        ),
        (
            "Lumao College, Suzhou University of Light",
            [("sul", "CN", "Suzhou", "exact_name")],
        ),
        ("University of Oxford Lincoln College", [("ox", "GB", "Oxford", "exact_name")]),
        ("Hunan University Yuelu College", [("kr", "CN", "Changsha", "exact_name")]),
    ],
)
def test_a_college_of_its_own_is_not_the_university(
    locator: Locator, text: str, answers: list[tuple[str | None, ...]]
) -> None:
    found = [(row.ror, row.country, row.city, row.rule) for row in locator.locate(text)]
    assert found == answers
