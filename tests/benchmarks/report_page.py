"""`python tests/benchmarks/report_page.py [WORKS | RUN]`: the report's page in a real browser.

Makes a run of so many invented works (40,000 where none are given), or takes the folder of one,
opens its report.html from disk in Chromium and follows one number of every column that counts
works. Prints the size of the file, the time until the page is ready and the slowest lists of
works, and ends with 1 where one is over its bound.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from corpora import invented_works, query_file
from measuring import BIBNET

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))

from conftest import CHROMEDRIVER, CHROMIUM, FLAGS
from selenium import webdriver

WORKS = 40_000
MOST_MEGABYTES, MOST_READY, MOST_LIST = 6.0, 2_000.0, 150.0  # MB, ms, ms
SHOWN = 3  # slowest lists that are printed
WATCH = """
const look = () => {
  if (document.documentElement?.dataset.ready === "yes") window.readyAfter = performance.now();
  else setTimeout(look, 2);
};
look();
"""
LINKS = """
document.querySelectorAll("details").forEach((one) => { one.open = true; });
const done = arguments[arguments.length - 1];
const look = () => {
  if (document.querySelector("table[data-exhibit]:not([data-linked])")) setTimeout(look, 20);
  else done([...document.querySelectorAll("table[data-exhibit] a")].map(
    (link) => [link.getAttribute("href"), link.textContent.replaceAll(",", "")]));
};
look();
"""
FOLLOW = """
const [address, wanted, done] = arguments, works = document.getElementById("works");
works.close();
works.dataset.shown = "";
const began = performance.now();
location.hash = address;
const look = () => {
  if (works.open && works.dataset.shown === wanted) done(performance.now() - began);
  else if (performance.now() - began > 20000) done(-1);
  else setTimeout(look, 0);
};
look();
"""


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def made_run(folder: Path, works: int) -> Path:
    """The folder of a run over so many invented works."""
    query = query_file(folder, "page")
    command = [*BIBNET, "run", query, "--works", invented_works(works), "--out", folder]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True)
    return Path(done.stdout.strip())


def browser() -> Any:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in FLAGS:
        options.add_argument(flag)
    driver = webdriver.Chrome(options, webdriver.ChromeService(executable_path=CHROMEDRIVER))
    driver.set_script_timeout(60)
    return driver


def largest_of_columns(links: list[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """The largest number of every column that counts works: its address and what it says."""
    found: dict[str, tuple[str, str]] = {}
    for address, number in sorted(links, key=lambda link: -int(link[1])):
        found.setdefault(re.sub(r"=.*?(&|$)", "&", address) + address[-12:], (address, number))
    return found


def main() -> None:
    asked = sys.argv[1] if len(sys.argv) > 1 else str(WORKS)
    with tempfile.TemporaryDirectory(prefix="bibnet-page-") as name:
        run = made_run(Path(name), int(asked)) if asked.isdigit() else Path(asked)
        page = run / "report.html"
        driver = browser()
        try:
            driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
            driver.get(page.absolute().as_uri())
            links = driver.execute_async_script(LINKS)
            ready = float(driver.execute_script("return window.readyAfter"))
            chosen = largest_of_columns(links).values()
            spent = [(driver.execute_async_script(FOLLOW, *link), *link) for link in chosen]
        finally:
            driver.quit()
        size = page.stat().st_size / 1e6
    slowest = sorted(spent, reverse=True)
    say(f"{asked}: {size:.2f} MB (at most {MOST_MEGABYTES:g}), {len(spent)} lists of works")
    say(f"ready after {ready:.0f} ms (at most {MOST_READY:g})")
    for milliseconds, address, number in slowest[:SHOWN]:
        say(f"{milliseconds:.0f} ms (at most {MOST_LIST:g}): {number} works, {address}")
    wrong = [link for milliseconds, *link in spent if milliseconds < 0]
    say(f"lists of another number of works than said: {wrong or 'none'}")
    late = slowest[0][0] > MOST_LIST
    sys.exit(bool(size > MOST_MEGABYTES or ready > MOST_READY or late or wrong))


if __name__ == "__main__":
    main()
