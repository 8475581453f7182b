"""How events reach the log: by the program's own statements, or by functions of a team's server.

In a file and in a database of one's own the program writes the tables. Where a team's roles are
set up, members have no right to: one function of the server locks, checks and writes for them.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import sqlalchemy as sa

from mlops_desktop.ledger.tree import Frontier
from mlops_desktop.store import log, sql
from mlops_desktop.store.erasing import delete_disclosures
from mlops_desktop.store.rebuild import rebuild
from mlops_desktop.store.sql import Cells
from mlops_desktop.store.team.functions import APPEND, CHANNEL, ERASE, LOCK

_TOLD_BYTES = 7_000
_CALL = (
    f"SELECT public.{APPEND}(?, ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], "
    "?::text[], ?::bytea[], ?::bytea[], ?::text[], ?::text[], ?, ?, ?)"
)


@dataclass(frozen=True, slots=True)
class Part:
    """Events on their way into the log, and the frontiers before and after them."""

    before: Frontier
    after: Frontier
    rows: Sequence[Cells]
    opened: dict[str, str]


@dataclass(frozen=True, slots=True)
class Seal:
    """What ends a write session: its signed head, the leaves it wrote from ``start``, the news."""

    note: str
    start: int
    leaves: list[bytes]
    kinds: tuple[str, ...]
    device: str

    def told(self, size: int) -> str:
        """Return what listeners are told; kinds are left out where they are too many."""
        told = {"size": size, "kinds": self.kinds, "device": self.device}
        text = json.dumps(told, separators=(",", ":"))
        if len(text) > _TOLD_BYTES:
            text = json.dumps({**told, "kinds": ["*"]}, separators=(",", ":"))
        return text


class Pen(Protocol):
    """Writes the log of one workspace."""

    def lock(self, connection: sa.Connection) -> Frontier:
        """Make other writers wait, and return the head."""

    def write(self, connection: sa.Connection, part: Part, seal: Seal | None) -> None:
        """Write events; with a ``seal`` the head and its checkpoint too, all of it checked."""

    def erase(self, connection: sa.Connection, head: Frontier, digests: Sequence[str]) -> None:
        """Delete texts that written events name as erased, and every row made from them."""


class OwnPen:
    """Writes with the rights of whoever made the tables."""

    def lock(self, connection: sa.Connection) -> Frontier:
        """Lock the head's row on PostgreSQL; a file is locked from BEGIN on."""
        return log.read_head(connection, lock=True)

    def write(self, connection: sa.Connection, part: Part, seal: Seal | None) -> None:
        """Insert; raises ``ledger.write_check_failed`` where it does not read back the same."""
        log.append(connection, list(part.rows))
        log.keep_disclosures(connection, part.opened)
        if seal is None:
            return
        log.write_head(connection, part.after)
        log.keep_checkpoint(connection, part.after.size, seal.note)
        log.check_written(connection, seal.start, seal.leaves, part.after)
        if connection.dialect.name == "postgresql":
            told = seal.told(part.after.size)
            sql.fetch(connection, f"SELECT pg_notify('{CHANNEL}', ?)", told)

    def erase(self, connection: sa.Connection, head: Frontier, digests: Sequence[str]) -> None:
        """Delete them, and make the projected tables anew."""
        log.write_head(connection, head)
        delete_disclosures(connection, digests)
        rebuild(connection)


class TeamPen:
    """Asks the server's functions, which bind each event to the login that brings it."""

    def lock(self, connection: sa.Connection) -> Frontier:
        """Lock the head's row by the owner's right."""
        ((stored,),) = sql.fetch(connection, f"SELECT public.{LOCK}()")
        return Frontier.from_bytes(bytes(stored))

    def write(self, connection: sa.Connection, part: Part, seal: Seal | None) -> None:
        """Append in one call; the function reads back and hashes again what it wrote."""
        if not (part.rows or part.opened or seal):
            return
        # Of the columns: id, type, at, effective, person, subject, leaf, body.
        columns = [list(cells) for cells in zip(*part.rows, strict=True)][1:] or [[]] * 8
        told = seal.told(part.after.size) if seal else None
        note = seal.note if seal else None
        texts = [list(part.opened), list(part.opened.values())]
        given = (part.before.size, *columns, *texts, part.after.to_bytes(), note, told)
        sql.fetch(connection, _CALL, *given)

    def erase(self, connection: sa.Connection, head: Frontier, digests: Sequence[str]) -> None:
        """Delete them by the keepers' function; the tables stay, their rows are made anew."""
        sql.fetch(connection, f"SELECT public.{ERASE}(?::text[])", list(digests))
        rebuild(connection, keeps_tables=True)


OWN_PEN: Pen = OwnPen()
TEAM_PEN: Pen = TeamPen()
