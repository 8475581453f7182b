"""Long work on the command line: where it is, on a terminal's stderr, and Ctrl-C."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from mlops_desktop.core.work import IsCancelled, Report

PROGRESS_FILE = "MLOPS_DESKTOP_PROGRESS_FILE"
"""The variable that names a file for another program, such as the window, to look at."""


def _silent(step: str, done: int, total: int | None) -> None:
    """Say nothing: nobody looks."""


@contextmanager
def progress() -> Iterator[Report]:
    """Give a function that shows on stderr what is being done; silent where no terminal is."""
    file = os.environ.get(PROGRESS_FILE)
    if file:
        yield _writing(Path(file))
        return
    if sys.stderr is None or not sys.stderr.isatty():
        yield _silent
        return
    try:
        yield _show
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def _writing(file: Path) -> Report:
    """Return what tells another program, in a file, how far this one is."""

    def write(step: str, done: int, total: int | None) -> None:
        file.write_text(f"{step}\t{done}\t{total or 0}\n", "utf-8")

    return write


def _show(step: str, done: int, total: int | None) -> None:
    from mlops_desktop.services.wording import read_words

    words = read_words("en")
    told = words.text(step) if step in words else step
    counted = f"{told} {done}/{total}" if total else f"{told} {done}" if done else told
    sys.stderr.write(f"\r\x1b[K{counted}")
    sys.stderr.flush()


@contextmanager
def cancellable() -> Iterator[IsCancelled]:
    """Turn the first Ctrl-C into a question that long work asks; the second stops at once."""
    pressed: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        pressed.append(number)
        signal.signal(signal.SIGINT, signal.default_int_handler)

    former = signal.getsignal(signal.SIGINT)
    with suppress(ValueError):  # another thread's signals are not ours
        signal.signal(signal.SIGINT, note)
    try:
        yield lambda: bool(pressed)
    finally:
        with suppress(ValueError):
            signal.signal(signal.SIGINT, former)
