"""Funders that the reference list does not hold: their own records, then the registry's types.

A funder's own record (an OpenAlex funder object) tells its country; the record of its ROR id tells
the country and, where the type of ROR says what the body is, the type. A ROR id that several
funders of the corpus or of the records share tells nothing: OpenAlex gives the foundation's id to
provincial foundations too.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from bibnet.reference import load
from bibnet.reference.declared import UNCLASSIFIED
from bibnet.schema.errors import Fault, InputError
from bibnet.storage.opened import open_binary

OWN_RECORD, REGISTRY = "own_record", "registry"
ENDINGS = ("*.jsonl", "*.jsonl.gz", "*.json")


class Registered(Protocol):
    """What a registry must say of an organisation."""

    @property
    def ror(self) -> str:
        """ROR id, bare."""
        ...

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2 code; empty = unknown."""
        ...

    @property
    def types(self) -> tuple[str, ...]:
        """Types in lower case."""
        ...


@dataclass(frozen=True)
class FunderRecord:
    """A funder's own record; empty text where it does not say."""

    name: str
    country: str
    ror: str


@dataclass(frozen=True)
class Description:
    """Country and type of a funder and what they rest on; empty text = unknown."""

    country: str = ""
    type: str = UNCLASSIFIED
    classified_by: str = ""


@dataclass(frozen=True)
class OtherFunders:
    """What is known of funders outside the list; by default nothing."""

    records: Mapping[str, FunderRecord] = field(default_factory=dict)
    registry: Mapping[str, Registered] = field(default_factory=dict)
    types: Mapping[str, str] = field(
        default_factory=lambda: {
            row["registry_type"]: row["funder_type"] for row in load.rows("registry_funder_types")
        }
    )

    def describe(self, funder_id: str, ror: str, shared: Collection[str]) -> Description:
        """Country and type of an unlisted funder; `shared` are ROR ids that say nothing."""
        own = self.records.get(funder_id)
        known = ror or (own.ror if own else "")
        entry = None if known in shared else self.registry.get(known)
        country = own.country if own else ""
        if entry is None:
            return Description(country=country, classified_by=OWN_RECORD if country else "")
        kinds = {self.types.get(kind, UNCLASSIFIED) for kind in entry.types} - {UNCLASSIFIED}
        kind = kinds.pop() if len(kinds) == 1 else UNCLASSIFIED
        by = REGISTRY if kind != UNCLASSIFIED or not country else OWN_RECORD
        return Description(country or entry.country, kind, by)

    def shared_ror(self, seen: Iterable[tuple[str, str]]) -> frozenset[str]:
        """ROR ids of two funders or more among (funder_id, ror) pairs and the own records."""
        pairs = {(key, one.ror) for key, one in self.records.items()} | set(seen)
        counted = Counter(ror for _, ror in pairs if ror)
        return frozenset(ror for ror, number in counted.items() if number > 1)


def registered(organisations: Iterable[Registered]) -> dict[str, Registered]:
    """Organisations of a registry by ROR id."""
    return {one.ror: one for one in organisations if one.ror}


def read_funder_records(path: Path | None) -> dict[str, FunderRecord]:
    """Funder objects of a file or folder of JSON Lines (plain or gzip), by bare id.

    None gives none. Raises InputError naming the files that hold no funder object.
    """
    if path is None:
        return {}
    files = sorted(found for end in ENDINGS for found in path.rglob(end)) if path.is_dir() else []
    found: dict[str, FunderRecord] = {}
    for file in files or [path]:
        found.update(_records(file))
    if not found:
        remedy = "give what `bibnet harvest --funders` wrote"
        raise InputError(Fault("no funder object of OpenAlex", str(path), remedy))
    return found


def _records(file: Path) -> Iterator[tuple[str, FunderRecord]]:
    try:
        with open_binary(file) as stream:
            for line in stream:
                record = json.loads(line) if line.strip() else None
                if isinstance(record, dict) and _bare(record.get("id")).startswith("F"):
                    yield _bare(record["id"]), _record(record)
    except (OSError, EOFError, ValueError) as error:
        remedy = "give JSON Lines in UTF-8, plain or gzip"
        raise InputError(Fault(f"funder records cannot be read: {error}", str(file), remedy)) from (
            error
        )


def _record(record: Mapping[str, Any]) -> FunderRecord:
    ids = record.get("ids")
    ror = record.get("ror") or (ids.get("ror") if isinstance(ids, dict) else "")
    country = record.get("country_code")
    name = record.get("display_name")
    return FunderRecord(
        name if isinstance(name, str) else "",
        country.upper() if isinstance(country, str) else "",
        _bare(ror),
    )


def _bare(value: object) -> str:
    return value.rstrip("/").rsplit("/", 1)[-1] if isinstance(value, str) else ""
