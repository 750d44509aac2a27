"""`python tests/benchmarks/explorer.py [WORKS]`: how long the explorer takes for any filter.

Invents the tables of a run of so many works (1,000,000 where none are given), opens the explorer
over them and asks for its page with each kind of filter, as a browser would. Prints the middle of
three answers in milliseconds, and of the processor's time for them, which other work on the machine
does not lengthen as much; ends with 1 where an answer takes longer than MOST.
"""

import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from starlette.testclient import TestClient

from bibnet.runs.explore.server import explorer_of
from bibnet.schema import NETWORK_TABLES, RUN_TABLES
from bibnet.storage.arrow import arrow_schema
from bibnet.storage.tables import write_table
from bibnet.storage.unfinished import NETWORK_FOLDER, TABLES_FOLDER

MOST = 500  # milliseconds
ROUNDS = 3
WORKS, INSTITUTIONS, TOPICS, FUNDERS, BODIES = 1_000_000, 40_000, 4_500, 8_000, 160
COUNTRIES = ("CN", "US", "DE", "GB", "FR", "IT", "ES", "NL", "SE", "JP", "KR", "IN", "CA", "AU")
SIDES = {"europe": ["DE", "GB", "FR", "IT", "ES", "NL", "SE"], "china": ["CN"]}
SKEW = 0.8  # of Zipf's kind: few institutions have most works
FILTERS: Mapping[str, str] = {
    "none": "",
    "years": "year_from=2015",
    "joint": "joint=yes",
    "words": "words=networks",
    "country": "country=DE",
    "side": "side=europe",
    "two countries": "country=DE&country=CN",
    "institution": "institution=I1",
    "topic": "topic=T1",
    "funder": "funder=F1",
    "list": "list=Invented+list+1",
    "tie": "tie=institution%2CI0%2CI1",
    "cited first": "year_from=2012&sort=cited",
    "a late page": "page=10000",
}


def invented_tables(folder: Path, works: int, chance: np.random.Generator) -> None:
    """Write the tables that the explorer reads: works with institutions, topics, funders, flags."""
    key = np.arange(works)
    institution = _skewed(chance, INSTITUTIONS, works * 4).reshape(works, 4)
    there = chance.random((works, 4)) < np.array([1.0, 0.7, 0.4, 0.2])
    home = chance.choice(len(COUNTRIES), INSTITUTIONS, p=_weights(len(COUNTRIES), 0.7))
    rows, columns = np.nonzero(there)
    number = institution[rows, columns]
    member = np.unique(rows * INSTITUTIONS + number)
    rows, number = member // INSTITUTIONS, member % INSTITUTIONS
    country = home[number]
    in_country = np.unique(rows * len(COUNTRIES) + country)
    place, code = in_country // len(COUNTRIES), in_country % len(COUNTRIES)
    europe = np.isin(np.array(COUNTRIES)[code], SIDES["europe"])
    china = code == COUNTRIES.index("CN")
    has = {"europe": np.unique(place[europe]), "china": np.unique(place[china])}
    joint = np.isin(key, has["europe"]) & np.isin(key, has["china"])
    words = np.array(["graph", "deep", "neural networks", "a study of", "learning", "robust"])
    title = np.char.add(words[chance.integers(0, 6, works)], " ")
    title = np.char.add(title, words[chance.integers(0, 6, works)])
    years = chance.integers(2010, 2026, works)
    names = _texts("Invented institution ", np.arange(INSTITUTIONS))
    ids_at = np.arange(INSTITUTIONS) * 7.3
    ids = _texts("I", np.arange(INSTITUTIONS))
    home_codes = np.array(COUNTRIES)[home]
    topic = _skewed(chance, TOPICS, works)
    paid = np.nonzero(chance.random(works) < 0.6)[0]
    funder = _skewed(chance, FUNDERS, len(paid))
    listed = np.nonzero((number % 250 == 7) & (country == 0))[0]
    body = number[listed] // 250 % BODIES
    _write(folder, "work", works, work_key=key, work_id=_texts("W", key), title=title, year=years,
           doi=_texts("10.5555/", key), venue=_texts("Venue ", key % 900),
           citations=chance.poisson(9, works))  # fmt: skip
    _write(folder, "work_scope", works, work_key=key, year=years, joint=joint,
           undecided=chance.random(works) < 0.1, has_country=np.ones(works, bool))  # fmt: skip
    _write(folder, "institution", INSTITUTIONS, institution_id=ids, institution=names,
           country=home_codes, side=_sides(home_codes), lat=30 + ids_at % 30.0,
           lon=ids_at % 130.0)  # fmt: skip
    _write(folder, "institution_membership", len(rows), work_key=rows, unit=ids[number],
           weight=np.ones(len(rows), int))  # fmt: skip
    _write(folder, "country_membership", len(place), work_key=place,
           unit=np.array(COUNTRIES)[code], weight=np.ones(len(place), int))  # fmt: skip
    _write(folder, "place", len(rows), work_key=rows, institution=names[number],
           country=home_codes[number], level=1 + number % 4)  # fmt: skip
    for level, unit, owner in (("institution", ids, (rows, number)),
                               ("country", np.array(COUNTRIES), (place, code))):  # fmt: skip
        work, first, second = _pairs(*owner)
        _write(folder, f"{level}_tie", len(work), work_key=work, unit_a=unit[first],
               unit_b=unit[second])  # fmt: skip
    for side, own in has.items():
        _write(folder, "work_side", len(own), work_key=own, side=np.full(len(own), side))
    _write(folder, "topic", works, work_key=key, topic_seq=np.zeros(works, int),
           topic_id=_texts("T", topic), topic=_texts("Invented topic ", topic))  # fmt: skip
    _write(folder, "funding", len(paid), work_key=paid, funder_id=_texts("F", funder),
           funder=_texts("Invented funder ", funder),
           funder_country=np.array(COUNTRIES)[funder % 14])  # fmt: skip
    _write(folder, "list_flag", len(listed), work_key=rows[listed],
           institution_id=ids[number[listed]], institution=names[number[listed]],
           country=home_codes[number[listed]], entry_id=_texts("E", body),
           lists=_texts("Invented list ", body % 5))  # fmt: skip


def _pairs(works: np.ndarray, units: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every two units of one work; rows are sorted by work, a work has four units at most."""
    found = []
    for step in range(1, 4):
        same = np.nonzero(works[:-step] == works[step:])[0]
        found.append((works[same], units[same], units[same + step]))
    return tuple(np.concatenate(part) for part in zip(*found, strict=True))  # type: ignore[return-value]


def _weights(number: int, skew: float) -> np.ndarray:
    weight = 1 / np.arange(1, number + 1) ** skew
    return weight / weight.sum()


def _skewed(chance: np.random.Generator, number: int, size: int) -> np.ndarray:
    return np.searchsorted(np.cumsum(_weights(number, SKEW)), chance.random(size)).clip(
        0, number - 1
    )


def _sides(codes: np.ndarray) -> list[str | None]:
    of = {code: side for side, own in SIDES.items() for code in own}
    return [of.get(code) for code in codes.tolist()]


def _texts(start: str, numbers: np.ndarray) -> np.ndarray:
    return np.char.add(start, numbers.astype(str))


_waiting: dict[str, list[pa.Table]] = {}


def _write(folder: Path, name: str, rows: int, **columns: Any) -> None:
    """Write a declared table, sorted as given; what is not given is empty."""
    table = next(one for one in (*RUN_TABLES, *NETWORK_TABLES) if one.name == name)
    home = NETWORK_FOLDER if table in NETWORK_TABLES else TABLES_FOLDER
    (folder / home).mkdir(parents=True, exist_ok=True)
    arrays = [
        pa.array(columns[field.name]).cast(field.type)
        if field.name in columns
        else pa.nulls(rows, field.type)
        for field in arrow_schema(table)
    ]
    _waiting.setdefault(name, []).append(pa.Table.from_arrays(arrays, schema=arrow_schema(table)))
    write_table(folder / home, table, pa.concat_tables(_waiting[name]))


def invented_run(folder: Path, works: int) -> Path:
    """A folder with the tables of an invented run and a manifest, enough for the explorer."""
    invented_tables(folder, works, np.random.default_rng(1))
    manifest = {
        "run": folder.name,
        "invented": True,
        "warnings": [],
        "source": {},
        "query": {"name": "benchmark", "question": "How fast?", "sides": SIDES},
        "files": {},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def main() -> int:
    """Print a line for each filter; 1 where one is too slow."""
    works = int(sys.argv[1]) if len(sys.argv) > 1 else WORKS
    with tempfile.TemporaryDirectory(prefix="bibnet-explorer-") as name:
        folder = invented_run(Path(name), works)
        began = time.perf_counter()
        with explorer_of(folder) as explorer:
            print(f"{works:,} works, opened in {time.perf_counter() - began:.1f} s")  # noqa: T201
            client = TestClient(explorer.app, base_url="http://127.0.0.1")
            slow = [_timed(client, what, asked) for what, asked in FILTERS.items()]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"peak memory {peak} MB")  # noqa: T201
    return int(max(slow) > MOST)


def _timed(client: TestClient, what: str, asked: str) -> float:
    took, worked = [], []
    for _ in range(ROUNDS):
        began, began_work = time.perf_counter(), time.process_time()
        answer = client.get(f"/?{asked}" if asked else "/")
        took.append(1000 * (time.perf_counter() - began))
        worked.append(1000 * (time.process_time() - began_work))
        assert answer.status_code == 200, answer.text[:500]
    middle, work = statistics.median(took), statistics.median(worked)
    print(f"| {what} | {middle:.0f} ms | {work:.0f} ms | {len(answer.content):,} bytes |")  # noqa: T201
    return middle


if __name__ == "__main__":
    sys.exit(main())
