"""Memory that has been freed, given back to the system.

C's allocator keeps it for the thread that had it, and Arrow's pool for its own use: behind a
million works two thirds of what a run held was free, and the next stage took more beside it.
"""

import ctypes
import sys

import pyarrow as pa

# Of fewer bytes what stays behind is not worth looking through the heap: 10 ms.
LARGE = 8 << 20


def give_back() -> None:
    """Give the system the memory that nothing holds; nothing but where glibc is the allocator."""
    pa.default_memory_pool().release_unused()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim:
            trim(0)


def give_back_behind(held: int) -> None:
    """As `give_back` where something of so many bytes has come and gone."""
    if held >= LARGE:
        give_back()
