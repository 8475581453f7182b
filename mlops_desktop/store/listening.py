"""What others record in a shared database, heard as it is committed; nobody polls for it.

There is no thread here: whoever listens watches :meth:`Listener.fileno` and drains when it is
readable.
"""

import json
import select
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.store import log, sql
from mlops_desktop.store.faults import explained, place_of
from mlops_desktop.store.team.functions import CHANNEL

EVERY_KIND = "*"
"""Said for all kinds: of too many at once, and of what was missed while nobody listened."""


PRESENCE = "presence"
"""The kind that is told when somebody comes or goes."""

_MARK = "mlops-desktop "
_PRESENCE = json.dumps({"size": 0, "kinds": [PRESENCE], "device": ""})
_GOODBYE = f"SELECT set_config('application_name', '', false); NOTIFY {CHANNEL}, '{_PRESENCE}'"
_PARTING_SECONDS = 1.0
"""How long a goodbye may take: a server that is away must not hold up a window that closes."""

_ALIVE = {
    "tcp_keepalives_idle": "60",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "90000",
}
"""The server gives up a listener whose machine is silent after 90 seconds, not after hours."""


def list_present(connection: sa.Connection) -> frozenset[str]:
    """Return the ids of the persons who listen to this database now; none where nobody can tell.

    It is what their programs say of themselves, for seeing who is there and nothing else.
    """
    if connection.dialect.name != "postgresql":
        return frozenset()
    query = (
        "SELECT DISTINCT application_name FROM pg_stat_activity "
        "WHERE datname = current_database() AND application_name LIKE ?"
    )
    found = sql.fetch(connection, query, f"{_MARK}%")
    return frozenset(str(row[0]).removeprefix(_MARK) for row in found) - {""}


@dataclass(frozen=True, slots=True)
class Heard:
    """A commit: the ledger's size after it, the kinds it touched, the device that recorded it."""

    size: int
    kinds: tuple[str, ...]
    device: str


class Listener:
    """Hears every commit of a workspace from the moment it was made.

    Others see by it that ``person`` is here, as long as it is connected; they are told when it
    comes and when it leaves.
    """

    def __init__(self, engine: sa.Engine, person: str = "") -> None:
        self._engine, self._person = engine, person
        self._held: Any = None
        self.reconnect()

    def fileno(self) -> int:
        """Return what becomes readable when something is to be drained; -1 while disconnected.

        Another one after every reconnection.
        """
        return -1 if self._held is None else int(self._held.fileno())

    def drain(self) -> tuple[Heard, ...]:
        """Return what was heard since, without waiting.

        Where the server went away it is looked for once more, and everything counts as touched.
        Raises ``workspace.…`` where it is still away: then :meth:`reconnect` again later.
        """
        if self._held is not None:
            try:
                return tuple(_heard(payload) for payload in self._payloads())
            except self._engine.dialect.loaded_dbapi.Error:
                self.close()
                self._engine.dispose()  # whatever waits there for its use is as dead
        return (self.reconnect(),)

    def _payloads(self) -> Iterator[bytes]:
        server = self._held.pgconn
        server.consume_input()  # raises where the server has gone
        while (notice := server.notifies()) is not None:
            yield notice.extra

    def reconnect(self) -> Heard:
        """Listen anew, and return where the ledger stands: what came in between was not heard."""
        self.close()
        with explained(self._engine):
            held = self._engine.raw_connection()
            self._held = held.driver_connection
            held.detach()  # it stays open, and the pool forgets it
        try:
            self._held.rollback()
            self._held.autocommit = True
            self._come()
        except self._engine.dialect.loaded_dbapi.Error as error:
            self.close()
            shown = place_of(self._engine)
            retry = Recovery.RETRY
            raise AppError("workspace.unreachable", recovery=retry, path=shown) from error
        with explained(self._engine), self._engine.connect() as connection:
            return Heard(log.read_head_row(connection)[0], (EVERY_KIND,), "")

    def _come(self) -> None:
        """Say who is here, tell those who are, and listen."""
        settings = {"application_name": _MARK + self._person, **_ALIVE}
        every = ", ".join(["set_config(%s, %s, false)"] * len(settings))
        given = [part for pair in settings.items() for part in pair]
        self._held.execute(f"SELECT {every}", given)
        self._held.execute("SELECT pg_notify(%s, %s)", (CHANNEL, _PRESENCE))
        self._held.execute(f"LISTEN {CHANNEL}")

    def leave(self) -> None:
        """Tell the others that this person goes, and listen no longer.

        Nobody waits for a server that does not answer: there the goodbye is lost.
        """
        if self._held is not None:
            with suppress(self._engine.dialect.loaded_dbapi.Error):
                self._say_goodbye(time.monotonic() + _PARTING_SECONDS)
        self.close()

    def _say_goodbye(self, until: float) -> None:
        """Send it and wait for the answer: a line closed with something unread may lose it."""
        server = self._held.pgconn
        server.send_query(_GOODBYE.encode())
        server.flush()
        while (left := until - time.monotonic()) > 0:
            if server.is_busy():
                if select.select([server.socket], [], [], left)[0]:
                    server.consume_input()
            elif server.get_result() is None:
                return

    def close(self) -> None:
        """Listen no longer, without a word to the others."""
        held, self._held = self._held, None
        if held is not None:
            held.close()


def _heard(payload: bytes) -> Heard:
    """Read a notice; whoever may connect can send one, so whatever it says is but a hint."""
    try:
        told = json.loads(payload)
        return Heard(int(told["size"]), tuple(map(str, told["kinds"])), str(told["device"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return Heard(0, (EVERY_KIND,), "")
