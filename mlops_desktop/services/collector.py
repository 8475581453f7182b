"""Python's search for reference cycles, put off while thousands of facts are read and compared."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def pausing() -> Iterator[None]:
    """Collect no cycles inside the block.

    Facts are frozen and refer to nothing that refers back, yet each new thousand of them would
    have all the others walked again: a quarter of the time of a large comparison.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
