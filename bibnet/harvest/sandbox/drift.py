"""Citation counts that change while a list is being read."""

from random import Random
from typing import Any

from bibnet.harvest.sandbox.collection import Collection

Document = dict[str, Any]
MOVING_SHARE = 0.05  # of all works, at each drift: enough that pages shift within a short list


def drift(works: Collection, chance: Random) -> None:
    """Give some works more citations and another percentile, which moves them in default order."""
    count = max(1, round(MOVING_SHARE * len(works.documents))) if works.documents else 0
    positions = chance.sample(range(len(works.documents)), count)
    works.replace({p: _moved(works.documents[p], chance) for p in positions})


def _moved(work: Document, chance: Random) -> Document:
    citations = work["cited_by_count"] + chance.randint(1, 20)
    standing = work["cited_by_percentile_year"]
    if standing is not None:
        high = min(100, max(1, standing["max"] + chance.randint(-15, 15)))
        standing = {"min": high - 1, "max": high}
    return work | {"cited_by_count": citations, "cited_by_percentile_year": standing}
