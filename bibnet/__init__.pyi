from .query.model import Query as Query
from .runs.open import (
    Run as Run,
)
from .runs.open import (
    load as load,
)
from .storage.package import (
    __version__ as __version__,
)
