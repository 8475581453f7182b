"""Long lists in parts, each small enough to be held at once with all that is read about it."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

_MOST = 500


def parts(items: Sequence[T]) -> Iterator[tuple[T, ...]]:
    """Yield the items in order, at most 500 at a time."""
    for start in range(0, len(items), _MOST):
        yield tuple(items[start : start + _MOST])
