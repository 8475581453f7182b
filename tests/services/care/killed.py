"""A program that is killed while it saves or moves: ``python -m … ACT STEP PLACE TARGET``."""

import os
import signal
import sys
from pathlib import Path
from typing import Any

from mlops_desktop.core.work import Work
from mlops_desktop.services import workspaces
from mlops_desktop.services.care import backups, generations, moving
from mlops_desktop.services.care.moving import Moving
from mlops_desktop.services.session import Session
from mlops_desktop.store.leaving import Departure

BACKUP_STEPS = ("copying", "verified", "named", "published")
MOVE_STEPS = ("copying", "checked", "put", "noted")


def _die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _dying(owner: Any, name: str, *, after: bool) -> None:
    target = getattr(owner, name)

    def act(*given: Any, **named: Any) -> Any:
        if not after:
            _die()
        target(*given, **named)
        _die()

    setattr(owner, name, act)


def save(session: Session, step: str, target: Path) -> None:
    """Make a backup and be killed at a step of it."""
    match step:
        case "verified":
            _dying(generations, "publish", after=False)
        case "named":
            _dying(generations, "_rename_older", after=True)
        case "published":
            _dying(generations, "publish", after=True)
    backups.make_backup(session, target, work=_work(step))


def move(session: Session, step: str, target: str) -> None:
    """Move and be killed at a step of it."""
    match step:
        case "checked":
            _dying(moving, "examine", after=True)
        case "put":
            _dying(Departure, "note", after=False)
        case "noted":
            _dying(Departure, "note", after=True)
    moving.move_workspace(session, Moving(target), _work(step))


def _work(step: str) -> Work:
    return Work(_die) if step == "copying" else Work()


if __name__ == "__main__":
    act, step, place, target = sys.argv[1:5]
    opened = workspaces.open_workspace(place)
    if act == "move":
        move(opened, step, target)
    else:
        save(opened, step, Path(target))
