"""The report of a run: one page, one workbook and the figures, all from the exhibits."""

import lazy_loader

# Names are loaded when they are first used: a run is opened without a library that draws.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
