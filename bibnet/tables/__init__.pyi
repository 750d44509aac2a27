from .read import read_works as read_works
from .reading import Reading as Reading
