"""The head this profile last saw of a workspace, kept outside it.

A tree inside the file cannot see its own tail cut off; this can.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

import msgspec

from mlops_desktop import paths
from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.ledger.restores import Restore
from mlops_desktop.ledger.tree import HASH_BYTES, Frontier, root_of
from mlops_desktop.outside import private_files


@dataclass(frozen=True, slots=True)
class LastSeen:
    """A head seen earlier: the signed checkpoint, its size and root, and when it was seen.

    ``verified`` is the size up to which a full verification found every event sound.
    """

    checkpoint: str
    size: int
    root: bytes
    at: datetime
    verified: int = 0

    def to_bytes(self) -> bytes:
        """Return the JSON that is kept."""
        kept = _Kept(
            self.checkpoint, self.size, self.root.hex(), clock.to_text(self.at), self.verified
        )
        return msgspec.json.format(msgspec.json.encode(kept)) + b"\n"

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """Read what :meth:`to_bytes` wrote; raises AppError ``anchor.damaged``."""
        try:
            kept = msgspec.json.decode(stored, type=_Kept)
            root, at = bytes.fromhex(kept.root), clock.from_text(kept.at)
        except (msgspec.MsgspecError, ValueError):
            raise AppError("anchor.damaged") from None
        if len(root) != HASH_BYTES or kept.size < 0 or not 0 <= kept.verified <= kept.size:
            raise AppError("anchor.damaged")
        return cls(kept.checkpoint, kept.size, root, at, kept.verified)


class _Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    checkpoint: str
    size: int
    root: str
    at: str
    verified: int = 0


def last_seen(workspace: str) -> LastSeen | None:
    """Return the head last seen of ``workspace``, None before the first.

    Raises AppError ``anchor.damaged`` or ``file.unreadable``.
    """
    stored = private_files.read(_path(workspace))
    return None if stored is None else LastSeen.from_bytes(stored)


def remember(
    workspace: str, checkpoint: str, size: int, root: bytes, at: datetime, *, verified: int = 0
) -> LastSeen:
    """Keep a head that continues the one last seen, and return what is kept now.

    Call it after :func:`check`, or for what this program itself appended. A smaller head is
    ignored, since another process may have seen more. Raises AppError ``ledger.history_changed``
    for another root of the same size, and as :func:`last_seen`.
    """
    with private_files.locked(_path(workspace)):
        before = last_seen(workspace)
        if before and before.size == size and before.root != root:
            raise _changed(before)
        if before and before.size > size:
            return before
        seen = LastSeen(checkpoint, size, root, at, max(verified, before.verified if before else 0))
        private_files.write(_path(workspace), seen.to_bytes())
        return seen


def check(
    workspace: str,
    frontier: Frontier,
    read_leaves: Callable[[int], Sequence[bytes]],
    restores: Sequence[Restore] = (),
) -> LastSeen | None:
    """Check that the head last seen is a prefix of the history that ``frontier`` closes.

    ``read_leaves(size)`` gives the first leaf hashes; it is called only when the history has grown
    since. A head that one of ``restores``, whose signatures were checked, names as lost is no
    prefix and is accepted; no other is. Returns what was last seen. Raises AppError
    ``ledger.history_shortened``, ``ledger.history_changed``, and as :func:`last_seen`.
    """
    seen = last_seen(workspace)
    if seen and not _is_lost(seen, restores):
        check_prefix(seen, frontier.size, lambda size: _root(frontier, size, read_leaves))
    return seen


def go_back(
    seen: LastSeen, workspace: str, restores: Sequence[Restore], given_up: LastSeen | None = None
) -> LastSeen:
    """Keep a head in place of the one last seen, which a checked restore names as lost.

    Or which was given up: whoever saw it was told that the restore lost it, and goes on without.
    Returns what is kept now. Raises AppError ``ledger.history_shortened`` where the head last seen
    is larger and no restore names it, ``ledger.history_changed``, and as :func:`last_seen`.
    """
    with private_files.locked(_path(workspace)):
        before = last_seen(workspace)
        if before is not None and before != given_up and not _is_lost(before, restores):
            if before.size == seen.size and before.root == seen.root:
                return before
            if before.size >= seen.size:
                check_prefix(before, seen.size, lambda _: seen.root)
        private_files.write(_path(workspace), seen.to_bytes())
        return seen


def _is_lost(seen: LastSeen, restores: Sequence[Restore]) -> bool:
    return any(restore.has_lost(seen.size, seen.root) for restore in restores)


def check_prefix(seen: LastSeen, size: int, root_at: Callable[[int], bytes]) -> None:
    """Check that ``seen`` is a prefix of a history of ``size`` with roots ``root_at(size)``.

    Raises AppError ``ledger.history_shortened`` or ``ledger.history_changed``.
    """
    if seen.size > size:
        raise AppError(
            "ledger.history_shortened", size=seen.size, at=clock.to_text(seen.at), now=size
        )
    if root_at(seen.size) != seen.root:
        raise _changed(seen)


def forget(workspace: str) -> None:
    """Drop the remembered head, after a restore that the ledger itself records."""
    with private_files.locked(_path(workspace)):
        private_files.remove(_path(workspace))


def _root(frontier: Frontier, size: int, read_leaves: Callable[[int], Sequence[bytes]]) -> bytes:
    return frontier.root() if size == frontier.size else root_of(read_leaves(size))


def _changed(seen: LastSeen) -> AppError:
    return AppError("ledger.history_changed", size=seen.size, at=clock.to_text(seen.at))


def _path(workspace: str) -> Path:
    return paths.home() / "heads" / private_files.file_name(workspace, ".json")
