"""Schools of another country whose whole names stand beside that of the answer."""

import pytest
from small_registry import body

from bibnet.places.locate.answers import Locator
from bibnet.places.registry.organisations import build_registry


@pytest.fixture(scope="module")
def locator() -> Locator:
    return Locator(
        build_registry(
            [
                body("kelp", "Kelpnion Tidal University", "PT Lisbon"),
                body("wave", "Wavera Reef University", "JP Osaka"),
                body("fens", "Fens University of Ripples", "GB Leeds"),
                body("quay", "Quayside Ripple Archive", "GB Leeds", types=("archive",)),
                body("isle", "Kelpnion Isle University", "PT Porto"),
            ]
        )
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kelpnion Tidal University, Lisbon, Portugal (Wavera Reef University)", ["kelp", "wave"]),
        ("Kelpnion Tidal University, Wavera Reef University, Osaka, Japan", ["kelp", "wave"]),
        ("Wavera Reef University, Lisbon Lab, Kelpnion Tidal University", ["kelp", "wave"]),
        # A body that is no school needs its city.
        ("Quayside Ripple Archive, Leeds, Kelpnion Tidal University, Lisbon", ["kelp", "quay"]),
        ("Quayside Ripple Archive, Kelpnion Tidal University, Lisbon", ["kelp"]),
        # Beside a name but words, a hyphen or another place: no second address.
        ("Kelpnion Tidal University-Wavera Reef University Institute, Lisbon", ["kelp"]),
        ("Friends of Wavera Reef University, Kelpnion Tidal University, Lisbon", ["kelp"]),
        ("Kelpnion Tidal University, Wavera Reef University, Lisbon, Portugal", ["kelp"]),
        ("Kelpnion Tidal University, Lisbon, Portugal", ["kelp"]),
        ("Wavera Reef University, Lisbon, Portugal", []),
    ],
)
def test_a_whole_name_from_abroad_is_answered(
    locator: Locator, text: str, found: list[str]
) -> None:
    rows = [row.ror for row in locator.locate(text) if row.ror]
    assert sorted(rows) == found
