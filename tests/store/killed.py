"""A program that is killed while it brings a workspace up: ``python -m … STEP FILE KEY``."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mlops_desktop.store import migrations, upgrading
from mlops_desktop.store import workspace as workspaces

STEPS = ("copied", "changed", "verified", "before_swap", "after_swap")


def _die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _dying(target: Callable[..., Any], *, after: bool) -> Callable[..., Any]:
    def act(*given: Any, **named: Any) -> Any:
        if not after:
            _die()
        target(*given, **named)
        _die()

    return act


def arrange(step: str) -> None:
    """Let the program be killed at a step."""
    match step:
        case "copied":
            upgrading._change = _die
        case "changed":
            migrations.upgrade = _dying(migrations.upgrade, after=True)
        case "verified":
            upgrading._verify = _dying(upgrading._verify, after=True)
        case "before_swap" | "after_swap":
            upgrading._swap = _dying(upgrading._swap, after=step == "after_swap")


def bring_up(place: str, key: bytes) -> None:
    """Open the workspace, which brings it up."""
    engine = workspaces.open_engine(place, lambda _: key)
    workspaces.load(place, engine).close()


if __name__ == "__main__":
    arrange(sys.argv[1])
    bring_up(str(Path(sys.argv[2])), bytes.fromhex(sys.argv[3]))
