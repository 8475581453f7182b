"""The sample bank, built and opened by a program of its own.

It sets its own clock, home and keys, which are the process's; so it never runs inside this one.
"""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from mlops_desktop import paths
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.ui.jobs import Progress

_LOOK_SECONDS = 0.2


def folder() -> Path:
    """Return where the sample bank is kept for this person."""
    return paths.home() / "sample-bank"


def place() -> Path | None:
    """Return the workspace of a sample bank that is built already."""
    return next(iter(sorted(folder().glob("*.mlops"))), None)


def build(progress: Progress) -> None:
    """Build it if it is not there, then open it in a window of its own.

    Raises ``window.demo_failed`` with the last thing the builder said.
    """
    if place() is None:
        _build(progress)
    found = place()
    if found is not None and not progress.is_cancelled():
        from mlops_desktop.services.demo.surroundings import environment

        subprocess.Popen(  # noqa: S603
            command("--workspace", str(found)),
            env=os.environ | environment(folder()),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )


def start(place: str) -> None:
    """Open ``place`` in a window of its own, in the same surroundings."""
    subprocess.Popen(  # noqa: S603
        command("--workspace", place),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def _build(progress: Progress) -> None:
    progress.report(0)
    with subprocess.Popen(  # noqa: S603
        command("demo", "--no-window", "--out", str(folder())),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as builder:
        said = _wait(builder, progress)
    if builder.returncode and not progress.is_cancelled():
        last = said.strip().rpartition("\n")[2]
        raise AppError("window.demo_failed", recovery=Recovery.CONFIGURATION, said=last)


def _wait(builder: "subprocess.Popen[str]", progress: Progress) -> str:
    """Return all that the builder said by its end, also of one that ends between two looks."""
    while True:
        if progress.is_cancelled():
            builder.terminate()
        with suppress(subprocess.TimeoutExpired):
            return builder.communicate(timeout=_LOOK_SECONDS)[1]


def command(*arguments: str) -> list[str]:
    """Return how this program is started once more."""
    program = [sys.executable]
    if not getattr(sys, "frozen", False):
        program += ["-m", "mlops_desktop"]
    return [*program, *arguments]
