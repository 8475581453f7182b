"""Writing that makes others wait for nothing but its last question.

What a session reads is one snapshot. Nothing that a rule reads changes without an event, which
moves the head: where the head behind the lock is the one of the snapshot, all of it still holds.
Where it has moved nothing was recorded, and the act runs again behind a lock that is taken first.

Rules that look at what a session recorded look at its rows, so these are written before the lock
too: rehearsed in a transaction that is undone, and written again behind the lock.
"""

from collections.abc import Callable, Sequence

import sqlalchemy as sa

from mlops_desktop.ledger.tree import Frontier
from mlops_desktop.store import sql
from mlops_desktop.store.faults import form_changed
from mlops_desktop.store.forms import current_form
from mlops_desktop.store.pens import Part, Seal, TeamPen
from mlops_desktop.store.team.functions import HOLD, WRITING

_SNAPSHOT = ("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", ())
_UPGRADED = ("LOCK TABLE public.head IN ACCESS SHARE MODE", ())
"""Waits for whoever changes the tables, and so comes before the snapshot, which would be older."""

_PATIENCE = ("SET LOCAL lock_timeout = '100ms'", ())
"""Rows that are rehearsed may be somebody else's, who may wait for ours: both never wait long."""

_ASLEEP = ("SET LOCAL idle_in_transaction_session_timeout = '30s'", ())
"""Nobody waits longer for rows that are rehearsed by somebody who was cut off."""

_LOOK = """
SELECT frontier,
    EXISTS (SELECT FROM public.people WHERE id = $1 AND revoked_position IS NOT NULL),
    (SELECT value FROM public.meta WHERE name = 'projection'),
    CASE WHEN pg_try_advisory_lock($2) THEN NOT pg_advisory_unlock($2) ELSE true END
FROM public.head WHERE id = 1
"""
"""The head, whether a person was revoked, the tables' form, and whether somebody writes now."""

_UNDO = ("ROLLBACK", ())
_BEGIN = ("BEGIN", ())
_HOLD = f"SELECT public.{HOLD}($1, $2)"
_NO = b"\0"
_CHANGES = ("INSERT", "UPDATE", "DELETE")
_IN_THE_WAY = ("23", "40", "55", "25P03")
"""What ends a rehearsal: others' keys, changes and locks, and sleeping too long."""


class Turn:
    """What one run of an act may do once: begin a write session that locks late.

    What comes behind a session that committed must not make the act run again.
    """

    def __init__(self) -> None:
        self._is_free = True

    def take(self) -> bool:
        """Return whether it was free until now."""
        was_free, self._is_free = self._is_free, False
        return was_free


class LatePen(TeamPen):
    """Locks the head when the session ends, unless others write when it begins."""

    def __init__(self) -> None:
        super().__init__()
        self._snapshot: Frontier | None = None
        self._rehearsed: list[Callable[[], None]] = []

    def options(self) -> dict[str, object]:
        """Be told of every row that is written."""
        return {sql.REHEARSAL: self}

    def begin(self, connection: sa.Connection, person: str) -> tuple[Frontier, bool | None]:
        """Return the head without locking it, where nobody writes; behind others take a turn."""
        asked = _SNAPSHOT, _UPGRADED, (_LOOK, (person, WRITING)), _PATIENCE, _ASLEEP
        *_, ((head, revoked, form, is_busy),), _, _ = sql.ask_together(connection, *asked)
        if is_busy != _NO:
            sql.ask_together(connection, sql.COMMIT)
            return self.lock(connection, person)
        if form.decode() != current_form():
            raise form_changed(connection.engine)
        self._snapshot = Frontier.from_bytes(head)
        sa.event.listen(connection, "before_cursor_execute", self._check_rehearsed)
        return self._snapshot, revoked == _NO

    def _check_rehearsed(self, _: sa.Connection, __: object, statement: str, *___: object) -> None:
        """Refuse what would be undone with the rehearsal and never written again."""
        if self._snapshot is not None and statement.startswith(_CHANGES):
            raise RuntimeError(f"not rehearsed: {statement}")

    def note(self, write: Callable[[], None]) -> None:
        """Remember what is written without the lock."""
        if self._snapshot is not None:
            self._rehearsed.append(write)

    def hold(self, connection: sa.Connection) -> None:
        """Lock the head if it has not moved, and write what was rehearsed.

        What is sent behind it is not run where it has moved.
        """
        if self._snapshot is None:
            return
        if self._rehearsed:  # whoever waits for these rows need not, and a line that is cut is told
            sql.ask_together(connection, _UNDO)
        sql.gather(connection)  # nobody is cut off between what takes the lock and what ends it
        if not self._rehearsed:
            sql.send(connection, _UNDO, _BEGIN)
        sql.send(connection, (_HOLD, (self._snapshot.to_bytes(), current_form())))
        self._snapshot = None
        for write in self._rehearsed:
            write()

    def write(self, connection: sa.Connection, part: Part, seal: Seal | None) -> None:
        """Append, behind the lock."""
        self.hold(connection)
        super().write(connection, part, seal)

    def erase(self, connection: sa.Connection, head: Frontier, digests: Sequence[str]) -> None:
        """Delete, behind the lock."""
        self.hold(connection)
        super().erase(connection, head, digests)

    def is_overtaken(self, error: sa.exc.DBAPIError) -> bool:
        """Tell whether a rehearsal met others; what the lock refuses says so by itself."""
        state = getattr(error.orig, "sqlstate", None) or ""
        is_in_the_way = not state or state.startswith(_IN_THE_WAY)  # none from a line that is cut
        return self._snapshot is not None and is_in_the_way
