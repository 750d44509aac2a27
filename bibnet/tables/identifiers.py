"""Identifiers, codes and instants of the sources in their bare, declared form.

Each function gives None for a value that is not of its kind; the caller then
empties the cell and notes a field issue.
"""

import re
from datetime import UTC, datetime
from functools import lru_cache

CACHED = 65_536  # institutions, topics and concepts repeat from work to work
LONGEST_ID = 64  # no identifier here is longer; longer text is refused unread and never cached

OPENALEX_ID = re.compile(
    r"(?:https?://(?:www\.|api\.|explore\.)?openalex\.org/(?:[a-z]+/)?)?([A-Za-z])([0-9]{1,18})"
)
OPENALEX_URL = re.compile(r"https?://(?:[a-z]+\.)?openalex\.org/")
HIERARCHY_ID = re.compile(r"(?:https?://(?:www\.|api\.)?openalex\.org/[a-z]+/)?([0-9]{1,9})")
ROR_ID = re.compile(r"(?:https?://(?:www\.)?ror\.org/)?(0[a-z0-9]{8})", re.IGNORECASE)
DOI = re.compile(
    r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:)?\s*(10\..+)", re.IGNORECASE | re.DOTALL
)
OTHER_ENTITIES = frozenset("ACFGIPSTV")  # authors, concepts, funders, awards, institutions ...


@lru_cache(CACHED)
def _openalex_parts(value: str) -> tuple[str, str] | None:
    match = OPENALEX_ID.fullmatch(value)
    return (match[1].upper(), match[2]) if match else None


def openalex_id(value: object, letter: str) -> str | None:
    """Bare OpenAlex id of the entity that `letter` stands for (`W123`), else None."""
    if not isinstance(value, str) or len(value) > LONGEST_ID:
        return None
    parts = _openalex_parts(value)
    return letter + parts[1] if parts and parts[0] == letter else None


def is_other_entity(value: object) -> bool:
    """Tell whether an id is OpenAlex's, but not that of a work."""
    if not isinstance(value, str) or len(value) > LONGEST_ID:
        return False
    parts = _openalex_parts(value)
    if parts:
        return parts[0] in OTHER_ENTITIES
    return OPENALEX_URL.match(value) is not None


@lru_cache(CACHED)
def _hierarchy_id(value: str) -> str | None:
    match = HIERARCHY_ID.fullmatch(value)
    return match[1] if match else None


def hierarchy_id(value: str | int) -> str | None:
    """Number of a subfield or field as text, from a URL, a text or a number."""
    text = str(value) if isinstance(value, int) and abs(value) < 10**9 else value
    return _hierarchy_id(text) if isinstance(text, str) and len(text) <= LONGEST_ID else None


@lru_cache(CACHED)
def _ror_id(value: str) -> str | None:
    match = ROR_ID.fullmatch(value)
    return match[1].lower() if match else None


def ror_id(value: str) -> str | None:
    """ROR id without its address, in lower case."""
    return _ror_id(value) if len(value) <= LONGEST_ID else None


def bare_doi(value: str) -> str | None:
    """DOI without its address, in lower case."""
    match = DOI.fullmatch(value.strip())
    return match[1].lower() if match else None


@lru_cache(CACHED)
def _country_code(value: str) -> str | None:
    code = value.strip().upper()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None


def country_code(value: str) -> str | None:
    """Two capital letters, else None. Whether a country has the code is not asked here."""
    return _country_code(value) if len(value) <= LONGEST_ID else None


def instant(value: str) -> datetime | None:
    """Parse an ISO 8601 date or time as an instant in UTC; one without a zone is UTC."""
    if len(value) > LONGEST_ID:
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
