"""Ends a query that takes too long, or that nobody waits for any more."""

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any

from mlops_desktop.outside.databases.faults import DatabaseFault
from mlops_desktop.outside.http_faults import Fault


@dataclass(slots=True)
class QueryWatch:
    """The time one query has; asked often while it runs."""

    is_cancelled: Callable[[], bool]
    seconds: float
    _ends: float = field(default=float("inf"))

    def start(self) -> None:
        """Begin the time of the next query."""
        self._ends = time.monotonic() + self.seconds

    @property
    def is_over(self) -> bool:
        """Whether the query is to end now."""
        return self.is_cancelled() or time.monotonic() > self._ends

    def fault(self) -> DatabaseFault:
        """Return why the query ended."""
        if self.is_cancelled():
            return DatabaseFault(Fault.CANCELLED, "stopped")
        return DatabaseFault(Fault.TIMEOUT, "query_deadline", f"{self.seconds:g} s")

    def check(self) -> None:
        """Raise DatabaseFault when the query is to end."""
        if self.is_over:
            raise self.fault()

    def watching(
        self, steps: Generator[Any, Any, Any], end: Callable[[], None]
    ) -> Generator[Any, Any, Any]:
        """Go through the steps of a driver that waits; ``end`` is called once, then it goes on.

        The server answers to being ended, so the connection stays in a known state.
        """
        is_ended, ready = False, None
        while True:
            try:
                step = steps.send(ready)
            except StopIteration as done:
                return done.value
            ready = yield step
            if self.is_over and not is_ended:
                is_ended = True
                end()
