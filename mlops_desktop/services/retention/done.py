"""What was erased so far, and whether every such erasure still stands as recorded."""

from dataclasses import dataclass

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.services.session import Session
from mlops_desktop.store import erasing
from mlops_desktop.store.queries import erasures as queries
from mlops_desktop.store.queries.erasures import ErasureRow

__all__ = ["ErasureRow"]


@dataclass(frozen=True, slots=True)
class Done:
    """Erasures, the newest first; the events among them that do not stand as they should.

    ``kept`` are those of whose texts one is still there, ``unruled`` those whose rule did not
    hold when they were recorded.
    """

    rows: tuple[ErasureRow, ...]
    kept: frozenset[int] = frozenset()
    unruled: frozenset[int] = frozenset()


def list_erasures(session: Session, as_of: AsOf = NOW, rule: str | None = None) -> Done:
    """Return what was erased, by one rule or by any, with what the verifier asks of each."""
    with session.workspace.read() as view:
        rows = queries.list_erasures(view.connection, as_of)
        kept = frozenset(one.position for one in erasing.find_still_kept(view.connection))
        unruled = frozenset(one.position for one in erasing.find_unruled(view.connection))
    return Done(tuple(row for row in rows if rule in (None, row.rule)), kept, unruled)
