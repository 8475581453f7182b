"""An update as it fits a copy: without what the copy has of it, and where a restore parts them."""

from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.restores import LedgerRestored
from mlops_desktop.ledger.tree import Frontier, leaf_hashes
from mlops_desktop.store import log
from mlops_desktop.store.arriving import read_foreign
from mlops_desktop.store.copies import Copy
from mlops_desktop.store.forks import find_fork, read_lost
from mlops_desktop.store.joining import Update


@dataclass(frozen=True, slots=True)
class Fitted:
    """What of an update is new; after a restore ``fork`` closes what both have of the history.

    ``update`` is None where the copy has all of it. ``lost`` counts what the copy knows beyond the
    fork.
    """

    update: Update | None
    fork: Frontier | None = None
    lost: int = 0


def fit(connection: sa.Connection, copy: Copy, update: Update) -> Fitted:
    """Compare an update with what the copy knows, event by event where they overlap.

    Raises ``copy.update_unfit`` for one that begins beyond, ``copy.update_after_restore`` for one
    that begins behind a restore that the copy does not know, ``copy.history_changed``.
    """
    shared = copy.shared
    if update.base > shared.size:
        raise AppError("copy.update_unfit", size=update.base, now=shared.size)
    if (update.base, update.root) == (shared.size, shared.root()):
        return Fitted(update)
    leaves = log.read_leaves(connection, shared.size)
    if Frontier().extend(leaves[: update.base]).root() != update.root:
        raise _parted(connection, copy, update)
    known = _count_same(leaves[update.base :], update)
    head = Frontier().extend(leaves[: update.base + known])
    if known == len(update.parcel.bodies):
        return Fitted(None)
    if head.size == shared.size:
        return Fitted(update.begun_at(head))
    if not _is_restore(update.parcel.bodies[known]):
        raise AppError("copy.history_changed", size=shared.size)
    return Fitted(update.begun_at(head), head, read_lost(connection, copy, head).number)


def _count_same(leaves: list[bytes], update: Update) -> int:
    there = leaf_hashes(update.parcel.bodies[: len(leaves)])
    pairs = enumerate(zip(leaves, there, strict=False))
    return next((at for at, (mine, other) in pairs if mine != other), len(there))


def _is_restore(body: bytes) -> bool:
    return isinstance(read_foreign(body, {}).payload, LedgerRestored)


def _parted(connection: sa.Connection, copy: Copy, update: Update) -> AppError:
    fork = find_fork(connection, update.cuts)
    if fork is None:
        return AppError("copy.history_changed", size=copy.shared.size)
    lost = read_lost(connection, copy, fork).number
    return AppError("copy.update_after_restore", size=fork.size, lost=lost)
