"""Help on a narrow terminal: options are whole, sentences run on, each example stands alone."""

import pytest
from typer.testing import CliRunner

from bibnet.cli import COMMANDS, app
from bibnet.cli.app import prose

GROUPS = {"query": ["new"], "review": ["sample", "score"], "matcher": ["train", "measure"]}
WAYS = [[name, *([sub] if sub else [])] for name, *_ in COMMANDS for sub in GROUPS.get(name, [""])]


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
def test_nothing_is_cut_at_sixty_columns(way: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    width = 64 if way == ["classifier"] else 60  # its --negatives-unless needs more room
    monkeypatch.setenv("COLUMNS", str(width))
    found = CliRunner().invoke(app, [*way, "--help"])
    assert found.exit_code == 0
    assert max(map(len, found.output.splitlines())) <= width
    assert "…" not in found.output


def test_paragraphs_are_long_lines_and_examples_stand_alone() -> None:
    def command() -> None:
        """Do it
        at once.

        Use [works] of
        it. Example: bibnet do
        --it

        Example: bibnet do
        """

    assert prose(command) == (
        "Do it at once.\n\nUse \\[works] of it.\n\nExample: bibnet do --it\n\nExample: bibnet do"
    )


@pytest.mark.parametrize("jobs", ["0", "65", "1.5", "nan", "many"])
def test_a_number_out_of_range_is_a_usage_error(jobs: str) -> None:
    found = CliRunner().invoke(app, ["locate", "--jobs", jobs, "Nanjing"])
    assert found.exit_code == 2
    assert "from 1 to 64" in found.output
