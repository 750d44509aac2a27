"""The README's quarterly workflow, its script carried out against the sandbox, day after day."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bibnet.harvest.sandbox.server import Settings, serve
from bibnet.harvest.sandbox.world import World, build_world

README = Path(__file__).parents[2] / "README.md"
# What `gh` does with releases, in a folder: list their names, the newest last; fetch; keep.
GH = """#!/usr/bin/env bash
set -euo pipefail
case "$2" in
  list) ls "$RELEASES" ;;
  download) cp "$RELEASES/$(ls "$RELEASES" | tail -n 1)/$4" "$6/" ;;
  create) mkdir "$RELEASES/$3"; cp new/* "$RELEASES/$3/" ;;
esac
"""
BIBNET = """#!/usr/bin/env bash
more=()
if [ "$1" = harvest ]; then more=(--url "$SANDBOX"); fi
exec "$PYTHON" -m bibnet -q "$@" "${more[@]}"
"""
DATE = '#!/usr/bin/env bash\necho "$QUARTER"\n'


def step() -> dict[str, Any]:
    found = re.search(r"<!-- quarter -->\n```yaml\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    assert found
    (script,) = [
        one for one in yaml.safe_load(found[1])["jobs"]["quarter"]["steps"] if "shell" in one
    ]
    return script  # type: ignore[no-any-return]


class Machine:
    """A machine with bibnet and stand-ins for `gh` and `date`, and a world to harvest."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.releases = folder, folder / "releases"
        self.world: World = build_world(1, 150)
        self.releases.mkdir()
        (folder / "bin").mkdir()
        (folder / "bin" / "python").symlink_to(sys.executable)
        for name, text in (("gh", GH), ("bibnet", BIBNET), ("date", DATE)):
            path = folder / "bin" / name
            path.write_text(text)
            path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def forget(self, seed: int) -> None:
        """A quarter later: the cache is lost, and the source holds other works."""
        shutil.rmtree(self.folder / "outputs")
        for name in ("new", "old"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        self.world = build_world(seed, 150)

    def day(self, quarter: str, daily_credits: int) -> str:
        """Carry the script out with a day's budget; what it says on standard error."""
        with serve(self.world, settings=Settings(daily_credits=daily_credits)) as server:
            environment = {
                "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
                "HOME": str(self.folder),
                "PYTHON": sys.executable,
                "RELEASES": str(self.releases),
                "SANDBOX": server.url,
                "QUARTER": quarter,
                "QUERY": "europe-china-ai",
                "OPENALEX_API_KEY": "invented",
            }
            # As the runner calls bash.
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step()["run"]],
                cwd=self.folder, env=environment, capture_output=True, text=True, check=False,
            )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stderr

    def kept(self) -> dict[str, list[str]]:
        return {
            one.name: sorted(file.name for file in one.iterdir())
            for one in sorted(self.releases.iterdir())
        }


@pytest.mark.long
@pytest.mark.usefixtures("loopback")
@pytest.mark.skipif(sys.platform == "win32", reason="the script is for bash")
def test_days_resume_a_harvest_and_quarters_are_kept_and_compared(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    assert "error" in machine.day("2026-q1", daily_credits=4)
    assert machine.kept() == {}
    machine.day("2026-q1", daily_credits=1000)
    assert machine.kept() == {"2026-q1": ["run.zip"]}
    machine.day("2026-q1", daily_credits=0)  # nothing is asked again
    machine.forget(seed=2)
    machine.day("2026-q2", daily_credits=1000)
    assert machine.kept() == {"2026-q1": ["run.zip"], "2026-q2": ["change.json", "run.zip"]}
    change = json.loads((tmp_path / "releases" / "2026-q2" / "change.json").read_text("utf-8"))
    assert change
