"""The stages read and corpus: works files to source tables, these to the works that count."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import ibis
import ibis.expr.types as ir

from bibnet.query import Query
from bibnet.query.model import FIRST_YEAR
from bibnet.schema import SOURCE_TABLES, Table
from bibnet.schema.corpus import DUPLICATE, EXCLUDED, SAME_PAPER
from bibnet.schema.errors import Fault, InputError
from bibnet.schema.source import AFFILIATION, DELETED_WORK, INPUT_FILE
from bibnet.storage.unfinished import (
    KEPT_FOLDER,
    READ_FOLDER,
    TABLES_FOLDER,
    Portions,
    UnfinishedRun,
)
from bibnet.tables import corpus
from bibnet.tables.fingerprints import with_authors, with_subject
from bibnet.tables.formats.not_read import advice
from bibnet.tables.kept_reading import read_or_take
from bibnet.tables.quarantine import QUARANTINE_NAME
from bibnet.tables.reading import Reading
from bibnet.tables.same_paper import SamePapers, joint_works, same_papers

# Of this many works the groups of texts of a table take a third of DuckDB's memory.
WORKS_AT_ONCE = 100_000


@dataclass(frozen=True)
class Corpus:
    """Where every line went: lines = kept + excluded + duplicates + quarantined.

    `excluded` counts the works left out by the rule that did, `works_without_authors` the works
    kept that have neither an author nor an affiliation.
    """

    lines: int
    works_read: int
    works_kept: int
    works_excluded: int
    duplicates: int
    quarantined: int
    works_without_authors: int = 0
    excluded: Mapping[str, int] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """Every number by its name in the manifest."""
        return {name: value for name, value in vars(self).items() if name != "excluded"}


def read_source(
    run: UnfinishedRun, works: Sequence[Path], left_out: Collection[Path] = ()
) -> Reading:
    """Works files -> the source tables, every line accounted for; files `left_out` are not read."""
    reading, earlier = read_or_take(works, run.folder / READ_FOLDER, run.status, left_out)
    if earlier:
        run.say("works files as an earlier run read them")
    for table in (*SOURCE_TABLES, INPUT_FILE, DELETED_WORK):
        run.read(READ_FOLDER, table)
    run.work_bounds = _bounds(run, reading.works)
    (run.folder / READ_FOLDER / QUARANTINE_NAME).rename(run.folder / QUARANTINE_NAME)
    twice = corpus.duplicates(run.tables["work"], run.tables["input_file"])
    run.write(twice, DUPLICATE, portions=Portions.NONE)
    return reading


def last_year_read(run: UnfinishedRun) -> int | None:
    """The last year that the files reach, by all works that were read (see `corpus.last_year`)."""
    works = run.tally("work", "year")
    return corpus.last_year({int(year): works[year] for year in works if year.isdecimal()})


def _bounds(run: UnfinishedRun, works: int) -> tuple[int, ...]:
    """Keys of works that part them into portions of WORKS_AT_ONCE; none where there are fewer."""
    if works <= WORKS_AT_ONCE:
        return ()
    key = run.tables["work"].select("work_key")
    numbered = key.mutate(number=ibis.row_number().over(ibis.window(order_by=key.work_key)))
    first = numbered.filter((numbered.number % WORKS_AT_ONCE == 0) & (numbered.number > 0))
    return tuple(map(int, run.frame(first.order_by("work_key"))["work_key"]))


def keep_corpus(
    run: UnfinishedRun, query: Query, reading: Reading, unjudged: ir.Table, source: date | None
) -> Corpus:
    """Source tables -> the works that count, and what was left out by which rule.

    Reads ai_hit; `unjudged` has the work_key of works that no AI rule can judge; `source` is the
    date of the source.
    """
    rules = corpus.CorpusRules(
        exclude=query.exclude,
        years=query.years,
        plausible=(FIRST_YEAR, corpus.last_plausible_year(source)),
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


def list_same_papers(
    run: UnfinishedRun, country: ir.Table, sides: int | None, *, merged: bool
) -> SamePapers:
    """Write the works that are one paper with another (same_paper), and count what merging does.

    `country` has rows (work_key, country); `sides` is the number of sides, None where countries do
    not tell which works are joint: then only the pairs are counted.
    """
    run.write(same_papers(run.tables), SAME_PAPER, portions=Portions.NONE)
    same = run.tables["same_paper"]
    if sides is None:
        return SamePapers(pairs=run.tally("same_paper", "rule"), merged=merged)
    joint = joint_works(country, run.tables["side_country"], sides)
    works, both = run.number("work"), run.number_of(joint)
    return SamePapers(
        pairs=run.tally("same_paper", "rule"),
        merged=merged,
        works=works,
        joint_works=both,
        left=works - run.number("same_paper"),
        joint_left=both - run.number_of(joint.semi_join(same, "work_key")),
    )


def wide_works(run: UnfinishedRun, country: ir.Table, most: int) -> ir.Table:
    """Works of more than `most` countries (EXCLUDED); `country` has rows (work_key, country)."""
    return corpus.too_many_countries(run.tables["work"], country, most)


def leave_out(run: UnfinishedRun, reading: Reading, works: ir.Table) -> Corpus:
    """Leave out works that are known only when the others are placed; rows of EXCLUDED."""
    run.rewrite(run.tables["excluded"].union(with_authors(works, run.tables)), EXCLUDED)
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
        works_without_authors=run.number_of(_without_authors(run)),
        excluded=run.tally("excluded", "rule"),
    )


def _without_authors(run: UnfinishedRun) -> ir.Table:
    keys = [run.tables[name].select("work_key") for name in ("authorship", "affiliation")]
    work = run.tables["work"].select("work_key")
    return work.anti_join(keys[0], "work_key").anti_join(keys[1], "work_key")


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
            "; ".join(advice(reading.reasons))
            or "name files with works, or widen the query's rules",
        )
    )
