from .query.model import Query as Query
from .runs.open import (
    Run as Run,
)
from .runs.open import (
    load as load,
)

__version__: str
