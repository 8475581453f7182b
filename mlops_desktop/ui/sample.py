"""The sample bank, built and opened by a program of its own.

It sets its own clock, home and keys, which are the process's; so it never runs inside this one.
"""

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from mlops_desktop import paths
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.ui.jobs import Progress

SOURCE = "sample"
"""Names the one job that builds it."""
_LOOK_SECONDS = 0.2
_PEOPLE, _KEY = "people.txt", "workspace-key.txt"
_PROGRESS_FILE = "MLOPS_DESKTOP_PROGRESS_FILE"


def folder() -> Path:
    """Return where the sample bank is kept for this person."""
    return paths.home() / "sample-bank"


def place() -> Path | None:
    """Return the workspace of a sample bank that was built to its end."""
    if people() is None:
        return None
    return next(iter(sorted(folder().glob("*.mlops"))), None)


def people() -> Path | None:
    """Return the file with its people's passphrases, the last thing that building it writes."""
    found = folder() / _PEOPLE
    return found if found.is_file() else None


def show_people() -> None:
    """Open the file with the passphrases in whatever shows texts here."""
    found = people()
    if found is not None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(found)))


def build(progress: Progress, language: str) -> None:
    """Build it if it is not there, then open it in a window of its own.

    A building that is stopped or fails leaves nothing behind. Raises ``window.demo_failed`` with
    the last thing the builder said.
    """
    if place() is None:
        _build(progress, language)
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


def _build(progress: Progress, language: str) -> None:
    progress.report(0)
    if (folder() / _KEY).is_file():  # begun by us and never finished, as by a power cut
        shutil.rmtree(folder(), ignore_errors=True)
    is_ours = not folder().exists() or not any(folder().iterdir())
    with TemporaryDirectory() as aside:
        told = Path(aside) / "progress"
        said, code = _run(progress, language, told)
    if not code and not progress.is_cancelled():
        return
    if is_ours:
        shutil.rmtree(folder(), ignore_errors=True)
    if not progress.is_cancelled():
        last = said.strip().rpartition("\n")[2]
        raise AppError("window.demo_failed", recovery=Recovery.CONFIGURATION, said=last)


def _run(progress: Progress, language: str, told: Path) -> tuple[str, int]:
    with subprocess.Popen(  # noqa: S603
        command("demo", "--no-window", "--lang", language, "--out", str(folder())),
        env=os.environ | {_PROGRESS_FILE: str(told)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as builder:
        said = _wait(builder, progress, told)
    return said, builder.returncode


def _wait(builder: "subprocess.Popen[str]", progress: Progress, told: Path) -> str:
    """Return all that the builder said by its end, also of one that ends between two looks."""
    while True:
        if progress.is_cancelled():
            builder.terminate()
        _tell(progress, told)
        with suppress(subprocess.TimeoutExpired):
            return builder.communicate(timeout=_LOOK_SECONDS)[1]


def _tell(progress: Progress, told: Path) -> None:
    """Pass on how far the builder is, once it has said so in full."""
    with suppress(OSError, ValueError):
        step, done, total = told.read_text("utf-8").split("\t")
        progress.report(int(done), int(total) or None, step)


def command(*arguments: str) -> list[str]:
    """Return how this program is started once more."""
    program = [sys.executable]
    if not getattr(sys, "frozen", False):
        program += ["-m", "mlops_desktop"]
    return [*program, *arguments]
