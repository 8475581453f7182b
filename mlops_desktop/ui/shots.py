"""Pictures of all that the window shows, in every theme, both languages, at 1x and 2x.

``python -m mlops_desktop.ui.shots OUT [WORKSPACE]`` draws each page, each of its tabs and details,
and the dialogs, to be looked at; without a workspace, the welcome.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain, product
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from mlops_desktop.ui.app import close_session, make_application, make_window
from mlops_desktop.ui.colors import current_colors
from mlops_desktop.ui.prefs import TEXT_SIZES, Prefs, ThemeMode
from mlops_desktop.ui.tour import Sight, Tour
from mlops_desktop.ui.tour_desk import DeskTour
from mlops_desktop.ui.ways import ServiceWays
from mlops_desktop.ui.window import Window

_SCALE = "QT_SCALE_FACTOR"
_SIZE = (1440, 900)
_PATIENCE_MS = 30_000
_SETTLE_MS = 150
_THEMES: tuple[ThemeMode, ...] = ("light", "dark", "contrast")
_LANGUAGES = ("en", "de")
_DESK = "desk"
"""Named among the pages: what is beside them."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be drawn; no page named means every page."""

    out: Path
    workspace: str | None
    pages: tuple[str, ...]
    themes: tuple[ThemeMode, ...]
    languages: tuple[str, ...]
    text_percent: int
    size: tuple[int, int]


def main(arguments: list[str] | None = None) -> int:
    """Draw all pictures; one process for each scale, because Qt reads it once."""
    given = _parser().parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    scales = ("1", "2") if given.scale is None else (given.scale,)
    if given.scale is None or os.environ.get(_SCALE) != given.scale:
        again = sys.argv[1:] if arguments is None else arguments
        return max(_run_scale(again, scale) for scale in scales)
    wide, _, high = given.size.partition("x")
    wish = Wish(
        given.out,
        given.workspace,
        tuple(given.pages),
        tuple(given.themes),
        tuple(given.languages),
        given.text,
        (int(wide), int(high)),
    )
    _draw_scale(wish, given.scale)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mlops_desktop.ui.shots", description=__doc__)
    add = parser.add_argument
    add("out", type=Path, help="folder of the pictures")
    add("workspace", nargs="?", help="what to show; the welcome without it")
    add("--scale", choices=("1", "2"), help="draw one scale only")
    add("--pages", nargs="+", default=(), help="draw these only; desk: what is beside the pages")
    add("--themes", nargs="+", choices=_THEMES, default=_THEMES)
    add("--languages", nargs="+", choices=_LANGUAGES, default=_LANGUAGES)
    add("--text", type=int, choices=TEXT_SIZES, default=100, help="percent of the usual text")
    add("--size", default=f"{_SIZE[0]}x{_SIZE[1]}", help="of the window")
    return parser


def _run_scale(arguments: list[str], scale: str) -> int:
    surroundings = {**os.environ, _SCALE: scale}
    surroundings.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [sys.executable, "-m", "mlops_desktop.ui.shots", *arguments, "--scale", scale]
    return subprocess.run(command, env=surroundings, check=False).returncode  # noqa: S603


def _draw_scale(wish: Wish, scale: str) -> None:
    app = make_application(["shots"])
    prefs = Prefs(theme="light", language="en", text_percent=wish.text_percent)
    window = make_window(app, prefs, ServiceWays())
    window.closed.connect(lambda: close_session(window))
    window.resize(*wish.size)
    window.show()
    for theme, language in product(wish.themes, wish.languages):
        if wish.workspace is not None and not window.context.is_open:
            ServiceWays().open_target(window.context, wish.workspace)
            _wait_until(lambda: window.context.is_open)
        prefs.theme, prefs.language = theme, language  # as if somebody had chosen them in Settings
        window.context.theme.use(theme)
        window.context.language.use(language)
        _settle(window)
        for sight in _sights(window, wish.pages):
            name = f"{sight.name}-{theme}-{language}-{scale}x.png"
            _picture(sight.widget).save(str(wish.out / name))
    window.close()


def _picture(widget: QWidget) -> QPixmap:
    """Return what a widget shows, on the ground of its window: a part may have none of its own."""
    grabbed = widget.grab()
    picture = QPixmap(grabbed.size())
    picture.fill(QColor(current_colors().surface))
    painter = QPainter(picture)
    painter.drawPixmap(picture.rect(), grabbed)
    painter.end()
    return picture


def _sights(window: Window, pages: tuple[str, ...]) -> Iterator[Sight]:
    if not window.context.is_open:
        return iter((Sight("welcome", window),))
    settle = partial(_settle, window)
    tour = Tour(window, settle, is_whole=True)
    found = chain(tour.pages(pages), tour.dialogs(pages))
    is_all = not pages or _DESK in pages
    return chain(found, DeskTour(window, settle).sights()) if is_all else found


def _settle(window: Window) -> None:
    """Wait until nothing runs any more and everything has been painted."""
    for _ in range(2):
        _wait_until(window.context.jobs.is_idle)
        _wait(_SETTLE_MS)
    _wait_until(lambda: window.context.jobs.is_idle() and window.context.theme.dressing.is_done)


def _wait_until(is_true: Callable[[], bool]) -> None:
    waited = 0
    while not is_true() and waited < _PATIENCE_MS:
        _wait(20)
        waited += 20


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main())
