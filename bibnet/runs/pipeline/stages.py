"""The stages of a run, one function each: tables in, tables out. `pipeline` knows their order."""

from collections.abc import Iterator
from dataclasses import asdict, replace

import ibis

from bibnet.metrics import exhibits
from bibnet.metrics.citations.exhibits import impact_exhibits
from bibnet.metrics.counts import pairs, shares
from bibnet.metrics.structure.centrality import centrality_exhibits
from bibnet.metrics.structure.exhibits import structure_exhibits
from bibnet.metrics.structure.levels import write_level_exhibits, write_level_ties
from bibnet.network.membership import membership
from bibnet.network.scope import side_countries, work_scope, work_sides
from bibnet.network.ties import ties
from bibnet.places.decide import evidence, place
from bibnet.places.decide.labels import label_agreement
from bibnet.places.decide.memory import harvest_memory
from bibnet.places.decide.whereabouts import registry_places
from bibnet.places.locate.naming import named_places
from bibnet.places.locate.table import located_table
from bibnet.places.registry.index_cache import open_registry
from bibnet.reference import load as reference
from bibnet.report import prepare_library, write_report
from bibnet.runs import checks
from bibnet.runs.pipeline.summary import manifest, report_content
from bibnet.schema import EXHIBITS, SOURCE_TABLES, Table, derived
from bibnet.schema import places as place_tables
from bibnet.schema import source as source_tables
from bibnet.schema.errors import Fault, InputError
from bibnet.schema.keywords import KEYWORD_HIT
from bibnet.storage.store import EXHIBITS_FOLDER, TableWriter, write_exhibit, write_table
from bibnet.storage.workbench import (
    KEPT_FOLDER,
    NETWORK_FOLDER,
    READ_FOLDER,
    TABLES_FOLDER,
    Workbench,
)
from bibnet.tables import corpus
from bibnet.tables.read import read_works
from bibnet.tag import actors
from bibnet.tag.ai.stage import judge_works
from bibnet.tag.funders import funders
from bibnet.tag.keywords import keywords
from bibnet.tag.lists import campus, defence, flagging
from bibnet.tag.lists.guard import Guards, namesakes
from bibnet.tag.lists.verdict import Verdicts, read_verdicts, reject_flags
from bibnet.tag.place_names import place_names

PROCESSES = 2  # that locate strings; each takes half a gigabyte
# Beside the exhibits, whose columns leave no room for a mark.
INVENTED_FILE = "INVENTED.txt"


def run_read(bench: Workbench) -> None:
    """Works files -> the source tables, every line accounted for."""
    reference.check_all()
    verdicts = bench.verdict_file
    bench.facts["verdicts"] = read_verdicts(verdicts) if verdicts else Verdicts()
    for name in (READ_FOLDER, KEPT_FOLDER, TABLES_FOLDER, NETWORK_FOLDER):
        (bench.folder / name).mkdir()
    reading = read_works(bench.request.works, bench.folder / READ_FOLDER)
    bench.facts["reading"] = reading
    for table in (*SOURCE_TABLES, source_tables.INPUT_FILE, source_tables.DELETED_WORK):
        bench.read(READ_FOLDER, table)
    (bench.folder / READ_FOLDER / "quarantine.jsonl").rename(bench.folder / "quarantine.jsonl")


def run_corpus(bench: Workbench) -> None:
    """Source tables -> the works that count, and what was left out by which rule."""
    query = bench.request.query
    rules = corpus.CorpusRules(
        exclude=query.exclude,
        years=query.years,
        judge_ai=bool(query.ai_rules),
        languages=query.languages,
        max_authors=query.max_authors,
    )
    bench.write(corpus.duplicates(bench.tables["work"]), derived.DUPLICATE)
    judge_works(bench)
    bench.write(corpus.excluded(bench.tables, rules), derived.EXCLUDED)
    kept = corpus.kept_keys(bench.tables)
    for table in SOURCE_TABLES:
        bench.write(corpus.only_kept(bench.tables[table.name], kept), table, _home(table))
    bench.write(bench.tables["input_file"], source_tables.INPUT_FILE)
    _count_lines(bench)


def _home(table: Table) -> str:
    # Affiliations become a table of the run when they are placed.
    return KEPT_FOLDER if table is source_tables.AFFILIATION else TABLES_FOLDER


def _count_lines(bench: Workbench) -> None:
    reading = bench.facts["reading"]
    counts = {
        "lines": reading.lines,
        "works_read": reading.works,
        "works_kept": bench.number("work"),
        "works_excluded": bench.number("excluded"),
        "duplicates": bench.number("duplicate"),
        "quarantined": reading.quarantined,
    }
    bench.facts["counts"] = counts
    bench.facts["excluded"] = bench.tally("excluded", "rule")
    checks.check_lines(counts)
    if not counts["works_kept"]:
        raise InputError(_nothing_kept(bench))


def _nothing_kept(bench: Workbench) -> Fault:
    counts, reading = bench.facts["counts"], bench.facts["reading"]
    reasons = {**bench.facts["excluded"], **reading.reasons, "duplicate": counts["duplicates"]}
    shown = ", ".join(f"{reason} {number}" for reason, number in reasons.items() if number)
    return Fault(
        f"no work is left of {counts['lines']} lines ({shown or 'no line was read'})",
        ", ".join(str(path) for path in bench.request.works),
        "name files with works, or widen the rules of the query",
    )


def run_places(bench: Workbench) -> None:
    """Affiliations -> their countries and institutions, with the evidence."""
    # The corpus is sure by now: the report's library can be made on the second core.
    prepare_library()
    query = bench.request.query
    resolve = query.affiliations == "resolve"
    _locate_strings(bench, resolve=resolve)
    found = _weigh_evidence(bench, resolve=resolve)
    if query.max_countries:
        _leave_out_wide_works(bench, query.max_countries)
        found = _weigh_evidence(bench, resolve=resolve)
    answer = bench.tables["country_answer"]
    choice = evidence.decided(answer)
    bench.write(evidence.placed_affiliations(found, answer, choice), derived.PLACED_AFFILIATION)
    seats, sides = bench.tables["registry_place"], side_countries(query.sides)
    bench.write(place.places(found, choice, seats), place_tables.PLACE)
    bench.tables["side_country"] = sides
    bench.write(place.institutions(bench.tables, sides, seats), place_tables.INSTITUTION)
    _compare_labels(bench)
    bench.facts["levels"] = bench.tally("affiliation", "level")
    bench.facts["rules"] = bench.tally("affiliation", "rule")
    bench.facts["disagreements"] = bench.tally("affiliation", "disagrees").get("true", 0)


def _compare_labels(bench: Workbench) -> None:
    found = label_agreement(bench.engine, bench.tables)
    bench.facts["country_labels"] = asdict(found) if found else None
    if found:
        bench.say(
            f"provider's country labels: {found.works} works, {found.same_works} with the same "
            f"countries; precision {found.precision:.4f}, recall {found.recall:.4f} of "
            f"{found.labelled} labelled pairs"
        )


def _weigh_evidence(bench: Workbench, *, resolve: bool) -> evidence.Evidence:
    found = evidence.gather(bench.tables, resolve=resolve)
    bench.write(evidence.answers(found), derived.COUNTRY_ANSWER, READ_FOLDER)
    return found


def _leave_out_wide_works(bench: Workbench, most: int) -> None:
    choice = evidence.decided(bench.tables["country_answer"])
    wide = corpus.too_many_countries(bench.tables["work"], choice, most)
    bench.rewrite(bench.tables["excluded"].union(wide), derived.EXCLUDED)
    kept = corpus.kept_keys(bench.tables)
    for table in SOURCE_TABLES:
        bench.rewrite(corpus.only_kept(bench.tables[table.name], kept), table, _home(table))
    _count_lines(bench)


def _locate_strings(bench: Workbench, *, resolve: bool) -> None:
    path = bench.request.registry
    opened = open_registry(path, bench.say) if path else None
    registry = opened.registry if opened else None
    bench.facts["organisations"] = registry.organisations if registry else ()
    seats = registry_places(registry)
    write_table(bench.folder / READ_FOLDER, place_tables.REGISTRY_PLACE, seats)
    bench.read(READ_FOLDER, place_tables.REGISTRY_PLACE)
    with TableWriter(bench.folder / TABLES_FOLDER, derived.LOCATED_STRING) as writer:
        if resolve:
            for rows in located_table(_strings(bench), opened, PROCESSES):
                writer.write(rows)
    bench.read(TABLES_FOLDER, derived.LOCATED_STRING)
    with TableWriter(bench.folder / READ_FOLDER, place_tables.NAMED_PLACE) as writer:
        if resolve:
            for rows in named_places(_strings(bench)):
                writer.write(rows)
    bench.read(READ_FOLDER, place_tables.NAMED_PLACE)
    bench.write(harvest_memory(bench.tables), place_tables.HARVEST_MEMORY)


def _strings(bench: Workbench) -> Iterator[str]:
    """Every distinct affiliation string, sorted."""
    text = bench.tables["affiliation"].select("text").distinct()
    strings = text.filter(text.text.notnull()).order_by("text")
    for batch in bench.engine.batches(strings):
        yield from batch.column("text").to_pylist()


def run_tag(bench: Workbench) -> None:
    """Affiliations and funders -> what the reference lists say of them."""
    bench.write(funders.funding(bench.tables), derived.FUNDING)
    _flag_affiliations(bench)
    _find_keywords(bench)
    actors.name_companies(bench)


def _flag_affiliations(bench: Workbench) -> None:
    combination = bench.frame(flagging.combinations(bench.tables))
    organisations, places = bench.facts["organisations"], place_names()
    entries = defence.packaged_entries(campus.former_names(organisations))
    named = ((name, one.country) for one in organisations for name in one.names)
    children = campus.children_of_listed(entries, organisations, places)
    guards = Guards(entries, places, namesakes(entries, named), children)
    found = defence.flag_affiliations(combination, guards)
    judged = replace(found, flags=reject_flags(found.flags, bench.facts["verdicts"]))
    bench.write(flagging.list_flags(bench.tables, combination, judged), derived.LIST_FLAG)
    bench.write(flagging.held_back(bench.tables, combination, judged), derived.HELD_BACK)
    bench.facts["flags"] = {
        "rules": bench.tally("list_flag", "rule"),
        "rejected": bench.tally("list_flag", "rejected_by"),
        "held_back_strings": bench.tally("held_back", "guard"),
    }


def _find_keywords(bench: Workbench) -> None:
    known = keywords.packaged_keywords(bench.facts["verdicts"].dropped())
    with TableWriter(bench.folder / TABLES_FOLDER, KEYWORD_HIT) as writer:
        for batch in bench.engine.batches(keywords.texts(bench.tables)):
            writer.write(keywords.keyword_hits(batch, known))
    bench.read(TABLES_FOLDER, KEYWORD_HIT)


def run_network(bench: Workbench) -> None:
    """Places -> who is on a work with what part, and the ties between them."""
    tables = bench.tables
    bench.write(membership(tables, "country"), derived.COUNTRY_MEMBERSHIP)
    bench.write(membership(tables, "institution_id"), derived.INSTITUTION_MEMBERSHIP)
    bench.write(work_sides(tables, tables["side_country"]), derived.WORK_SIDE)
    bench.write(work_scope(tables, len(bench.request.query.sides)), derived.WORK_SCOPE)
    bench.write(ties(tables["country_membership"]), derived.COUNTRY_TIE, NETWORK_FOLDER)
    bench.write(ties(tables["institution_membership"]), derived.INSTITUTION_TIE, NETWORK_FOLDER)
    bench.write(pairs.edges(tables), derived.EDGE, NETWORK_FOLDER)
    write_level_ties(bench)


def run_metrics(bench: Workbench) -> None:
    """Tables and ties -> the exhibits."""
    declared = {table.name: table for table in EXHIBITS}
    expressions = exhibits.counted_exhibits(bench.tables)
    expressions["years"] = _years(bench)
    expressions |= centrality_exhibits(bench)
    expressions |= impact_exhibits(bench) | structure_exhibits(bench)
    expressions |= actors.hub_exhibits(bench)
    for name, expression in expressions.items():
        _write_exhibit(bench, declared[name], expression)
    write_level_exhibits(bench)


def _write_exhibit(bench: Workbench, table: Table, expression: ibis.Table) -> None:
    if bench.request.query.harvest == "joint":
        expression = exhibits.without_one_sided(table.name, expression)
    rows = expression.select(*table.column_names).order_by(list(table.key))
    write_exhibit(bench.folder, table, bench.engine.batches(rows))


def _years(bench: Workbench) -> ibis.Table:
    source = bench.source_date
    scope = bench.tables["work_scope"]
    observed = bench.frame(scope.select("year").distinct().order_by("year"))["year"].tolist()
    shown = shares.shown_years(observed, bench.request.query.years)
    grid = shares.year_grid(shown, list(bench.request.query.sides))
    return shares.years(bench.tables, grid, source.year if source else None)


def run_checks(bench: Workbench) -> None:
    """Claims about the tables; a broken one ends the run."""
    for table in (*SOURCE_TABLES, *derived.DERIVED_TABLES, *derived.NETWORK_TABLES):
        checks.check_keys(bench.engine, bench.tables, table)
    bench.facts["checks"] = checks.check_claims(bench.engine, bench.tables)


def run_report(bench: Workbench) -> None:
    """Exhibits -> the page, the figures, the workbook."""
    bench.facts["manifest"] = manifest(bench)
    if bench.request.invented:
        mark = bench.folder / EXHIBITS_FOLDER / INVENTED_FILE
        mark.write_text("INVENTED data: nothing here is a finding.\n", encoding="utf-8")
    write_report(bench.folder, report_content(bench, bench.facts["manifest"]))
