"""The harvest: works and entities of OpenAlex on disk, each page at once, none lost.

`plan` turns a query into filters, `open_source` opens the source, `harvest` brings it
all into a folder and may be killed and run again at any moment.
"""

import lazy_loader

# Names are loaded when they are first used: nothing heavy is imported for `--help`.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
