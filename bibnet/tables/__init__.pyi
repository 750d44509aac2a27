from .read import (
    Reading as Reading,
)
from .read import (
    read_works as read_works,
)
