"""An invented registry of organisations and invented funder records, as files beside a harvest."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bibnet.harvest.sandbox.identifiers import openalex_id
from bibnet.harvest.sandbox.words import words
from bibnet.harvest.sandbox.world import World

FUNDERS_FROM = 40_000_000  # numbers of funders as organisations, above those of any institution


def write_registry(world: World, path: Path) -> None:
    """Write every institution, and every funder as an organisation, as JSON Lines.

    The institutions have provinces and, where their country writes so, names in Chinese script;
    the funders have types.
    """
    _write(path, [*world.institutions, *map(_organisation, enumerate(world.funders))])


def write_funder_records(world: World, path: Path) -> None:
    """Write the funders' own records, with their countries, as JSON Lines."""
    _write(path, world.funders)


def _organisation(numbered: tuple[int, Mapping[str, Any]]) -> dict[str, Any]:
    number, funder = numbered
    types = words()["funders"]["types"]
    return {
        "id": openalex_id("I", FUNDERS_FROM + number),
        "ror": funder["ids"].get("ror"),
        "display_name": funder["display_name"],
        "country_code": funder["country_code"],
        "type": types[number % len(types)],
    }


def _write(path: Path, records: Iterable[Mapping[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(record, ensure_ascii=False, sort_keys=True) for record in records)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
