"""Two persons at a team's server, of whom one is faster than the other."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from mlops_desktop.services import (
    models,
)
from mlops_desktop.services.session import Session
from tests.support.team import KEEPER, MEMBER, Team

T = TypeVar("T")
Texts = dict[str, str]


@contextmanager
def two(team: Team) -> Iterator[tuple[Session, Session]]:
    """Open the workspace as two persons, each at a desk of his own."""
    with team.session(KEEPER) as other, team.session(MEMBER) as session:
        yield other, session


def once(act: Callable[[], object], then: Callable[..., T]) -> Callable[..., T]:
    """Return a function that acts the first time it is called, and then goes on as before."""
    waiting = [act]

    def call(*args: object, **kwargs: object) -> T:
        if waiting:
            waiting.pop()()
        return then(*args, **kwargs)

    return call


def size_of(session: Session) -> int:
    with session.workspace.read() as view:
        return view.head().size


def register(session: Session, name: str) -> str:
    return models.register_model(session, {"name": name}).id


def edit_early(session: Session, model: str, texts: Texts) -> None:
    """Edit as a program does that locks first."""
    early = models.edit_model.__wrapped__  # type: ignore[attr-defined] # what the decorator wraps
    early(session, model, texts)


def texts_of(session: Session, model: str) -> tuple[str, str]:
    with session.workspace.read() as view:
        details = models.get_state(view, model).state.details
    return tuple(one.text if one else "" for one in (details.purpose, details.description))  # type: ignore[return-value] # two of them
