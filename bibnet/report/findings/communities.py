"""Findings on the communities of the network: how many, and how far other works would give them."""

from collections.abc import Mapping, Sequence
from typing import Any

from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.wording import counted, is_undefined
from bibnet.report.findings.finding import Finding
from bibnet.report.findings.rules import Hits, part
from bibnet.storage.frames import records

# An adjusted Rand index from here on is called good agreement (Steinley 2004, Psychological
# Methods 9:386).
GOOD_AGREEMENT = 0.8
# Communities of one work come back whole in every sample that has the work: where they hold more
# than this part of the institutions, agreement says nothing of single works.
MOST_OF_ONE_WORK = 0.1


def community_findings(content: ReportContent) -> list[Finding]:
    """Return the communities with their agreement under resampled works; nothing without it."""
    rows = records(content.exhibit("communities"))
    if not rows or is_undefined(rows[0]["resampled_adjusted_rand"]):
        return []
    first = rows[0]
    resampled, between_runs = (float(first[f"{kind}adjusted_rand"]) for kind in ("resampled_", ""))
    text = communities_sentence(len(rows), resampled, between_runs, of_one_work(rows))
    return [Finding("Communities of institutions", text)]


def of_one_work(rows: Sequence[Mapping[str, Any]]) -> Hits:
    """How many institutions are in communities of a single work, of all that are in one."""
    sizes = [(int(row["institutions"] or 0), row["works"]) for row in rows]
    single = sum(number for number, works in sizes if works == 1)
    return Hits(single, sum(number for number, _ in sizes))


def communities_sentence(
    communities: int, resampled: float, between_runs: float, single: Hits
) -> str:
    """How many communities, how far they hang on single works, and on the optimiser's chance.

    Whose community is which is told only where other works give much the same ones, and that they
    hardly hang on single works not where `single` works make them.
    """
    if resampled < GOOD_AGREEMENT:
        told = "so it cannot be told to which one a single institution belongs"
    elif single.hits > MOST_OF_ONE_WORK * single.number:
        told = (
            f"but {part(single.hits, single.number, 'institution')} are in communities that one "
            "work makes"
        )
    else:
        told = "so they hardly hang on single works"
    it = "it" if communities == 1 else "them"
    return (
        f"{counted(communities, 'community', 'communities')} of two institutions or more. "
        f"Those of resampled works agree with {it} at an adjusted Rand index of {resampled:.2f} "
        f"(1 = the same, 0 = as by chance), {told}; repeated runs of the algorithm agree with one "
        f"another at {between_runs:.2f}."
    )
