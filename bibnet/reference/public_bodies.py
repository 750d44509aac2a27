"""Public research bodies in company form, which are no companies."""

from bibnet.reference import load

LIST = "public_research_bodies"


def public_rors() -> list[str]:
    """ROR ids of the listed bodies, sorted; bodies without a record are known by name only."""
    return sorted({row["ror"] for row in load.rows(LIST) if row["ror"]})
