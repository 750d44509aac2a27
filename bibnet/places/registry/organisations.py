"""Organisations of a registry in one internal form, whatever file they come from.

Three forms are read, told apart by content: a ROR v2 dump (zip, JSON list or lines), OpenAlex
institution objects (JSON Lines or list) and compact ROR lines; each may be gzipped.

Withdrawn records are never kept. A record that is no longer active and has exactly one successor
in the file answers as that successor, its names with it; with none or several it stays itself,
because old addresses name it and nothing says which successor is meant.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from bibnet.places.registry.file import read_organisations
from bibnet.schema.errors import Fault, InputError

WITHDRAWN = "withdrawn"
ACTIVE = "active"


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation. Ids are bare; `country` is ISO 3166-1 alpha-2; empty text = unknown.

    `names` holds every written name but acronyms, the display name first; `former_names` those
    of records that this one succeeds; `parents`, `children`, `related` and `successors` are ids
    of the same registry (`key` of the other record); `has_parent` says that its record names one,
    whether or not the registry holds it; `lat` and `lon` are degrees, None = unknown.
    Relations may run in circles: whoever follows them keeps account of what was seen.
    """

    key: str
    ror: str
    openalex_id: str
    name: str
    names: tuple[str, ...]
    acronyms: tuple[str, ...]
    country: str
    province: str
    city: str
    types: tuple[str, ...]
    parents: tuple[str, ...]
    status: str
    successors: tuple[str, ...]
    former_names: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    children: tuple[str, ...] = ()
    has_parent: bool = False


@dataclass(frozen=True, slots=True)
class Registry:
    """Organisations that may be returned, sorted by key, and which answers for a former key.

    `digest` tells it from every other registry and way of reading one; empty = nobody said.
    """

    organisations: tuple[Organisation, ...] = ()
    successor_of: Mapping[str, str] = field(default_factory=dict)
    digest: str = ""

    def __len__(self) -> int:
        return len(self.organisations)


def load_registry(path: Path) -> Registry:
    """Read a registry file.

    Raises InputError (file, and line or record) if the file is missing, damaged, empty or of no
    known form, or if a record breaks its form. A record that stands twice counts once, the last.
    """
    records = {fields["key"]: Organisation(**fields) for fields in read_organisations(path)}
    if not records:
        raise InputError(
            Fault("the registry holds no organisation", str(path), "give a ROR or OpenAlex file")
        )
    return build_registry(records.values())


def build_registry(records: Iterable[Organisation]) -> Registry:
    """Keep what may be returned and let successors answer for former records."""
    kept = {record.key: record for record in records if record.status != WITHDRAWN}
    last = {key: _successor(key, kept) for key in sorted(kept)}
    successor_of = {key: successor for key, successor in last.items() if successor != key}
    former: dict[str, list[str]] = {}
    for key, successor in successor_of.items():
        former.setdefault(successor, []).extend(kept[key].names)
    answering = {key: record for key, record in sorted(kept.items()) if key not in successor_of}
    parents = {key: _parents(record, answering, successor_of) for key, record in answering.items()}
    children: dict[str, list[str]] = {}
    for key, above in parents.items():
        for parent in above:
            children.setdefault(parent, []).append(key)
    return Registry(
        tuple(
            replace(
                record,
                former_names=tuple(former.get(key, ())),
                parents=parents[key],
                has_parent=bool(record.parents),
                children=tuple(children.get(key, ())),
            )
            for key, record in answering.items()
        ),
        successor_of,
    )


def _parents(
    record: Organisation, answering: Mapping[str, Organisation], successor_of: Mapping[str, str]
) -> tuple[str, ...]:
    """Parents that the registry holds, or their successors; never the record itself."""
    successors = {successor_of.get(parent, parent) for parent in record.parents}
    return tuple(sorted(key for key in successors - {record.key} if key in answering))


def _successor(key: str, kept: Mapping[str, Organisation]) -> str:
    """Last record of the chain of single successors; in a cycle each record stays itself."""
    seen = [key]
    while kept[seen[-1]].status != ACTIVE:
        successors = kept[seen[-1]].successors
        if len(successors) != 1 or successors[0] not in kept:
            break
        if successors[0] in seen:
            return key
        seen.append(successors[0])
    return seen[-1]
