"""The caveats every report prints, with the run's own numbers where there are any."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from bibnet.report.about.origin import source_date, source_dates, uses_openalex
from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.totals import FEW_WORKS, corpus_totals, ratio
from bibnet.report.content.wording import clean, count, counted, share

FUNDER_SOURCES = (
    "Sources of funding data are added over time, so a change in a funder's share can be a change "
    "in coverage."
)
AFFILIATIONS_FELL = "At OpenAlex the coverage of affiliations fell for 2023 to 2025."
CHINESE_LANGUAGE = (
    "Coverage of Chinese-language works is thin and discontinuous: about a quarter of the articles "
    "of core journals, most of them labelled English."
)
LANGUAGE_LABELS = "Language labels of the source are wrong in about 15% of cases."
UNDATED = (
    "The files do not say when they were made, so the last two years that they reach, with works "
    "of this run or without, are taken as provisional: they may still grow."
)
LISTED_ONLY = (
    "Joint publication is what this report counts. It does not measure the intent, quality or "
    "effect of a collaboration, and nothing in it says what caused what."
)


def caveats(content: ReportContent) -> list[str]:
    """Return the caveats of the source that was used: coverage, date, late years, own notes."""
    manifest, theirs = content.manifest, uses_openalex(content.manifest)
    affiliations = _by_year(content, ("authorships_with_country", "authorships"))
    funders = _by_year(content, ("works_with_funder", "works"))
    dated = bool(source_dates(manifest))
    return [
        f"Affiliations: {affiliations}{AFFILIATIONS_FELL if theirs else ''}".rstrip(),
        f"Funders: {funders}{FUNDER_SOURCES if theirs else ''}".rstrip(),
        *((CHINESE_LANGUAGE, LANGUAGE_LABELS) if theirs else ()),
        *((source_date(manifest),) if dated else (UNDATED,)),
        *_provisional(content, dated=dated),
        *_disagreements(manifest),
        LISTED_ONLY,
        *[clean(note, 2_000) for note in content.notes],
    ]


def _by_year(content: ReportContent, columns: tuple[str, str]) -> str:
    coverage = content.exhibit("coverage")
    parts = [
        (ratio(known, whole), int(year), int(whole))
        for year, known, whole in zip(
            coverage["year"], coverage[columns[0]], coverage[columns[1]], strict=True
        )
        if ratio(known, whole) is not None
    ]
    if not parts:
        return "this run has no work by year. "
    return _extremes(_overall(coverage, columns), parts, columns)


def _overall(coverage: pd.DataFrame, columns: tuple[str, str]) -> float | None:
    return ratio(coverage[columns[0]].sum(), coverage[columns[1]].sum())


def _extremes(
    overall: float | None, parts: list[tuple[float | None, int, int]], columns: tuple[str, str]
) -> str:
    known = "have a country" if columns[1] == "authorships" else "name a funder or an award"
    text = f"{share(overall) if overall else 'none'} of the {columns[1]} of this run {known}"
    if len({share(part[0]) for part in parts}) == 1:
        return f"{text}. "
    # Among years of few the extremes are those of the fewest.
    sure = [part for part in parts if part[2] >= FEW_WORKS]
    if len({share(part[0]) for part in sure}) < 2:
        return f"{text}. "
    among = f"of the years with {FEW_WORKS} or more, " if len(sure) < len(parts) else ""
    low = min(sure, key=lambda part: (part[0] or 0.0, part[1]))
    high = max(sure, key=lambda part: (part[0] or 0.0, part[1]))
    return (
        f"{text}; {among}lowest in {low[1]} ({share(low[0])} of {count(low[2])}), "
        f"highest in {high[1]} ({share(high[0])} of {count(high[2])}). "
    )


def _provisional(content: ReportContent, *, dated: bool) -> list[str]:
    late = corpus_totals(content).provisional
    if not late:
        return []
    years = ", ".join(str(year) for year in late)
    grow = "Their counts still grow at the source."
    return [f"Provisional years: {years}. {grow}" if dated else f"Provisional years: {years}."]


def _disagreements(manifest: Mapping[str, Any]) -> list[str]:
    number = (manifest.get("places") or {}).get("disagreements")
    if not number:
        return []
    return [
        f"For {counted(number, 'affiliation')} a weaker kind of evidence names another country "
        "than the one that decided; the deciding one counts."
    ]
