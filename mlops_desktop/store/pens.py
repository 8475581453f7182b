"""How events reach the log: by the program's own statements, or by functions of a team's server.

In a file and in a database of one's own the program writes the tables. Where a team's roles are
set up, members have no right to: one function of the server locks, checks and writes for them.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import sqlalchemy as sa

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.registry import Envelope
from mlops_desktop.ledger.tree import Frontier
from mlops_desktop.store import log, sql
from mlops_desktop.store.envelopes import columns_of, subject_of
from mlops_desktop.store.erasing import delete_disclosures
from mlops_desktop.store.faults import form_changed, place_of
from mlops_desktop.store.forms import current_form
from mlops_desktop.store.leaving import MOVED_TO
from mlops_desktop.store.rebuild import rebuild
from mlops_desktop.store.sql import Asked, Cells
from mlops_desktop.store.team.functions import APPEND, CHANNEL, ERASE, LOCK, TELL

_LOCK = f"SELECT frontier_, revoked FROM public.{LOCK}($1)"  # noqa: S608 - our own name
_TELL = f"SELECT public.{TELL}($1)"
_STANDS = "SELECT name, value FROM meta WHERE name IN (?, 'projection')"
_FORM = "SELECT value FROM public.meta WHERE name = 'projection'"
_FLUSH = "SELECT pg_logical_emit_message(true, 'mlops_desktop', '')"
_NO = b"\0"
_REFUSALS = ("MD", "22", "23", "25", "40", "42", "53", "54", "55")
_TOLD_BYTES = 7_000
_TOGETHER = 100
"""How many events go at a time: a call costs as much as twenty, and where writers have taken each
processor nothing is gained by the server's working on some while more are made."""

_CALL = f"SELECT public.{APPEND}($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"


class Entry(NamedTuple):
    """An event on its way into the log."""

    position: int
    envelope: Envelope
    is_held: bool
    leaf: bytes
    body: bytes

    def cells(self) -> Cells:
        """Return the row of the table of events."""
        columns = columns_of(self.envelope, is_held=self.is_held)
        return (self.position, *columns, self.leaf, self.body)


@dataclass(frozen=True, slots=True)
class Part:
    """Events on their way into the log, and the frontiers before and after them."""

    before: Frontier
    after: Frontier
    entries: Sequence[Entry]
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
    """Writes the log of one workspace; unless it says otherwise, others wait from the beginning."""

    batch: int
    """How many events it is given at a time."""

    def begin(self, connection: sa.Connection, person: str) -> tuple[Frontier, bool | None]:
        """Return the head that a session rests on, and whether the person may act if known."""
        return self.lock(connection, person)

    def lock(self, connection: sa.Connection, person: str) -> tuple[Frontier, bool | None]:
        """Make other writers wait; return the same."""

    def options(self) -> dict[str, object]:
        """Return what a session's connection is told of how it writes."""
        return {}

    def hold(self, connection: sa.Connection) -> None:
        """Make other writers wait at the latest now; they do already where it began so."""
        return

    def is_overtaken(self, error: sa.exc.DBAPIError) -> bool:
        """Tell whether a session failed since others wrote meanwhile, and may simply run again."""
        return False

    def check_stays(self, connection: sa.Connection) -> None:
        """Refuse a locked workspace that is not what was opened.

        Raises ``workspace.moved`` where it left, ``workspace.form_changed`` where it was upgraded.
        """

    def write(self, connection: sa.Connection, part: Part, seal: Seal | None) -> None:
        """Write events; with a ``seal`` the head and its checkpoint too, all of it checked."""

    def finish(self, connection: sa.Connection) -> None:
        """Commit, and return when the disk has it."""

    def is_refusal(self, error: sa.exc.DBAPIError) -> bool:
        """Tell whether the server said no while finishing, so that nothing was committed."""

    def erase(self, connection: sa.Connection, head: Frontier, digests: Sequence[str]) -> None:
        """Delete texts that written events name as erased, and every row made from them."""


class OwnPen(Pen):
    """Writes with the rights of whoever made the tables."""

    batch = 5_000

    def lock(self, connection: sa.Connection, person: str) -> tuple[Frontier, bool | None]:
        """Lock the head's row on PostgreSQL; a file is locked from BEGIN on."""
        return log.read_head(connection, lock=True), None

    def check_stays(self, connection: sa.Connection) -> None:
        """Read it behind the lock, since whoever leaves holds that to the end."""
        found = dict(sql.fetch(connection, _STANDS, MOVED_TO))
        if MOVED_TO in found:
            place = found[MOVED_TO]
            raise AppError("workspace.moved", where=place_of(connection.engine), place=place)
        if found["projection"] != current_form():
            raise form_changed(connection.engine)

    def write(self, connection: sa.Connection, part: Part, seal: Seal | None) -> None:
        """Insert; raises ``ledger.write_check_failed`` where it does not read back the same."""
        log.append(connection, [entry.cells() for entry in part.entries])
        log.keep_disclosures(connection, part.opened)
        if seal is None:
            return
        log.write_head(connection, part.after)
        log.keep_checkpoint(connection, part.after.size, seal.note)
        log.check_written(connection, seal.start, seal.leaves, part.after)
        if connection.dialect.name == "postgresql":
            told = seal.told(part.after.size)
            sql.fetch(connection, f"SELECT pg_notify('{CHANNEL}', ?)", told)

    def finish(self, connection: sa.Connection) -> None:
        """Commit; the database answers when the disk has."""
        connection.commit()

    def is_refusal(self, error: sa.exc.DBAPIError) -> bool:
        """Nothing is asked at the end but the commit."""
        return False

    def erase(self, connection: sa.Connection, head: Frontier, digests: Sequence[str]) -> None:
        """Delete them, and make the projected tables anew."""
        log.write_head(connection, head)
        delete_disclosures(connection, digests)
        rebuild(connection)


class TeamPen(Pen):
    """Asks the server's functions, which bind each event to the login that brings it.

    One for each session: what seals it is kept until it is committed, and goes with the commit.
    """

    batch = _TOGETHER

    def __init__(self) -> None:
        self._sealing: tuple[Asked, ...] = ()

    def lock(self, connection: sa.Connection, person: str) -> tuple[Frontier, bool | None]:
        """Lock the head by the owner's right; behind it read who acts, and what the tables are.

        A program that was open while they were upgraded would write rows of their earlier form.
        """
        asked = (_LOCK, (person,)), (_FORM, ())
        ((frontier, revoked),), ((form,),) = sql.ask_together(connection, *asked)
        if form.decode() != current_form():
            raise form_changed(connection.engine)
        return Frontier.from_bytes(frontier), revoked == _NO

    def check_stays(self, connection: sa.Connection) -> None:
        """Leave it to the function that appends: it spares a question."""

    def write(self, connection: sa.Connection, part: Part, seal: Seal | None) -> None:
        """Append in one call; the function reads back and hashes again what it wrote.

        It goes on while the next events are made; whatever is asked next waits for it.
        """
        call = (_CALL, _given(part, seal))
        if seal is not None:
            self._sealing = (call, sql.COMMIT, (_TELL, (part.after.size,)))
        else:
            sql.send(connection, call)

    def finish(self, connection: sa.Connection) -> None:
        """Seal and commit without waiting for the disk, then wait for it without the lock.

        Telling is a commit behind ours, and its flush takes all before it along; of many writers
        one tells and flushes for those behind him. What is lost before it was never acknowledged.
        """
        sql.ask_together(connection, *self._sealing)
        connection.commit()  # the driver's has ended already; SQLAlchemy's ends here

    def is_refusal(self, error: sa.exc.DBAPIError) -> bool:
        """Tell what the function, the rights or a table refuse from a connection that was lost.

        What is sent behind it is not run, the commit neither. Where telling fails, the commit
        before it has happened.
        """
        state = getattr(error.orig, "sqlstate", None) or ""
        is_before = error.statement not in (sql.COMMIT[0], _TELL)
        return is_before and state.startswith(_REFUSALS)

    def erase(self, connection: sa.Connection, head: Frontier, digests: Sequence[str]) -> None:
        """Delete them by the keepers' function; the tables stay, their rows are made anew."""
        sql.fetch(connection, f"SELECT public.{ERASE}(?::text[])", list(digests))
        rebuild(connection, keeps_tables=True)


def _given(part: Part, seal: Seal | None) -> tuple[str | int | bytes | None, ...]:
    """Return what the function takes; most columns it reads from the bodies itself."""
    from mlops_desktop.store.line import blobs, numbers, texts

    columns = zip(*part.entries, strict=True) if part.entries else [()] * 5
    _, envelopes, holds, leaves, bodies = columns
    held = [place for place, is_held in enumerate(holds, 1) if is_held]
    subjects = [
        "" if is_held else subject_of(envelope.payload)
        for envelope, is_held in zip(envelopes, holds, strict=True)
    ]
    persons = {envelope.actor.person for envelope in envelopes}
    arrays = blobs(bodies), texts(subjects), blobs(leaves), numbers(held), texts(persons)
    opened = texts(part.opened), texts(part.opened.values())
    sealed = (seal.note, seal.told(part.after.size)) if seal else (None, None)
    return part.before.size, *arrays, *opened, part.after.to_bytes(), *sealed


OWN_PEN: Pen = OwnPen()


def flush(connection: sa.Connection) -> None:
    """Return when PostgreSQL's disk has all that was committed before, whoever committed it."""
    sql.ask_together(connection, (_FLUSH, ()), sql.COMMIT)
    connection.commit()
