"""Read a parsed line field by field, when a field's value is not of its type.

A value that can be read in another form is ("17" where a number is meant);
any other is emptied. Either way the work is kept and an `Issue` is noted. What
is declared in `objects` decides; there is no rule for a single field here.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from msgspec import inspect

SHOWN = 200  # characters of a value that an issue shows
TRUE_WORDS = {"true": True, "1": True, "false": False, "0": False}


class Issue(NamedTuple):
    """A field that was mended: path, what was done, what stood there."""

    field: str
    action: str
    value: str


@dataclass(frozen=True)
class Spot:
    """Where in the line a value stands, and the list that issues go to."""

    path: str
    issues: list[Issue]

    def below(self, name: str) -> "Spot":
        """Spot of a field of this object."""
        return Spot(f"{self.path}.{name}" if self.path else name, self.issues)

    def item(self, place: int) -> "Spot":
        """Spot of an item of this list."""
        return Spot(f"{self.path}[{place}]", self.issues)

    def note(self, action: str, value: object) -> None:
        """Note an issue here."""
        self.issues.append(Issue(self.path, action, shown(value)))


def shown(value: object) -> str:
    """Start of a value as an issue shows it, fit to be stored."""
    try:
        return clean_text(value[:SHOWN] if isinstance(value, str) else repr(value)[:SHOWN])
    except ValueError:  # Python refuses to write a number of more than 4,300 digits
        return "a number too long to show"


def clean_text(text: str) -> str:
    """Text with half surrogate pairs, which no file may hold, replaced by U+FFFD."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def coerce(value: Any, struct: type[msgspec.Struct], issues: list[Issue]) -> Any:
    """Build `struct` from a parsed object, mending or emptying each field that does not fit."""
    return _fields(value, _declared(struct), Spot("", issues))


@lru_cache
def _declared(struct: type[msgspec.Struct]) -> inspect.Type:
    return inspect.type_info(struct)


def _value(value: Any, kind: inspect.Type, spot: Spot) -> Any:
    """Read a value as `kind`; None where it cannot be."""
    if isinstance(kind, inspect.UnionType):
        return _one_of(value, kind, spot)
    if isinstance(kind, inspect.AnyType) or value is None:
        return value
    mended = _READERS[type(kind)](value, kind, spot)
    if mended is None:
        spot.note("emptied", value)
    elif not isinstance(value, dict | list) and not _same(mended, value):
        spot.note("coerced", value)
    return mended


def _same(mended: Any, value: Any) -> bool:
    numbers = isinstance(mended, float) and isinstance(value, int) and not isinstance(value, bool)
    return mended == value and (numbers or type(mended) is type(value))


def _one_of(value: Any, union: inspect.UnionType, spot: Spot) -> Any:
    """Read as the first kind whose JSON type the value has, else as the first that mends it."""
    kinds = [kind for kind in union.types if type(kind) in _READERS]
    fitting = [kind for kind in kinds if isinstance(value, _JSON_TYPES[type(kind)])]
    if isinstance(value, bool):
        fitting = [kind for kind in kinds if isinstance(kind, inspect.BoolType)]
    return _value(value, (fitting or kinds)[0], spot)


def _fields(value: Any, kind: Any, spot: Spot) -> Any:
    if not isinstance(value, dict):
        return None
    given = [field for field in kind.fields if field.encode_name in value]
    read = {f.name: _value(value[f.encode_name], f.type, spot.below(f.name)) for f in given}
    return kind.cls(**read)


def _items(value: Any, kind: Any, spot: Spot) -> Any:
    if isinstance(value, list):
        return [_value(item, kind.item_type, spot.item(n)) for n, item in enumerate(value)]
    texts = isinstance(value, str) and _holds_text(kind.item_type)
    return [clean_text(value)] if texts else None


def _fixed_items(value: Any, kind: Any, spot: Spot) -> Any:
    items = _items(value, kind, spot)
    return None if items is None else tuple(items)


def _holds_text(kind: inspect.Type) -> bool:
    kinds = kind.types if isinstance(kind, inspect.UnionType) else (kind,)
    return any(isinstance(one, inspect.StrType) for one in kinds)


def _entries(value: Any, _kind: Any, _spot: Spot) -> Any:
    if not isinstance(value, dict):
        return None
    return {clean_text(key): item for key, item in value.items()}


def _text(value: Any, _kind: Any, _spot: Spot) -> str | None:
    if isinstance(value, str):
        return clean_text(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _whole(value: Any, kind: Any, _spot: Spot) -> int | None:
    number = _number(value, kind, _spot)
    if number is None or number != math.floor(number):
        return None
    exact = int(value) if isinstance(value, int) else int(number)
    return exact if -(2**63) <= exact < 2**63 else None


def _number(value: Any, _kind: Any, _spot: Spot) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _truth(value: Any, _kind: Any, _spot: Spot) -> bool | None:
    if isinstance(value, bool):
        return value
    return TRUE_WORDS.get(str(value).lower()) if isinstance(value, int | str) else None


_READERS: dict[type[inspect.Type], Callable[[Any, Any, Spot], Any]] = {
    inspect.StructType: _fields,
    inspect.ListType: _items,
    inspect.VarTupleType: _fixed_items,
    inspect.DictType: _entries,
    inspect.StrType: _text,
    inspect.IntType: _whole,
    inspect.FloatType: _number,
    inspect.BoolType: _truth,
}
_JSON_TYPES: dict[type[inspect.Type], type | tuple[type, ...]] = {
    inspect.StructType: dict,
    inspect.ListType: list,
    inspect.VarTupleType: list,
    inspect.DictType: dict,
    inspect.StrType: str,
    inspect.IntType: int,
    inspect.FloatType: (float, int),
    inspect.BoolType: bool,
}
