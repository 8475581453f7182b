"""Gives up many rows without stopping the window: in a worker, some at a time."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer

from mlops_desktop.ui.jobs import Jobs, Progress

_AT_ONCE = 500
"""Rows freed between two looks at who else waits for Python: well below a millisecond."""


def let_go(jobs: Jobs, name: str, rows: Sequence[object]) -> None:
    """Forget ``rows`` as soon as the caller has; ``name`` names the work, which nobody sees.

    Whoever holds the last name of them frees them all at once, so the worker begins when the
    window is back in its loop.
    """
    held = list(rows)

    def free(progress: Progress) -> None:
        while held:
            del held[-_AT_ONCE:]

    def begin() -> None:
        jobs.submit_aside(name, free, _nothing, _nothing)

    QTimer.singleShot(0, jobs, begin)


def _nothing(_: object) -> None:
    """Nobody waits for it."""
