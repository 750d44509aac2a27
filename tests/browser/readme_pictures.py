"""`python tests/browser/readme_pictures.py RUN`: the README's pictures, of a run of the demo.

Writes outputs/pictures/{report,network,explorer}.png with Debian's Chromium.
"""

import base64
import sys
import tempfile
import time
from pathlib import Path
from threading import Thread

import uvicorn
from conftest import CHROMEDRIVER, CHROMIUM, FLAGS, Browser
from selenium import webdriver

from bibnet.runs.explore.serve import listening
from bibnet.runs.explore.server import explorer_of

PICTURES = Path(__file__).parents[2] / "outputs" / "pictures"
WIDTH, HEIGHT = 1180, 900  # px
NETWORK = "document.getElementById('figure-institution_network')"
EXPLORED = "?joint=yes&list=INVENTED+Tracker"


def picture(browser: Browser, name: str, element: str = "", height: int = HEIGHT) -> None:
    """A picture of the top of the page, or from an element on."""
    top = browser.run(f"return {element}.getBoundingClientRect().top + scrollY") if element else 0
    clip = {"x": 0, "y": top, "width": WIDTH, "height": height, "scale": 1}
    asked = {"captureBeyondViewport": True, "clip": clip}
    found = browser.driver.execute_cdp_cmd("Page.captureScreenshot", asked)
    PICTURES.mkdir(parents=True, exist_ok=True)
    (PICTURES / f"{name}.png").write_bytes(base64.b64decode(found["data"]))


def main(run: Path) -> None:
    """Take the pictures."""
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={tempfile.mkdtemp()}"):
        options.add_argument(flag)
    service = webdriver.ChromeService(executable_path=str(CHROMEDRIVER))
    browser = Browser(webdriver.Chrome(options=options, service=service))
    browser.size(WIDTH)
    browser.open(run / "report.html")
    picture(browser, "report")
    picture(browser, "network", NETWORK, browser.run(f"return {NETWORK}.offsetHeight"))
    with listening(0) as taken, explorer_of(run) as explorer:
        server = uvicorn.Server(uvicorn.Config(explorer.app, log_config=None, lifespan="off"))
        Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True).start()
        browser.driver.get(f"http://127.0.0.1:{taken.getsockname()[1]}/{EXPLORED}")
        browser.wait("document.documentElement.dataset.ready === 'yes'")
        picture(browser, "explorer", height=1_250)
        server.should_exit = True
        time.sleep(1)  # until its last answer is sent
    browser.driver.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
