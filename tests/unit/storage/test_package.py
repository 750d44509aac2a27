"""The state of bibnet: another Python or processor is another state, the same is the same."""

import pytest

from bibnet.storage.package import package_digest


def fresh_digest() -> str:
    return package_digest.__wrapped__()


def test_the_same_state_has_the_same_digest() -> None:
    assert fresh_digest() == package_digest() == fresh_digest()
    assert len(fresh_digest()) == 64


@pytest.mark.parametrize(
    ("asked", "answer"), [("python_version", "3.99.0"), ("machine", "another")]
)
def test_another_python_or_processor_is_another_state(
    monkeypatch: pytest.MonkeyPatch, asked: str, answer: str
) -> None:
    before = fresh_digest()
    monkeypatch.setattr(f"platform.{asked}", lambda: answer)
    assert fresh_digest() != before
