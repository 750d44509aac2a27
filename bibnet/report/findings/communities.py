"""Findings on the communities of the network: how many, and how far other works would give them."""

from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.wording import counted, is_undefined
from bibnet.report.findings.volume import Finding
from bibnet.storage.frames import records

# An adjusted Rand index from here on is called good agreement (Steinley 2004, Psychological
# Methods 9:386).
GOOD_AGREEMENT = 0.8


def community_findings(content: ReportContent) -> list[Finding]:
    """Return the communities with their agreement under resampled works; nothing without it."""
    rows = records(content.exhibit("communities"))
    if not rows or is_undefined(rows[0]["resampled_adjusted_rand"]):
        return []
    first = rows[0]
    text = communities_sentence(
        len(rows), float(first["resampled_adjusted_rand"]), float(first["adjusted_rand"])
    )
    return [Finding("Communities of institutions", text)]


def communities_sentence(communities: int, resampled: float, between_runs: float) -> str:
    """How many communities, how far they hang on single works, and on the optimiser's chance.

    Whose community is which is told only where other works give much the same ones.
    """
    told = (
        "so they hardly hang on single works"
        if resampled >= GOOD_AGREEMENT
        else "so it cannot be told to which one a single institution belongs"
    )
    return (
        f"{counted(communities, 'community', 'communities')} of two institutions or more. Those "
        f"of resampled works agree with them at an adjusted Rand index of {resampled:.2f} "
        f"(1 = the same, 0 = as by chance), {told}; repeated runs of the algorithm agree with one "
        f"another at {between_runs:.2f}."
    )
