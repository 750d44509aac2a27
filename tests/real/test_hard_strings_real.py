"""Hard strings labelled by hand, by kind: floors just below the measured.

`bibnet matcher measure --hard` prints the table. Other strings of the same kinds judge as well.
"""

from pathlib import Path

import pytest

from bibnet.places.registry.cache import open_registry
from bibnet.places.training.hard_strings import measured_kinds

pytestmark = pytest.mark.real


def test_countries_and_organisations_of_every_kind(
    shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    registry = shared_data / "registry" / "ror_organisations.jsonl.gz"
    opened = open_registry(registry, lambda _: None, tmp_path_factory.mktemp("cache"))
    scores = measured_kinds(shared_data / "cases" / "strings.jsonl", opened.index)
    right = {
        s.kind: (s.countries[0] / s.strings, s.organisations[0] / s.organisations[1])
        for s in scores
    }
    assert right["all"][0] >= 0.98
    assert right["all"][1] >= 0.93
    assert right["two_addresses"][0] >= 0.9
