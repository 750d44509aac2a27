"""The explorer in a real browser: filter, count, list, and nothing asked of anybody else."""

import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator

import pytest
from conftest import AXE, Browser
from explored import HOSTILE, explored_run

pytestmark = pytest.mark.long
WIDTHS = (1440, 768, 390)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command as a user starts it, and the address that it says."""
    folder = explored_run(tmp_path_factory.mktemp("explored") / "run")
    command = [sys.executable, "-m", "bibnet", "serve", str(folder), "--port", "0", "--no-browser"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        said = ""
        while not (address := re.search(r"http://127\.0\.0\.1:\d+/", said)):
            line = server.stderr.readline()
            assert line, said
            said += line
        yield server, address[0]
        server.kill()


def opened(browser: Browser, address: str) -> None:
    browser.driver.get(address)
    browser.wait("document.documentElement.dataset.ready === 'yes'")


def works(browser: Browser) -> str:
    return str(browser.run("return document.querySelector('.tiles dd').textContent"))


def test_filter_count_and_come_back(browser: Browser, served: tuple[object, str]) -> None:
    _, address = served
    opened(browser, address)
    assert works(browser) == "5"
    browser.run("document.querySelector('input[name=institution]').value = 'alpha university'")
    browser.run("document.querySelector('.filters button').click()")
    browser.wait("location.search === '?institution=I1'")
    assert works(browser) == "2"
    link = "document.querySelector('#country tbody a[href*=FR]')"
    browser.run(f"{link}.click()")
    browser.wait("location.search.includes('country=FR')")
    assert works(browser) == "1"
    opened(browser, browser.driver.current_url)  # the address says it all
    assert works(browser) == "1"
    assert all(one.startswith(address) for one in browser.requests())
    assert browser.complaints() == []
    assert browser.run("return window.PWNED === undefined")
    assert HOSTILE in browser.run("return document.querySelector('h1').textContent")


# All works, those of one institution, and a filter of nothing, which is answered with 400.
VIEWS = ("", "?institution=I1", "?country=ZZ")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_screen(
    browser: Browser, served: tuple[object, str], width: int, view: str
) -> None:
    browser.size(width)
    opened(browser, f"{served[1]}{view}")
    assert browser.run("return document.documentElement.scrollWidth") <= width


@pytest.mark.skipif(not AXE, reason="BIBNET_AXE names no axe.min.js")
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_wrong(
    browser: Browser, served: tuple[object, str], width: int, view: str
) -> None:
    browser.size(width)
    opened(browser, f"{served[1]}{view}")
    browser.run("for (const folded of document.querySelectorAll('details')) folded.open = true;")
    assert browser.violations() == []
    assert [one for one in browser.complaints() if "(Bad Request)" not in one] == []


def test_the_network_answers_the_keyboard(browser: Browser, served: tuple[object, str]) -> None:
    opened(browser, served[1])
    browser.run("document.querySelector('[data-node]').focus()")
    assert browser.run("return document.querySelectorAll('[data-node].lit').length") > 1
    browser.run("document.querySelector('[data-node]').blur()")
    assert browser.run("return document.querySelectorAll('.lit').length") == 0


@pytest.mark.usefixtures("loopback")
def test_it_is_stopped_by_an_interrupt(served: tuple[subprocess.Popen[str], str]) -> None:
    """The last test of this file: it ends the server."""
    server, address = served
    with urllib.request.urlopen(f"{address}years.csv") as answer:  # noqa: S310 - 127.0.0.1
        assert answer.status == 200
    server.send_signal(signal.SIGINT)
    assert server.wait(timeout=30) == 0
