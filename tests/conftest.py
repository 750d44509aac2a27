"""Fixtures of all tests: the real data beside the repository, an engine, a run of a few works."""

import gc
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from bibnet.storage.engine import Engine, open_engine
from bibnet.storage.processes import SEARCH_FOR_CYCLES

SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"


# As in a command.
gc.set_threshold(*SEARCH_FOR_CYCLES)

# How long a property takes says something of the machine, not of the code. With CI set, the
# examples are the same each time, so that a release is not refused by chance; without it each
# run of the tests looks for new ones.
hypothesis_settings.register_profile(
    "any machine",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
hypothesis_settings.load_profile("any machine")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real data; the test is skipped where they are absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"the real data are not there ({SHARED_DATA})")
    return SHARED_DATA


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_engine(tmp_path / "spill")
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reaches beyond this machine, and none sees a key.

    Only tests that ask for the fixture `loopback` may connect, and only to 127.0.0.1.
    """
    connect = socket.socket.connect
    allowed = "loopback" in request.fixturenames

    def guarded(self: socket.socket, address: tuple[str, int]) -> None:
        if not allowed or address[0] != "127.0.0.1":
            raise AssertionError(f"a test tried to connect to {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.delenv("OPENALEX_API_KEY", raising=False)


@pytest.fixture
def loopback() -> None:
    """Allows a test to connect to 127.0.0.1."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """In CI the real data must have been used if they are there."""
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    if os.environ.get("CI") and SHARED_DATA.is_dir() and any("real data" in s for s in skipped):
        raise pytest.UsageError("tests on the real data were skipped although the data are there")
