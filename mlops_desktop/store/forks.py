"""Where a copy and a shared workspace part, that was restored from an older backup since."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.events.registry import name_of
from mlops_desktop.core.events.restores import LedgerRestored
from mlops_desktop.core.fates import may_be_offline
from mlops_desktop.ledger.tree import Frontier, root_of
from mlops_desktop.store import envelopes, log, sql, transfer
from mlops_desktop.store.copies import Copy, Unshared, read_unshared
from mlops_desktop.store.erasing import delete_disclosures

_RESTORES = "SELECT position, leaf FROM events WHERE type = ? AND position < ? ORDER BY position"
_LEAF = "SELECT leaf FROM events WHERE position = ?"


def find_fork(copy: sa.Connection, team: sa.Connection, shared: Frontier) -> Frontier | None:
    """Return the last head that both have, where the team goes on from there with a restore."""
    for position, leaf in sql.fetch(team, _RESTORES, name_of(LedgerRestored), shared.size):
        found = sql.fetch(copy, _LEAF, position)
        if found and bytes(found[0][0]) == bytes(leaf):
            continue  # this one the copy knows
        leaves = log.read_leaves(copy, position)
        is_same = root_of(leaves) == transfer.root_at(team, position)
        return Frontier().extend(leaves) if is_same else None
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
