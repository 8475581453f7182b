"""Starts the window: first paint first, everything heavy afterwards and beside it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from mlops_desktop.ui import prefs as preferences
from mlops_desktop.ui.prefs import Prefs
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.window import Window

if TYPE_CHECKING:
    from mlops_desktop.ui.welcome import Ways

_PARTS = (
    "mlops_desktop.ui.theme",
    "mlops_desktop.ui.language",
    "mlops_desktop.ui.context",
    "mlops_desktop.ui.rail",
    "mlops_desktop.ui.table.pane",
    "mlops_desktop.ui.stage",
    "mlops_desktop.ui.status",
    "mlops_desktop.ui.window_actions",
    "mlops_desktop.ui.ways",
    "mlops_desktop.ui.warming",
)


def make_application(arguments: list[str] | None = None) -> QApplication:
    """Return the application object, named for the desktop it runs on."""
    app = QApplication(sys.argv if arguments is None else arguments)
    app.setApplicationName("MLOps Desktop")
    app.setOrganizationName("MLOps Desktop")
    app.setDesktopFileName("mlops-desktop")
    return app


def furnish(app: QApplication, window: Window, ways: "Ways") -> None:
    """Put everything into ``window``, in the language and colours a person chose."""
    from mlops_desktop.ui.first_steps import FirstStepsBar
    from mlops_desktop.ui.language import Language, system_language
    from mlops_desktop.ui.page import find_pages
    from mlops_desktop.ui.theme import Theme

    prefs = window.prefs
    theme = Theme(app, prefs.theme, prefs.text_percent, prefs.reduced_motion)
    window.furnish(find_pages(), Language(prefs.language or system_language()), theme, ways)
    window.stage.add_above(FirstStepsBar(window.context))


def make_window(app: QApplication, prefs: Prefs, ways: "Ways") -> Window:
    """Return the whole window, not yet shown and without a workspace."""
    window = Window(prefs)
    furnish(app, window, ways)
    return window


def run(workspace: str | None = None, arguments: list[str] | None = None) -> int:
    """Show the window on ``workspace``, the last one, or the welcome; return the exit code."""
    app = make_application(arguments)
    window = Window(preferences.load())
    window.show()
    with ExitStack() as until_closed:
        steps = _starting(app, window, workspace, until_closed)
        QTimer.singleShot(0, lambda: _next_step(steps))
        return app.exec()


def _next_step(steps: Iterator[None]) -> None:
    """Take one step and come back for the next, so that the window answers in between."""
    if next(steps, steps) is not steps:
        QTimer.singleShot(0, lambda: _next_step(steps))


def _starting(
    app: QApplication, window: Window, workspace: str | None, until_closed: ExitStack
) -> Iterator[None]:
    from mlops_desktop.ui.signals import EndSignals

    signals = EndSignals(window.leave, window)
    window.closed.connect(signals.restore)
    yield
    for name in _PARTS:
        import_module(name)
        yield
    from mlops_desktop.ui.warming import Warming
    from mlops_desktop.ui.ways import ServiceWays

    ways = ServiceWays()
    furnish(app, window, ways)
    catch_crashes(window)
    warming = Warming(window.context)
    window.closed.connect(lambda: close_session(window))
    yield
    target = workspace or next(iter(ways.recent()), None)
    if target is not None:
        ways.open_target(window.context, target)
        warming.prepare(window.prefs.page)
    warming.wait_for_rest()
    yield
    _watch_for_faults(window, until_closed)


def _watch_for_faults(window: Window, until_closed: ExitStack) -> None:
    """Have a fault below Python leave a note for the next start, and tell the note of the last."""
    from mlops_desktop.services.crash_reports import take_last_crash, watching

    fallen = take_last_crash()
    until_closed.enter_context(watching())
    if fallen:
        window.help.tell_last_crash(window.stage.bar, fallen)


def close_session(window: Window) -> None:
    """Close the connections of the workspace that is open, if one is."""
    if window.is_furnished and window.context.is_open:
        window.context.session.workspace.close()


def catch_crashes(window: Window) -> Callable[..., None]:
    """Turn an exception nobody caught into a message of the window; returns the hook."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        from mlops_desktop.services.redaction import tell_trace

        told = tell_trace(error.with_traceback(trace))
        sys.stderr.write(told)
        if issubclass(kind, KeyboardInterrupt):
            window.close()
        else:
            window.show_crash(tr("This action"), told)

    sys.excepthook = hook
    return hook
