"""The shared workspace that a copy was taken from, opened for bringing things back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.session import Ask, Session
from mlops_desktop.services.workspaces import open_workspace
from mlops_desktop.store import engine as engines
from mlops_desktop.store.copies import keep_place, must_read

_MOVES = 8
"""So many times it may have moved since; more would be a circle."""


@contextmanager
def open_origin(
    session: Session,
    *,
    at: str | None = None,
    ask: Ask | None = None,
    database_password: str | None = None,
) -> Iterator[Session]:
    """Open the shared workspace of a copy, with the same person acting, and close it afterwards.

    Where it moved it is opened at its new place, which the copy keeps once all went well; ``at``
    says where it lies now, which an extract does not know. Raises ``copy.none``,
    ``copy.place_unknown``, ``copy.origin_away``, ``copy.other_workspace``, ``workspace.…``.
    """
    with session.workspace.read() as view:
        known = must_read(view.connection).place
    if not (at or known):
        raise AppError("copy.place_unknown", where="--at")

    def enter(place: str) -> Session:
        try:
            return open_workspace(
                place, ask=ask, database_password=database_password, is_noted=False
            )
        except AppError as error:
            if error.code == "workspace.not_found":
                raise AppError("copy.origin_away", where=place, path=place) from None
            raise

    team = _follow(_whole(at) if at else known, enter)
    try:
        if team.workspace.id != session.workspace.id:
            raise AppError("copy.other_workspace")
        yield replace(team, actor=replace(team.actor, person=session.actor.person))
        if team.workspace.place != known:
            keep_place(session.workspace.engine, team.workspace.place)
    finally:
        team.workspace.close()


def _follow(place: str, enter: Callable[[str], Session]) -> Session:
    """Open a place, or where it says that the workspace went, with the same login."""
    team = enter(place)
    for _ in range(_MOVES):
        gone = team.workspace.moved_to
        if gone is None:
            break
        team.workspace.close()
        place = _with_same_login(gone, place)
        team = enter(place)
    return team


def _whole(place: str) -> str:
    return place if engines.is_team(place) else str(Path(place).resolve())


def _with_same_login(place: str, before: str) -> str:
    if not (engines.is_team(place) and engines.is_team(before)):
        return place
    named = engines.read_url(place).username
    return engines.with_login(place, named or engines.read_url(before).username)
