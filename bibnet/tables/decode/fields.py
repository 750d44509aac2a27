"""Which fields of a line are used, left out on purpose, or new to bibnet.

`fields.csv` lists them: path in the line, column it goes to (empty = left out)
and the reason. A field that is not listed is counted and named, never ignored.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib.resources import files
from types import GenericAlias
from typing import Any

import msgspec

from bibnet.tables.decode.objects import Authorship, WorkObject

AUTHORSHIP_PREFIX = "authorships[]."


def _rows() -> list[dict[str, str]]:
    text = (files("bibnet.tables.decode") / "fields.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _names(prefix: str) -> dict[str, str]:
    """Field names below `prefix` with the column each goes to."""
    paths = {row["path"]: row["column"] for row in _rows()}
    below = {path.removeprefix(prefix): c for path, c in paths.items() if path.startswith(prefix)}
    return {name: column for name, column in below.items() if "." not in name}


WORK_FIELDS = _names("")
AUTHORSHIP_FIELDS = _names(AUTHORSHIP_PREFIX)


def _strict(struct: type[msgspec.Struct], fields: Iterable[str], retyped: Mapping[str, Any]) -> Any:
    """Subclass of `struct` that knows the left-out fields and refuses any other."""
    known = set(struct.__struct_fields__)
    skipped = [(name, msgspec.Raw, msgspec.Raw()) for name in fields if name not in known]
    changed = [(name, kind, msgspec.UNSET) for name, kind in retyped.items()]
    return msgspec.defstruct(
        f"Strict{struct.__name__}",
        [*changed, *skipped],
        bases=(struct,),
        forbid_unknown_fields=True,
        gc=False,
    )


_StrictAuthorship: Any = _strict(Authorship, AUTHORSHIP_FIELDS, {})
# Decodes a line only if every field of it is declared; refusal sends it to the slow path.
StrictWorkObject: type[WorkObject] = _strict(
    WorkObject,
    WORK_FIELDS,
    {"authorships": GenericAlias(list, (_StrictAuthorship | None,)) | msgspec.UnsetType | None},
)


def count_unknown(line: Mapping[str, Any], counts: Counter[str]) -> None:
    """Count the fields of a parsed line, and of its authorships, that are not declared."""
    counts.update(name for name in line if name not in WORK_FIELDS)
    authorships = line.get("authorships")
    for authorship in authorships if isinstance(authorships, list) else ():
        if isinstance(authorship, dict):
            unknown = (name for name in authorship if name not in AUTHORSHIP_FIELDS)
            counts.update(AUTHORSHIP_PREFIX + name for name in unknown)
