"""What every stage of a run returned."""

from dataclasses import dataclass
from datetime import date

from bibnet.metrics.stage import Metrics
from bibnet.places.stage import Places
from bibnet.tables.reading import Reading
from bibnet.tables.same_paper import SamePapers
from bibnet.tables.stage import Corpus
from bibnet.tag.ai.stage import AiWorks
from bibnet.tag.lists.verdict import Verdicts
from bibnet.tag.stage import Flags


@dataclass(frozen=True)
class Outcome:
    """What every stage returned; `checks` are the claims that hold, `source` the source's date."""

    reading: Reading
    verdicts: Verdicts
    ai: AiWorks
    corpus: Corpus
    papers: SamePapers
    places: Places
    flags: Flags
    metrics: Metrics
    checks: tuple[str, ...]
    source: date | None
