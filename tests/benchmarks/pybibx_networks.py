"""Invented works loaded by pybibx, and its networks of countries and institutions.

    python tests/benchmarks/pybibx_networks.py WORKS

Its figures of these networks begin with the two matrices, which are all that is timed.
"""

import gzip
import json
import sys
from collections.abc import Iterator
from typing import Any

from corpora import invented_works


def works(number: int) -> Iterator[dict[str, Any]]:
    for part in sorted(invented_works(number).glob("*.gz")):
        with gzip.open(part, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def main() -> None:
    from pybibx.base.pbx import pbx_probe  # noqa: PLC0415 - not installed with bibnet

    found = pbx_probe(db="openalex", data=list(works(int(sys.argv[1]))))
    found._pbx_probe__adjacency_matrix_ctr(1)
    found._pbx_probe__adjacency_matrix_inst(1)


if __name__ == "__main__":
    main()
