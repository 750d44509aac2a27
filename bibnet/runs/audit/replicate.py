"""`bibnet replicate`: published figures beside ours, with why they may differ and a verdict."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from bibnet.network import edge_centrality, read_edge_list
from bibnet.reference import load as reference
from bibnet.runs.audit.document import Document, Section
from bibnet.runs.audit.figure_measures import MEASURES
from bibnet.runs.audit.figure_period import Period, Value
from bibnet.runs.open import Run, load
from bibnet.schema.errors import Fault, UsageError

MEETS, DIFFERS, NOT_COMPUTED = "meets", "differs", "cannot be computed from this run"
NEEDS_RUN = "needs a run"
# A figure printed with "around" or "roughly" is met within a tenth of itself.
ROUGHLY = 0.1
# A share printed in whole per cent is met within half a point.
HALF_POINT = 0.5
PAIRS_STUDY, LEAST_ARTICLES = "ncses-2024", 400
CENTRALITIES = ("degree", "strength", "betweenness")
RANKS = (*CENTRALITIES, "closeness", "pagerank", "eigenvector")
COLUMNS = (
    "figure_id", "section", "figure", "period", "published", "ours", "deviation",
    "relative_deviation", "verdict", "why_it_may_differ", "note",
)  # fmt: skip
WHOLE_FROM = 100  # from here on three digits leave no room for decimals
# On a terminal, whatever its width: what a verdict is told from.
FIRST = ("figure", "published", "ours", "verdict")


def replicate(study: str, folder: Path | None = None) -> Document:
    """The figures of a study beside those of a run; without one, what published data allow.

    Raises UsageError naming the studies there are, InputError if the folder is no run.
    """
    about = _study(study)
    run = load(folder) if folder else None
    rows = _pairs_rows() if study == PAIRS_STUDY else _rows(about, run)
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    counted = frame["verdict"].value_counts().sort_index()
    facts: dict[str, Any] = {
        "study": f"{about['title']} ({about['publisher']}, {about['year']})",
        "address": about["address"],
        "run": run.manifest["run"] if run else "none: give a run to compare",
        **(_corpus(run) if run else {}),
        "query_for_a_live_harvest": about["query"] or "none is needed",
        "data_of_the_study": about.get("note", ""),
        **{str(verdict): int(number) for verdict, number in counted.items()},
    }
    return Document(f"{study}: published figures beside ours", facts, _sections(frame))


def _corpus(run: Run) -> dict[str, str]:
    query = run.manifest["query"]
    years = query["works"]["years"]
    span = f"{years[0]}-{years[1]}" if years else "all years"
    return {"corpus": f"{query['question']} AI rule: {', '.join(query['works']['ai'])}; {span}"}


def _sections(frame: pd.DataFrame) -> list[Section]:
    done = frame["verdict"].isin([MEETS, DIFFERS])
    return [
        Section("figures", "Figures compared", frame[done].reset_index(drop=True), first=FIRST),
        Section(
            "not_compared",
            "Figures not compared",
            frame[~done].reset_index(drop=True),
            first=("figure", "published", "why_it_may_differ"),
        ),
    ]


def _study(name: str) -> Mapping[str, str]:
    studies = {row["study"]: row for row in reference.rows("studies")}
    if name not in studies:
        remedy = f"one of: {', '.join(studies)}"
        raise UsageError(Fault(f"there is no study {name!r}", "bibnet replicate STUDY", remedy))
    return studies[name]


def _rows(about: Mapping[str, str], run: Run | None) -> list[tuple[Any, ...]]:
    figures = [r for r in reference.rows("published_figures") if r["study"] == about["study"]]
    lack = _lack(about, run) if run else ""
    return [_row(figure, run, lack) for figure in figures]


def _lack(about: Mapping[str, str], run: Run) -> str:
    """Why no figure of the study follows from a run of these sides; empty if they fit."""
    schemes = reference.schemes()
    asked = [set(schemes[name]) for name in about["sides"].split("|") if name]
    sides = [set(codes) for codes in run.manifest["query"]["sides"].values()]
    if all(codes in sides for codes in asked):
        return ""
    return f"the run has other sides than {about['sides'].replace('|', ' and ')}"


def _row(figure: Mapping[str, str], run: Run | None, lack: str) -> tuple[Any, ...]:
    ours: Value = None
    verdict = NEEDS_RUN if figure["computation"] else NOT_COMPUTED
    why = figure["why"]
    if run and figure["computation"]:
        years = _years(figure["period"], run)
        missing = lack or ("" if years else f"the run has no works of {figure['period']}")
        if not missing:
            measure = MEASURES[figure["computation"]]
            ours = measure(Period(run, years), _arguments(figure["arguments"]))
        verdict = verdict_of(figure, ours) if ours is not None else NOT_COMPUTED
        why = missing or why
    published = _number(figure["value"])
    deviation = relative = None
    if isinstance(ours, int | float) and published is not None:
        deviation = ours - published
        relative = deviation / published if published else None
    return (
        figure["figure_id"], figure["section"], figure["measure"], figure["period"],
        f"{figure['operator']} {figure['value']} {figure['unit']}",
        None if ours is None else _shown(ours), deviation, relative, verdict, why, figure["note"],
    )  # fmt: skip


def _years(period: str, run: Run) -> tuple[int, ...]:
    """The years of a figure's period that the run has works of; all its years if none is stated.

    A run that lacks the first or the last of them gives none: the figure would be of less.
    """
    scope = run.tables["work_scope"].select("year").distinct()
    known = sorted(int(year) for year in run.engine.frame(scope)["year"])
    stated = [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", period)]
    if not stated:
        return tuple(known)
    first, last = min(stated), max(stated)
    asked = stated if "," in period else range(first, last + 1)
    found = tuple(year for year in known if year in asked)
    return found if first in found and last in found else ()


def _arguments(text: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in text.split("|") if part)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _shown(value: Value) -> str:
    """Three digits, as published figures have; whole numbers in full."""
    if not isinstance(value, float):
        return str(value)
    return f"{value:.0f}" if abs(value) >= WHOLE_FROM else f"{value:.3g}"


def _ranked(text: str) -> list[str]:
    """What stands between the signs of an order ("GB>DE; FR"), in lower case."""
    return [part.strip() for part in re.split("[>;]", text.casefold())]


def verdict_of(figure: Mapping[str, str], ours: Value) -> str:
    """Whether our value meets the published one, as exactly as it is printed."""
    published, operator = _number(figure["value"]), figure["operator"]
    if published is None or not isinstance(ours, int | float):
        wanted, said = _ranked(re.sub(r"\([^()]*\)", "", figure["value"])), _ranked(str(ours))
        return MEETS if said[: len(wanted)] == wanted else DIFFERS
    if operator in ("<", "~<"):
        return MEETS if ours < published else DIFFERS
    if operator in (">", ">="):
        return MEETS if ours > published or (operator == ">=" and ours == published) else DIFFERS
    slack = ROUGHLY * abs(published) if operator == "~" else 0.0
    if operator == "=" and figure["unit"] == "percent":
        slack = HALF_POINT
    return MEETS if abs(ours - published) <= slack else DIFFERS


def _pairs_rows() -> list[tuple[Any, ...]]:
    """Table SPBS-93 from the published pairs of SPBS-92; SPBS-94 does not follow from them."""
    edges = read_edge_list(reference.PACKAGED / "ncses_pairs.csv", LEAST_ARTICLES)
    ours = edge_centrality(edges, "none").set_index("node").astype("float64").to_dict("index")
    printed = {row["name"]: row for row in reference.rows("ncses_centralities")}
    rows: list[tuple[Any, ...]] = []
    for country, row in sorted(printed.items()):
        for name in (*CENTRALITIES, *(f"{one}_rank" for one in RANKS)):
            published, found = float(row[name]), ours[country][name]
            rounded = int(found + 0.5)
            verdict = MEETS if rounded == published else DIFFERS
            rows.append(
                (
                    f"{PAIRS_STUDY}-SPBS-93", "SPBS-93", f"{name} of {country}", "2003-2022",
                    f"= {row[name]}", f"{found:.6g}", rounded - published, None, verdict,
                    "computed from the published pairs of 400 articles and more", "",
                )
            )  # fmt: skip
    why = "its index needs each country's international articles, which no published table gives"
    rows.append(
        (f"{PAIRS_STUDY}-SPBS-94", "SPBS-94", "index of collaboration, 60 countries", "2022",
         "= table", None, None, None, NOT_COMPUTED, why, "")
    )  # fmt: skip
    return rows
