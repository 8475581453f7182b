"""Tables of a team brought to this program's form, by its administrator, for all at once."""

import sqlalchemy as sa

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.store import log, migrations, rebuild
from mlops_desktop.store.faults import place_of
from mlops_desktop.store.forms import current_form
from mlops_desktop.store.tables.ledger import meta
from mlops_desktop.store.tables.projected import MEANING
from mlops_desktop.store.team import functions, rights, running
from mlops_desktop.store.team.making import NEWS
from mlops_desktop.store.team.names import Roles

_LOCK = "LOCK TABLE public.head IN ACCESS EXCLUSIVE MODE"
"""From the start, as the rights that are made anew need it: whoever has read the head ends first.
"""


def upgrade(connection: sa.Connection, roles: Roles) -> bool:
    """Bring tables, functions and rights to this program's, run as the owner.

    False where the tables were so already; functions and rights are made anew all the same.
    Writers wait until it is done. Raises ``workspace.newer_schema``.
    """
    running.run(connection, (_LOCK,))
    log.read_head(connection, lock=True)
    query = sa.select(meta.c.value).where(meta.c.name == "projection")
    form, revision = str(connection.execute(query).scalar()), migrations.current(connection)
    is_known = revision in migrations.REVISIONS
    if not is_known or int(form.partition("-")[0]) > MEANING:
        shown = place_of(connection.engine)
        told = {"where": shown, "path": shown}
        raise AppError("workspace.newer_schema", recovery=Recovery.CONFIGURATION, **told)
    is_old = (revision, form) != (migrations.REVISIONS[-1], current_form())
    if is_old:
        _renew(connection)
    running.run(connection, (NEWS, *functions.statements(roles), *rights.statements(roles)))
    return is_old


def _renew(connection: sa.Connection) -> None:
    """Migrate and project anew; the rules of rows come back with the rights."""
    running.run(connection, ("ALTER TABLE public.events DISABLE ROW LEVEL SECURITY",))
    migrations.upgrade(connection)
    rebuild.rebuild(connection)
    change = sa.update(meta).where(meta.c.name == "projection")
    connection.execute(change.values(value=current_form()))
