"""`bibnet centrality RUN`: a country's report, or the ranking of a level, from a finished run."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from bibnet.network.centrality import Measuring, network_measures, path_floor
from bibnet.network.formats.cells import written
from bibnet.network.subnetwork.choice import Choice, checked
from bibnet.report.countries.country_profile import CountryProfile, CountryProfiles
from bibnet.runs.export import outside_runs
from bibnet.runs.network import measuring
from bibnet.runs.open import Run, load
from bibnet.schema.errors import Fault, UsageError
from bibnet.schema.units import INVENTED
from bibnet.storage.csv_text import guarded_cell
from bibnet.storage.disk import whole_file
from bibnet.storage.frames import records

PATHS = ("betweenness", "closeness", "harmonic")
RANKS = "strength_rank"
COUNTRY_NUMBERS = ("works", "works_fractional", "joint_works", "share_of_joint", "share_of_country")
TIE_NUMBERS = (
    "institutions",
    "institutions_with_joint_works",
    "ties_inside",
    "ties_elsewhere",
    "ties_across_sides",
    "partner_countries",
)
NO_INTERVALS = "this run has no intervals of ranks"


@dataclass(frozen=True)
class Question:
    """What is asked of a run: one country or all, the level, how paths are measured.

    `sort` names the column of numbers by which rows stand, the largest first; "" = by rank.
    """

    country: str | None = None
    level: str = "institution"
    weights: str = "distance"
    sort: str = ""


@dataclass(frozen=True)
class CentralityReport:
    """The answer. `ranking` holds the units of the level that were asked for, best rank first.

    `profile` is the report of the country at the institution level; `countries` has a row per
    country where no country was asked for at that level. `notes` say what the numbers rest on.
    """

    run: str
    query: str
    question: Question
    ranking: pd.DataFrame
    notes: tuple[str, ...] = ()
    profile: CountryProfile | None = None
    countries: pd.DataFrame = field(default_factory=pd.DataFrame)
    invented: bool = False

    def record(self) -> dict[str, Any]:
        """The report as plain values for JSON; what is undefined is None."""
        head = {**vars(self.question), "run": self.run, "query": self.query}
        head |= {"notes": list(self.notes), "invented": self.invented}
        if self.profile is None:
            countries = {"countries": records(self.countries)} if len(self.countries) else {}
            return head | {"ranking": records(self.ranking)} | countries
        frames = ("institutions", "ties", "partners", "distribution", "years")
        found = {name: records(getattr(self.profile, name)) for name in frames}
        profile = {"side": self.profile.side or None, "totals": dict(self.profile.totals)}
        return head | profile | found

    @property
    def table(self) -> pd.DataFrame:
        """The rows that go into a CSV file: the country's institutions, or the ranking."""
        return self.ranking if self.profile is None else self.profile.institutions


def centrality_report(folder: Path, question: Question) -> CentralityReport:
    """The report that `question` asks of the run in `folder`.

    A country without a unit gives empty tables. Raises UsageError for a level or country that
    does not exist.
    """
    run = load(folder)
    sides: Mapping[str, Any] = run.manifest["query"]["sides"]
    asked = checked(Choice(question.level, country=question.country), sides)
    question = replace(question, country=asked.country, level=asked.level)
    profile, covered = None, ""
    if question.level == "institution":
        exhibits = _exhibits(run, question.weights)
        profiles = CountryProfiles(exhibits.__getitem__, sides)
        ranking = _institution_ranking(exhibits)
        profile = _profile(run, profiles, question)
        countries = pd.DataFrame() if asked.country else _overview(profiles, exhibits["countries"])
    else:
        (ranking, covered), countries = _level_ranking(run, question), pd.DataFrame()
    return CentralityReport(
        run=str(run.manifest["run"]),
        query=str(run.manifest["query"]["name"]),
        question=question,
        ranking=_sorted(ranking, question.sort),
        notes=(*filter(None, [covered]), *_notes(run, question, ranking)),
        profile=profile,
        countries=countries,
        invented=bool(run.manifest.get("invented")),
    )


def _profile(run: Run, profiles: CountryProfiles, question: Question) -> CountryProfile | None:
    """The profile of the country that is asked for, with the lists that hold its institutions."""
    if not question.country:
        return None
    profile = profiles.of(question.country)
    named = profile.institutions.assign(
        lists=profile.institutions["institution_id"].map(_lists(run.exhibit("defence")))
    )
    return replace(profile, institutions=_sorted(named, question.sort))


def _lists(defence: pd.DataFrame) -> dict[str, str]:
    """Lists that hold an institution, each once, joined by |; by its id."""
    found: dict[str, set[str]] = {}
    for institution, lists in zip(defence["institution_id"], defence["lists"], strict=True):
        if isinstance(institution, str) and isinstance(lists, str):
            found.setdefault(institution, set()).update(lists.split("|"))
    return {institution: "|".join(sorted(lists)) for institution, lists in found.items()}


def _sorted(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """The rows with the largest number of a column first, equal ones as they stood.

    Raises UsageError for a column that is not there or holds no numbers.
    """
    if not name:
        return rows
    numbers = [str(one) for one in rows.columns if rows[one].dtype.kind in "iuf"]
    if name not in numbers:
        remedy = f"one of: {', '.join(numbers)}"
        raise UsageError(Fault(f"there is no column of numbers {name!r}", "--sort", remedy))
    return rows.sort_values(name, ascending=False, kind="stable", ignore_index=True)


def _exhibits(run: Run, weights: str) -> dict[str, pd.DataFrame]:
    names = (
        "institutions",
        "centrality",
        "institution_pairs",
        "country_pairs",
        "countries",
        "country_years",
    )
    found = {name: run.exhibit(name) for name in names}
    if weights == "none":
        found["centrality"] = _without_weights(run, found["centrality"], found["institution_pairs"])
    return found


def _without_weights(run: Run, rows: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """The exhibit with its path-based columns computed anew, one step per tie."""
    nodes = rows[["institution_id"]].rename(columns={"institution_id": "id"})
    ends = {"institution_a": "source", "institution_b": "target"}
    edges = pairs.rename(columns=ends)[["source", "target", "works"]]
    found = network_measures(nodes, edges, _steps(run))
    return rows.assign(**{name: found[name].to_numpy() for name in PATHS})


def _steps(run: Run) -> Measuring:
    """As the run measured its own network, but one step a tie."""
    return replace(measuring(run.manifest), weights="none")


def _institution_ranking(exhibits: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    numbers = exhibits["institutions"][["institution_id", "side", "works", "joint_works"]]
    rows = exhibits["centrality"].merge(numbers, on="institution_id", validate="one_to_one")
    first = ["institution_id", "institution", "country", "side", "works", "joint_works"]
    ordered = rows.sort_values([RANKS, "institution_id"], kind="stable", ignore_index=True)
    return ordered[[*first, *(name for name in ordered.columns if name not in first)]]


def _level_ranking(run: Run, question: Question) -> tuple[pd.DataFrame, str]:
    network = run.network(question.level)
    nodes = network.nodes
    if question.weights == "none":
        found = network_measures(nodes, network.edges, _steps(run))
        nodes = nodes.assign(**{name: found[name].to_numpy() for name in PATHS})
    if question.country:
        nodes = nodes[nodes["country"] == question.country]
    empty = [name for name in nodes.columns if name.startswith("list") or name == "inside"]
    ordered = nodes.sort_values([RANKS, "id"], kind="stable", ignore_index=True)
    return ordered.drop(columns=empty), network.facts["coverage"]


def _overview(profiles: CountryProfiles, countries: pd.DataFrame) -> pd.DataFrame:
    """One row per country with a work: its numbers and its ties, most works first."""
    known = countries[countries["country"] != "unknown"]
    rows = []
    for code in known["country"]:
        profile = profiles.of(str(code))
        best = profile.institutions[RANKS].min()
        totals = {name: profile.totals[name] for name in (*COUNTRY_NUMBERS, *TIE_NUMBERS)}
        rows.append({"country": code, "side": profile.side or None, **totals, "best_rank": best})
    if not rows:
        return pd.DataFrame()
    frame = pd.DataFrame(rows).astype({"best_rank": "Int64"})
    by = ["joint_works", "works", "country"]
    return frame.sort_values(by, ascending=[False, False, True], kind="stable", ignore_index=True)


def _notes(run: Run, question: Question, ranking: pd.DataFrame) -> Iterator[str]:
    distance = "1 / works" if question.weights == "distance" else "one step per tie"
    yield f"network of all works, full counting; betweenness, closeness, harmonic: {distance}"
    if question.level == "institution":
        floor = int(run.manifest["network"]["path_min_works"])
        if question.weights == "none":
            floor = path_floor(len(ranking), len(run.table("edge")), _steps(run).min_works)
        if floor > 1:
            yield f"these three are computed on ties of at least {floor} works"
    interval = ranking.get(f"{RANKS}_low")
    if interval is None or not interval.notna().any():
        yield NO_INTERVALS
    if run.manifest.get("invented"):
        yield INVENTED


def write_report_csv(report: CentralityReport, path: Path) -> None:
    """Write the report's table; undefined cells are empty, formulas guarded.

    Raises UsageError for a place inside a run, or where the system refuses to write. An existing
    file is replaced.
    """
    outside_runs(path)
    names = [*map(str, report.table.columns), *(["invented"] if report.invented else [])]
    with whole_file(path) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        for row in records(report.table):
            cells = [row.get(name, True if name == "invented" else None) for name in names]
            writer.writerow([_cell(cell) for cell in cells])


def _cell(cell: Any) -> str:
    if cell is None:
        return ""
    return guarded_cell(written(cell)) if isinstance(cell, str) else written(cell)
