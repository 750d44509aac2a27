"""bibnet: how entangled is the AI research of regions.

`load(RUN)` opens a finished run; the command line is `bibnet --help`.
"""

from importlib.metadata import PackageNotFoundError, version

import lazy_loader

# Names are loaded when they are first used: nothing heavy is imported for `--help`.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

try:
    __version__ = version("bibnet")
except PackageNotFoundError:  # run from its source without being installed
    __version__ = "unknown"
