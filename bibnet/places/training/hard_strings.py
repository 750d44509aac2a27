"""Hard strings labelled by hand, and how often the answers to each kind of them are right.

A line of the file is an object with `id`, `kind`, `text`, `countries` (every country the string is
in), `ror` (organisations the answer must name), `also_ok` (those it may name), `province` and
`city` (of the first answer; null = not judged). Other keys mean nothing here.
"""

import json
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bibnet.places.locate.answers import Locator
from bibnet.places.locate.located import Located
from bibnet.places.registry.index import RegistryIndex
from bibnet.schema.errors import Fault, InputError
from bibnet.storage.opened import open_binary

FAULTS_SHOWN = 10
REMEDY = 'give JSON Lines of {"kind", "text", "countries", "ror", "also_ok", "province", "city"}'
ROR_ID = re.compile(r"0[a-z0-9]{8}")
ALL_KINDS = "all"


@dataclass(frozen=True)
class HardString:
    """One labelled string; `held` says whether the registry has every organisation it must name."""

    kind: str
    text: str
    countries: frozenset[str]
    required: frozenset[str]
    allowed: frozenset[str]
    province: str | None
    city: str | None
    held: bool


@dataclass(frozen=True)
class KindScore:
    """Strings of a kind; right countries, organisations, provinces and cities, each (hits, of)."""

    kind: str
    strings: int
    countries: tuple[int, int]
    organisations: tuple[int, int]
    province: tuple[int, int]
    city: tuple[int, int]


def read_hard_strings(
    path: Path, known: frozenset[str], successor_of: Mapping[str, str]
) -> list[HardString]:
    """Read labelled hard strings; a former organisation counts as its successor.

    `known` are the ids of the registry. An id that it lacks makes the string count for countries
    and places only. Raises InputError with the first faulty lines: no JSON object, a missing key,
    an id that is no ROR id.
    """
    found, faults = [], []
    for number, line in enumerate(_lines(path), start=1):
        try:
            found.append(_hard_string(json.loads(line), known, successor_of))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            where = f"{path}: line {number}"
            faults.append(Fault(f"not a labelled hard string: {error}", where, REMEDY))
    if faults or not found:
        raise InputError(faults[:FAULTS_SHOWN] or Fault("no labelled string", str(path), REMEDY))
    return found


def _lines(path: Path) -> list[bytes]:
    try:
        with open_binary(path) as file:
            content = file.read()
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(Fault(f"cannot read the strings: {error}", str(path), REMEDY)) from error
    return [line for line in content.splitlines() if line.strip()]


def _hard_string(
    record: Mapping[str, Any], known: frozenset[str], successor_of: Mapping[str, str]
) -> HardString:
    strange = [i for i in (*record["ror"], *record["also_ok"]) if not ROR_ID.fullmatch(i)]
    if strange:
        raise ValueError(f"no ROR id: {', '.join(strange)}")
    required = frozenset(successor_of.get(i, i) for i in record["ror"])
    also = frozenset(successor_of.get(i, i) for i in record["also_ok"])
    return HardString(
        kind=str(record["kind"]),
        text=str(record["text"]),
        countries=frozenset(map(str, record["countries"])),
        required=required,
        allowed=required | also,
        province=record["province"],
        city=record["city"],
        held=required <= known,
    )


def measured_kinds(path: Path, index: RegistryIndex) -> list[KindScore]:
    """Scores of the packaged matcher on a file of labelled hard strings, by kind."""
    former = dict(zip(index.texts["former_key"], index.texts["successor_key"], strict=True))
    strings = read_hard_strings(path, frozenset(index.texts["ror"]), former)
    return kind_scores(strings, Locator(index).locate_all([s.text for s in strings]))


def kind_scores(
    strings: Sequence[HardString], answers: Sequence[Sequence[Located]]
) -> list[KindScore]:
    """Scores of each kind in the order of the file, then of all strings.

    Countries are right if those of all rows are exactly the labelled ones; organisations if all
    that must be named are, and no other than those that may be.
    """
    pairs = list(zip(strings, answers, strict=True))
    kinds = dict.fromkeys(string.kind for string in strings)
    scores = [_score(kind, [p for p in pairs if p[0].kind == kind]) for kind in kinds]
    return [*scores, _score(ALL_KINDS, pairs)]


def _score(kind: str, pairs: Sequence[tuple[HardString, Sequence[Located]]]) -> KindScore:
    return KindScore(
        kind=kind,
        strings=len(pairs),
        countries=_share(
            {r.country for r in rows if r.country} == s.countries for s, rows in pairs
        ),
        organisations=_share(
            s.required <= {r.ror for r in rows if r.ror} <= s.allowed for s, rows in pairs if s.held
        ),
        province=_share(
            bool(rows) and rows[0].province == s.province for s, rows in pairs if s.province
        ),
        city=_share(bool(rows) and rows[0].city == s.city for s, rows in pairs if s.city),
    )


def _share(right: Iterable[bool]) -> tuple[int, int]:
    found = list(right)
    return sum(found), len(found)


def kind_lines(scores: Iterable[KindScore]) -> list[str]:
    """The table as Markdown lines."""
    lines = [
        "| kind | strings | countries right | organisations as allowed | province | city |",
        "|---|---|---|---|---|---|",
    ]
    for one in scores:
        shares = (one.countries, one.organisations, one.province, one.city)
        cells = (one.kind, f"{one.strings:,}", *(f"{_shown(*share)}" for share in shares))
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _shown(hits: int, number: int) -> str:
    return f"{hits / number:.3f} ({hits} of {number})" if number else ""
