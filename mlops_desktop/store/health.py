"""What a database says of itself, looked at without bringing it up or changing anything."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.ledger.tree import root_of
from mlops_desktop.store import log, migrations
from mlops_desktop.store.faults import explained, place_of
from mlops_desktop.store.leaving import MOVED_TO
from mlops_desktop.store.soundness import check_file
from mlops_desktop.store.tables.ledger import events, meta


@dataclass(frozen=True, slots=True)
class Health:
    """A workspace's id, schema and size, its fault if its file has one, its last event's time."""

    own_id: str
    revision: str
    newest: str
    size: int
    last_at: datetime | None
    fault: str | None
    moved_to: str | None
    leaves: list[bytes] = field(repr=False)

    @property
    def is_current(self) -> bool:
        """Whether this program would open it as it is."""
        return self.revision == self.newest

    @property
    def root_at(self) -> Callable[[int], bytes | None]:
        """Gives the root of the first events, None where there are not so many."""
        return lambda size: root_of(self.leaves[:size]) if size <= len(self.leaves) else None


def look(engine: sa.Engine) -> Health:
    """Look at a database and close it; raises ``workspace.…`` where it cannot be read."""
    try:
        with explained(engine), engine.connect() as connection:
            return _look(connection)
    finally:
        engine.dispose()


def _look(connection: sa.Connection) -> Health:
    revision = migrations.current(connection)
    if revision is None:
        shown = place_of(connection.engine)
        raise AppError("workspace.not_a_workspace", where=shown, path=shown)
    facts = {row.name: row.value for row in connection.execute(sa.select(meta))}
    last = sa.select(events.c.at).order_by(events.c.position.desc()).limit(1)
    at = connection.execute(last).scalar()
    size = log.read_head(connection).size
    return Health(
        facts.get("copy", facts["id"]),
        revision,
        migrations.REVISIONS[-1],
        size,
        clock.from_text(at) if at else None,
        _fault(connection),
        facts.get(MOVED_TO),
        log.read_leaves(connection, size),
    )


def _fault(connection: sa.Connection) -> str | None:
    try:
        check_file(connection)
    except AppError as error:
        return error.code
    return None
