"""Acts that read before they lock: on a team's server nobody waits while their rules are asked."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.session import Session
from mlops_desktop.store.late_pen import Turn

P = ParamSpec("P")
R = TypeVar("R")

_MOVED = "team.head_moved"


def locks_late(
    act: Callable[Concatenate[Session, P], R],
) -> Callable[Concatenate[Session, P], R]:
    """Let an act's write session lock the head with the first row that it writes.

    Where others wrote since its first reading, nothing of it was recorded, and the act runs once
    more from its beginning, behind the lock. So it must bear to: it asks nobody for anything,
    uses up nothing that it is given, and changes nothing but by its session.
    """

    @wraps(act)
    def run(session: Session, /, *args: P.args, **kwargs: P.kwargs) -> R:
        # Within another act that one runs again: what this one has committed is not done twice.
        if session.workspace.team is None or session.workspace.turn is not None:
            return act(session, *args, **kwargs)
        late = replace(session, workspace=replace(session.workspace, turn=Turn()))
        try:
            return act(late, *args, **kwargs)
        except AppError as error:
            if error.code != _MOVED:
                raise
        return act(session, *args, **kwargs)

    return run
