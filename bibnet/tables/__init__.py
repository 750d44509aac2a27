"""From input files to the declared source tables, without losing a line.

One door: `read_works(paths, folder)`. It reads every format the contract names,
writes the source tables, the list of input files and `quarantine.jsonl`, and
returns a `Reading` with the counts.
"""

import lazy_loader

# Names are loaded when they are first used: nothing heavy is imported for `--help`.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
