"""bibnet: how entangled is the AI research of regions.

`load(RUN)` opens a finished run; the command line is `bibnet --help`.
"""

import lazy_loader

# Names, the version too, are loaded when they are first used: `--help` and every helper process
# begin here.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
