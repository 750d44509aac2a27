"""The stages of a run, one function each: tables in, tables out. `pipeline` knows their order."""

from dataclasses import asdict

import ibis
import pyarrow as pa

from bibnet import checks
from bibnet.errors import Fault, InputError
from bibnet.metrics import centrality, exhibits, pairs, shares, volume
from bibnet.metrics.incidence import total
from bibnet.network.membership import membership
from bibnet.network.scope import side_countries, work_scope, work_sides
from bibnet.network.ties import ties
from bibnet.places import evidence, place
from bibnet.places.labels import label_agreement
from bibnet.places.locate import located_table
from bibnet.places.registry import load_registry
from bibnet.report import prepare_library, write_report
from bibnet.schema import EXHIBITS, SOURCE_TABLES, Table, derived
from bibnet.schema import source as source_tables
from bibnet.store import EXHIBITS_FOLDER, TableWriter, write_exhibit
from bibnet.summary import manifest, report_content
from bibnet.tables import corpus
from bibnet.tables.read import read_works
from bibnet.tag import ai, defence, flagging, funders
from bibnet.tag.guard import Guards, namesakes
from bibnet.tag.place_names import place_names
from bibnet.workbench import (
    KEPT_FOLDER,
    NETWORK_FOLDER,
    READ_FOLDER,
    TABLES_FOLDER,
    Workbench,
)

COMMUNITY_SEED = 1
# Beside the exhibits, whose columns leave no room for a mark.
INVENTED_FILE = "INVENTED.txt"


def run_read(bench: Workbench) -> None:
    """Works files -> the source tables, every line accounted for."""
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
    bench.write(ai.ai_hits(bench.tables, query.ai_rules, query.concept_score), derived.AI_HIT)
    bench.facts["ai"] = {
        "hits": bench.tally("ai_hit", "rule"),
        "overlap": bench.frame(ai.overlap(bench.tables["ai_hit"])).to_dict("records"),
    }
    bench.tables["ai_unjudged"] = ai.not_judgeable(
        bench.tables, query.ai_rules, bench.tables["ai_hit"]
    )
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
    bench.write(place.places(found, choice), derived.PLACE)
    bench.tables["side_country"] = side_countries(query.sides)
    bench.write(place.institutions(bench.tables, bench.tables["side_country"]), derived.INSTITUTION)
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
    registry = load_registry(bench.request.registry) if bench.request.registry else None
    bench.facts["organisations"] = registry.organisations if registry else ()
    text = bench.tables["affiliation"].select("text").distinct()
    strings = text.filter(text.text.notnull()).order_by("text")
    with TableWriter(bench.folder / TABLES_FOLDER, derived.LOCATED_STRING) as writer:
        if resolve:
            texts = (
                cell
                for batch in bench.engine.batches(strings)
                for cell in batch.column("text").to_pylist()
            )
            for rows in located_table(texts, registry):
                writer.write(rows)
    bench.read(TABLES_FOLDER, derived.LOCATED_STRING)


def run_tag(bench: Workbench) -> None:
    """Affiliations and funders -> what the reference lists say of them."""
    bench.write(funders.funding(bench.tables), derived.FUNDING)
    combination = bench.frame(flagging.combinations(bench.tables))
    entries, organisations = defence.packaged_entries(), bench.facts["organisations"]
    named = ((name, one.country) for one in organisations for name in one.names)
    guards = Guards(entries, place_names(), namesakes(entries, named))
    found = defence.flag_affiliations(combination, guards)
    bench.write(flagging.list_flags(bench.tables, combination, found), derived.LIST_FLAG)
    bench.write(flagging.held_back(bench.tables, combination, found), derived.HELD_BACK)


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


def run_metrics(bench: Workbench) -> None:
    """Tables and ties -> the exhibits."""
    declared = {table.name: table for table in EXHIBITS}
    expressions = exhibits.counted_exhibits(bench.tables)
    expressions["years"] = _years(bench)
    expressions["centrality"] = _centrality(bench)
    for name, expression in expressions.items():
        _write_exhibit(bench, declared[name], expression)


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


def _centrality(bench: Workbench) -> ibis.Table:
    institutions = bench.frame(bench.tables["institution"].order_by("institution_id"))
    edge = bench.tables["edge"].select("institution_a", "institution_b", "works")
    found = centrality.centrality(
        institutions,
        bench.frame(edge.order_by(["institution_a", "institution_b"])),
        seed=COMMUNITY_SEED,
        min_works=bench.request.query.min_works,
    )
    bench.facts["network"] = {
        "path_min_works": found.path_min_works,
        "largest_component": found.largest_component,
        "institutions": len(institutions),
    }
    bench.facts["seeds"] = {"communities": COMMUNITY_SEED}
    rows = ibis.memtable(pa.Table.from_pandas(found.rows, preserve_index=False))
    works = total(volume.institutions_incidence(bench.tables)).select("institution_id", "works")
    side = bench.tables["institution"].select("institution_id", "side")
    nodes = rows.inner_join(side, "institution_id").inner_join(works, "institution_id")
    bench.write(nodes, derived.NODE, NETWORK_FOLDER)
    return rows


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
