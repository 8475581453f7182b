"""Locks a window that was left alone: nothing is readable in it until its person comes back."""

import time
from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QWidget
from shiboken6 import isValid

from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.widgets.dialog import FormDialog

_MINUTE = 60_000  # milliseconds
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.TouchBegin,
        QEvent.Type.Wheel,
    }
)


class LockForm(FormDialog):
    """Stands before everything else until the passphrase is given; work goes on meanwhile."""

    keeps_draft = False

    def __init__(self, context: Context, parent: QWidget) -> None:
        say = context.say
        super().__init__(
            context, say("idle.title"), say("idle.unlock"), parent, sentence=say("idle.sentence")
        )
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.form.add(say("idle.passphrase"), self.secret)
        self._cancel.setText(say("idle.leave"))
        self.setModal(True)

    def show_error(self, error: AppError) -> None:
        """Say beside the line why it stays locked, and let it be typed again."""
        self.set_busy(False)
        self.form.set_wrong(self.secret, "\n".join(filter(None, self.context.explain(error))))
        self.secret.clear()
        self.secret.setFocus()


class IdleLock(QObject):
    """One for the window. Its person is who acts; who has no key here cannot be asked for one."""

    def __init__(self, context: Context, window: QMainWindow) -> None:
        super().__init__(window)
        self._context, self._window = context, window
        self._last = time.monotonic()
        self._hidden: list[QWidget] = []
        self.form: LockForm | None = None
        self._armed = 0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._look)
        # A filter on windows sees input alone; on the application it would see every painting.
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._on_window)
        context.workspace_changed.connect(self._begin)

    @property
    def is_locked(self) -> bool:
        """Whether the window shows nothing now."""
        return self.form is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that somebody is there; while locked, keep away what running work opens."""
        if event.type() is QEvent.Type.Show and self.is_locked and isinstance(watched, QWidget):
            self._keep_away(watched)
        if event.type() in _INPUT:
            self._last = time.monotonic()
            if self._armed != self._context.prefs.lock_minutes or not self._timer.isActive():
                self._wait()  # another time was chosen, or who could not be asked has gone
        return False

    def lock(self) -> None:
        """Hide everything and ask for the passphrase."""
        if self.form is not None:
            return
        for widget in QApplication.topLevelWidgets():
            if widget is not self._window and widget.isVisible():
                self._hide(widget)
        self._hide(self._window.centralWidget())
        self._hide(self._window.statusBar())
        form = LockForm(self._context, self._window)
        self.form = form
        self._watch_all()
        form.submitted.connect(lambda: self._check(form))
        form.rejected.connect(self._leave)
        form.open()

    def _watch_all(self) -> None:
        """See what is opened from now on; nothing is painted meanwhile that this could slow."""
        application = QGuiApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def _keep_away(self, widget: QWidget) -> None:
        """Hide a window before it is on the screen; it comes back with the others."""
        is_own = any(one is self.form for one in _and_parents(widget)) or widget is self._window
        if is_own or not widget.isWindow():
            return
        widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        QTimer.singleShot(0, self, lambda: self._put_away(widget))

    def _put_away(self, widget: QWidget) -> None:
        if not isValid(widget):
            return
        is_locked = self.is_locked
        widget.hide()
        widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, on=False)
        if is_locked:
            self._hidden.append(widget)
        else:
            widget.show()

    def _on_window(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def _begin(self) -> None:
        self._timer.stop()
        self._last = time.monotonic()
        if self._context.is_open:
            self._wait()

    def _wait(self) -> None:
        self._armed = self._context.prefs.lock_minutes
        pause = self._armed * _MINUTE
        self._timer.stop()
        if pause > 0 and self._context.is_open and not self.is_locked:
            gone = int((time.monotonic() - self._last) * 1_000)
            self._timer.start(max(1, pause - gone))

    def _look(self) -> None:
        """Lock where nobody was there all the time, else wait for the rest of it."""
        pause = self._context.prefs.lock_minutes * _MINUTE
        is_alone = time.monotonic() - self._last >= pause / 1_000
        if not self._context.is_open or pause <= 0:
            return
        if not is_alone:
            self._wait()
            return
        session = self._context.session

        def ask(progress: Progress) -> bool:
            from mlops_desktop.services.unlocking import can_unlock

            return can_unlock(session)

        def decide(can: bool) -> None:
            if can:
                self.lock()

        name = self._context.say("idle.looking")
        self._context.jobs.submit_read(name, ask, decide, lambda _: None, key="idle")

    def _check(self, form: LockForm) -> None:
        session, typed = self._context.session, form.secret.text()

        def check(progress: Progress) -> None:
            from mlops_desktop.services.unlocking import check_passphrase

            check_passphrase(session, typed)

        def done(_: None) -> None:
            self._open_up()
            form.done_well()

        form.set_busy(True)
        name = self._context.say("idle.unlock")
        self._context.jobs.submit_write(name, check, done, form.show_error)

    def _leave(self) -> None:
        """Close the workspace instead: what was open in forms goes with it."""
        if self.form is None:
            return
        hidden = [widget for widget in self._hidden if isValid(widget)]
        for widget in hidden:
            if widget.isWindow():
                widget.close()
        self._hidden = [widget for widget in hidden if isValid(widget) and not widget.isWindow()]
        self._open_up()
        self._context.actions.run("workspace.close")

    def _open_up(self) -> None:
        self.form = None
        application = QGuiApplication.instance()
        assert application is not None
        application.removeEventFilter(self)
        hidden, self._hidden = self._hidden, []
        for widget in filter(isValid, reversed(hidden)):
            widget.show()
        self._begin()

    def _hide(self, widget: QWidget | None) -> None:
        if widget is not None and widget.isVisible():
            widget.hide()
            self._hidden.append(widget)


def _and_parents(widget: QWidget) -> Iterator[QWidget]:
    found: QWidget | None = widget
    while found is not None:
        yield found
        found = found.parentWidget()
