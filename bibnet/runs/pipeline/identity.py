"""What decides the name of a run: its query, inputs, lists and versions, written out."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bibnet.query import Query
from bibnet.reference import load as reference
from bibnet.storage.package import bibnet_version

# Those that numbers, names and pictures come from: another version may change last digits.
LIBRARIES = (
    "altair",
    "duckdb",
    "ibis-framework",
    "igraph",
    "lightgbm",
    "msgspec",
    "numpy",
    "pandas",
    "pyarrow",
    "scikit-learn",
    "scipy",
    "vl-convert-python",
    "xlsxwriter",
)
HASH_DIGITS = 8
UNDATED = "undated"


def query_record(query: Query) -> dict[str, Any]:
    """The query as it took effect, with the countries of each side written out."""
    return {
        "name": query.name,
        "question": query.question,
        "works": {
            "years": list(query.years) if query.years else None,
            "ai": list(query.ai),
            "harvest": query.harvest,
            "exclude": list(query.exclude),
            "languages": list(query.languages),
            "max_authors": query.max_authors,
            "max_countries": query.max_countries,
            "concept_score": query.concept_score,
            "deduplicate": query.deduplicate,
            "classifier": query.classifier.name if query.classifier else None,
            "institutions": list(query.institutions),
            "funders": list(query.funders),
            "ids": {"file": query.ids.file, "sha256": query.ids.sha256} if query.ids else None,
            "venues": query.venues or None,
            "top_cited": query.top_cited,
        },
        "sides": {side: list(countries) for side, countries in query.sides.items()},
        "side_order": list(query.sides),
        "side_institutions": {side: list(ids) for side, ids in query.side_institutions.items()},
        "schemes": dict(query.schemes),
        "review": {"verdicts": query.verdicts.name if query.verdicts else None},
        "count": {
            "affiliations": query.affiliations,
            "citation_window": query.citation_window,
            "population": query.population.name if query.population else None,
        },
        "network": {
            "level": query.level,
            "min_works": query.min_works,
            "strata": query.strata,
        },
    }


def reference_records(lists: Path = reference.PACKAGED) -> list[dict[str, Any]]:
    """Every reference list with its card and the hash of its file; those of `lists` go before."""
    own = set(reference.names(lists))
    homes = {name: lists if name in own else reference.PACKAGED for name in reference.names()}
    return [
        {"name": name, "sha256": reference.digest(name, home), **vars(reference.card(name, home))}
        for name, home in homes.items()
    ]


def versions() -> dict[str, str]:
    """Versions of bibnet and of the libraries that numbers or pictures come from."""
    return {"bibnet": bibnet_version(), **{name: version(name) for name in LIBRARIES}}


def run_name(source: date | None, identity: Mapping[str, Any]) -> str:
    """Name of a run: the source's date and the start of the hash of what went in.

    `identity` holds query, inputs, lists and version. Without a date: `undated`.
    """
    text = json.dumps(identity, sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(text.encode()).hexdigest()[:HASH_DIGITS]
    return f"{source.isoformat() if source else UNDATED}-{digest}"
