"""Networks: who is on a work with what part, the ties between them, and their measures."""

import lazy_loader

# Names are loaded when they are first used: nothing heavy is imported for `--help`.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
