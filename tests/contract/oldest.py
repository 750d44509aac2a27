"""The oldest versions that the project allows, as constraints for pip.

    python tests/contract/oldest.py > oldest.txt
    pip install --constraint oldest.txt '.[test]'

The release check (`.ci/run`) installs them and runs the short tests: a lower bound that is too low
fails there and not at a user's.
"""

import re
import sys
import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"
BOUND = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?[^=>]*?(?:>=|==)([0-9][0-9.]*)")


def oldest() -> list[str]:
    """`name==version` for every dependency with a lower bound, of the tests' own too."""
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    named = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    found = (BOUND.match(one) for one in named)
    return [f"{match[1]}=={match[2]}" for match in found if match]


if __name__ == "__main__":
    sys.stdout.write("\n".join(oldest()) + "\n")
