"""What a session was answered, kept until it writes: rules that look one after the other ask alike.

Every question to a team's server is a round trip, and all of a write session's lie under the lock
that others wait for.
"""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar, cast

import sqlalchemy as sa

P = ParamSpec("P")
T = TypeVar("T")


class Asking:
    """A session of which queries are asked; the same is sent once while nothing was written."""

    connection: sa.Connection

    def __init__(self) -> None:
        self._read_at: tuple[int, ...] = ()
        self._answers: dict[tuple[object, ...], object] = {}

    def ask(
        self, question: Callable[Concatenate[sa.Connection, P], T], *given: P.args, **more: P.kwargs
    ) -> T:
        """Return what a query answers to ``given``; what it returned is shared, and not changed."""
        written, key = self._written(), (question, given, *more.items())
        if written != self._read_at:
            self._read_at, self._answers = written, {}
        if key not in self._answers:
            self._answers[key] = question(self.connection, *given, **more)
        return cast(T, self._answers[key])

    def _written(self) -> tuple[int, ...]:
        """Return what tells one state of the database from the next, as this session sees it."""
        return ()
