"""`bibnet dossier`: one institution, its works with listed bodies, and what they rest on.

No person is named: authors are numbers in a work's list, and addresses of mail and ORCID ids are
taken out of the strings.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pandas as pd

from bibnet.metrics.counts.held_back import held_back_incidence
from bibnet.metrics.counts.listed import sensitive_families, standing_flags
from bibnet.metrics.counts.listing import with_standing
from bibnet.reference import load as reference
from bibnet.reference.card import Card
from bibnet.runs.audit.document import Document, Section
from bibnet.runs.audit.evidence import (
    affiliation_rows,
    by_string,
    funder_rows,
    named_works,
    work_rows,
)
from bibnet.runs.audit.units import INSTITUTION, Unit, find_unit, joined_values
from bibnet.runs.open import Run, load
from bibnet.schema.source import AFFILIATION_KEY

FLAG_IS = (
    "A flag says that a named, published list holds a body, by an identifier or by its whole name "
    "in its own country. It shows list, entry, rule and the text that matched."
)
FLAG_IS_NOT = (
    "A flag says nothing about a person and is no finding of wrongdoing. It says nothing of what a "
    "work is about or what it is used for. Bodies of civilian categories are listed, not military. "
    "A work may have appeared before the body was listed: the column listed says so."
)
LISTED_MEANS = (
    "listed: then = a list held the body when the work appeared; since = listed later; until = "
    "listed no more; unclear = only the year is known."
)
PERSONAL = re.compile(r"(?<!\S)\S+@\S+|\b\d{4}-\d{4}-\d{4}-\d{3}[\dXx]\b")
REMOVED = "[removed]"
FLAG_COLUMNS = ("institution_id", "institution", "entry_id", "category", "kind", "lists", "rule")


@dataclass(frozen=True)
class _Findings:
    """Works of the institution, and by work: listed bodies, strings, topics, families, funders."""

    works: pd.DataFrame
    listed: pd.DataFrame
    topics: pd.DataFrame
    families: pd.DataFrame
    funders: pd.DataFrame


def dossier(folder: Path, identifier: str) -> Document:
    """The dossier of an institution of a run, by OpenAlex id, ROR id or name.

    Raises InputError if the folder is no run, UsageError naming the nearest institutions where
    the run has none of that id or name.
    """
    run = load(folder)
    unit = find_unit(run, identifier, (INSTITUTION,))
    member = run.tables["institution_membership"]
    keys = member.filter(member.unit == unit.id).select("work_key").distinct()
    found = _findings(run, unit, keys)
    title = f"Dossier of {unit.name} ({unit.id}), run {run.manifest['run']}"
    return Document(title, _facts(run, unit, found), _sections(run, unit, keys, found))


def _findings(run: Run, unit: Unit, keys: ir.Table) -> _Findings:
    listed = listed_rows(run, keys)
    others = listed[listed["institution_id"] != unit.id].reset_index(drop=True)
    topic, hit = run.tables["topic"], run.tables["keyword_hit"]
    topics = topic.filter(topic.topic_seq == 0).select("work_key", "topic_id", "topic")
    families = hit.filter(hit.family.isin(sensitive_families()))
    families = families.select("work_key", "family", "term", "field", "matched_text")
    return _Findings(
        works=work_rows(run, keys),
        listed=others,
        topics=run.engine.frame(topics.semi_join(keys, "work_key")),
        families=run.engine.frame(families.semi_join(keys, "work_key").distinct()),
        funders=funder_rows(run, keys),
    )


def listed_rows(run: Run, keys: ir.Table) -> pd.DataFrame:
    """One row per flagged affiliation and entry of the works: list, rule, string, listed when."""
    flags = standing_flags(run.tables).semi_join(keys, "work_key")
    rows = with_standing(flags, run.tables).select(
        *AFFILIATION_KEY, *FLAG_COLUMNS, "country", "matched_text", "listed"
    )
    affiliation = run.tables["affiliation"].select(
        *AFFILIATION_KEY, "text", "level", placed_by="rule"
    )
    joined = rows.inner_join(affiliation, AFFILIATION_KEY)
    frame = run.engine.frame(joined.order_by([*AFFILIATION_KEY, "entry_id"]))
    return frame.assign(text=frame["text"].map(impersonal, na_action="ignore"))


def impersonal(text: str) -> str:
    """A string without addresses of mail and ORCID ids."""
    return PERSONAL.sub(REMOVED, text)


def _facts(run: Run, unit: Unit, found: _Findings) -> dict[str, Any]:
    works, listed = found.works, found.listed
    with_listed = works["work_key"].isin(listed["work_key"])
    then = works["work_key"].isin(listed.loc[listed["listed"] == "then", "work_key"])
    rows = run.exhibit("institutions")
    row = rows[rows["institution_id"] == unit.id].iloc[0]
    disclosed = works["work_key"].isin(found.funders["work_key"])
    return {
        "what_a_flag_is": FLAG_IS,
        "what_a_flag_is_not": FLAG_IS_NOT,
        "institution": unit.name,
        "institution_id": unit.id,
        "country": row["country"],
        "type": row["type"],
        "works": len(works),
        "joint_works": int(works["joint"].sum()),
        "works_with_listed_bodies": int(with_listed.sum()),
        "joint_works_with_listed_bodies": int((with_listed & works["joint"]).sum()),
        "works_with_bodies_listed_then": int(then.sum()),
        "works_with_funder": int(disclosed.sum()),
        "coverage": _coverage(run, works),
        "source_date": run.manifest["source"]["date"] or "unknown",
        "lists_checked": _lists_checked(run),
    }


def _coverage(run: Run, works: pd.DataFrame) -> str:
    scope = run.tables["work_scope"].select("work_key", "authorships", "authorships_with_country")
    frame = run.engine.frame(scope)
    own = frame[frame["work_key"].isin(works["work_key"])]
    placed, people = (int(own[name].sum()) for name in ("authorships_with_country", "authorships"))
    return (
        f"{placed:,} of {people:,} authorships of these works have a country; partners without one "
        "are in no list here"
    )


def _lists_checked(run: Run) -> str:
    """When the list that the run was made with was last compared with its sources."""
    records = {record["name"]: record for record in run.manifest["references"]}
    known = records["defence_institutions"]
    card = Card(**{field.name: known[field.name] for field in fields(Card)})
    return f"the lists were last checked on {card.checked or card.date}, due again on {card.due}"


def _sections(run: Run, unit: Unit, keys: ir.Table, found: _Findings) -> list[Section]:
    listed = found.listed
    own = run.tables["place"].filter(run.tables["place"].institution_id == unit.id)
    strings = affiliation_rows(run, own.semi_join(keys, "work_key"))
    strings["text"] = strings["text"].map(impersonal, na_action="ignore")
    return [
        Section("listed_bodies", "Listed bodies in the same works", _bodies(found), LISTED_MEANS),
        *(
            Section(f"by_{name}", title, _counted(rows, columns, found.works))
            for name, title, rows, columns in _breakdowns(found)
        ),
        Section("ties", "Ties against expectation", _ties(run, unit), _TIES_NOTE),
        Section(
            "held_back", "Near a listed name and not flagged", _held_back(run, keys), _HELD_NOTE
        ),
        Section("works", "Works with listed bodies", _works(found)),
        Section(
            "listed_evidence",
            "What each flag rests on",
            named_works(by_string(listed), found.works),
            LISTED_MEANS,
        ),
        Section(
            "own_evidence",
            "Strings that place the institution in these works",
            named_works(by_string(strings), found.works),
        ),
        Section("funders", "Funders of the works", named_works(found.funders, found.works)),
    ]


_TIES_NOTE = (
    "expected = works by chance if every institution and work keeps its size, by year; verdict "
    "more or less at a false discovery rate of 5%. Pairs with fewer than five works are not "
    "tested."
)
_HELD_NOTE = "The name matched an entry of a list and a guard held it back: none of them is a flag."


def _bodies(found: _Findings) -> pd.DataFrame:
    """One row per listed body, with its works and when it was listed."""
    keys = ["institution", "country", "entry_id", "category", "kind", "lists"]
    rows = _counted(found.listed, keys, found.works)
    same = ["entry_id", "institution"]
    per_work = found.listed.drop_duplicates(["work_key", *same])
    at = pd.MultiIndex.from_frame(rows[same])
    for part in ("then", "since", "unclear", "until"):
        chosen = per_work[per_work["listed"] == part].groupby(same).size()
        cells = chosen.reindex(at, fill_value=0).to_numpy()
        rows.insert(len(rows.columns) - 1, f"works_{part}", cells)
    return rows


def _breakdowns(found: _Findings) -> list[tuple[str, str, pd.DataFrame, list[str]]]:
    """Tables by list, category, family, topic, funder and year: name, title, rows, keys."""
    listed = found.listed
    of_listed = set(listed["work_key"])

    def only(rows: pd.DataFrame) -> pd.DataFrame:
        return rows[rows["work_key"].isin(of_listed)]

    lists = listed.assign(list=listed["lists"].str.split("|")).explode("list")
    years = only(found.works)[["work_key", "year"]]
    return [
        ("list", "By list", lists, ["list"]),
        ("category", "By category of the body", listed, ["category", "kind"]),
        ("family", "By keyword family", only(found.families), ["family"]),
        ("topic", "By topic", only(found.topics), ["topic_id", "topic"]),
        ("funder", "By funder", only(found.funders), ["funder", "funder_country", "funder_type"]),
        ("year", "By year", years, ["year"]),
    ]


def _counted(rows: pd.DataFrame, keys: Sequence[str], works: pd.DataFrame) -> pd.DataFrame:
    """Rows (keys, works, joint_works, work_ids): each work once in a row, most works first."""
    about = works[["work_key", "work_id", "joint"]]
    distinct = rows[["work_key", *keys]].drop_duplicates().merge(about, on="work_key")
    counted = distinct.groupby(list(keys), dropna=False).agg(
        works=("work_key", "size"),
        joint_works=("joint", "sum"),
        work_ids=("work_id", joined_values),
    )
    ordered = counted.reset_index().sort_values(
        ["works", *keys], ascending=[False, *[True] * len(keys)], ignore_index=True
    )
    return ordered.astype({"works": "int64", "joint_works": "int64"})


def _ties(run: Run, unit: Unit) -> pd.DataFrame:
    """Partners with their works, and against chance where the pair was tested."""
    pairs = run.exhibit("institution_pairs")
    chance = run.exhibit("institution_expectation")
    ends = ["institution_a", "institution_b"]
    tested = chance[[*ends, "expected", "ratio", "q", "verdict"]]
    rows = pairs[(pairs[ends] == unit.id).any(axis=1)].merge(tested, on=ends, how="left")
    at_a = rows["institution_a"] == unit.id
    names = {"partner_id": "institution", "partner": "name", "country": "country"}
    shown = pd.DataFrame(
        {
            name: rows[f"{column}_b"].where(at_a, rows[f"{column}_a"])
            for name, column in names.items()
        }
    )
    counts = ["works", "coauthor_works", "dual_affiliation_works"]
    found = pd.concat([shown, rows[[*counts, "expected", "ratio", "q", "verdict"]]], axis=1)
    return found.sort_values(["works", "partner_id"], ascending=[False, True], ignore_index=True)


def _held_back(run: Run, keys: ir.Table) -> pd.DataFrame:
    rows = held_back_incidence(run.tables).rows.semi_join(keys, "work_key")
    work = run.tables["work"].select("work_key", "work_id", "doi")
    frame = run.engine.frame(rows.inner_join(work, "work_key").drop("work_key", "works", "year"))
    words: Mapping[str, str] = {row["guard"]: row["meaning"] for row in reference.rows("guards")}
    frame.insert(5, "guard_meaning", frame["guard"].map(words))
    return frame.sort_values(["entry_id", "work_id", "guard"], ignore_index=True)


def _works(found: _Findings) -> pd.DataFrame:
    """One row per work with a listed body: the bodies, lists, families, funders in words."""
    works = found.works[found.works["work_key"].isin(found.listed["work_key"])].copy()
    for name, rows, column in (
        ("entries", found.listed, "entry_id"),
        ("lists", found.listed, "lists"),
        ("listed", found.listed, "listed"),
        ("families", found.families, "family"),
        ("funders", found.funders, "funder"),
    ):
        works[name] = works["work_key"].map(rows.groupby("work_key")[column].agg(joined_values))
    return works.drop(columns="work_key").reset_index(drop=True)
