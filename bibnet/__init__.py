"""bibnet: how entangled is the AI research of regions.

`load(RUN)` opens a finished run; the command line is `bibnet --help`.
"""

import lazy_loader

# Names are loaded when they are first used: nothing heavy is imported for `--help`.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
