"""Works of a finished run placed anew, by the source alone or by their strings alone.

What the source asserts of an affiliation changes without a change in the world; its string is
printed on the paper. Read by one matcher and one registry, equal strings are in equal places.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import ibis
import ibis.expr.types as ir

from bibnet.network.membership import membership
from bibnet.network.scope import work_scope, work_sides
from bibnet.places.stage import locate_strings, place_affiliations, weigh_evidence
from bibnet.schema.source import AFFILIATION, AFFILIATION_KEY
from bibnet.schema.ties import COUNTRY_MEMBERSHIP, INSTITUTION_MEMBERSHIP, WORK_SCOPE, WORK_SIDE
from bibnet.storage.engine import Engine, Tables
from bibnet.storage.unfinished import READ_FOLDER, TABLES_FOLDER, UnfinishedRun

ASSERTED = ("asserted_institution", "stated_country")
AS_THEY_ARE = ("work", "authorship", "funding", "award", "list_flag", "side_country")
SAID_BY_STRINGS = ("located_string", "named_place", "harvest_memory", "registry_place")


def read_strings(
    engine: Engine, folder: Path, runs: Sequence[Tables], registry: Path | None
) -> Tables:
    """What the strings of several runs say: tables of the stage places, each string read once.

    Nothing is remembered of what the source made of a string.
    """
    run = _scratch_run(engine, folder)
    texts = ibis.union(*(tables["affiliation"].select("text") for tables in runs), distinct=True)
    none = ibis.literal(0, "int64")
    run.tables["affiliation"] = texts.mutate(**dict.fromkeys(AFFILIATION_KEY, none))
    run.tables["asserted_institution"] = runs[0]["asserted_institution"].filter(False)
    locate_strings(run, registry, resolve=True)
    return MappingProxyType({name: run.tables[name] for name in SAID_BY_STRINGS})


def placed_by_source(engine: Engine, folder: Path, tables: Tables, said: Tables) -> Tables:
    """Tables of a run whose affiliations are where the source says; strings are not asked."""
    run = _scratch_run(engine, folder)
    own = tables["affiliation"].select(*AFFILIATION_KEY, "text")
    run.tables |= {name: tables[name] for name in (*AS_THEY_ARE, *ASSERTED)}
    run.tables |= {"affiliation": own.filter(own.affiliation_seq > 0), **said}
    return _placed(run, resolve=False)


def placed_by_strings(engine: Engine, folder: Path, tables: Tables, said: Tables) -> Tables:
    """Tables of a run whose affiliations are where their strings say; the source is not asked.

    An author has one affiliation for each string. One without a string has none.
    """
    run = _scratch_run(engine, folder)
    run.tables |= {name: tables[name] for name in AS_THEY_ARE}
    run.tables |= {name: tables[name].filter(False) for name in ASSERTED}
    run.tables |= said
    run.write(_affiliations(tables["affiliation"]), AFFILIATION, READ_FOLDER)
    return _placed(run, resolve=True)


def _affiliations(rows: ir.Table) -> ir.Table:
    texts = rows.filter(rows.text.notnull()).select("work_key", "author_seq", "text").distinct()
    order = ibis.window(group_by=[texts.work_key, texts.author_seq], order_by=[texts.text])
    return texts.mutate(affiliation_seq=ibis.row_number().over(order).cast("int64") + 1)


def _placed(run: UnfinishedRun, *, resolve: bool) -> Mapping[str, ir.Table]:
    place_affiliations(run, weigh_evidence(run, resolve=resolve))
    side_country = run.tables["side_country"]
    sides = run.frame(side_country.aggregate(sides=side_country.side.nunique()))["sides"][0]
    run.write(membership(run.tables, "country"), COUNTRY_MEMBERSHIP)
    run.write(membership(run.tables, "institution_id"), INSTITUTION_MEMBERSHIP)
    run.write(work_sides(run.tables, side_country), WORK_SIDE)
    run.write(work_scope(run.tables, int(sides)), WORK_SCOPE)
    return run.tables


def _scratch_run(engine: Engine, folder: Path) -> UnfinishedRun:
    for name in (READ_FOLDER, TABLES_FOLDER):
        (folder / name).mkdir(parents=True)
    return UnfinishedRun(folder, engine, say=lambda line: None)
