"""Identifiers, codes and instants of the sources in their bare, declared form.

Each function gives None for a value that is not of its kind; the caller then
empties the cell and notes a field issue.
"""

import re
from collections.abc import Callable, Hashable
from datetime import UTC, datetime

CACHED = 65_536  # institutions, topics and concepts repeat from work to work
LONGEST_ID = 64  # no identifier here is longer; longer text is refused unread and never cached

OPENALEX_ID = re.compile(
    r"(?:https?://(?:www\.|api\.|explore\.)?openalex\.org/(?:[a-z]+/)?)?([A-Za-z])([0-9]{1,18})"
)
OPENALEX_URL = re.compile(r"https?://(?:[a-z]+\.)?openalex\.org/")
HIERARCHY_ID = re.compile(r"(?:https?://(?:www\.|api\.)?openalex\.org/[a-z]+/)?([0-9]{1,9})")
# Snapshots of 2023 repeat the address ("https://ror.org/https://ror.org/01t3wyv61").
ROR_ID = re.compile(r"(?:https?://(?:www\.)?ror\.org/)*(0[a-z0-9]{8})", re.IGNORECASE)
DOI = re.compile(
    r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:)?\s*(10\..+)", re.IGNORECASE | re.DOTALL
)
OTHER_ENTITIES = frozenset("ACFGIPSTV")  # authors, concepts, funders, awards, institutions ...
# -1 for "no institution" leaked from the source in January 2026.
NOTHING = (None, "", -1, "-1")


class BareForms(dict[Hashable, str | None]):
    """Bare forms of values met before; a new one is read by `reader` (None: not of the kind)."""

    def __init__(self, reader: Callable[[str], str | None]) -> None:
        super().__init__(dict.fromkeys(NOTHING))
        self._reader = reader

    def __missing__(self, value: Hashable) -> str | None:
        if not isinstance(value, str | int) or len(text := str(value)) > LONGEST_ID:
            return None
        bare = self._reader(text)
        if len(self) < CACHED:
            self[value] = bare
        return bare


def openalex_id(value: object, letter: str) -> str | None:
    """Bare OpenAlex id of the entity that `letter` stands for (`W123`), else None."""
    if not isinstance(value, str) or len(value) > LONGEST_ID:
        return None
    match = OPENALEX_ID.fullmatch(value)
    return letter + match[2] if match and match[1].upper() == letter else None


def is_other_entity(value: object) -> bool:
    """Tell whether an id is OpenAlex's, but not that of a work."""
    if not isinstance(value, str) or len(value) > LONGEST_ID:
        return False
    match = OPENALEX_ID.fullmatch(value)
    if match:
        return match[1].upper() in OTHER_ENTITIES
    return OPENALEX_URL.match(value) is not None


def _hierarchy_id(value: str) -> str | None:
    match = HIERARCHY_ID.fullmatch(value)
    return match[1] if match else None


def _ror_id(value: str) -> str | None:
    match = ROR_ID.fullmatch(value)
    return match[1].lower() if match else None


def _country_code(value: str) -> str | None:
    code = value.strip().upper()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None


INSTITUTION_ID = BareForms(lambda value: openalex_id(value, "I"))
TOPIC_ID = BareForms(lambda value: openalex_id(value, "T"))
CONCEPT_ID = BareForms(lambda value: openalex_id(value, "C"))
FUNDER_ID = BareForms(lambda value: openalex_id(value, "F"))
HIERARCHY_NUMBER = BareForms(_hierarchy_id)  # number of a subfield or field, as text
ROR = BareForms(_ror_id)  # in lower case
COUNTRY_CODE = BareForms(_country_code)  # two capital letters; no list of countries is asked


def bare_doi(value: str) -> str | None:
    """DOI without its address, in lower case."""
    match = DOI.fullmatch(value.strip())
    return match[1].lower() if match else None


def instant(value: str) -> datetime | None:
    """Parse an ISO 8601 date or time as an instant in UTC; one without a zone is UTC."""
    if len(value) > LONGEST_ID:
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
