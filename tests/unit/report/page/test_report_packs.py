"""The data of a page: works as columns, and the works behind each shown cell."""

import base64
import gzip
import json
import threading
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pandas as pd
import pytest
from invented_report import empty_content, with_works

from bibnet.report.content.cell import Cell, row_keys
from bibnet.report.page.packs import packed, packs_inside, report_packs, write_packs_beside
from bibnet.report.page.policy import page_script, page_style, security_policy


def unpacked(text: str) -> Any:
    return json.loads(gzip.decompress(base64.b64decode(text)))


def test_a_pack_holds_no_markup_and_comes_back() -> None:
    text = packed({"a": "</script><!-- é"})
    assert "<" not in text
    assert unpacked(text) == {"a": "</script><!-- é"}


def test_a_pack_holds_half_of_a_surrogate_pair_as_a_question_mark() -> None:
    assert unpacked(packed("\ud800")) == "?"


def test_a_pack_is_json_without_blanks_and_signs_stand_as_they_are() -> None:
    text = gzip.decompress(
        base64.b64decode(packed({"a": ['"\\/', "\0\n\x1f\x7f", "é\u2028😀"], "b": None}))
    )
    assert text == (
        b'{"a":["\\"\\\\/","\\u0000\\n\\u001f\x7f","' + "é\u2028😀".encode() + b'"],"b":null}'
    )


def test_lists_that_cannot_be_had_leave_no_thread_behind() -> None:
    countries = pd.DataFrame({"country": ["AA"], "side": "north", "works": [3]})
    content = with_works(replace(empty_content(), exhibits={"countries": countries}))
    before = threading.active_count()
    with (
        patch.object(type(content.behind), "lists", side_effect=OSError("no room")),
        pytest.raises(OSError, match="no room"),
    ):
        report_packs(content, [Cell("countries", {"side": "north", "country": "AA"}, "works")])
    assert threading.active_count() == before


def test_without_works_there_are_no_packs() -> None:
    assert report_packs(empty_content(), [Cell("countries", {"country": "AA"})]) == {}


def test_packs_hold_the_works_of_the_cells_shown_once_and_as_steps() -> None:
    countries = pd.DataFrame(
        {"country": ["AA", "AB"], "side": "north", "works": [3, 2], "joint_works": [3, 0]}
    )
    content = with_works(replace(empty_content(), exhibits={"countries": countries}))
    shown = [
        Cell("countries", {"side": "north", "country": "AA"}, "works"),
        Cell("countries", {"side": "north", "country": "AB"}, "works"),
        Cell("countries", {"side": "north", "country": "AA"}, "joint_works"),
    ]
    packs = report_packs(content, shown)
    assert list(packs) == ["about", "works-0", "works-1", "cells-countries"]
    assert unpacked(packs["cells-countries"]) == {
        "keys": [["north", "AA"], ["north", "AB"]],
        "counts": {"works": [0, 1], "joint_works": [0, 2]},
        "lists": [[0, 1, 1], [0, 1], []],
    }
    about = unpacked(packs["about"])
    assert about["hashes"] == {
        name: sha256(packs[name].encode("ascii")).hexdigest()
        for name in ("works-0", "works-1", "cells-countries")
    }
    assert about["exhibits"]["countries"] == {
        "title": "Works by country, with those whose country is unknown",
        "keys": ["side", "country"],
        "counts": {"works": "works", "joint_works": "joint works"},
    }
    assert unpacked(packs["works-0"])["work_id"][:2] == ["W0", "W1"]


def test_a_cell_that_leaves_keys_out_has_every_row_that_fits_it_shown_or_not() -> None:
    """A table shows its first rows; the sum over all years is of the others too."""
    years = pd.DataFrame(
        {"year": [2019, 2020, 2020], "side": ["all", "all", "north"], "works": [1, 2, 1]}
    )
    content = with_works(replace(empty_content(), exhibits={"years": years}))
    packs = report_packs(content, [Cell("years", {"side": "all"}, "works")])
    assert unpacked(packs["cells-years"])["keys"] == [["2019", "all"], ["2020", "all"]]


def test_packs_that_are_too_large_stand_beside_the_page(tmp_path: Path) -> None:
    packs = {"about": "AAAA", "works-0": "BBBB", "cells-years": "CCCC"}
    assert packs_inside(packs, 12) == packs
    assert packs_inside(packs, 11) == {"about": "AAAA"}
    write_packs_beside(tmp_path, {"works-0": "BBBB"})
    written = (tmp_path / "report-data" / "works-0.js").read_bytes()
    assert written == b'bibnetPack("works-0","BBBB");\n'


def test_an_address_names_the_cell_in_words_and_codes() -> None:
    cell = Cell("hubs", {"country": "CN|HK", "city": None, "place": "a b&c=d"}, "joint_works")
    assert cell.address == "#works/hubs?country=CN|HK&city=&place=a%20b%26c%3Dd&count=joint_works"
    assert Cell("years").address == "#works/years"


def test_keys_of_rows_have_none_for_what_is_empty() -> None:
    frame = pd.DataFrame({"topic_id": ["T1", None], "works": [1, 2]})
    assert row_keys(frame, ("topic_id",)) == [{"topic_id": "T1"}, {"topic_id": None}]


def test_the_policy_allows_the_script_of_the_page_and_nothing_else() -> None:
    policy = security_policy(script="", style="")
    assert policy.startswith("default-src 'none'; script-src 'none'; style-src 'sha256-47DEQpj8HB")
    with_script = security_policy(script=page_script(), style=page_style(), beside=True)
    assert "'self'; style-src" in with_script
    assert "unsafe" not in policy + with_script
