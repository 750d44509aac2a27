import base64
import hashlib
import html
import os
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from invented_report import (
    HOSTILE,
    empty_content,
    hostile_content,
    invented_content,
    with_works,
)

from bibnet.report import write_report
from bibnet.report.content.report_content import ReportContent, with_declared_frames
from bibnet.report.figures.drawing import Drawing
from bibnet.report.figures.svg import inline_svg
from bibnet.report.page.packs import report_packs
from bibnet.report.page.page import Drawn, isolated, page_html
from bibnet.report.page.sections import report_sections, section_figures
from bibnet.report.write import shown_cells

FIGURES = 24  # of a run in which no exhibit is empty
PAGES = ("report.html", "countries.html", "institutions.html")
TESTS = Path(__file__).parents[2]


def page_of(content: ReportContent) -> str:
    ready = with_declared_frames(content)
    by_section = section_figures(ready)
    figures = [figure for own in by_section.values() for figure in own]
    drawn = Drawing(figures).drawn()
    sections = report_sections(ready, by_section)
    inline = {figure.id: inline_svg(figure, drawn[figure.id]) for figure in figures}
    return page_html(ready, sections, Drawn(inline, report_packs(ready, shown_cells(sections))))


@pytest.fixture(scope="module")
def page() -> str:
    return page_of(with_works(invented_content(30)))


@pytest.fixture(scope="module")
def hostile_page() -> str:
    return page_of(with_works(hostile_content(), HOSTILE))


class Outline(HTMLParser):
    """Tags in order, ids, and the attributes of every tag."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_policy_comes_first_and_names_exactly_the_script_and_style(page: str) -> None:
    policy = html.unescape(re.findall(r"<head>\s*<meta[^>]*content=\"([^\"]*)\"", page)[0])
    inline = re.findall(r"<script>(.*?)</script>", page, re.S)
    style = re.findall(r"<style>(.*?)</style>", page, re.S)
    digests = [
        base64.b64encode(hashlib.sha256(t.encode()).digest()).decode() for t in (*inline, *style)
    ]
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{digests[0]}'; style-src 'sha256-{digests[1]}'; "
        "img-src data:; connect-src 'none'; font-src 'none'; object-src 'none'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_no_drawing_library_stands_in_the_page(page: str) -> None:
    assert "vega" not in page.lower()


def test_nothing_is_loaded_from_elsewhere_and_nothing_has_a_style_or_handler(page: str) -> None:
    for tag, attributes in Outline(page).tags:
        assert not [n for n in attributes if n.startswith("on") or n == "style"]
        assert "src" not in attributes
        address = attributes.get("href") or "#"
        assert address.startswith(
            ("#", "figures/", "exhibits/", "report.xlsx", "countries.html", "institutions.html")
        ), tag


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
    # The list of works has a heading of its own.
    assert count - 1 == sum(tag == "caption" for tag, _ in tags) > 20
    assert all(attributes.get("scope") for tag, attributes in tags if tag == "th")
    boxes = [a for _, a in tags if a.get("class") == "scroll"]
    assert all(box.get("tabindex") == "0" and box.get("aria-label") for box in boxes)


def test_no_two_regions_have_one_name(page: str) -> None:
    names = re.findall(r'class="scroll" tabindex="0" role="region" aria-label="([^"]*)"', page)
    assert len(names) == len(set(names)) > 20


def test_every_figure_is_drawn_and_has_its_file_and_numbers(page: str) -> None:
    drawn = re.findall(r'data-figure="(\w+)"><svg ', page)
    assert len(drawn) == len(set(drawn)) == page.count("Numbers behind figure ") == FIGURES
    assert all(f'href="figures/{name}.svg"' in page for name in drawn)


def test_numbers_of_tables_lead_to_their_works(page: str) -> None:
    row = re.search(r'<tr data-cell="side=north&amp;country=AA"><th[^>]*>Aland</th>', page)
    assert row is not None
    assert '<th scope="col" class="n" data-count="joint_works"' in page
    assert re.search(r'<dd><a href="#works/years\?side=all&amp;count=joint_works">', page)


def test_an_invented_report_says_so_on_top(page: str) -> None:
    assert "<title>INVENTED: " in page
    assert re.search(r'<aside class="invented"[^>]*>INVENTED data', page)


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
    assert page.count('<p class="empty">') >= 11  # a line a section
    assert "Table: " not in page
    assert 'data-figure="' not in page
    assert "Caveats" in page


def test_the_folder_holds_page_workbook_and_each_figure(tmp_path: Path) -> None:
    write_report(tmp_path, hostile_content())
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {*PAGES, "report.xlsx", "figures"}
    figures = sorted(path.name for path in (tmp_path / "figures").iterdir())
    assert len(figures) == FIGURES
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
        "import sys; from pathlib import Path; from invented_report import *;"
        "from bibnet.report import write_report;"
        "write_report(Path(sys.argv[1]), with_works(invented_content(24)))"
    )
    running = []
    for seed in ("0", "4711"):
        paths = {"PYTHONHASHSEED": seed, "PYTHONPATH": f"{TESTS}:{TESTS.parent}"}
        command = [sys.executable, "-c", program, str(tmp_path / seed)]
        running.append(subprocess.Popen(command, env={**os.environ, **paths}))
    assert [process.wait(timeout=120) for process in running] == [0, 0]
    first, second = (hashes(tmp_path / seed) for seed in ("0", "4711"))
    assert first == second
    assert len(first) == FIGURES + len(PAGES) + 1  # the workbook


@pytest.mark.parametrize(("joint", "tile"), [(0, ">0<"), (1, 'count=joint_works">1</a>')])
def test_a_number_at_the_head_leads_to_works_only_where_there_are_any(
    joint: int, tile: str
) -> None:
    years = pd.DataFrame(
        {"year": [2020], "side": ["all"], "works": [40], "joint_works": [joint], "share": [0.0]}
    )
    content = replace(empty_content(), exhibits={"years": years})
    head = page_of(with_works(with_declared_frames(content))).partition("</dl>")[0]
    assert tile in head.replace("&amp;", "&")
    assert (">joint work<" in head) == (joint == 1)


def test_names_from_right_to_left_move_no_number_and_stay_text() -> None:
    said = isolated("Most works: جامعة ألف باء & <b> (40), then Beta (3)")
    assert said == "Most works: <bdi>جامعة ألف باء</bdi> &amp; &lt;b&gt; (40), then Beta (3)"
    assert said.__html__() == said
