"""`bibnet ties`: the works behind one tie, with everything that makes them its works."""

from collections.abc import Mapping
from pathlib import Path

import ibis.expr.types as ir
import pandas as pd

from bibnet.runs.audit.document import Document, Section
from bibnet.runs.audit.evidence import (
    affiliation_rows,
    by_string,
    flag_rows,
    funder_rows,
    named_works,
    work_rows,
)
from bibnet.runs.audit.units import Unit, find_unit, joined_values
from bibnet.runs.open import Run, load
from bibnet.schema.errors import Fault, UsageError

KINDS = (
    "a co-author tie has two different people; a dual affiliation is one person with both; a "
    "work can be both, and neither where its strings could not be tied to authors"
)
PERSON = ["work_key", "author_seq"]


def tie_report(folder: Path, one: str, other: str) -> Document:
    """The works that two units have in common; units are institutions, cities or countries.

    Raises UsageError for a unit that the run does not have (naming the nearest) or one unit
    given twice.
    """
    run = load(folder)
    ends = {"a": find_unit(run, one), "b": find_unit(run, other)}
    if ends["a"] == ends["b"]:
        where = f"{one}, {other}"
        raise UsageError(Fault("a tie has two ends", where, "give two different units"))
    places = {end: unit.within(run.tables["place"]) for end, unit in ends.items()}
    keys = places["a"].select("work_key").distinct().semi_join(places["b"], "work_key")
    both = {end: place.semi_join(keys, "work_key") for end, place in places.items()}
    return _document(run, ends, keys, both)


def _document(
    run: Run, ends: Mapping[str, Unit], keys: ir.Table, places: Mapping[str, ir.Table]
) -> Document:
    works = work_rows(run, keys)
    strings = _strings(run, places)
    funders, flags = funder_rows(run, keys), flag_rows(run, keys)
    rows = works.merge(_kinds(strings), on="work_key", how="left")
    rows["funders"] = rows["work_key"].map(funders.groupby("work_key")["funder"].agg(joined_values))
    rows["lists"] = rows["work_key"].map(flags.groupby("work_key")["entry_id"].agg(joined_values))
    names = {end: f"{unit.name} ({unit.id})" for end, unit in ends.items()}
    facts = {
        "a": names["a"],
        "b": names["b"],
        "works": len(rows),
        "coauthor_works": int(rows["coauthor"].sum()),
        "dual_affiliation_works": int(rows["dual_affiliation"].sum()),
        "joint_works": int(rows["joint"].sum()),
        "citations": int(rows["citations"].sum()),
        "how_to_read": KINDS,
    }
    return Document(
        f"The tie of {names['a']} and {names['b']}, run {run.manifest['run']}",
        facts,
        [
            Section("works", "Works", rows.drop(columns="work_key")),
            Section(
                "affiliations",
                "Strings that place the two, with the level and rule of each",
                named_works(by_string(strings), works),
            ),
            Section("funders", "Funders of the works", named_works(funders, works)),
            Section(
                "lists",
                "Institutions of the works that a named list holds",
                named_works(flags, works),
                "A list holds the institution; that says nothing of the work or of a person.",
            ),
        ],
    )


def _strings(run: Run, places: Mapping[str, ir.Table]) -> pd.DataFrame:
    frames = []
    for end, place in places.items():
        frame = affiliation_rows(run, place)
        frame.insert(1, "end", end)
        frames.append(frame)
    return pd.concat(frames, ignore_index=True).sort_values(
        ["work_key", "end", "author_seq", "affiliation_seq"], ignore_index=True
    )


def _kinds(strings: pd.DataFrame) -> pd.DataFrame:
    """Rows (work_key, coauthor, dual_affiliation) of the works, from who has which end."""
    people = strings[strings["author_seq"] > 0]
    held = people.groupby(["work_key", "end"])["author_seq"].agg(frozenset).unstack("end")
    rows = []
    for key, row in held.reindex(columns=["a", "b"]).iterrows():
        one, other = (found if isinstance(found, frozenset) else frozenset() for found in row)
        coauthor = any(a != b for a in one for b in other)
        rows.append((key, coauthor, bool(one & other)))
    found = pd.DataFrame(rows, columns=["work_key", "coauthor", "dual_affiliation"])
    keys = pd.DataFrame({"work_key": strings["work_key"].unique()})
    filled = keys.merge(found, on="work_key", how="left")
    flags = ["coauthor", "dual_affiliation"]
    filled[flags] = filled[flags].eq(True)
    return filled
