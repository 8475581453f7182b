"""Where a copy and a shared workspace part, that was restored from an older backup since."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.events.registry import name_of
from mlops_desktop.core.events.restores import LedgerRestored
from mlops_desktop.core.fates import may_be_offline
from mlops_desktop.ledger.tree import Frontier
from mlops_desktop.store import envelopes, log, sql, transfer
from mlops_desktop.store.copies import Copy, Unshared, read_unshared
from mlops_desktop.store.erasing import delete_disclosures

_RESTORES = "SELECT position, leaf FROM events WHERE type = ? AND position < ? ORDER BY position"
_LEAF = "SELECT leaf FROM events WHERE position = ?"


@dataclass(frozen=True, slots=True)
class Cut:
    """A restore in a shared history: where it stands, its leaf, the root over what is before it."""

    position: int
    leaf: bytes
    root: bytes


def read_cuts(team: sa.Connection, below: int) -> tuple[Cut, ...]:
    """Return the restores of a shared history among its first events, in order."""
    found = sql.fetch(team, _RESTORES, name_of(LedgerRestored), below)
    return tuple(Cut(at, bytes(leaf), transfer.known_root(team, at)) for at, leaf in found)


def find_fork(copy: sa.Connection, cuts: Iterable[Cut]) -> Frontier | None:
    """Return the last head that both have, where the team goes on from there with a restore."""
    for cut in cuts:
        found = sql.fetch(copy, _LEAF, cut.position)
        if found and bytes(found[0][0]) == cut.leaf:
            continue  # this one the copy knows
        head = Frontier().extend(log.read_leaves(copy, cut.position))
        return head if head.root() == cut.root else None
    return None


@dataclass(frozen=True, slots=True)
class Lost:
    """What a copy knows and a restored workspace does not: how many, and one's own of them."""

    number: int
    own: tuple[Unshared, ...]
    digests: frozenset[str] = frozenset()


def read_lost(connection: sa.Connection, copy: Copy, fork: Frontier) -> Lost:
    """Return what the restore lost; one's own that may be recorded offline can be sent again."""
    found = tuple(_between(connection, fork.size, copy.shared.size))
    own = tuple(one for one in found if _is_own(one, copy.person))
    digests = frozenset(digest for one in found for digest in transfer.digests_of(one.body))
    return Lost(len(found), own, digests)


def forget_texts(connection: sa.Connection, lost: Lost) -> None:
    """Delete the texts that no event names any longer: no rule would ever reach them."""
    named: set[str] = set()
    for part in log.read_parts(connection) if lost.digests else ():
        named.update(*map(transfer.digests_of, part.bodies))
    delete_disclosures(connection, sorted(lost.digests - named))


def _between(connection: sa.Connection, start: int, end: int) -> Iterator[Unshared]:
    for one in read_unshared(connection, start):
        if one.position >= end:
            return
        yield one


def _is_own(one: Unshared, person: str) -> bool:
    envelope = envelopes.from_body(one.body, {})
    return envelope.actor.person == person and may_be_offline(envelopes.type_of(envelope))
