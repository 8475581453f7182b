"""Which heads of a workspace are known beyond that of a backup: what a restore of it would lose."""

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.ledger import anchor
from mlops_desktop.ledger.checkpoint import read_unverified
from mlops_desktop.ledger.verification import Verification
from mlops_desktop.services.care.places import Place
from mlops_desktop.store import engine as engines
from mlops_desktop.store import files, log
from mlops_desktop.store.faults import explained

_MOST = 1_000
"""Heads that one event names at most, the newest; it has to stay within an event's limits."""


def lost_heads(found: Verification, place: Place, root_at: dict[int, bytes]) -> tuple[Seen, ...]:
    """Return the heads beyond the backup that this profile saw, or that the damaged file names.

    ``root_at`` gives the backup's own root at the size last seen. Raises ``restore.other_history``
    where this profile saw another history than the backup's.
    """
    seen = anchor.last_seen(place.id)
    lost = set(_heads_in(place, found.size))
    if seen is not None and seen.size > found.size:
        lost.add(Seen(seen.size, seen.root.hex()))
    elif seen is not None and root_at[seen.size] != seen.root:
        raise AppError("restore.other_history", size=seen.size)
    return tuple(sorted(lost, key=lambda head: head.size)[-_MOST:])


def _heads_in(place: Place, size: int) -> list[Seen]:
    """Return the signed heads beyond a size in the file that is to be replaced, if any is legible.

    They only name what others may have seen; a file that cannot be read names nothing.
    """
    if place.is_team or not place.path.exists():
        return []
    engine = engines.open_file(place.path, place.key, place.id)
    try:
        files.identify(place.path)
        with explained(engine), engine.connect() as connection:
            notes = [note for at, note in log.read_checkpoints(connection) if at > size]
    except AppError:
        return []
    finally:
        engine.dispose()
    return [head for note in notes for head in _head(note, size)]


def _head(note: str, size: int) -> list[Seen]:
    try:
        head = read_unverified(note)
    except AppError:
        return []
    return [Seen(head.size, head.root.hex())] if head.size > size else []
