"""Runs pyHanko's coroutines to their end: what they call here is blocking, so they never wait."""

from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def finish(coroutine: Coroutine[Any, Any, T]) -> T:
    """Return what a coroutine returns, without any loop; raises what it raises."""
    try:
        coroutine.send(None)
    except StopIteration as ended:
        found: T = ended.value
        return found
    coroutine.close()
    raise RuntimeError("a coroutine waits for something")
