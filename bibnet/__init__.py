"""bibnet: how entangled is the AI research of regions.

`load(RUN)` opens a finished run; the command line is `bibnet --help`.
"""

from bibnet.query import Query
from bibnet.runs.open import Run, load

__all__ = ["Query", "Run", "load"]
