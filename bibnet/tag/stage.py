"""The stage tag: affiliations, funders and texts to what the reference lists say of them."""

from collections.abc import Collection, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import ibis
import pandas as pd

from bibnet.reference.load import PACKAGED
from bibnet.schema.tags import (
    COMPANY,
    FUNDING,
    FUNDING_PROGRAMME,
    HELD_BACK,
    KEYWORD_HIT,
    LIST_FLAG,
    LIST_INTERVAL,
)
from bibnet.storage.tables import TableWriter, declared_rows
from bibnet.storage.unfinished import TABLES_FOLDER, UnfinishedRun
from bibnet.tag.companies import company_table
from bibnet.tag.funders.funders import FunderEvidence, funding
from bibnet.tag.funders.lists_of_run import funder_list, programme_rows
from bibnet.tag.funders.unlisted import FunderRecord, OtherFunders, registered
from bibnet.tag.keywords import keywords
from bibnet.tag.lists import campus, flag_tables
from bibnet.tag.lists.defence import Flagged
from bibnet.tag.lists.intervals import interval_rows
from bibnet.tag.lists.kept_flags import Bodies, FlagsAsked
from bibnet.tag.lists.verdict import Verdicts, reject_flags
from bibnet.tag.place_names import place_names


@dataclass(frozen=True)
class Flags:
    """Flagged affiliations by rule, those that reviewers rejected, strings held back by guard."""

    rules: Mapping[str, int]
    rejected: Mapping[str, int]
    held_back_strings: Mapping[str, int]


@dataclass(frozen=True)
class Known:
    """What the works are compared with.

    `organisations` are those of the registry, `registry` is its digest, `funder_records` the
    funders' own by id, `lists` is the folder of the lists of bodies and, where it has its own, of
    funders.
    """

    organisations: Collection[campus.Organisation]
    verdicts: Verdicts
    funder_records: Mapping[str, FunderRecord]
    lists: Path = PACKAGED
    registry: str = ""


def tag_works(run: UnfinishedRun, known: Known, *, resolve: bool) -> Flags:
    """Write funders, list flags, keywords and companies of the works.

    Without `resolve` no company is read from strings.
    """
    combination = run.frame(flag_tables.combinations(run.tables))
    bodies = Bodies(known.organisations, known.lists, known.registry)
    with closing(FlagsAsked(combination, bodies)) as asked:
        _find_funders(run, known)
        _find_keywords(run, known.verdicts)
        _name_companies(run, resolve=resolve)
        run.write(declared_rows(LIST_INTERVAL, interval_rows(known.lists)), LIST_INTERVAL)
        found = asked.answer()
    return _write_flags(run, combination, found, known.verdicts)


def _find_funders(run: UnfinishedRun, known: Known) -> None:
    others = OtherFunders(known.funder_records, registered(known.organisations))
    evidence = FunderEvidence(funder_list(known.lists), others=others)
    run.write(funding(run.tables, evidence), FUNDING)
    run.write(declared_rows(FUNDING_PROGRAMME, programme_rows(known.lists)), FUNDING_PROGRAMME)


def _write_flags(
    run: UnfinishedRun, combination: pd.DataFrame, found: Flagged, verdicts: Verdicts
) -> Flags:
    judged = replace(found, flags=reject_flags(found.flags, verdicts))
    run.write(flag_tables.list_flags(run.tables, combination, judged), LIST_FLAG)
    run.write(flag_tables.held_back(run.tables, combination, judged), HELD_BACK)
    return Flags(
        rules=run.tally("list_flag", "rule"),
        rejected=run.tally("list_flag", "rejected_by"),
        held_back_strings=_held_back_strings(run),
    )


def _held_back_strings(run: UnfinishedRun) -> dict[str, int]:
    """Distinct strings, names and entries held back, by guard."""
    held = run.tables["held_back"]
    distinct = held.select("guard", "text", "entry_id", "matched_text").distinct()
    counted = distinct.group_by("guard").aggregate(strings=distinct.count())
    rows = run.frame(counted.order_by("guard"))
    return dict(zip(rows["guard"], map(int, rows["strings"]), strict=True))


def _find_keywords(run: UnfinishedRun, verdicts: Verdicts) -> None:
    known = keywords.packaged_keywords(verdicts.dropped())
    with TableWriter(run.folder / TABLES_FOLDER, KEYWORD_HIT) as writer:
        for batch in run.engine.batches(keywords.texts(run.tables)):
            writer.write(keywords.keyword_hits(batch, known))
    run.read(TABLES_FOLDER, KEYWORD_HIT)


def _name_companies(run: UnfinishedRun, *, resolve: bool) -> None:
    expression = company_table.strings(run.tables)
    if not resolve:
        expression = expression.filter(ibis.literal(False))
    string = run.frame(expression)
    run.write(company_table.companies(run.tables, string, place_names()), COMPANY)
