"""Answers that a list asks for with every page it shows: kept until the ledger has grown."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from mlops_desktop.core.asof import AsOf
from mlops_desktop.store.unit_of_work import ReadSession

T = TypeVar("T")


class RecentAnswers(Generic[T]):
    """Keeps the ``most`` newest answers, each for a workspace's head, the dates and a question."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Hashable, T] = {}

    def ask(self, view: ReadSession, as_of: AsOf, make: Callable[[], T], question: str = "") -> T:
        """Return what ``make`` gives, of itself only where nobody asked since the last event."""
        key = (view.workspace, view.head_seen().root, as_of, as_of.day, question)
        if key not in self._kept:
            made = make()
            for old in [*self._kept][: max(0, len(self._kept) - self._most + 1)]:
                self._kept.pop(old, None)
            self._kept[key] = made
        return self._kept[key]
