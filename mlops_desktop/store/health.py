"""What a database says of itself, looked at without bringing it up or changing anything."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.ledger.tree import root_of
from mlops_desktop.store import copies, log, migrations
from mlops_desktop.store.extracts import read_statement
from mlops_desktop.store.faults import explained, place_of
from mlops_desktop.store.leaving import MOVED_TO
from mlops_desktop.store.soundness import check_file
from mlops_desktop.store.tables.ledger import events, meta


@dataclass(frozen=True, slots=True)
class Health:
    """A workspace's id, schema and size, its fault if its file has one, its last event's time.

    Of a copy also how many events nobody else has; an extract is one that brings its device along.
    """

    own_id: str
    revision: str
    newest: str
    size: int
    last_at: datetime | None
    fault: AppError | None
    moved_to: str | None
    leaves: list[bytes] = field(repr=False)
    unshared: int | None = None
    is_extract: bool = False
    carries_device: bool = False

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
    size, copy = log.read_head(connection).size, copies.read_copy(connection)
    return Health(
        facts.get("copy", facts["id"]),
        revision,
        migrations.REVISIONS[-1],
        size,
        clock.from_text(at) if at else None,
        _fault(connection),
        facts.get(MOVED_TO),
        log.read_leaves(connection, size),
        size - copy.shared.size if copy is not None else None,
        copy is not None and read_statement(connection) is not None,
        copy is not None and copies.read_device(connection) is not None,
    )


def _fault(connection: sa.Connection) -> AppError | None:
    try:
        check_file(connection)
    except AppError as error:
        return error
    return None
