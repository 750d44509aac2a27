import base64
import gzip
import hashlib
import html
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from invented_report import HOSTILE, empty_content, hostile_content, invented_content

from bibnet.report import write_report
from bibnet.report.content.report_content import ReportContent, with_declared_frames
from bibnet.report.figures import page_spec
from bibnet.report.page.bundle import library
from bibnet.report.page.page import page_html
from bibnet.report.page.sections import report_sections
from bibnet.schema import EXHIBITS

FIGURES = 19  # of a run in which no exhibit is empty
TESTS = Path(__file__).parents[2]


def page_of(content: ReportContent) -> str:
    ready = with_declared_frames(content)
    sections = report_sections(ready)
    figures = [figure for section in sections for figure in section.figures]
    specs = {figure.id: page_spec(figure, invented=ready.invented) for figure in figures}
    return page_html(ready, sections, specs, library())


@pytest.fixture(scope="module")
def page() -> str:
    return page_of(invented_content(30))


@pytest.fixture(scope="module")
def hostile_page() -> str:
    return page_of(hostile_content())


class Outline(HTMLParser):
    """Tags in order, ids, and the attributes of every tag."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_policy_comes_first_and_names_exactly_the_scripts_and_style(page: str) -> None:
    policy = html.unescape(re.findall(r"<head>\s*<meta[^>]*content=\"([^\"]*)\"", page)[0])
    library, _specs = re.findall(r'octet-stream" id="\w+">([^<]*)</script>', page)
    inline = re.findall(r"<script>(.*?)</script>", page, re.S)
    style = re.findall(r"<style>(.*?)</style>", page, re.S)
    texts = [gzip.decompress(base64.b64decode(library)).decode(), *inline, *style]
    digests = [base64.b64encode(hashlib.sha256(t.encode()).digest()).decode() for t in texts]
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{digests[0]}' 'sha256-{digests[1]}'; style-src "
        f"'sha256-{digests[2]}'; img-src data: blob:; connect-src 'none'; font-src 'none'; "
        "object-src 'none'; base-uri 'none'; form-action 'none'"
    )


def test_nothing_is_loaded_from_elsewhere_and_nothing_has_a_style_or_handler(page: str) -> None:
    for tag, attributes in Outline(page).tags:
        assert not [n for n in attributes if n.startswith("on") or n == "style"]
        assert "src" not in attributes
        address = attributes.get("href") or "#"
        assert address.startswith(("#", "figures/", "countries.html")), tag


def test_headings_are_in_order_and_ids_are_unique(page: str) -> None:
    tags = Outline(page).tags
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_tables_have_captions_and_scopes_and_scroll_boxes_have_focus(page: str) -> None:
    tags = Outline(page).tags
    count = sum(tag == "table" for tag, _ in tags)
    assert count == sum(tag == "caption" for tag, _ in tags) > 20
    assert all(attributes.get("scope") for tag, attributes in tags if tag == "th")
    boxes = [a for _, a in tags if a.get("class") in ("scroll", "plot-box")]
    assert all(box.get("tabindex") == "0" and box.get("aria-label") for box in boxes)


def test_every_figure_has_its_specification_files_and_numbers(page: str) -> None:
    specs = json.loads(
        gzip.decompress(base64.b64decode(re.findall(r'id="specs">([^<]*)<', page)[0]))
    )
    drawn = re.findall(r'data-figure="(\w+)"', page)
    assert sorted(drawn) == sorted(specs)
    assert len(drawn) == page.count("Numbers behind this figure") == FIGURES
    assert all(f'href="figures/{name}.svg"' in page for name in drawn)


def test_an_invented_report_says_so_on_top(page: str) -> None:
    assert "<title>INVENTED: " in page
    assert re.search(r'<p class="invented"[^>]*><strong>INVENTED</strong>', page)


@pytest.mark.parametrize(
    "bad", ["window.PWNED=1</script>", "<img", "<svg onload", "\u202e", "\u2028"]
)
def test_hostile_text_is_never_markup(hostile_page: str, bad: str) -> None:
    assert bad not in hostile_page


def test_hostile_text_is_shown_as_it_is(hostile_page: str) -> None:
    assert html.escape(HOSTILE[0], quote=True) in hostile_page.replace("&#34;", "&quot;")
    assert "{{ 7 * 7 }} {% raw %} ${7*7}" in hostile_page


def test_an_empty_run_gives_a_true_page() -> None:
    page = page_of(empty_content())
    assert "This run has no work by year, so it has no findings." in page
    assert page.count("is empty in this run.") == len(EXHIBITS)
    assert 'data-figure="' not in page
    assert "Caveats" in page


def test_the_folder_holds_page_workbook_and_both_forms_of_each_figure(tmp_path: Path) -> None:
    write_report(tmp_path, hostile_content())
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"report.html", "countries.html", "report.xlsx", "figures"}
    figures = sorted(path.name for path in (tmp_path / "figures").iterdir())
    assert len(figures) == 2 * FIGURES
    svgs = [path.read_text(encoding="utf-8") for path in (tmp_path / "figures").glob("*.svg")]
    assert not [
        svg
        for svg in svgs
        if "<script" in svg or "\u202e" in svg or "onload=w" in svg.split(">")[0]
    ]


def hashes(folder: Path) -> list[tuple[str, str]]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files]


@pytest.mark.long
def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from invented_report import invented_content;"
        "from bibnet.report import write_report;"
        "write_report(Path(sys.argv[1]), invented_content(24))"
    )
    running = []
    for seed in ("0", "4711"):
        paths = {"PYTHONHASHSEED": seed, "PYTHONPATH": f"{TESTS}:{TESTS.parent}"}
        command = [sys.executable, "-c", program, str(tmp_path / seed)]
        running.append(subprocess.Popen(command, env={**os.environ, **paths}))
    assert [process.wait(timeout=120) for process in running] == [0, 0]
    first, second = (hashes(tmp_path / seed) for seed in ("0", "4711"))
    assert first == second
    assert len(first) == 2 * FIGURES + 3
