import base64
import errno
import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest
import vl_convert

from bibnet.report.figures.drawing import PNG_PROGRAM, png_maker
from bibnet.report.page.bundle import library, packed, packed_json, security_policy

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"><path d="M0,0h4"/></svg>'


def test_the_library_is_the_one_of_vl_convert_in_a_function_of_its_own() -> None:
    bundle = vl_convert.javascript_bundle("window.vegaEmbed=vegaEmbed;")
    assert library() == f"(()=>{{{bundle}}})();"


def test_packed_text_holds_no_markup_and_comes_back() -> None:
    text = packed("</script><!-- é")
    assert "<" not in text
    assert gzip.decompress(base64.b64decode(text)).decode("utf-8") == "</script><!-- é"


def test_packed_json_does_not_depend_on_the_order_of_keys() -> None:
    assert packed_json({"a": 1, "b": 2}) == packed_json({"b": 2, "a": 1})
    assert json.loads(gzip.decompress(base64.b64decode(packed_json({"a": [1]})))) == {"a": [1]}


def test_the_policy_allows_nothing_by_default() -> None:
    policy = security_policy(scripts=("",), style="")
    empty = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"  # of the empty text
    assert policy.startswith(f"default-src 'none'; script-src {empty}; style-src {empty};")
    assert "unsafe" not in policy


def test_a_png_is_made_beside_each_svg(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(SVG)
    with png_maker() as program:
        assert program.stdin is not None
        program.stdin.write(f"{tmp_path / 'a.svg'}\n")
    png = (tmp_path / "a.png").read_bytes()
    assert (png[1:4], png[16:24]) == (b"PNG", (8).to_bytes(4) + (6).to_bytes(4))  # twice as large


def test_a_failing_program_is_an_error(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(PNG_PROGRAM)],
        input=f"{tmp_path}/none.svg\n",
        text=True,
        check=False,
        capture_output=True,
    )
    assert done.returncode == errno.ENOENT
    with pytest.raises(FileNotFoundError), png_maker() as program:
        assert program.stdin is not None
        program.stdin.write(f"{tmp_path / 'none.svg'}\n")
