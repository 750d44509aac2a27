"""A real browser for the pages: Debian's Chromium, driven by its own ChromeDriver."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
CHROMEDRIVER = shutil.which("chromedriver")
# The file axe.min.js of axe-core, which is not part of the project.
AXE = os.environ.get("BIBNET_AXE", "")
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


class Browser:
    """A page in the browser, and what tests ask of it."""

    def __init__(self, driver: Any):
        self.driver = driver

    def size(self, width: int, height: int = 1000) -> None:
        wide = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", wide)

    def open(self, path: Path, address: str = "", ready: str = "warm") -> None:
        """Open a file and wait until it says that it is ready."""
        self.driver.get("about:blank")  # the same file with another address is another page
        self.driver.get(path.absolute().as_uri() + address)
        self.wait(f"document.documentElement.dataset.{ready} === 'yes'")

    def wait(self, condition: str) -> None:
        """Wait until a condition in the page holds, for thirty seconds at most."""
        script = f"""
        const done = arguments[arguments.length - 1], until = Date.now() + 30000;
        const look = () => {{
          if ({condition}) done(true);
          else if (Date.now() > until) done(false);
          else setTimeout(look, 20);
        }};
        look();
        """
        assert self.driver.execute_async_script(script), condition

    def run(self, script: str, *arguments: object) -> Any:
        return self.driver.execute_script(script, *arguments)

    def complaints(self) -> list[str]:
        """What the console says: errors, and what the policy has refused."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """Addresses of everything that the page has loaded beside itself."""
        found: list[str] = self.run(
            "return performance.getEntriesByType('resource').map((entry) => entry.name)"
        )
        return found

    def violations(self) -> list[str]:
        """What axe finds wrong, with the first element of each."""
        self.run(Path(AXE).read_text(encoding="utf-8") + "; window.axe = axe;")
        found = self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "axe.run(document, {resultTypes: ['violations']}).then((r) => done("
            "r.violations.map((v) => `${v.id}: ${v.nodes.length} ${v.nodes[0].html.slice(0, 200)}`)"
            "))"
        )
        return list(found)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The driver of one browser for all tests; skipped where there is none."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    if not (CHROMIUM and CHROMEDRIVER):
        pytest.skip("no chromium with its chromedriver on this machine")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in FLAGS:
        options.add_argument(flag)
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('profile')}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.ChromeService(executable_path=CHROMEDRIVER)
    driver = webdriver.Chrome(options=options, service=service)
    driver.set_script_timeout(120)
    yield driver
    driver.quit()


@pytest.fixture
def browser(chromium: Any) -> Iterator[Browser]:
    found = Browser(chromium)
    found.size(1440)
    found.complaints()  # of an earlier test
    yield found
    chromium.get("about:blank")
