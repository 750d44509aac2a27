"""INVENTED exhibits for tests of the report: no number or institution here exists.

`invented_content()` gives a small whole report; `empty_content()` one without any row.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from bibnet.metrics.exhibits import EXHIBITS as COUNTED
from bibnet.report import ReportContent
from bibnet.report.content.cell import Cell
from bibnet.report.content.works_behind import WorkColumns, WorkPlaces
from bibnet.schema import EXHIBITS, NETWORK_TABLES

SIDES = {
    "north": ("AA", "AB", "AC", "AD", "AE", "AF", "AG", "AH"),
    "south": ("ZA", "ZB"),
}
NAMES = {
    "AA": "Aland", "AB": "Abria", "AC": "Acadia Minor", "AD": "Adria", "AE": "Aeria",
    "AF": "Afonia", "AG": "Agora", "AH": "Ahoria and the Long Islands", "ZA": "Zand", "ZB": "Zebra",
}  # fmt: skip
WORDS = ("Technical", "Royal", "National", "Coastal", "Free", "Northern", "Central", "Inland")
KINDS = ("University", "Institute of Learning", "Academy", "Laboratory of Thinking Machines")
YEARS = range(2017, 2023)


def empty_content() -> ReportContent:
    """A report on nothing: every exhibit has its columns and no row."""
    frames = {t.name: pd.DataFrame(columns=t.column_names) for t in EXHIBITS.values()}
    network = {t.name: pd.DataFrame(columns=t.column_names) for t in NETWORK_TABLES}
    return ReportContent(
        question="INVENTED: does anything happen?",
        name="invented-nothing",
        sides=SIDES,
        exhibits=frames,
        nodes=network["node"],
        edges=network["edge"],
        manifest={},
        invented=True,
    )


def invented_content(institutions: int = 60, seed: int = 7) -> ReportContent:
    """A whole invented report; more institutions give more pairs (about 12 each)."""
    chance = random.Random(seed)  # invented numbers, not a secret
    bodies = invented_institutions(institutions, chance)
    pairs = invented_pairs(bodies, chance)
    exhibits = {
        "coverage": _coverage(), "years": _years(), "countries": _countries(),
        "country_years": _country_years(), "country_pairs": _country_pairs(), "topics": _topics(),
        "institutions": bodies, "institution_pairs": pairs, "centrality": _centrality(bodies),
        "citations": _citations(), "funding": _funding(), "funders": _funders(),
        "defence": _defence(bodies), "companies": _companies(bodies), "hubs": _hubs(),
    }  # fmt: skip
    nodes = bodies[["institution_id", "institution", "country", "side", "works"]]
    return replace(
        empty_content(),
        question="INVENTED: how entangled is the research of North and South?",
        name="invented-north-south",
        exhibits=exhibits,
        nodes=nodes.assign(community=1),
        edges=pairs[["institution_a", "institution_b", "works", "works_fractional"]],
        manifest=invented_manifest(),
        notes=("A note on an empty column.",),
        country_names=NAMES,
    )


class InventedWorks:
    """Works behind invented numbers: a number n is the first n works, whatever it counts."""

    def __init__(self, exhibits: Mapping[str, pd.DataFrame], titles: Sequence[str] = ("A title",)):
        self._exhibits, self._titles = exhibits, titles

    def keys(self, exhibit: str) -> tuple[str, ...]:
        return COUNTED[exhibit].table.key

    def counts(self, exhibit: str) -> tuple[str, ...]:
        table = COUNTED[exhibit].table
        return tuple(c.name for c in table.columns if (c.type, c.unit) == ("integer", "works"))

    def columns(self) -> WorkColumns:
        number = 9_100
        return WorkColumns(
            work_id=[f"W{place}" for place in range(number)],
            doi=[f"10.9999/invented.{place}" for place in range(number)],
            title=[self._titles[place % len(self._titles)] for place in range(number)],
            year=[2022 - place * 6 // number for place in range(number)],
            venue=[0] * number,
            institutions=[[place % 2] for place in range(number)],
            levels=[[1 + place % 4] for place in range(number)],
            funders=[[0][: place % 2] for place in range(number)],
            listed=[[0][: place % 3 == 0] for place in range(number)],
            venue_names=("Invented Letters",),
            institution_names=((self._titles[0], "AA"), ("Coastal Academy of Zand", "ZA")),
            funder_names=("Invented Foundation",),
            listed_names=((self._titles[-1], "Invented List"),),
        )

    def lists(self, exhibit: str, cells: Sequence[Cell]) -> dict[str, list[WorkPlaces]]:
        frame, keys = self._exhibits[exhibit], self.keys(exhibit)
        by_key = {
            tuple(None if pd.isna(key) else key for key in row[: len(keys)]): row[len(keys) :]
            for row in frame[[*keys, *self.counts(exhibit)]].itertuples(index=False, name=None)
        }
        numbers = [by_key[tuple(cell.keys[key] for key in keys)] for cell in cells]
        return {
            count: [np.arange(0 if pd.isna(row[place]) else int(row[place])) for row in numbers]
            for place, count in enumerate(self.counts(exhibit))
        }


def with_works(content: ReportContent, titles: Sequence[str] = ("A title",)) -> ReportContent:
    """The content with works behind its numbers, entitled in turn as given."""
    frames = {name: content.exhibit(name) for name in EXHIBITS}
    return replace(content, behind=InventedWorks(frames, titles))


def invented_manifest() -> dict[str, object]:
    return {
        "query": {"name": "invented-north-south", "works": {"years": [2017, 2022], "ai": ["all"]}},
        "source": {
            "dates": {"harvest": "2023-03-01"},
            "newest_updated": "2023-02-27T10:11:12",
            "files": [
                {"path": "works.jsonl.gz", "format": "json_lines", "lines": 9100, "works": 9050,
                 "quarantined": 50, "sha256": "ab" * 32},
            ],
        },
        "counts": {"lines": 9100, "works_kept": 8640, "excluded": {"retracted": 10, "no_year": 350},
                   "duplicates": 50, "quarantined": 50},
        "places": {"levels": {"1": 15000, "3": 4000, "4": 900}, "disagreements": 120},
        "references": [
            {"name": "sides", "title": "Invented sides", "publisher": "Nobody",
             "address": "https://example.org/sides", "licence": "CC0", "date": "2023-01-01",
             "rows": 10, "sha256": "cd" * 32},
        ],
        "versions": {"bibnet": "0.1.0"},
        "seeds": {"layout": 11},
    }  # fmt: skip


def invented_institutions(number: int, chance: random.Random) -> pd.DataFrame:
    codes = [*SIDES["north"], *SIDES["south"], *SIDES["south"], "QQ"]
    rows = []
    for place in range(number):
        country = codes[place % len(codes)]
        works = int(1200 / (place + 1) ** 0.7) + chance.randrange(9)
        joint = works // 3 if country != "QQ" else works // 9
        word, kind = WORDS[place % len(WORDS)], KINDS[place // 3 % len(KINDS)]
        name = f"{word} {kind} of {NAMES.get(country, 'Elsewhere')} {place}"
        side = next((side for side, members in SIDES.items() if country in members), None)
        rows.append((f"I{place:06d}", f"0{place:08d}", name, country, side, "education", works,
                     works * 0.61, joint, works * 3, 40, joint * 2, 12, f"Port {place // 2}",
                     -40.0 + place // 2 % 9, 100.0 + place // 2 % 40))  # fmt: skip
    return pd.DataFrame(rows, columns=_columns("institutions"))


def invented_pairs(bodies: pd.DataFrame, chance: random.Random) -> pd.DataFrame:
    found: dict[tuple[int, int], int] = {}
    for first in range(len(bodies)):
        for _tie in range(12):
            second = min(len(bodies) - 1, int(chance.expovariate(9 / len(bodies))))
            if first != second:
                key = (min(first, second), max(first, second))
                found[key] = found.get(key, 0) + 1 + int(300 / (1 + first + second))
    columns = ["institution_id", "institution", "country", "side"]
    ids, names, codes, sides = (bodies[name].tolist() for name in columns)
    rows = [
        (ids[a], ids[b], names[a], names[b], codes[a], codes[b],
         bool(sides[a] and sides[b] and sides[a] != sides[b]), works, works / 3, works, works // 4,
         1.25)
        for (a, b), works in sorted(found.items())
    ]  # fmt: skip
    return _frame("institution_pairs", rows)


def _columns(name: str) -> list[str]:
    return next(table.column_names for table in EXHIBITS.values() if table.name == name)


def _frame(name: str, rows: list[tuple[object, ...]]) -> pd.DataFrame:
    """Rows as a frame; the last columns of the exhibit may be left out: they are undefined."""
    return pd.DataFrame(rows, columns=_columns(name)[: len(rows[0]) if rows else None])


def _coverage() -> pd.DataFrame:
    rows = [
        (year, 1000 + 176 * i, 4000 + 700 * i, 3800 + 600 * i, 970 + 160 * i, 500 + 120 * i,
         3000, 300, 400 + 600 * i, 100, 3 * i)
        for i, year in enumerate(YEARS)
    ]  # fmt: skip
    return _frame("coverage", rows)


def _years() -> pd.DataFrame:
    rows = []
    for i, year in enumerate(YEARS):
        joint = 70 + 31 * i
        for side, works in (
            ("all", 1000 + 176 * i),
            ("north", 500 + 60 * i),
            ("south", 450 + 80 * i),
        ):
            share = joint / works
            late = year >= 2022
            high = share + 0.01 + 0.004 * i
            rows.append((year, side, works, works * 0.8, joint, share, share, high, late))
    return _frame("years", rows)


def _countries() -> pd.DataFrame:
    rows = []
    for side, codes in SIDES.items():
        for i, code in enumerate(codes):
            joint = 885 // (i + 1) if side == "south" else 420 // (i + 1)
            works = joint * 5
            rows.append((side, code, works, works * 0.7, joint, joint / 885, joint / works))
    rows.append((None, "QQ", 900, 700.0, 20, 20 / 885, 20 / 900))
    rows.append((None, "unknown", 300, 210.0, 0, 0.0, 0.0))
    return _frame("countries", rows)


def _country_years() -> pd.DataFrame:
    codes = [code for members in SIDES.values() for code in members]
    rows = [
        (year, code, 90 - 7 * j + 20 * i, 20 - 2 * (j % 8) + 5 * i, 0.2)
        for i, year in enumerate(YEARS)
        for j, code in enumerate(codes)
    ]
    return _frame("country_years", rows)


def _country_pairs() -> pd.DataFrame:
    codes = sorted(code for members in SIDES.values() for code in members)
    rows = [
        (a, b, 420 // (i + 1) // (j - i), 40.5 / (i + 1), 380 // (i + 1), 30 // (i + 1), 1.4, 1.1)
        for i, a in enumerate(codes)
        for j, b in enumerate(codes)
        if i < j
    ]
    return _frame("country_pairs", rows)


def _topics() -> pd.DataFrame:
    rows = [
        (
            f"T{i}",
            f"Thinking about subject {i} with machines",
            "Thinking",
            900 // (i + 1),
            300 // (i + 1),
        )
        for i in range(30)
    ]
    return _frame("topics", [*rows, (None, None, None, 77, 5)])


def _centrality(bodies: pd.DataFrame) -> pd.DataFrame:
    rows = [
        (i, n, c, 40, 900 - k, 10.5, 0.4, 20.1, 0.01, 0.9, 1 + k % 4, k + 1, None, None)
        for k, (i, n, c) in enumerate(
            zip(bodies["institution_id"], bodies["institution"], bodies["country"], strict=True)
        )
    ]
    return _frame("centrality", rows)


def _citations() -> pd.DataFrame:
    empty = (None,) * 6
    rows = [
        ("joint", None, 980, 14.2, *empty, 900, 12780),
        ("north only", None, 3000, 8.1, *empty, 2900, 23490),
        ("south only", None, 3100, 9.4, *empty, 3000, 28200),
    ]
    return _frame("citations", rows)


def _funding() -> pd.DataFrame:
    rows: list[tuple[object, ...]] = [("all", "all", 4800, 700, 1.0, 1.0, 0.55, 0.8)]
    for i, code in enumerate([*SIDES["south"], *SIDES["north"], None]):
        joint = 500 // (i + 1)
        rows.append((code, "all", joint * 4, joint, joint / 1200, joint / 700, 0.1, joint / 885))
    for i, kind in enumerate(("central_programme", "ministry", "university", "unclassified")):
        joint = 480 // (i + 1)
        rows.append(("all", kind, joint * 4, joint, joint / 1200, joint / 700, 0.1, joint / 885))
    return _frame("funding", rows)


def _funders() -> pd.DataFrame:
    rows = [
        (f"F{i}", f"Invented Foundation for Matter {i}", "ZA" if i % 2 else "AA", "ministry",
         900 // (i + 1), 300 // (i + 1))
        for i in range(24)
    ]  # fmt: skip
    return _frame("funders", rows)


def _defence(bodies: pd.DataFrame) -> pd.DataFrame:
    south = bodies[bodies["side"] == "south"].head(5)
    columns = ("institution_id", "institution", "country", "works", "joint_works")
    rows = [
        (i, n, c, "civilian_university" if k == 4 else "defence_university", "Invented List", w, j,
         f"E{k}", "identifier", "2020-02-02")
        for k, (i, n, c, w, j) in enumerate(zip(*(south[x] for x in columns), strict=True))
    ]  # fmt: skip
    return _frame("defence", rows)


def _companies(bodies: pd.DataFrame) -> pd.DataFrame:
    columns = ("institution_id", "institution", "country")
    some = zip(*(bodies[name].iloc[20:34] for name in columns), strict=True)
    rows = [(i, f"{n} Company", c, 60 - k, 30 - k, "type") for k, (i, n, c) in enumerate(some)]
    return _frame("companies", rows)


def _hubs() -> pd.DataFrame:
    rows = [
        ("AA", "Upper Aland", "Port Aland", None, 90, 30, 0.5, "city", 200_000, 450.0, -40, 100),
        ("AA", "Upper Aland", "Old Aland", None, 9, 3, 0.05, "city", None, None, -41.5, 100),
        ("AB", None, "Abria", None, 2, 1, 0.2, "city", None, None, -43.25, 104),
        ("AA", "Upper Aland", None, None, 9, 3, 0.05, "city", None, None, None, None),
        ("AA", "Upper Aland", "all", None, 95, 31, 0.53, "province", None, None, None, None),
        ("ZA|ZB", "all", "all", "Zand Delta", 70, 40, 0.4, "cluster", 9_000_000, 7.8, None, None),
    ]
    return _frame("hubs", rows)


HOSTILE = (
    "<script>window.PWNED=1</script>",
    "</script><img src=x onerror=window.PWNED=1>",
    "line\u2028separator\u2029and \u202eoverride",
    '=HYPERLINK("http://example.org","x")',
    "{{ 7 * 7 }} {% raw %} ${7*7}",
    '"><svg onload=window.PWNED=1>',
    "@SUM(A1) \ud800 half",
    "+1+1\tand\x00control",
)


def hostile_content() -> ReportContent:
    """The invented report with every name replaced by text meant to do harm."""
    content = invented_content(24)
    names = {"institution", "name_a", "name_b", "funder", "topic", "subfield", "category", "lists"}
    exhibits = {
        key: frame.assign(**{c: _hostile(len(frame)) for c in frame.columns if c in names})
        for key, frame in content.exhibits.items()
    }
    nodes = content.nodes.assign(institution=_hostile(len(content.nodes)))
    return replace(
        content,
        question=HOSTILE[0] + HOSTILE[1],
        name=HOSTILE[1],
        exhibits=exhibits,
        nodes=nodes,
        notes=HOSTILE,
        country_names={"AA": HOSTILE[5], "ZA": HOSTILE[2]},
        manifest={**content.manifest, "source": {"files": [{"path": HOSTILE[0]}]}},
    )


def _hostile(rows: int) -> list[str]:
    mended = [text.replace("\ud800", "") for text in HOSTILE]  # no Parquet file holds half a pair
    return [f"{mended[row % len(mended)]} {row}" for row in range(rows)]
