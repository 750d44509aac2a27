"""The slowest text of each pattern of bibnet: how its seconds grow with the length.

    python tests/benchmarks/pattern_growth.py [NAME ...]

Prints the patterns at 20,000 and 40,000 characters, those that grow fastest first: 2.0 is linear,
4.0 quadratic. Names keep the patterns whose name holds one of them. Ends with 1 where
a pattern grows more than threefold.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from pattern_attacks import patterns, slowest

MOST = 3.0


def main() -> int:
    """Print the table."""
    asked = sys.argv[1:]
    kept = [w for w in list(patterns()) if not asked or any(name in w.name for name in asked)]
    found = sorted(((slowest(w), w.name) for w in kept), key=lambda pair: -pair[0].growth)
    sys.stdout.write(f"{'growth':>6} {'seconds':>8}  pattern\n")
    for one, name in found:
        sys.stdout.write(f"{one.growth:6.1f} {one.seconds:8.3f}  {name}  {one.text[:80]}\n")
    return int(any(one.growth > MOST for one, _ in found))


if __name__ == "__main__":
    sys.exit(main())
