"""The data of a page, packed: works as columns, and for each shown cell the works behind it."""

import base64
import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from bibnet.report.content.cell import Cell, row_keys
from bibnet.report.content.labels import label
from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.wording import clean, country_name, side_name, title_text
from bibnet.report.content.work_texts import EVIDENCE
from bibnet.report.content.works_behind import WorkColumns, WorkPlaces, WorksBehind
from bibnet.schema import EXHIBITS

# Works of one pack: a list of a hundred works needs few of them.
WORKS_OF_A_PACK = 5_000
# Of gzip: the highest levels take three times as long for one part in a hundred.
LEVEL = 6
LONGEST_TITLE = 400  # characters; the table of works on disk has the whole title
ABOUT = "about"
# A larger page is slow to open; what does not fit stands in files beside it. A hundred thousand
# works with their cells are about this much.
MOST_INSIDE = 8_000_000  # characters of all packs
BESIDE_FOLDER = "report-data"


def report_packs(content: ReportContent, cells: Iterable[Cell]) -> dict[str, str]:
    """Return the packs of a page by name; none where works are not known.

    `about` says what there is and the hash of every other pack, `works-N` holds WORKS_OF_A_PACK
    works, newest first, and `cells-EXHIBIT` the works of each of `cells` of an exhibit. A pack is
    base64 of gzip of JSON, so that no markup can stand in it.
    """
    behind = content.behind
    if behind is None:
        return {}
    works = behind.columns()
    shown = _by_exhibit(content, behind, cells)
    packs = dict(_packed_beside(behind, works, shown))
    hashes = {name: sha256(pack.encode("ascii")).hexdigest() for name, pack in packs.items()}
    return {ABOUT: packed(_about(content, works, shown) | {"hashes": hashes}), **packs}


def _packed_beside(
    behind: WorksBehind, works: WorkColumns, shown: Mapping[str, Sequence[Cell]]
) -> Iterator[tuple[str, str]]:
    """Name and content of every pack, made by a thread while the engine is asked for lists.

    Lists wait as JSON, which is a tenth of them.
    """
    with ThreadPoolExecutor(1) as beside:
        packs = {
            f"works-{number}": beside.submit(_pack_of_works, works, start)
            for number, start in enumerate(range(0, len(works), WORKS_OF_A_PACK))
        }
        try:
            for exhibit, cells in shown.items():
                text = _json(_cells(behind, exhibit, cells))
                packs[f"cells-{exhibit}"] = beside.submit(_pressed, text)
            yield from ((name, pack.result()) for name, pack in packs.items())
        finally:
            beside.shutdown(wait=False, cancel_futures=True)


def packs_inside(packs: Mapping[str, str], most: int) -> dict[str, str]:
    """Return the packs that stand in the page: all, or only `about` where they are too large."""
    small = sum(map(len, packs.values())) <= most
    return {name: pack for name, pack in packs.items() if small or name == ABOUT}


def write_packs_beside(folder: Path, packs: Mapping[str, str]) -> None:
    """Write each pack into a file beside the page that a script element loads, also from disk."""
    for name, pack in packs.items():
        path = folder / BESIDE_FOLDER / f"{name}.js"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(f'bibnetPack("{name}","{pack}");\n'.encode("ascii"))


def packed(value: Any) -> str:
    """Return a value as base64 of gzip of JSON; the same value gives the same text."""
    return _pressed(_json(value))


def _pressed(text: bytes) -> str:
    return base64.b64encode(gzip.compress(text, LEVEL, mtime=0)).decode("ascii")


def _json(value: Any) -> bytes:
    """JSON without blanks, in UTF-8; half a sign is written as "?"."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:  # Python's own takes fifteen times as long, and takes all
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8", "replace")


def _by_exhibit(
    content: ReportContent, behind: WorksBehind, cells: Iterable[Cell]
) -> dict[str, list[Cell]]:
    """The cells of each exhibit once, whichever of its numbers leads to them.

    One that leaves keys out stands for every row that fits it, shown or not.
    """
    found: dict[str, dict[tuple[object, ...], Cell]] = {}
    for cell in cells:
        keys = behind.keys(cell.exhibit)
        if not keys:
            continue
        own = found.setdefault(cell.exhibit, {})
        for one in [cell] if set(keys) == set(cell.keys) else _fitting(content, cell, keys):
            own.setdefault(tuple(one.keys[key] for key in keys), one)
    return {name: list(own.values()) for name, own in sorted(found.items()) if own}


def _fitting(content: ReportContent, cell: Cell, keys: tuple[str, ...]) -> list[Cell]:
    rows = row_keys(content.exhibit(cell.exhibit), keys)
    asked = cell.keys.items()
    return [
        Cell(cell.exhibit, row)
        for row in rows
        if all(_key(row.get(name)) == _key(value) for name, value in asked)
    ]


def _about(
    content: ReportContent, works: WorkColumns, shown: Mapping[str, Sequence[Cell]]
) -> dict[str, Any]:
    behind = content.behind
    exhibits = {
        name: {
            "title": EXHIBITS[name].meaning.split(". ")[0].rstrip("."),
            "keys": list(behind.keys(name)) if behind else [],
            "counts": {count: label(count) for count in content.counts_of(name)},
        }
        for name in shown
    }
    return {
        "run": clean(content.manifest.get("run")) or clean(content.name),
        "works": len(works),
        "pack": WORKS_OF_A_PACK,
        "exhibits": exhibits,
        "labels": {key: label(key) for name in shown for key in exhibits[name]["keys"]},
        "countries": {code: country_name(code, content.country_names) for code in _codes(content)},
        "sides": {side: side_name(side) for side in content.sides},
        "evidence": {str(level): words for level, words in EVIDENCE.items()},
        "venues": [clean(name) for name in works.venue_names],
        "institutions": [[clean(name), clean(place)] for name, place in works.institution_names],
        "funders": [clean(name) for name in works.funder_names],
        "listed": [[clean(name), clean(lists)] for name, lists in works.listed_names],
    }


def _codes(content: ReportContent) -> list[str]:
    return sorted({clean(code) for code in content.exhibit("countries")["country"]})


def _pack_of_works(works: WorkColumns, start: int) -> str:
    stop = start + WORKS_OF_A_PACK
    columns = {name: getattr(works, name)[start:stop] for name in ("work_id", "doi", "year")}
    columns["title"] = [title_text(title, LONGEST_TITLE) for title in works.title[start:stop]]
    lists = ("venue", "institutions", "levels", "funders", "listed")
    return packed(columns | {name: getattr(works, name)[start:stop] for name in lists})


def _cells(behind: WorksBehind, exhibit: str, cells: Sequence[Cell]) -> dict[str, Any]:
    """Keys of the cells, and for each count its lists; equal lists are named by their number."""
    lists: list[list[int]] = []
    known: dict[bytes, int] = {}
    counted: dict[str, list[int]] = {}
    for count, of_cells in behind.lists(exhibit, cells).items():
        numbers = []
        for places in of_cells:
            steps = _steps(places)
            number = known.setdefault(steps.tobytes(), len(lists))
            if number == len(lists):
                lists.append(steps.tolist())
            numbers.append(number)
        counted[count] = numbers
    keys = behind.keys(exhibit)
    return {
        "keys": [[_key(cell.keys[key]) for key in keys] for cell in cells],
        "counts": counted,
        "lists": lists,
    }


def _key(value: object) -> str:
    return "" if value is None else str(value)


def _steps(places: WorkPlaces) -> WorkPlaces:
    """Rising numbers as their first and the steps between them, which pack much smaller."""
    return np.diff(places, prepend=0)
