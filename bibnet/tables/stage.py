"""The stages read and corpus: works files to source tables, these to the works that count."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import ibis.expr.types as ir

from bibnet.query import Query
from bibnet.schema import SOURCE_TABLES, Table
from bibnet.schema.corpus import DUPLICATE, EXCLUDED
from bibnet.schema.errors import Fault, InputError
from bibnet.schema.source import AFFILIATION, DELETED_WORK, INPUT_FILE
from bibnet.storage.unfinished import KEPT_FOLDER, READ_FOLDER, TABLES_FOLDER, UnfinishedRun
from bibnet.tables import corpus
from bibnet.tables.fingerprints import with_authors, with_subject
from bibnet.tables.quarantine import QUARANTINE_NAME
from bibnet.tables.read import Reading, read_works


@dataclass(frozen=True)
class Corpus:
    """Where every line went: lines = kept + excluded + duplicates + quarantined.

    `excluded` counts the works left out by the rule that did.
    """

    lines: int
    works_read: int
    works_kept: int
    works_excluded: int
    duplicates: int
    quarantined: int
    excluded: Mapping[str, int] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """Every number by its name in the manifest."""
        return {name: value for name, value in vars(self).items() if name != "excluded"}


def read_source(
    run: UnfinishedRun, works: Sequence[Path], left_out: Collection[Path] = ()
) -> Reading:
    """Works files -> the source tables, every line accounted for; files `left_out` are not read."""
    reading = read_works(works, run.folder / READ_FOLDER, run.status, left_out)
    for table in (*SOURCE_TABLES, INPUT_FILE, DELETED_WORK):
        run.read(READ_FOLDER, table)
    (run.folder / READ_FOLDER / QUARANTINE_NAME).rename(run.folder / QUARANTINE_NAME)
    run.write(corpus.duplicates(run.tables["work"], run.tables["input_file"]), DUPLICATE)
    return reading


def keep_corpus(run: UnfinishedRun, query: Query, reading: Reading, unjudged: ir.Table) -> Corpus:
    """Source tables -> the works that count, and what was left out by which rule.

    Reads ai_hit; `unjudged` has the work_key of works that no AI rule can judge.
    """
    rules = corpus.CorpusRules(
        exclude=query.exclude,
        years=query.years,
        judge_ai=bool(query.ai_rules),
        languages=query.languages,
        max_authors=query.max_authors,
    )
    left_out = corpus.excluded({**run.tables, "ai_unjudged": unjudged}, rules)
    run.write(with_subject(left_out, run.tables, query.ai_rules), EXCLUDED)
    kept = corpus.kept_keys(run.tables)
    for table in SOURCE_TABLES:
        run.write(corpus.only_kept(run.tables[table.name], kept), table, _home(table))
    run.write(run.tables["input_file"], INPUT_FILE)
    return _counted(run, reading)


def leave_out_wide_works(
    run: UnfinishedRun, reading: Reading, country: ir.Table, most: int
) -> Corpus:
    """Leave out works of more than `most` countries; `country` has rows (work_key, country)."""
    wide = corpus.too_many_countries(run.tables["work"], country, most)
    marked = with_authors(wide, run.tables)
    run.rewrite(run.tables["excluded"].union(marked), EXCLUDED)
    kept = corpus.kept_keys(run.tables)
    for table in SOURCE_TABLES:
        run.rewrite(corpus.only_kept(run.tables[table.name], kept), table, _home(table))
    return _counted(run, reading)


def _home(table: Table) -> str:
    # Affiliations become a table of the run when they are placed.
    return KEPT_FOLDER if table is AFFILIATION else TABLES_FOLDER


def _counted(run: UnfinishedRun, reading: Reading) -> Corpus:
    return Corpus(
        lines=reading.lines,
        works_read=reading.works,
        works_kept=run.number("work"),
        works_excluded=run.number("excluded"),
        duplicates=run.number("duplicate"),
        quarantined=reading.quarantined,
        excluded=run.tally("excluded", "rule"),
    )


def require_works(corpus: Corpus, reading: Reading, works: Sequence[Path]) -> None:
    """Raise InputError, with the reasons, if no work is left; `works` are the paths given."""
    if corpus.works_kept:
        return
    reasons = {**corpus.excluded, **reading.reasons, "duplicate": corpus.duplicates}
    shown = ", ".join(f"{reason} {number}" for reason, number in reasons.items() if number)
    raise InputError(
        Fault(
            f"no work is left of {corpus.lines} lines ({shown or 'no line was read'})",
            ", ".join(str(path) for path in works),
            "name files with works, or widen the rules of the query",
        )
    )
