"""What a line is: an OpenAlex work, a bibnet record, or neither, and why."""

from typing import Any, Literal, NamedTuple

from msgspec import UNSET

from bibnet.tables.identifiers import is_other_entity, openalex_id

Form = Literal["openalex", "record"]
SHOWN = 200  # characters of an id that a refusal shows


class Refusal(NamedTuple):
    """Reason (a fixed word, counted) and detail (for the reader of quarantine.jsonl)."""

    reason: str
    detail: str = ""


BLANK_LINE = Refusal("blank")


class Identity(NamedTuple):
    """Form of the line and id of its work."""

    form: Form
    work_id: str


def identify(value: Any, *, authorships: Any, authors: Any) -> Identity | Refusal:
    """Tell form and id of a line from its id and from which list of authors it has.

    `authors` without `authorships` makes a record, whose id is any text and kept as it is.
    """
    if value is None or value == "":
        return Refusal("missing_id")
    if authors is not UNSET and authorships is UNSET:
        return _record(value)
    work_id = openalex_id(value, "W")
    if work_id:
        return Identity("openalex", work_id)
    other = authorships is UNSET and is_other_entity(value)
    return Refusal("other_entity" if other else "bad_id", str(value)[:SHOWN])


def _record(value: Any) -> Identity | Refusal:
    work_id = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(work_id, str) or not work_id.strip() or not _storable(work_id):
        return Refusal("bad_id", repr(value)[:SHOWN])
    return Identity("record", work_id)


def _storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
