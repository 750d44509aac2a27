"""What a query narrows its works to beyond countries: institutions, funders, ids, venues, cited.

Each function takes its value out of the query and notes the faults.
"""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from bibnet.query.model import INSTITUTION, WorkIds, is_institutions
from bibnet.query.reader import QueryReader
from bibnet.reference import load as reference
from bibnet.reference.identifier import is_ror

FUNDER = re.compile(r"(?:https?://(?:www\.)?openalex\.org/(?:funders/)?)?(F[0-9]{2,18})")
WORK = re.compile(r"(?:https?://(?:www\.|api\.)?openalex\.org/(?:works/)?)?(W[0-9]{1,18})", re.I)
DOI = re.compile(r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)?(10\.[0-9]{4,9}/\S+)", re.I)
COMMENT = "#"


def institutions(reader: QueryReader, key: str) -> tuple[str, ...]:
    """Bare OpenAlex or ROR ids of institutions, in the given order, each once."""
    found = []
    for value in reader.strings(key):
        match = INSTITUTION.fullmatch(value.strip())
        if match is None or (match["ror"] and not is_ror(match["ror"])):
            remedy = "use OpenAlex ids (I123) or ROR ids (05gsxrt27)"
            reader.fault("no id of an institution", key, value, remedy)
        else:
            found.append(match["openalex"] or match["ror"])
    return tuple(dict.fromkeys(found))


def side_institutions(reader: QueryReader) -> dict[str, tuple[str, ...]]:
    """Ids of the institutions of each side that is given by them; no id in two sides."""
    sides = reader.get("sides")
    named = sides.items() if isinstance(sides, Mapping) else ()
    found = {
        side: institutions(reader, f"sides.{side}")
        for side, value in named
        if is_institutions(value)
    }
    first: dict[str, str] = {}
    for side, ids in found.items():
        for one in ids:
            other = first.setdefault(one, side)
            if other != side:
                where = f"sides.{other} and sides.{side}"
                reader.fault(f"sides overlap in {one}", where, one, "give it to one side")
    return found


def funders(reader: QueryReader) -> tuple[str, ...]:
    """Bare OpenAlex ids of funders, in the given order, each once."""
    found = []
    for value in reader.strings("works.funders"):
        match = FUNDER.fullmatch(value.strip())
        if match is None:
            reader.fault("no id of a funder", "works.funders", value, "use OpenAlex ids (F123)")
        else:
            found.append(match[1])
    return tuple(dict.fromkeys(found))


def work_ids(reader: QueryReader) -> WorkIds | None:
    """The works that a file names, one DOI or OpenAlex id a line; every other line is a fault.

    Blank lines and lines that begin with # are passed over.
    """
    path = reader.present_file("works.ids", None)
    if path is None:
        return None
    content = path.read_bytes()
    dois, works = set(), set()
    for number, line in enumerate(content.decode("utf-8-sig", "replace").splitlines(), 1):
        text = line.strip().strip('",;').strip()
        if not text or text.startswith(COMMENT):
            continue
        doi, work = DOI.fullmatch(text), WORK.fullmatch(text)
        if doi:
            dois.add(doi[1].lower())
        elif work:
            works.add(work[1].upper())
        else:
            reader.fault(
                "neither a DOI nor an id of a work",
                "works.ids",
                f"{Path(path).name}, line {number}: {text[:60]}",
                "write one DOI (10.1038/nature14539) or OpenAlex id (W123) a line",
            )
    if not (dois or works) and not reader.faults:
        reader.fault("no work is named", "works.ids", path.name, "write one DOI or id a line")
    digest = hashlib.sha256(content).hexdigest()
    return WorkIds(path.name, digest, frozenset(dois), frozenset(works))


def venues(reader: QueryReader) -> str:
    """The name of a scheme of venues; empty where none is asked for."""
    value = reader.get("works.venues")
    known = venue_schemes()
    if value is None:
        return ""
    if value not in known:
        remedy = f"use one of: {', '.join(known)}"
        reader.fault("unknown scheme of venues", "works.venues", value, remedy)
        return ""
    return str(value)


def top_cited(reader: QueryReader) -> float | None:
    """The share of works to keep, the most cited ones of each field and year."""
    value = reader.get("works.top_cited")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1:
        remedy = "write top_cited = 0.1 for the most cited tenth"
        reader.fault("not a share between 0 and 1", "works.top_cited", value, remedy)
        return None
    return float(value)


def venue_schemes() -> list[str]:
    """Names of the schemes of venues, sorted."""
    return sorted({row["scheme"] for row in reference.rows("venue_schemes")})


# What stands around a venue's name: years, ordinals, "Proceedings of the", brackets, volumes.
AROUND = re.compile(
    r"\([^()]*\)|\[[^\[\]]*\]|\b(?:19|20)\d\d\b|\b\d{1,3}(?:st|nd|rd|th)\b|'\d\d\b|"
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\w+teenth|"
    r"\w+tieth|(?:twenty|thirty|forty|fifty)[- ]\w+)\b|\bproceedings\s+of\b|\bproc\.?\s|"
    r"\b(?:vol(?:ume)?|part)\.?\s*\d+\b",
    re.IGNORECASE,
)
ARTICLES = frozenset({"the", "of", "annual", "on", "in"})


def venue_key(name: str) -> str:
    """The key by which names of venues are compared: words, without what stands around a name."""
    words = re.sub(r"[^\w]+", " ", AROUND.sub(" ", name.casefold())).split()
    return " ".join(word for word in words if word not in ARTICLES and not word.isdigit())


def venue_keys(scheme: str) -> frozenset[str]:
    """Keys of every name of the venues of a scheme."""
    rows = reference.rows("venue_schemes")
    return frozenset(venue_key(row["name"]) for row in rows if row["scheme"] == scheme)
