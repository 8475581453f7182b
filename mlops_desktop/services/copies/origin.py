"""The shared workspace that a copy was taken from, opened for bringing things back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.session import Ask, Session
from mlops_desktop.services.workspaces import open_workspace
from mlops_desktop.store.copies import must_read


@contextmanager
def open_origin(
    session: Session, *, ask: Ask | None = None, database_password: str | None = None
) -> Iterator[Session]:
    """Open the shared workspace of a copy, with the same person acting, and close it afterwards.

    Raises ``copy.none``, ``copy.other_workspace``, ``workspace.…``.
    """
    with session.workspace.read() as view:
        place = must_read(view.connection).place
    team = open_workspace(place, ask=ask, database_password=database_password, is_noted=False)
    try:
        if team.workspace.id != session.workspace.id:
            raise AppError("copy.other_workspace")
        yield replace(team, actor=replace(team.actor, person=session.actor.person))
    finally:
        team.workspace.close()
