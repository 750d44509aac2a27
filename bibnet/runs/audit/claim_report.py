"""`bibnet funders --claim`: a sentence on a funder's share, read, counted and judged."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

from bibnet.metrics.counts.funding import TAKEN_IN
from bibnet.metrics.counts.programmes import programmes_incidence
from bibnet.reference import load as reference
from bibnet.reference.days import read_days
from bibnet.reference.declared import FUNDER_TYPES
from bibnet.runs.audit.claim import COLUMNS, Judgement, judge
from bibnet.runs.audit.document import Document, Section
from bibnet.runs.narrowed import NarrowedTables, works_of_country
from bibnet.runs.nearest import nearest_names
from bibnet.runs.open import Run, load
from bibnet.schema.errors import Fault, UsageError
from bibnet.storage.engine import Tables
from bibnet.storage.frames import records

FORM = re.compile(
    r"(?:the )?(?P<joint>share of joint works ?)?(?:(?:of|paid by|funded by) ?)?"
    r"(?P<who>.+?) (?P<direction>rose|fell) (?:from |between )?(?P<first>\d{4})"
    r" ?(?:(?:to|and|-|–) ?)?(?P<last>\d{4})\.?",
    re.IGNORECASE,
)
LONGEST = 500  # characters of a claim, and no name of a funder is near it
EXAMPLES = '"NSFC rose 2018 2022", "share of joint works CN fell 2017 2021"'
NEAREST = 5
FUNDER, PROGRAMME, COUNTRY, TYPE = "funder", "programme", "funder country", "funder type"
# Words of an event that concern what is known of funders.
FUNDER_WORDS = re.compile(r"\b(?:funders?|awards?|all|everything|coverage)\b")


@dataclass(frozen=True)
class Claim:
    """A claim as it was read: who, of which works, rose or fell, from which year to which."""

    text: str
    who: str
    joint: bool
    rose: bool
    first: int
    last: int


@dataclass(frozen=True)
class Payer:
    """What the claim names: its kind, its id in the run, its name."""

    kind: str
    id: str
    name: str


def read_claim(text: str) -> Claim:
    """Read "WHO rose YEAR YEAR" or "share of joint works WHO fell YEAR YEAR".

    Raises UsageError where the text has another form or the years do not run forward.
    """
    found = FORM.fullmatch(" ".join(text[:LONGEST].split()))
    if found is None:
        raise UsageError(Fault("not a claim", f"--claim {text!r}", f"write it as {EXAMPLES}"))
    first, last = int(found["first"]), int(found["last"])
    if first >= last:
        remedy = "give an earlier and a later year"
        raise UsageError(Fault("the years of the claim do not run forward", text, remedy))
    rose = found["direction"].lower() == "rose"
    return Claim(text, found["who"].strip(), bool(found["joint"]), rose, first, last)


def claim_report(folder: Path, text: str, country: str | None = None) -> Document:
    """The verdict on a claim about a funder's share in a finished run.

    Raises InputError if the folder is no run, UsageError for a claim that cannot be read, a
    funder that pays for no work (naming the nearest) or a year without works.
    """
    claim = read_claim(text)
    run = load(folder)
    tables = run.tables
    if country:
        tables = NarrowedTables(tables, works_of_country(run.engine, tables, country))
    payer = _payer(run, claim.who)
    source = run.manifest["source"]["date"]
    day = date.fromisoformat(source) if source else None
    changed = _changed_registries(claim, day)
    works = _works(run, tables, claim, payer, changed)
    _require_years(works, claim, tables, run)
    return _document(run, claim, payer, judge(works, rose=claim.rose), (changed, day))


def _payer(run: Run, who: str) -> Payer:
    """The programme, funder, country or type of the run that a text names, whatever its case."""
    known = list(_payers(run))
    wanted = who.casefold()
    for payer in known:
        if wanted in (payer.id.casefold(), payer.name.casefold()):
            return payer
    for row in reference.rows("funders"):
        written = (row["name"], row["name_zh"], *row["aliases"].split("|"))
        if wanted in {name.casefold() for name in written if name}:
            same = [payer for payer in known if payer.id in (row["funder_id"], row["name"])]
            if same:
                return same[0]
    names = {payer.name: payer for payer in known}
    near = [f"{name} ({names[name].id})" for name in nearest_names(who, names, NEAREST)]
    remedy = f"the nearest: {'; '.join(near)}" if near else "no name is near; see funders.csv"
    raise UsageError(Fault(f"{who!r} pays for no work of the run", "--claim", remedy))


def _payers(run: Run) -> Iterable[Payer]:
    for row in records(run.exhibit("programmes")):
        yield Payer(PROGRAMME, row["programme_id"], row["programme"])
    for row in records(run.exhibit("funders")):
        yield Payer(FUNDER, row["funder_id"] or row["funder"] or "", row["funder"] or "")
    funding = run.exhibit("funding")
    for code in sorted(set(funding["funder_country"].dropna()) - {"all"}):
        yield Payer(COUNTRY, code, code)
    yield from (Payer(TYPE, kind, kind.replace("_", " ")) for kind in FUNDER_TYPES)


def _paid(tables: Tables, payer: Payer, funding: ir.Table) -> ir.Table:
    """Works (work_key) that the payer pays for, by the rows of `funding`."""
    if payer.kind == PROGRAMME:
        narrowed = {"work_scope": tables["work_scope"], "funding": funding}
        rows = programmes_incidence(narrowed).rows
        return rows.filter(rows.programme_id == payer.id).select("work_key").distinct()
    column = {FUNDER: "funder_id", COUNTRY: "funder_country", TYPE: "funder_type"}[payer.kind]
    chosen = funding[column] == payer.id
    if payer.kind == FUNDER:
        chosen = chosen.fill_null(False) | (
            funding.funder_id.isnull() & (funding.funder == payer.id)
        )
    return funding.filter(chosen).select("work_key").distinct()


def _works(
    run: Run, tables: Tables, claim: Claim, payer: Payer, changed: Mapping[str, str]
) -> pd.DataFrame:
    """The works of the two years as `judge` takes them."""
    funding = tables["funding"]
    steady = funding.filter(~funding.funder_id.isin(sorted(changed)).fill_null(False))
    paid, steady_paid = _paid(tables, payer, funding), _paid(tables, payer, steady)
    if run.engine.frame(steady_paid.limit(1)).empty:
        # The payer's own registry was added: only beside funders of constant sources can its
        # share be compared, if a deposit that names one of them names all.
        steady_paid = paid
    scope = tables["work_scope"]
    scope = scope.filter(scope.year.isin([claim.first, claim.last]))
    if claim.joint:
        scope = scope.filter(scope.joint)
    rows = scope.select(
        "work_key", is_last=scope.year == claim.last, disclosed=scope.is_disclosed
    ).inner_join(tables["work"].select("work_key", "venue"), "work_key")
    marks = (
        ("paid", paid),
        ("constant", steady.select("work_key").distinct()),
        ("has_steady", steady_paid),
    )
    for name, keys in marks:
        marked = keys.mutate(**{name: ibis.literal(True)})
        rows = rows.left_join(marked, "work_key").drop("work_key_right")
        rows = rows.mutate(**{name: rows[name].fill_null(False)})
    rows = rows.mutate(constant_paid=rows.constant & rows.has_steady)
    return run.engine.frame(rows.select(*COLUMNS).order_by(list(COLUMNS)))


def _require_years(works: pd.DataFrame, claim: Claim, tables: Tables, run: Run) -> None:
    scope = tables["work_scope"].select("year").distinct().order_by("year")
    known = ", ".join(str(int(year)) for year in run.engine.frame(scope)["year"])
    found = set(works["is_last"])
    faults = [
        Fault(f"no work of {year}", f"--claim {claim.text!r}", f"years with works: {known}")
        for year, last in ((claim.first, False), (claim.last, True))
        if last not in found
    ]
    if faults:
        raise UsageError(faults)


def _changed_registries(claim: Claim, day: date | None) -> dict[str, str]:
    """Funder id -> name of registries that cover one of the two years only."""
    changed = {}
    for row in reference.rows("award_registries"):
        taken = row["state"] == TAKEN_IN and (day is None or row["taken_in"] <= day.isoformat())
        covers = [_covers(row["years"], year) for year in (claim.first, claim.last)]
        if taken and row["funder_id"] and covers[0] != covers[1]:
            changed[row["funder_id"]] = row["funder"]
    return changed


def _covers(years: str, year: int) -> bool:
    spans = [part.partition("-") for part in years.split("|") if part]
    return any(int(first) <= year <= int(last or first) for first, _, last in spans)


def _document(
    run: Run,
    claim: Claim,
    payer: Payer,
    found: Judgement,
    sources: tuple[Mapping[str, str], date | None],
) -> Document:
    changed, day = sources
    constant = found.constant
    facts: dict[str, Any] = {
        "claim": claim.text,
        "read_as": f"the share of {'joint works' if claim.joint else 'works'} paid by {payer.kind} "
        f"{payer.name} ({payer.id}) {'rose' if claim.rose else 'fell'} from {claim.first} to "
        f"{claim.last}",
        "verdict": found.verdict,
        "why": found.sentence,
        "difference_at_constant_disclosure": constant.difference,
        "interval_95": [constant.low, constant.high],
        "z": constant.z,
        "venues_disclosing_in_both_years": constant.venues,
        "registries_of_one_year_only": sorted(changed.values()),
        "source_date": day.isoformat() if day else "unknown",
    }
    return Document(
        f"Claim on funders, run {run.manifest['run']}",
        facts,
        [
            Section("shares", "The share in both years", _shares(claim, found)),
            Section(
                "source_events",
                "When sources of funders and awards were added",
                pd.DataFrame(_events(day)),
                "What the source held by its date; an event changes all years of publication, "
                "a registry those it covers.",
            ),
        ],
    )


def _shares(claim: Claim, found: Judgement) -> pd.DataFrame:
    rows = []
    sizes = (found.constant.first, found.constant.last)
    for year, one, (base, paid) in zip((claim.first, claim.last), found.years, sizes, strict=True):
        low, high = one.bounds
        rows.append(
            {
                "year": year,
                "works": one.works,
                "disclosed": one.disclosed,
                "disclosed_share": one.disclosed / one.works if one.works else None,
                "paid": one.paid,
                "share_of_disclosed": one.share,
                "share_low": low,
                "share_high": high,
                "constant_works": base,
                "constant_paid": paid,
                "constant_share": paid / base if base else None,
            }
        )
    return pd.DataFrame(rows)


def _events(day: date | None) -> list[dict[str, str]]:
    found = []
    for row in reference.rows("source_events"):
        span = read_days(row["date"])
        known = span is None or day is None or span[0] <= day
        if known and FUNDER_WORDS.search(row["what_changes"]):
            found.append({name: row[name] for name in ("date", "source", "event", "address")})
    for row in reference.rows("award_registries"):
        if row["state"] == TAKEN_IN and (day is None or row["taken_in"] <= day.isoformat()):
            event = f"awards of {row['funder']} for {row['years'].replace('|', ', ')}"
            found.append(
                {
                    "date": row["taken_in"],
                    "source": "OpenAlex",
                    "event": event,
                    "address": row["source"],
                }
            )
    return sorted(found, key=lambda one: (one["date"], one["event"]))
