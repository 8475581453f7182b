"""Whether a file database is sound as a file: every page's seal, every tree of it."""

import sqlalchemy as sa

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.store.faults import explained, place_of

_CHECKS = ("cipher_integrity_check", "quick_check")


def check_file(connection: sa.Connection) -> None:
    """Raise ``workspace.damaged`` for a file in which a page is altered; a server's is passed."""
    engine = connection.engine
    if engine.dialect.name != "sqlite":
        return
    with explained(engine):
        for check in _CHECKS:
            rows = connection.exec_driver_sql(f"PRAGMA {check}").fetchall()
            if [row for row in rows if row[0] != "ok"]:
                shown = place_of(engine)
                raise AppError(
                    "workspace.damaged",
                    recovery=Recovery.CONFIGURATION,
                    where=shown,
                    path=shown,
                )
