"""pyalex as it is used: its private names, its settings, its key."""

import inspect
from importlib.metadata import version
from pathlib import Path

import pyalex
import pyalex.api
import pytest

from bibnet.harvest.budget import Meter
from bibnet.harvest.openalex import ENTITIES, Connection, OpenAlex
from bibnet.schema.errors import UsageError

PACKAGE = Path(__file__).parents[3] / "bibnet"


def test_pyalex_is_the_pinned_one() -> None:
    assert version("pyalex") == "0.21"


def test_the_private_names_are_there() -> None:
    source = inspect.getsource(pyalex.api.BaseOpenAlex._get_from_url)
    assert "_get_requests_session()" in source and "OpenAlexAuth(config)" in source
    assert "https://api.openalex.org" in ENTITIES["works"]().url
    assert {"api_key", "email", "user_agent", "max_retries", "retry_http_codes"} <= set(
        pyalex.config
    )


def test_only_one_module_imports_pyalex() -> None:
    users = [p.name for p in PACKAGE.rglob("*.py") if "import pyalex" in p.read_text("utf-8")]
    assert users == ["openalex.py"]


def test_the_settings_of_pyalex_come_back() -> None:
    before = (dict(pyalex.config), pyalex.api._get_requests_session)
    with OpenAlex(Connection("key"), Meter()):
        assert pyalex.config.api_key == "key"
    assert (dict(pyalex.config), pyalex.api._get_requests_session) == before


@pytest.mark.parametrize("key", ["", " ", "a b", "a\nb", "schlüssel"])
def test_a_key_that_cannot_be_sent_is_refused(key: str) -> None:
    with pytest.raises(UsageError, match="OPENALEX_API_KEY"):
        Connection(key)


def test_an_address_must_be_one() -> None:
    with pytest.raises(UsageError, match="not an address"):
        Connection("key", "ftp://somewhere")


def test_the_key_is_not_shown() -> None:
    assert "key-of-mine" not in repr(Connection("key-of-mine"))
