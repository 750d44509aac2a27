"""From input files to the declared source tables, without losing a line.

One door: `read_works(paths, folder)`. It reads every format the contract names,
writes the source tables, the list of input files and `quarantine.jsonl`, and
returns a `Reading` with the counts.
"""

from bibnet.tables.read import read_works
from bibnet.tables.reading import Reading

__all__ = ["Reading", "read_works"]
