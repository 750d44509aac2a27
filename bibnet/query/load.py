"""Query files: a path or a name in, a checked Query out."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bibnet.query import selection
from bibnet.query.model import AFFILIATION_MODES, EXCLUSIONS, HARVESTS, LEVELS, STRATA, Query
from bibnet.query.reader import QueryReader
from bibnet.schema.errors import Fault, QueryError, UsageError
from bibnet.storage.disk import is_file


@dataclass(frozen=True)
class QueryFiles:
    """Files that stand in for those a query names; None = as the query has it."""

    classifier: Path | None = None
    population: Path | None = None


NO_FILES = QueryFiles()
WHOLE_BITS = 64  # of a whole number in TOML 1.0, its sign among them


def find_query(name: str) -> Path:
    """Path of a query given as a path or as a name in `queries/`.

    Looks at the path itself, then `queries/` below the current folder, then the
    queries that come with bibnet. Raises QueryError naming the queries there are.
    """
    folders = _query_folders()
    candidates = [Path(name), *(folder / f"{name}.toml" for folder in folders)]
    for candidate in candidates:
        if is_file(candidate):
            return candidate
    known = sorted({path.stem for folder in folders for path in folder.glob("*.toml")})
    raise QueryError(
        Fault(
            f"there is no query {name!r}",
            ", ".join(str(candidate) for candidate in candidates),
            f"give the path of a query file, or one of: {', '.join(known)}",
        )
    )


def _query_folders() -> list[Path]:
    package = Path(__file__).parents[1]
    folders = (Path("queries"), package / "queries", package.parent / "queries")
    return [folder for folder in folders if folder.is_dir()]


def load_query(path: Path, files: QueryFiles = NO_FILES) -> Query:
    """Read and check a query file; raises QueryError with every fault of the file.

    `files` are given in place of those that the query names.
    """
    try:
        text = path.read_text(encoding="utf-8")
        document = tomllib.loads(text)
        _require_numbers_of_toml(document)
    except (OSError, ValueError, RecursionError) as error:
        # A ValueError is no UTF-8, no TOML, or a number of more digits than TOML has.
        raise QueryError(
            Fault(f"the query cannot be read: {error}", str(path), "write it as TOML in UTF-8")
        ) from error
    return parse_query(document, path=path, text=text, files=files)


def _require_numbers_of_toml(value: object) -> None:
    """Raise ValueError at a whole number beyond TOML's 64 bits; Python would take any."""
    if isinstance(value, int) and value.bit_length() >= WHOLE_BITS:
        raise ValueError(f"a whole number of more than {WHOLE_BITS} bits")
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in items:
        _require_numbers_of_toml(item)


def parse_query(
    document: Mapping[str, Any], *, path: Path, text: str = "", files: QueryFiles = NO_FILES
) -> Query:
    """Check a query given as nested dictionaries; `path` is named in the faults."""
    reader = QueryReader(document, path)
    query = Query(
        name=reader.name(),
        question=reader.string("question"),
        sides=reader.sides(),
        schemes=reader.schemes(),
        years=reader.years(),
        ai=reader.ai(),
        harvest=reader.choice("works.harvest", HARVESTS, "sides"),
        exclude=reader.choices("works.exclude", EXCLUSIONS, EXCLUSIONS),
        languages=reader.strings("works.languages"),
        max_authors=reader.whole("works.max_authors"),
        max_countries=reader.whole("works.max_countries"),
        concept_score=reader.score("works.concept_score"),
        deduplicate=reader.truth("works.deduplicate"),
        affiliations=reader.choice("count.affiliations", AFFILIATION_MODES, "resolve"),
        level=reader.choice("network.level", LEVELS, "institution"),
        min_works=reader.whole("network.min_works"),
        citation_window=reader.whole("count.citation_window"),
        strata=reader.choice("network.strata", STRATA, "year"),
        verdicts=reader.present_file("review.verdicts", None),
        text=text,
        classifier=reader.classifier(files.classifier),
        population=reader.present_file("count.population", files.population),
        institutions=selection.institutions(reader, "works.institutions"),
        funders=selection.funders(reader),
        ids=selection.work_ids(reader),
        venues=selection.venues(reader),
        top_cited=selection.top_cited(reader),
        side_institutions=selection.side_institutions(reader),
    )
    reader.finish()
    return query


def with_affiliations(query: Query, mode: str) -> Query:
    """The query with another way of placing affiliations; raises UsageError if unknown."""
    if mode not in AFFILIATION_MODES:
        raise UsageError(
            Fault(
                f"there is no way {mode!r} to place affiliations",
                f"--affiliations {mode}",
                f"use one of: {', '.join(AFFILIATION_MODES)}",
            )
        )
    return replace(query, affiliations=mode)
