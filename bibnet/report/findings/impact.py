"""Findings on citation impact: joint works against works of one side, as they are and adjusted."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.totals import FEW_WORKS
from bibnet.report.content.wording import counted, decimal, listing
from bibnet.report.findings.volume import Finding
from bibnet.report.gallery.rankings import group_name
from bibnet.storage.frames import records


def impact_findings(content: ReportContent) -> list[Finding]:
    """Return normalised citations by group, and what is left of the difference at equal teams."""
    rows = content.exhibit("citations")
    enough = rows[rows["mncs"].notna() & (rows["works_in_mncs"].fillna(0) >= FEW_WORKS)]
    if len(enough) < 2:
        return []
    parts = [
        f"{group_name(row['group'])} {decimal(row['mncs'])} ({decimal(row['mncs_low'])} to "
        f"{decimal(row['mncs_high'])}, {counted(row['works_in_mncs'], 'work')})"
        for row in records(enough)
    ]
    text = (
        f"Mean normalised citation score with 95% stability interval, reference set "
        f"{enough['reference'].iloc[0]}: {listing(parts)}."
    )
    return [Finding("Normalised citations", text), *_adjusted(content)]


def _adjusted(content: ReportContent) -> list[Finding]:
    rows = content.exhibit("citations_compared")
    kept = rows[(rows["adjusted_for"] == "authors") & rows["mncs_difference"].notna()]
    kept = kept[kept["works_in_mncs"].fillna(0) >= FEW_WORKS]
    if kept.empty:
        return []
    sentences = [_sentence(row, _unadjusted(rows, row)) for row in records(kept)]
    return [Finding("Joint works at equal numbers of authors", " ".join(sentences))]


def _unadjusted(rows: pd.DataFrame, row: Mapping[str, Any]) -> float:
    same = rows["compared_with"] == row["compared_with"]
    return float(rows.loc[same & (rows["adjusted_for"] == "nothing"), "mncs_difference"].iloc[0])


def _sentence(row: Mapping[str, Any], unadjusted: float) -> str:
    low, high = row["mncs_difference_low"], row["mncs_difference_high"]
    reading = "which includes no difference" if low <= 0 <= high else "which excludes it being nil"
    return (
        f"Against {group_name(row['compared_with'])} the score of joint works differs by "
        f"{decimal(unadjusted)}; at equal numbers of authors by {decimal(row['mncs_difference'])} "
        f"({decimal(low)} to {decimal(high)}), {reading}."
    )
