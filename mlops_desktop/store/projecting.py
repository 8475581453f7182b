"""Events of one write session on their way into rows, projected some thousands at a time.

What they change is read in one question to the database: on a team's server each is a round trip,
and all of a session's lie under the lock that others wait for.
"""

from collections import deque
from collections.abc import Iterator

import sqlalchemy as sa

from mlops_desktop.core.events.registry import Envelope
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store.appending import Appending
from mlops_desktop.store.arriving import project_event, read_ahead
from mlops_desktop.store.rows import Earlier, Rows


class Projecting:
    """Keeps events until somebody looks at the rows, and projects them in their order then."""

    def __init__(
        self, connection: sa.Connection, events: Appending, earlier: Earlier | None
    ) -> None:
        self._events, self._position = events, 0
        self._rows = Rows(connection, self._history, events.open, earlier=earlier)
        self._waiting: deque[tuple[int, Envelope, bool]] = deque()

    def add(self, position: int, envelope: Envelope, *, is_held: bool) -> None:
        """Take an event of the log; one held back leads to no row but that it is here."""
        self._waiting.append((position, envelope, is_held))

    @property
    def rows(self) -> Rows:
        """The rows, every event taken so far projected."""
        if self._waiting:
            waiting, self._waiting = self._waiting, deque()
            try:
                if len(waiting) > 1:
                    read_ahead(self._rows, (envelope.payload for _, envelope, _ in waiting))
                while waiting:
                    self._position, envelope, is_held = waiting.popleft()
                    project_event(self._rows, self._position, envelope, is_held=is_held)
            finally:
                self._waiting = waiting  # of one that fails those behind it are not forgotten
        return self._rows

    def _history(self, subject: str) -> Iterator[Happening]:
        """Yield what happened to a subject up to the event that is projected, itself included."""
        return (one for one in self._events.history(subject) if one.position <= self._position)
