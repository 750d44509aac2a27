"""The stage places: affiliations to their countries and institutions, with the evidence."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from bibnet.places.address.no_employer import no_employer_rule
from bibnet.places.decide import evidence, place
from bibnet.places.decide.labels import label_agreement
from bibnet.places.decide.locations import kept_registry_places
from bibnet.places.decide.memory import harvest_memory, source_voices
from bibnet.places.locate.answered import Answering
from bibnet.places.locate.kept import kept_folder
from bibnet.places.locate.named_places import named_places
from bibnet.places.locate.table import StringReader
from bibnet.places.registry.cache import OpenRegistry, open_registry
from bibnet.places.registry.organisations import Registry
from bibnet.schema import places as declared
from bibnet.storage.arrow import arrow_schema
from bibnet.storage.tables import write_table
from bibnet.storage.unfinished import READ_FOLDER, TABLES_FOLDER, Portions, UnfinishedRun

IDS = pa.schema([("ror", pa.string()), ("openalex_id", pa.string())])


@dataclass(frozen=True)
class Places:
    """What the placing of affiliations gave: affiliations by evidence level and by rule.

    `disagreements` are affiliations whose higher level names another country. `no_employer` counts
    the affiliations whose string names no employer, by the rule that says so. `country_labels`
    compares with the provider's own, None where it gave none.
    """

    levels: Mapping[str, int]
    rules: Mapping[str, int]
    disagreements: int
    no_employer: Mapping[str, int]
    country_labels: Mapping[str, Any] | None


def locate_strings(run: UnfinishedRun, path: Path | None, *, resolve: bool) -> Registry:
    """Write what the strings say (located_string, named_place) and what the registry knows.

    Returns the registry at `path`, an empty one without a path. Without `resolve` no string is
    read.
    """
    opened = open_registry(path, run.say) if path else None
    registry = opened.registry if opened else Registry()
    locations = kept_registry_places(registry)
    write_table(run.folder / READ_FOLDER, declared.REGISTRY_PLACE, locations)
    run.read(READ_FOLDER, declared.REGISTRY_PLACE)
    _write_answers(run, opened, resolve=resolve)
    run.write(source_voices(run.tables), declared.SOURCE_VOICE, READ_FOLDER)
    run.write(harvest_memory(run.tables), declared.HARVEST_MEMORY)
    return registry


def _write_answers(run: UnfinishedRun, opened: OpenRegistry | None, *, resolve: bool) -> None:
    kept = kept_folder(opened)
    for table, folder, answer in (
        (declared.LOCATED_STRING, TABLES_FOLDER, StringReader(opened)),
        (declared.NAMED_PLACE, READ_FOLDER, place_reader),
    ):
        if resolve:
            Answering(table, answer, kept).write(run, _strings(run), folder)
        else:
            write_table(run.folder / folder, table, arrow_schema(table).empty_table())
            run.read(folder, table)


def place_reader(texts: Iterator[str], processes: int) -> Iterator[pa.Table]:
    """Rows of NAMED_PLACE for distinct strings, in their order."""
    return named_places(texts, processes)


def _strings(run: UnfinishedRun) -> ir.Table:
    """Every distinct affiliation string."""
    text = run.tables["affiliation"].select("text").distinct()
    return text.filter(text.text.notnull())


def weigh_evidence(run: UnfinishedRun, *, resolve: bool) -> evidence.Evidence:
    """Write every country that any evidence level names (country_answer)."""
    found = evidence.gather(run.tables, resolve=resolve)
    answers = evidence.answers(found)
    run.write(answers, declared.COUNTRY_ANSWER, READ_FOLDER, portions=Portions.OF_TABLES)
    return found


def decided_countries(run: UnfinishedRun) -> ir.Table:
    """Rows (work_key, ..., country) that the lowest level that answers decides on."""
    return evidence.decided(run.tables["country_answer"])


def place_affiliations(run: UnfinishedRun, found: evidence.Evidence) -> Places:
    """Decide every affiliation's countries and institutions; reads side_country."""
    answer = run.tables["country_answer"]
    choice = evidence.decided(answer)
    placed = evidence.placed_affiliations(found, answer, choice)
    run.write(placed, declared.PLACED_AFFILIATION, portions=Portions.OF_TABLES)
    locations = run.tables["registry_place"]
    known = pa.Table.from_pandas(run.frame(place.openalex_ids(found.asserted)), IDS)
    places = place.places(found, choice, locations, ibis.memtable(known))
    run.write(places, declared.PLACE, portions=Portions.OF_TABLES)
    institutions = place.institutions(run.tables, run.tables["side_country"], locations)
    run.write(institutions, declared.INSTITUTION)
    return Places(
        country_labels=_compared_labels(run),
        levels=run.tally("affiliation", "level"),
        rules=run.tally("affiliation", "rule"),
        disagreements=run.tally("affiliation", "disagrees").get("true", 0),
        no_employer=_no_employers(run),
    )


def _no_employers(run: UnfinishedRun) -> dict[str, int]:
    """Affiliations whose string names no employer, by rule."""
    text = run.tables["affiliation"].filter(run.tables["affiliation"].text.notnull())
    found: Counter[str] = Counter()
    for batch in run.engine.batches(text.group_by("text").aggregate(uses=text.count())):
        for string, uses in zip(
            *(c.to_pylist() for c in batch.select(["text", "uses"])), strict=True
        ):
            rule = no_employer_rule(string)
            if rule:
                found[rule] += uses
    return dict(sorted(found.items()))


def _compared_labels(run: UnfinishedRun) -> Mapping[str, Any] | None:
    found = label_agreement(run.engine, run.tables)
    if not found:
        return None
    run.say(
        f"provider's country labels: {found.works} works, {found.same_works} with the same "
        f"countries; precision {found.precision:.4f}, recall {found.recall:.4f} of "
        f"{found.labelled} labelled pairs"
    )
    return asdict(found)
