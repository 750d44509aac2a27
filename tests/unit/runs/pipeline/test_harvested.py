"""Requests on files: none of the source's client is loaded for them."""

import subprocess
import sys
from pathlib import Path

CODE = """
import sys
from datetime import date
from pathlib import Path
from bibnet import query, runs
asked = query.load_query(Path(sys.argv[1]))
request = runs.Request(query=asked, works=(Path(sys.argv[1]),), out=Path("."), today=date.today())
runs.with_sound_harvests(request)
print({"pyalex", "requests"} & set(sys.modules))
"""
QUERY = """
name = "files"
question = "Who?"
[works]
ai = ["all"]
[sides]
one = ["DE"]
two = ["CN"]
"""


def test_a_run_on_files_loads_no_client_of_the_source(tmp_path: Path) -> None:
    """It takes a quarter of a second, which is a fortieth of a small run."""
    path = tmp_path / "files.toml"
    path.write_text(QUERY)
    command = [sys.executable, "-c", CODE, str(path)]
    found = subprocess.run(command, capture_output=True, check=True)
    assert found.stdout.strip() == b"set()"
