"""Places: affiliation strings to organisations, countries, provinces and cities."""

import lazy_loader

# Names are loaded when they are first used: nothing heavy is imported for `--help`.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
