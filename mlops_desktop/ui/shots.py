"""Pictures of every page: light and dark, English and German, at 1x and 2x, to be looked at.

``python -m mlops_desktop.ui.shots OUT [WORKSPACE]`` draws them; without a workspace, the welcome.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from mlops_desktop.ui.app import close_session, make_application, make_window
from mlops_desktop.ui.page import find_pages
from mlops_desktop.ui.prefs import Prefs, ThemeMode
from mlops_desktop.ui.table.view import RowsView
from mlops_desktop.ui.ways import ServiceWays
from mlops_desktop.ui.window import Window

_SIZE = (1440, 900)
_PATIENCE_MS = 30_000
_SETTLE_MS = 250
_THEMES: tuple[ThemeMode, ...] = ("light", "dark")
_LANGUAGES = ("en", "de")


def main(arguments: list[str] | None = None) -> int:
    """Draw all pictures; one process for each scale, because Qt reads it once."""
    parser = argparse.ArgumentParser(prog="mlops_desktop.ui.shots", description=__doc__)
    parser.add_argument("out", type=Path, help="folder of the pictures")
    parser.add_argument("workspace", nargs="?", help="what to show; the welcome without it")
    parser.add_argument("--scale", choices=("1", "2"), help="draw one scale only")
    given = parser.parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    if given.scale is None:
        return max(_run_scale(given.out, given.workspace, scale) for scale in ("1", "2"))
    _draw_scale(given.out, given.workspace, given.scale)
    return 0


def _run_scale(out: Path, workspace: str | None, scale: str) -> int:
    surroundings = dict(os.environ, QT_SCALE_FACTOR=scale)
    surroundings.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [sys.executable, "-m", "mlops_desktop.ui.shots", str(out)]
    command += [workspace] if workspace else []
    command += ["--scale", scale]
    return subprocess.run(command, env=surroundings, check=False).returncode  # noqa: S603


def _draw_scale(out: Path, workspace: str | None, scale: str) -> None:
    app = make_application(["shots"])
    window = make_window(app, Prefs(theme="light", language="en"), ServiceWays())
    window.closed.connect(lambda: close_session(window))
    window.resize(*_SIZE)
    window.show()
    if workspace is not None:
        ServiceWays().open_target(window.context, workspace)
        _wait_until(lambda: window.context.is_open)
    for theme, language in product(_THEMES, _LANGUAGES):
        window.context.theme.use(theme)
        window.context.language.use(language)
        _draw_pages(window, out, f"{theme}-{language}-{scale}x")
    window.close()


def _draw_pages(window: Window, out: Path, ending: str) -> None:
    """Draw each page with the first row of its list chosen, or the welcome."""
    if not window.context.is_open:
        _settle(window)
        window.grab().save(str(out / f"welcome-{ending}.png"))
    for spec in find_pages() if window.context.is_open else ():
        window.show_page(spec.id)
        _settle(window)
        for view in window.stage.findChildren(RowsView):
            if view.isVisible() and view.model().rowCount():
                view.selectRow(0)
        _settle(window)
        window.grab().save(str(out / f"{spec.id}-{ending}.png"))


def _settle(window: Window) -> None:
    """Wait until nothing runs any more and everything has been painted."""
    _wait_until(window.context.jobs.is_idle)
    _wait(_SETTLE_MS)
    _wait_until(window.context.jobs.is_idle)
    _wait(_SETTLE_MS)


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
