"""A copy of a shared workspace: what it says of itself, and what lies in it unshared."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import StrEnum

import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.registry import Event, name_of
from mlops_desktop.core.extracts import ANNOTATIONS
from mlops_desktop.core.fates import may_be_offline
from mlops_desktop.ledger.tree import Frontier
from mlops_desktop.store import sql
from mlops_desktop.store.engine import WRITES
from mlops_desktop.store.tables.ledger import meta

LATEST = "latest"
"""The name of the row of ``meta`` that says when a copy was used last."""

_NEVER = datetime.min.replace(tzinfo=UTC)


class CopyKind(StrEnum):
    """Whose copy it is: a member's with an outbox, or an auditor's to read."""

    MEMBER = "member"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Copy:
    """What a copy says of itself; ``shared`` closes the part that the team has.

    ``place`` is where the shared workspace lies; until ``lease_until`` events may be recorded.
    """

    id: str
    place: str
    shared: Frontier
    person: str
    kind: CopyKind
    taken_at: datetime
    lease_days: int
    lease_until: date
    pulled_at: datetime
    bases: Mapping[str, int] = field(default_factory=dict)
    """By id, how much of the team's history was here when an event still unshared was recorded.

    Only of those that were here before the last pull; the others are behind ``shared``.
    """
    latest: datetime = _NEVER
    """The latest time at which it was used since it was last pulled, whatever a clock said since.
    """

    @property
    def base(self) -> Seen:
        """The head that signatures made here name."""
        return Seen(self.shared.size, self.shared.root().hex())

    @property
    def counted_from(self) -> date:
        """The day against which the lease counts: today, unless the clock was set back."""
        return max(clock.now(), self.latest).date()

    @property
    def is_lease_over(self) -> bool:
        """Whether nothing may be recorded any longer."""
        return self.counted_from > self.lease_until


def read_copy(connection: sa.Connection) -> Copy | None:
    """Return what a copy says of itself, None for the shared workspace."""
    facts = dict(sql.fetch(connection, "SELECT name, value FROM meta"))
    return _read(facts) if "copy" in facts else None


def must_read(connection: sa.Connection) -> Copy:
    """Return what a copy says of itself; raises ``copy.none`` for a shared workspace."""
    found = read_copy(connection)
    if found is None:
        raise AppError("copy.none", where="--workspace")
    return found


def _read(facts: dict[str, str]) -> Copy:
    try:
        return Copy(
            facts["copy"],
            facts["copy_of"],
            Frontier.from_bytes(bytes.fromhex(facts["base"])),
            facts["person"],
            CopyKind(facts["kind"]),
            clock.from_text(facts["taken_at"]),
            int(facts["lease_days"]),
            date.fromisoformat(facts["lease_until"]),
            clock.from_text(facts["pulled_at"]),
            json.loads(facts["bases"]),
            clock.from_text(facts.get(LATEST, facts["pulled_at"])),
        )
    except (KeyError, ValueError, AppError):
        raise AppError("copy.damaged", recovery=Recovery.BUG) from None


def write_copy(connection: sa.Connection, told: Copy) -> None:
    """Keep what a copy says of itself."""
    facts = {
        "copy": told.id,
        "copy_of": told.place,
        "base": told.shared.to_bytes().hex(),
        "person": told.person,
        "kind": told.kind.value,
        "taken_at": clock.to_text(told.taken_at),
        "lease_days": str(told.lease_days),
        "lease_until": told.lease_until.isoformat(),
        "pulled_at": clock.to_text(told.pulled_at),
        "bases": json.dumps(dict(told.bases), sort_keys=True),
        LATEST: clock.to_text(max(told.latest, told.pulled_at)),
    }
    sql.upsert_tuples(connection, meta, [*facts.items()])


def keep_place(engine: sa.Engine, place: str) -> None:
    """Keep in a copy where its shared workspace lies now."""
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        write_copy(connection, replace(must_read(connection), place=place))
        connection.commit()


_DEVICE = "device"


def carry_device(engine: sa.Engine, device: str, private: bytes) -> None:
    """Keep in the encrypted copy the device that signs its heads at whoever opens it."""
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        sql.upsert_tuples(connection, meta, [(_DEVICE, f"{device} {private.hex()}")])
        connection.commit()


def read_device(connection: sa.Connection) -> tuple[str, bytes] | None:
    """Return the id and private key (Ed25519) of the device that travels with a copy, if any."""
    found = sql.fetch(connection, "SELECT value FROM meta WHERE name = ?", _DEVICE)
    if not found:
        return None
    device, _, private = str(found[0][0]).partition(" ")
    return device, bytes.fromhex(private)


def check_may_record(copy: Copy, person: str, payload: Event) -> None:
    """Refuse what cannot be recorded in a copy.

    Raises ``copy.read_only``, ``copy.not_yours``, ``copy.not_offline``, ``copy.lease_ended``,
    ``copy.clock_behind``.
    """
    kind = name_of(type(payload))
    if copy.kind is CopyKind.AUDITOR and kind not in ANNOTATIONS:
        raise AppError("copy.read_only")
    if person != copy.person:
        raise AppError("copy.not_yours")
    if not may_be_offline(kind):
        raise AppError("copy.not_offline", kind=kind)
    if copy.is_lease_over:
        raise _over(copy)


def _over(copy: Copy) -> AppError:
    until, today = copy.lease_until.isoformat(), clock.today()
    if today > copy.lease_until:
        return AppError("copy.lease_ended", until=until)
    used = copy.counted_from.isoformat()
    return AppError("copy.clock_behind", until=until, today=today.isoformat(), used=used)


@dataclass(frozen=True, slots=True)
class Unshared:
    """An event recorded here that the team does not have yet."""

    position: int
    id: str
    body: bytes


def read_unshared(connection: sa.Connection, since: int) -> Iterator[Unshared]:
    """Yield the events from a position on."""
    query = "SELECT position, id, body FROM events WHERE position >= ? ORDER BY position"
    for position, id, body in sql.fetch(connection, query, since):
        yield Unshared(position, id, bytes(body))
