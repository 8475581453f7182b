"""Starts the window: first paint first, everything heavy afterwards and beside it."""

import sys
from collections.abc import Callable
from importlib import import_module
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from mlops_desktop.ui import prefs as preferences
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.language import Language, system_language
from mlops_desktop.ui.page import find_pages
from mlops_desktop.ui.prefs import Prefs
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.theme import Theme
from mlops_desktop.ui.welcome import Ways
from mlops_desktop.ui.window import Window

_HEAVY = (
    "sqlalchemy",
    "mlops_desktop.services.models",
    "matplotlib.figure",
    "matplotlib.backends.backend_agg",
    "pypdfium2",
)


def make_application(arguments: list[str] | None = None) -> QApplication:
    """Return the application object, named for the desktop it runs on."""
    app = QApplication(sys.argv if arguments is None else arguments)
    app.setApplicationName("MLOps Desktop")
    app.setOrganizationName("MLOps Desktop")
    QGuiApplication.setDesktopFileName("mlops-desktop")
    return app


def make_window(app: QApplication, prefs: Prefs, ways: Ways) -> Window:
    """Return the window, not yet shown and without a workspace."""
    theme = Theme(app, prefs.theme)
    language = Language(prefs.language or system_language())
    return Window(find_pages(), language, theme, prefs, ways)


def run(workspace: str | None = None, arguments: list[str] | None = None) -> int:
    """Show the window on ``workspace``, the last one, or the welcome; return the exit code."""
    from mlops_desktop.ui.ways import ServiceWays

    app = make_application(arguments)
    prefs = preferences.load()
    ways = ServiceWays()
    window = make_window(app, prefs, ways)
    catch_crashes(window)
    window.show()
    window.closed.connect(lambda: _close_session(window))
    target = workspace or next(iter(ways.recent()), None)
    QTimer.singleShot(0, lambda: _after_first_paint(window, ways, target))
    return app.exec()


def _after_first_paint(window: Window, ways: Ways, target: str | None) -> None:
    if target is not None:
        ways.open_target(window.context, target)
    window.context.jobs.submit_read(tr("Getting ready"), warm_up, _nothing, _nothing)


def _close_session(window: Window) -> None:
    if window.context.is_open:
        window.context.session.workspace.close()


def warm_up(progress: Progress) -> None:
    """Import what is needed soon but not for the first paint."""
    for name in _HEAVY:
        if not progress.is_cancelled():
            import_module(name)


def _nothing(_result: object) -> None:
    """Need nothing more once the imports are done: a failed one fails again where it is used."""


def catch_crashes(window: Window) -> Callable[..., None]:
    """Turn an exception nobody caught into a message of the window; returns the hook."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        import traceback

        told = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(told)
        if issubclass(kind, KeyboardInterrupt):
            window.close()
        else:
            window.show_crash(tr("This action"), told)

    sys.excepthook = hook
    return hook
