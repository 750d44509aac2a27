"""A run folder of five works, written table by table, for tests of the explorer."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from bibnet.schema import NETWORK_TABLES, RUN_TABLES
from bibnet.storage.manifest import file_hashes
from bibnet.storage.tables import arrow_schema, write_table
from bibnet.storage.unfinished import NETWORK_FOLDER, TABLES_FOLDER

Rows = Sequence[dict[str, Any]]
SIDES = {"europe": ["DE", "FR"], "china": ["CN"]}
HOSTILE = "<script>PWNED=1</script>"
FORMULA = '=HYPERLINK("http://x")'
TITLES = ("Graph learning", "Deep graphs", HOSTILE, FORMULA, None)
YEARS = (2020, 2021, 2021, 2022, None)
PLACES = {1: ("I1", "I2"), 2: ("I1", "I2", "I3"), 3: ("I3",), 4: ("I2",), 5: ()}
HOMES = {"I1": ("Alpha University", "DE"), "I2": ("Beta", "CN"), "I3": ("Gamma", "FR")}
DEGREES = {"I1": (52.5, 13.4), "I2": (39.9, 116.4)}
COUNTRIES = {1: ("CN", "DE"), 2: ("CN", "DE", "FR"), 3: ("FR",), 4: ("CN",), 5: ("unknown",)}
JOINT = (1, 2)
PAIRS = {1: (("I1", "I2"),), 2: (("I1", "I2"), ("I1", "I3"), ("I2", "I3"))}
PAIRED = {1: (("CN", "DE"),), 2: (("CN", "DE"), ("CN", "FR"), ("DE", "FR"))}
SIDE = {"DE": "europe", "FR": "europe", "CN": "china"}


def tables() -> dict[str, Rows]:
    """The rows of every table that has any; what is not given is empty."""
    return {
        "work": [
            {"work_key": n, "work_id": f"W{n}", "title": TITLES[n - 1], "year": YEARS[n - 1],
             "doi": f"10.1234/{n}" if n < 4 else "javascript:alert(1)", "venue": "Venue",
             "citations": 10 - n if n < 5 else None}
            for n in range(1, 6)
        ],
        "work_scope": [
            {"work_key": n, "joint": n in JOINT, "undecided": n == 5} for n in range(1, 6)
        ],
        "institution": [
            {"institution_id": key, "institution": name, "country": code, "side": SIDE[code],
             **dict(zip(("lat", "lon"), DEGREES.get(key, (None, None)), strict=True))}
            for key, (name, code) in HOMES.items()
        ],
        "institution_membership": [
            {"work_key": n, "unit": key, "weight": 1} for n, own in PLACES.items() for key in own
        ],
        "country_membership": [
            {"work_key": n, "unit": code, "weight": 1}
            for n, own in COUNTRIES.items() for code in own
        ],
        "place": [
            {"work_key": n, "institution": HOMES[key][0], "country": HOMES[key][1], "level": 1}
            for n, own in PLACES.items() for key in own
        ],
        "institution_tie": [
            {"work_key": n, "unit_a": a, "unit_b": b} for n, own in PAIRS.items() for a, b in own
        ],
        "country_tie": [
            {"work_key": n, "unit_a": a, "unit_b": b} for n, own in PAIRED.items() for a, b in own
        ],
        "work_side": [
            {"work_key": n, "side": side}
            for n, own in COUNTRIES.items() for side in sorted({SIDE[c] for c in own if c in SIDE})
        ],
        "topic": [{"work_key": n, "topic_seq": 0, "topic_id": "T1", "topic": "Graphs"}
                  for n in (1, 2)],
        "funding": [{"work_key": 1, "funder_id": "F1", "funder": "Fund", "funder_country": "CN"},
                    {"work_key": 4, "funder": "Fund without an id"}],
        "list_flag": [{"work_key": n, "institution_id": "I2", "institution": "Beta",
                       "country": "CN", "entry_id": "beta", "lists": "List one|List two",
                       "rejected_by": "reviewer" if n == 4 else None} for n in (1, 4)],
    }  # fmt: skip


def explored_run(folder: Path) -> Path:
    """The folder of a finished run of these works, with a manifest that holds its hashes."""
    homes = ((TABLES_FOLDER, RUN_TABLES), (NETWORK_FOLDER, NETWORK_TABLES))
    rows = tables()
    for home, declared in homes:
        (folder / home).mkdir(parents=True)
        for table in declared:
            found = pa.Table.from_pylist(list(rows.get(table.name, ())), arrow_schema(table))
            write_table(folder / home, table, found)
    manifest = {
        "run": "2026-01-01-00000000",
        "warnings": ["Some works were lost."],
        "source": {},
        "query": {"name": "five", "question": f"How {HOSTILE}?", "sides": SIDES,
                  "side_order": list(SIDES)},
        "files": file_hashes(folder),
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder
