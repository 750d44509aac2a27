"""No test fails because a machine is slow."""

import re
from pathlib import Path

from hypothesis import HealthCheck, settings

TESTS = Path(__file__).parents[1]


def test_properties_have_no_deadline_and_no_check_of_speed() -> None:
    default = settings.default
    assert default is not None
    assert default.deadline is None
    assert HealthCheck.too_slow in default.suppress_health_check


def test_no_test_sets_a_deadline_or_brings_the_check_back() -> None:
    found = [
        path.name
        for path in TESTS.rglob("test_*.py")
        if path.name != Path(__file__).name
        and re.search(r"deadline=(?!None)|suppress_health_check=", path.read_text("utf-8"))
    ]
    assert found == []
