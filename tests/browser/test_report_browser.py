"""The page in a real browser, from disk: it draws, and its policy is never broken."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from invented_report import hostile_content, invented_content

from bibnet.report import ReportContent, write_report

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--virtual-time-budget=30000", "--enable-logging=stderr", "--v=0", "--window-size=1440,2000",
)  # fmt: skip
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine")


def opened(folder: Path, content: ReportContent) -> tuple[str, list[str]]:
    """The page as the browser has it after drawing, and the lines of its console."""
    write_report(folder, content)
    return opened_file(folder, "report.html")


def opened_file(folder: Path, name: str) -> tuple[str, list[str]]:
    """A file of a report as the browser has it, and the lines of its console."""
    command = [str(BROWSER), *FLAGS, f"--user-data-dir={folder / 'profile'}", "--dump-dom"]
    done = subprocess.run(
        [*command, (folder / name).as_uri()], capture_output=True, timeout=120, check=True
    )
    log = done.stderr.decode("utf-8", "replace").splitlines()
    return done.stdout.decode("utf-8"), [line for line in log if "CONSOLE" in line]


@pytest.mark.parametrize("make", [invented_content, hostile_content])
def test_every_figure_draws_and_the_console_is_silent(tmp_path: Path, make: object) -> None:
    content = make() if callable(make) else None
    assert isinstance(content, ReportContent)
    page, console = opened(tmp_path, content)
    assert console == []
    assert 'data-ready="yes"' in page
    plots = re.findall(r'<div class="plot[^>]*data-figure="(\w+)"', page)
    assert len(plots) == page.count("<canvas") == 19


def test_the_page_of_countries_opens_and_the_console_is_silent(tmp_path: Path) -> None:
    write_report(tmp_path, hostile_content())
    page, console = opened_file(tmp_path, "countries.html")
    assert console == []
    assert page.count("<section") > 1
