"""No search for circles while libraries and tests are imported: all of it stays to the end.

It took a third of the time that each worker needs before its first test; what is there then is
left out of every later search too.
"""

import gc
from collections.abc import Iterator

import pytest

gc.disable()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Iterator[None]:
    """Search again from the first test on."""
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()
