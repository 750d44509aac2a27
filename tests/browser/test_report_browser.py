"""The page in a real browser, from disk: it reads, it leads to works, its policy holds."""

import csv
import re
import shutil
from pathlib import Path

import pytest
from conftest import AXE, Browser
from invented_report import HOSTILE, empty_content, hostile_content, invented_content, with_works
from printed import PAPERS, parted, printed

from bibnet.report import write_report

WIDTHS = (1440, 768, 390)
ONE_LINE = 45  # pixels: two lines of a button take more than fifty
OPEN_ALL = "for (const folded of document.querySelectorAll('details')) folded.open = true;"
# The heading of the folded meanings of columns is printed where one is open.
PRINTED_HEADINGS = """
const open = document.querySelector('#definitions details[open]');
return [...document.querySelectorAll('main h2, main h3')]
  .filter((heading) => open || !heading.matches('#definitions h3'))
  .map((heading) => heading.textContent)
"""
CLIPPED = """
return [...document.querySelectorAll('.scroll')]
  .filter((box) => box.scrollWidth > box.clientWidth + 1)
  .map((box) => box.querySelector('table').id + ' ' + (box.scrollWidth - box.clientWidth))
"""
LINKS = """
return [...document.querySelectorAll('table[data-exhibit] td a[href^="#works/"]')]
  .map((link) => [link.getAttribute('href'), link.textContent])
"""


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Folders of three reports: a whole one, one of hostile texts, one on nothing."""
    contents = {
        "whole": with_works(invented_content()),
        "hostile": with_works(hostile_content(), HOSTILE),
        "empty": empty_content(),
    }
    folders = {name: tmp_path_factory.mktemp(name) for name in contents}
    for name, content in contents.items():
        write_report(folders[name], content)
    return folders


PAGES = ("report.html", "countries.html", "institutions.html")


@pytest.mark.parametrize("name", ["whole", "hostile", "empty"])
@pytest.mark.parametrize("file", PAGES)
def test_it_opens_from_disk_without_a_request_or_a_complaint(
    browser: Browser, pages: dict[str, Path], name: str, file: str
) -> None:
    browser.open(pages[name] / file, ready="ready")
    assert browser.requests() == []
    assert browser.complaints() == []
    assert browser.run("return window.PWNED === undefined")


def open_list(browser: Browser, folder: Path, width: int) -> None:
    """Open a report with the list of works that an address names."""
    browser.size(width)
    address = "#works/years?year=2017&side=all&count=joint_works"
    browser.open(folder / "report.html", address)
    browser.wait("document.getElementById('works').open")


@pytest.mark.skipif(not AXE, reason="BIBNET_AXE names no axe.min.js")
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("file", PAGES)
def test_axe_finds_nothing_wrong(
    browser: Browser, pages: dict[str, Path], width: int, file: str
) -> None:
    browser.size(width)
    browser.open(pages["whole"] / file, ready="ready")
    browser.run(OPEN_ALL)
    assert browser.violations() == []


@pytest.mark.skipif(not AXE, reason="BIBNET_AXE names no axe.min.js")
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_wrong_with_an_open_list_of_works(
    browser: Browser, pages: dict[str, Path], width: int
) -> None:
    open_list(browser, pages["hostile"], width)
    assert browser.violations() == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["whole", "hostile"])
@pytest.mark.parametrize("file", PAGES)
def test_nothing_is_wider_than_the_screen(
    browser: Browser, pages: dict[str, Path], file: str, name: str, width: int
) -> None:
    browser.size(width)
    browser.open(pages[name] / file, ready="ready")
    browser.run(OPEN_ALL)
    assert browser.run("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_an_open_list_of_works_is_no_wider_than_the_screen(
    browser: Browser, pages: dict[str, Path], width: int
) -> None:
    open_list(browser, pages["hostile"], width)
    right = "return document.getElementById('works').getBoundingClientRect().right"
    assert browser.run(right) <= width
    # Words of a button stand in one line, however long the heading beside it.
    button = "return document.getElementById('works-close').getBoundingClientRect().height"
    assert browser.run(button) < ONE_LINE
    assert browser.run("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("file", ["countries.html", "institutions.html"])
def test_the_keyboard_leads_from_a_country_or_institution_to_its_works(
    browser: Browser, pages: dict[str, Path], file: str
) -> None:
    """By Tab from the top: past the way in, links and folded tables, to the first number."""
    browser.open(pages["whole"] / file, ready="ready")
    told = "document.activeElement.getAttribute('href') || ''"
    for _ in range(120):
        keys = browser.driver.switch_to.active_element
        keys.send_keys("\ue004")  # Tab
        address = browser.run(f"return {told}")
        if "#works/" in address:
            break
    number = browser.run("return document.activeElement.textContent").replace(",", "")
    browser.driver.switch_to.active_element.send_keys("\ue007")  # Enter
    browser.wait(f"document.getElementById('works')?.dataset.shown === '{number}'")
    assert browser.run("return document.activeElement.id") == "works-heading"


def test_without_scripts_every_page_reads(browser: Browser, pages: dict[str, Path]) -> None:
    browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        for file in PAGES:
            browser.driver.get((pages["whole"] / file).as_uri())
            heads = browser.driver.find_elements("css selector", "main h2")
            assert len(heads) > 5
            assert all(head.is_displayed() for head in heads)
            tables = browser.driver.find_elements("css selector", "details[open] table")
            assert tables
            assert all(table.size["height"] > 20 for table in tables)
    finally:
        browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_no_table_is_cut_on_a_wide_screen(browser: Browser, pages: dict[str, Path]) -> None:
    for file in PAGES:
        browser.open(pages["whole"] / file, ready="ready")
        browser.run(OPEN_ALL)
        assert browser.run(CLIPPED) == []


@pytest.mark.parametrize(("paper", "width"), [("A4", 718), ("Letter", 740)])
def test_no_table_is_cut_in_print(
    browser: Browser, pages: dict[str, Path], paper: str, width: int
) -> None:
    """The widths are those of the papers at 96 px an inch less margins of 1 cm."""
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        browser.size(width)
        for file in PAGES:
            browser.open(pages["whole"] / file, ready="ready")
            browser.run(OPEN_ALL)
            assert browser.run(CLIPPED) == [], paper
    finally:
        browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.long
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("file", PAGES)
def test_nothing_is_cut_or_alone_in_print_and_headings_are_bookmarks(
    browser: Browser, pages: dict[str, Path], tmp_path: Path, file: str, paper: str
) -> None:
    """As it opens and with every table open."""
    for opening in ("", OPEN_ALL):
        browser.open(pages["whole"] / file, ready="ready")
        browser.run(opening)
        found = printed(browser, paper, tmp_path / "printed.pdf")
        assert parted(browser, found) == []
        assert found.at_an_edge == []
        headings = browser.run(PRINTED_HEADINGS)
        assert len(headings) > 2
        assert set(headings) - {*found.bookmarks} == set()


@pytest.mark.long
def test_a_table_on_several_sheets_has_its_head_on_each(
    browser: Browser, pages: dict[str, Path], tmp_path: Path
) -> None:
    browser.open(pages["whole"] / "report.html")
    browser.run(
        "const table = document.getElementById('table-topics');"
        "table.closest('details').open = true;"
        "document.body.replaceChildren(table.closest('section'));"
        "table.tHead.rows[0].cells[0].append(' QQHEADQQ');"
        "table.tBodies[0].append(...[...table.tBodies[0].rows].map((row) => row.cloneNode(true)));"
    )
    found = printed(browser, "A4", tmp_path / "printed.pdf")
    of_table = [sheet for sheet in found.sheets if "subject" in sheet]
    assert len(of_table) > 1
    assert all("QQHEADQQ" in sheet for sheet in of_table)


def test_figures_stand_without_scripts(browser: Browser, pages: dict[str, Path]) -> None:
    off = {"value": True}
    browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", off)
    try:
        browser.driver.get((pages["whole"] / "report.html").as_uri())
        drawn = browser.driver.find_elements("css selector", ".plot svg")
        assert len(drawn) == 24
        assert all(svg.size["height"] > 20 for svg in drawn)
    finally:
        browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_every_number_of_a_table_opens_as_many_works(
    browser: Browser, pages: dict[str, Path]
) -> None:
    browser.open(pages["whole"] / "report.html")
    browser.run(OPEN_ALL)
    browser.wait("document.querySelectorAll('table[data-exhibit]:not([data-linked])').length === 0")
    links = browser.run(LINKS)
    exhibits = {re.match(r"#works/(\w+)", address)[1] for address, _ in links}  # type: ignore[index]
    assert len(exhibits) > 12
    first: dict[str, tuple[str, str]] = {}
    for address, number in links:
        column = re.sub(r"=.*?(&|$)", "&", address)
        first.setdefault(column, (address, number))
    for address, number in first.values():
        browser.run("location.hash = arguments[0]", address)
        browser.wait("document.getElementById('works').open")
        wanted = number.replace(",", "")
        browser.wait(f"document.getElementById('works').dataset.shown === '{wanted}'")
        browser.run("document.getElementById('works').close()")


def test_the_csv_of_a_number_holds_as_many_works_whatever_the_exhibit(
    browser: Browser, pages: dict[str, Path], tmp_path: Path
) -> None:
    browser.driver.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    browser.open(pages["whole"] / "report.html")
    browser.run(OPEN_ALL)
    browser.wait("document.querySelectorAll('table[data-exhibit]:not([data-linked])').length === 0")
    links = {re.match(r"#works/(\w+)", link[0])[1]: link for link in browser.run(LINKS)}  # type: ignore[index]
    assert len(links) > 12
    for exhibit, (address, number) in links.items():
        browser.run("location.hash = arguments[0]", address)
        browser.wait("document.getElementById('works').open")
        wanted = number.replace(",", "")
        browser.wait(f"document.getElementById('works').dataset.shown === '{wanted}'")
        browser.run("document.getElementById('works-save').click()")
        saved = tmp_path / f"{exhibit}.csv"
        for _ in range(100):
            if not saved.exists() or not saved.stat().st_size:  # begun, and not yet written
                browser.driver.execute_async_script("setTimeout(arguments[0], 50)")
        with saved.open(encoding="utf-8-sig", newline="") as file:
            assert len(list(csv.reader(file))) == 1 + int(wanted), exhibit
        browser.run("document.getElementById('works').close()")


def test_the_numbers_of_a_country_open_their_works_in_the_report(
    browser: Browser, pages: dict[str, Path]
) -> None:
    browser.open(pages["whole"] / "countries.html", ready="ready")
    browser.run(OPEN_ALL)
    browser.wait("document.querySelectorAll('table[data-exhibit]:not([data-linked])').length === 0")
    found = browser.run(
        "return [...document.querySelectorAll('table[data-exhibit] a')].map((link) =>"
        " [link.getAttribute('href'), link.textContent])"
    )
    assert {re.search(r"#works/(\w+)", address)[1] for address, _ in found} == {  # type: ignore[index]
        "institutions", "institution_pairs", "country_pairs", "country_years"
    }  # fmt: skip
    address, number = found[-1]
    browser.open(pages["whole"] / "report.html", address.removeprefix("report.html"))
    browser.wait(f"document.getElementById('works').dataset.shown === '{number}'")


def test_data_beside_the_page_are_loaded_from_disk(browser: Browser, tmp_path: Path) -> None:
    write_report(tmp_path, with_works(invented_content()), most_inside=0)
    address = "#works/years?year=2017&side=all&count=joint_works"
    browser.open(tmp_path / "report.html", address)
    browser.wait("document.getElementById('works').dataset.shown === '70'")
    assert all(name.startswith("file:") for name in browser.requests())
    assert browser.complaints() == []
    shutil.rmtree(tmp_path / "report-data")
    browser.open(tmp_path / "report.html", address)
    browser.wait("document.getElementById('works').open")
    status = browser.run("return document.getElementById('works-status').textContent")
    assert status.startswith("report-data/cells-years.js is not beside this page")


def status_of(browser: Browser, page: Path, address: str) -> str:
    browser.open(page, address)
    browser.wait("document.getElementById('works').open")
    found: str = browser.run("return document.getElementById('works-status').textContent")
    return found


def test_data_that_changed_since_the_page_was_made_are_not_shown(
    browser: Browser, tmp_path: Path
) -> None:
    write_report(tmp_path / "one", with_works(invented_content()), most_inside=0)
    write_report(tmp_path / "other", with_works(invented_content(seed=8)), most_inside=0)
    address = "#works/years?year=2017&side=all&count=joint_works"
    page = tmp_path / "one" / "report.html"
    foreign = tmp_path / "other" / "report-data" / "cells-institution_pairs.js"
    text = foreign.read_text(encoding="ascii").replace("cells-institution_pairs", "cells-years")
    (tmp_path / "one" / "report-data" / "cells-years.js").write_text(text, encoding="ascii")
    assert status_of(browser, page, address) == (
        "Changed since the page was made: report-data/cells-years.js. Its works are not shown; "
        "bibnet verify names every changed file of the run."
    )
    assert browser.run("return document.getElementById('works').dataset.shown") == "0"


def test_a_number_that_is_not_that_of_its_list_is_named(
    browser: Browser, pages: dict[str, Path], tmp_path: Path
) -> None:
    text = (pages["whole"] / "report.html").read_text(encoding="utf-8")
    cell = re.search(r'<a href="(#works/years[?]side=all&amp;count=joint_works)">([^<]*)</a>', text)
    assert cell
    changed = text.replace(f">{cell[2]}</a>", ">9,999</a>")
    (tmp_path / "report.html").write_text(changed, encoding="utf-8")
    status = status_of(browser, tmp_path / "report.html", cell[1].replace("&amp;", "&"))
    assert status.endswith(
        " works. The page says 9,999: it has changed since it was made; bibnet verify names every "
        "changed file of the run."
    )


def test_a_page_whose_data_were_changed_still_reads_and_says_so(
    browser: Browser, pages: dict[str, Path], tmp_path: Path
) -> None:
    text = (pages["whole"] / "report.html").read_text(encoding="utf-8")
    start = text.index('id="pack-works-0">') + len('id="pack-works-0">')
    changed = text[:start] + text[start + 4 :]
    (tmp_path / "report.html").write_text(changed, encoding="utf-8")
    browser.driver.get((tmp_path / "report.html").as_uri())
    browser.wait("document.documentElement.dataset.failed === 'yes'")
    assert browser.run("return document.querySelector('[role=alert]').textContent") == (
        "The works behind the numbers cannot be shown. Changed since the page was made: the data "
        "of this page (works-0). Its works are not shown; bibnet verify names every changed file "
        "of the run."
    )
    browser.complaints()  # the error is in the console as well


def test_a_figure_leads_to_works_by_pointer_and_by_keyboard(
    browser: Browser, pages: dict[str, Path]
) -> None:
    browser.open(pages["whole"] / "report.html")
    mark = browser.driver.find_element("css selector", "#figure-joint_works_by_year .plot a")
    browser.run("arguments[0].focus()", mark)
    assert browser.run("return document.getElementById('tip').textContent") == "2017: 70"
    mark.send_keys("\ue007")  # Enter
    browser.wait("document.getElementById('works').dataset.shown === '70'")
    assert browser.run("return document.activeElement.id") == "works-heading"
    browser.driver.find_element("css selector", "#works").send_keys("\ue00c")  # Escape
    browser.wait("!document.getElementById('works').open")
    browser.wait("location.hash === ''")


def test_every_number_of_a_finding_opens_as_many_works(
    browser: Browser, pages: dict[str, Path]
) -> None:
    browser.open(pages["whole"] / "report.html")
    links = browser.run(  # the works of all invented years overlap: no sum of them is a count
        "return [...document.querySelectorAll('.findings a')]"
        ".filter((link) => !/years|coverage/.test(link.getAttribute('href')))"
        ".map((link) => [link.getAttribute('href'), link.textContent])"
    )
    assert len(links) > 5
    for address, number in links:
        browser.run("location.hash = arguments[0]", address)
        browser.wait(
            f"document.getElementById('works').dataset.shown === '{number.replace(',', '')}'"
        )


def test_the_network_is_shown_year_by_year(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["whole"] / "report.html")
    tools = "#figure-institution_network .network-tools"
    browser.wait(f"document.querySelector('{tools}[data-years]')")
    slider = browser.driver.find_element("css selector", f"{tools} input[type=range]")
    shown = f"return document.querySelector('{tools} output').textContent"
    span = f"""return [...document.querySelectorAll('{tools} input[type=number]')].slice(-2)
      .map((input) => input.value)"""
    assert browser.run(shown) == "all"
    first, last = browser.run(span)
    slider.send_keys("\ue014")  # the right arrow: the first year
    assert browser.run(shown) == first
    assert browser.run("return arguments[0].getAttribute('aria-valuetext')", slider) == first
    assert browser.run(span) == [first, first]
    slider.send_keys("\ue012")  # the left arrow: back to all
    assert (browser.run(shown), browser.run(span)) == ("all", [first, last])


def test_the_network_shows_an_institution_with_its_neighbours_and_is_thinned(
    browser: Browser, pages: dict[str, Path]
) -> None:
    browser.open(pages["whole"] / "report.html")
    browser.wait("document.querySelector('#figure-institution_network .network-tools[data-years]')")
    plot = '.plot[data-figure="institution_network"]'
    count = f"return document.querySelectorAll('{plot} a%s[href*=institution_pairs]').length"
    ties = browser.run(count % "")
    inputs = "#figure-institution_network .network-tools input"
    give = (
        f"const input = document.querySelectorAll('{inputs}')[arguments[0]];"
        "input.value = arguments[1]; input.dispatchEvent(new Event('input'));"
    )
    name = browser.run(
        "return document.querySelector('#names-of-institution_network option').value"
    )
    browser.run(give, 0, name)
    said = f"document.querySelector('{plot} + [role=status]')"
    links = browser.run(
        f"return [...{said}.querySelectorAll('a')].map((link) =>"
        " [link.getAttribute('href'), link.textContent])"
    )
    assert browser.run(count % ".lit") == len(links) > 0
    browser.run("location.hash = arguments[0]", links[0][0])
    works = links[0][1].rpartition(", ")[2]
    browser.wait(f"document.getElementById('works').dataset.shown === '{works}'")
    browser.run(give, 0, "")
    most = browser.run(f"return document.querySelectorAll('{inputs}')[1].max")
    browser.run(give, 1, most)
    thinned = browser.run(count % ":not(.out)")
    assert 0 < thinned < ties
    drawn = f"{thinned} tie{'' if thinned == 1 else 's'} of {ties} drawn. "
    assert browser.run(f"return {said}.textContent") == drawn
    browser.run(give, 1, "1")
    browser.run(give, 3, "2016")  # no work is older than 2017
    assert browser.run(count % ":not(.out)") == 0


def test_names_too_small_to_read_are_left_out(browser: Browser, pages: dict[str, Path]) -> None:
    browser.size(390)
    browser.open(pages["whole"] / "report.html", ready="ready")
    shown = (
        "return [...document.querySelectorAll('.plot text')].filter((t) => t.checkVisibility())"
        ".map((t) => t.getBoundingClientRect().height).filter((h) => h > 0)"
    )
    assert min(browser.run(shown)) >= 9


def test_printed_networks_and_maps_keep_their_names(
    browser: Browser, pages: dict[str, Path]
) -> None:
    """A sheet is as narrow as a telephone held across, but small letters can be read on it."""
    shown = (
        "return [document.querySelectorAll('.wide .plot .mark-text.role-mark text'),"
        "document.querySelectorAll('.narrow')].map((all) =>"
        " [...all].filter((one) => one.getBoundingClientRect().height > 0).length)"
    )
    browser.size(700)
    browser.open(pages["whole"] / "report.html", ready="ready")
    assert browser.run(shown)[0] == 0
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        names, notes = browser.run(shown)
    finally:
        browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert names > 10
    assert notes == 0


def test_the_address_holds_the_view(browser: Browser, pages: dict[str, Path]) -> None:
    page = pages["whole"] / "report.html"
    browser.open(page, "#works/years?year=2019&side=all&count=joint_works")
    browser.wait("document.getElementById('works').open")
    browser.run("document.querySelector('#works-head button[data-sort=title]').click()")
    find = browser.driver.find_element("css selector", "#works-find")
    find.send_keys("W7 coastal")
    browser.wait("location.hash.includes('find=W7')")
    address = browser.run("return location.hash")
    rows = browser.run("return document.getElementById('works-rows').textContent")
    browser.open(page, address)
    browser.wait("document.getElementById('works').open")
    assert browser.run("return document.getElementById('works-rows').textContent") == rows
    assert browser.run("return document.getElementById('works-find').value") == "W7 coastal"


def test_works_of_any_list_are_a_filter_that_the_address_holds(
    browser: Browser, pages: dict[str, Path]
) -> None:
    """Every third invented work has a listed institution: 24 of the first 70."""
    page, address = (
        pages["whole"] / "report.html",
        "#works/years?year=2017&side=all&count=joint_works",
    )
    browser.open(page, address)
    browser.wait("document.getElementById('works').dataset.shown === '70'")
    browser.run("document.getElementById('works-lists').click()")
    browser.wait("document.getElementById('works').dataset.shown === '24'")
    assert browser.run("return location.hash").endswith("&lists=yes")
    browser.open(page, f"{address}&lists=yes")
    browser.wait("document.getElementById('works').dataset.shown === '24'")
    assert browser.run("return document.getElementById('works-lists').checked")


def test_the_list_of_works_is_a_table_that_is_named_and_has_row_headers(
    browser: Browser, pages: dict[str, Path]
) -> None:
    browser.open(
        pages["whole"] / "report.html", "#works/years?year=2017&side=all&count=joint_works"
    )
    browser.wait("document.getElementById('works').dataset.shown === '70'")
    named, titles, rows, scopes = browser.run(
        "const table = document.querySelector('#works table');"
        "return [table.getAttribute('aria-labelledby'), document.getElementById('works-heading')"
        ".textContent, table.tBodies[0].querySelectorAll('tr > th[scope=row]').length,"
        "table.querySelectorAll('th:not([scope])').length]"
    )
    assert (named, rows, scopes) == ("works-heading", 70, 0)
    assert titles


def test_works_are_saved_as_csv_without_formulas(
    browser: Browser, pages: dict[str, Path], tmp_path: Path
) -> None:
    browser.driver.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    browser.open(
        pages["hostile"] / "report.html", "#works/years?year=2017&side=all&count=joint_works"
    )
    browser.wait("document.getElementById('works').open")
    browser.run("document.getElementById('works-save').click()")
    saved = tmp_path / "years.csv"
    for _ in range(100):
        if not saved.exists():
            browser.driver.execute_async_script("setTimeout(arguments[arguments.length - 1], 50)")
    rows = saved.read_text(encoding="utf-8-sig").split("\n")
    assert len(rows) == 1 + 70 + 1  # head, works, the end of the last line
    cells = [cell for row in rows for cell in re.findall('"([^"]*)"', row)]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


@pytest.mark.parametrize("address", ["#works/weather", "#works/years?moon=1", "#works/%E0%A4%A"])
def test_an_address_of_nothing_says_so(
    browser: Browser, pages: dict[str, Path], address: str
) -> None:
    browser.open(pages["whole"] / "report.html", address)
    browser.wait("document.getElementById('works').open")
    status = browser.run("return document.getElementById('works-status').textContent")
    assert "names no number" in status


def test_tables_sort_and_filter(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["whole"] / "report.html")
    browser.run("document.getElementById('table-topics').closest('details').open = true")
    browser.wait("document.querySelector('#table-topics th button')")
    first = "return document.querySelector('#table-topics tbody tr').cells[0].textContent"
    before = browser.run(first)
    for _ in ("falling", "rising"):
        browser.run("document.querySelectorAll('#table-topics th button')[2].click()")
    assert browser.run(first) != before
    box = "document.getElementById('table-topics').closest('.table').querySelector('input')"
    browser.run(f"{box}.value = 'subject 29'; {box}.dispatchEvent(new Event('input'))")
    shown = "return [...document.querySelectorAll('#table-topics tbody tr:not([hidden])')].length"
    assert browser.run(shown) == 1
