"""Hears what colleagues record in a shared database, and lets the pages show it at once."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress

if TYPE_CHECKING:
    from mlops_desktop.services.listening import Heard, Listener

_FIRST_PAUSE, _LONGEST_PAUSE = 2_000, 60_000
"""Milliseconds before a lost server is looked for again; each time twice as long."""

_SOURCE = "listening"
"""A connection bears one thread only."""


class Colleagues(QObject):
    """One for the window: watches the connection's descriptor; nothing polls, no thread waits."""

    heard = Signal()
    """Somebody recorded something, came, or went."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._listener: Listener | None = None
        self._notifier: QSocketNotifier | None = None
        self._pause = _FIRST_PAUSE
        self._retry = QTimer(self, singleShot=True)
        self._retry.timeout.connect(self._again)
        context.workspace_left.connect(self.stop)
        context.workspace_changed.connect(self._on_workspace)

    @property
    def is_listening(self) -> bool:
        """Whether commits of others are heard now."""
        return self._notifier is not None

    def stop(self) -> None:
        """Hear nothing any more, and tell the others; in a lane, since a server takes its time."""
        self._retry.stop()
        self._drop_notifier()
        listener, self._listener = self._listener, None
        if listener is not None:
            self._leave(listener)

    def _leave(self, listener: "Listener") -> None:
        def leave(progress: Progress) -> None:
            listener.leave()

        name = self._context.say("sharing.word.listening")
        self._context.jobs.submit_last(name, leave, _SOURCE)

    def _on_workspace(self) -> None:
        if not self._context.is_open:
            return
        session = self._context.session

        def begin(progress: Progress) -> "Listener | None":
            from mlops_desktop.services.listening import listen

            listener = listen(session)
            if listener is not None and progress.is_cancelled():
                listener.leave()
            return listener

        def take(listener: "Listener | None") -> None:
            if listener is None:
                return
            if not self._context.is_open or self._context.session is not session:
                self._leave(listener)
                return
            self._listener = listener
            self._watch()
            self.heard.emit()

        name = self._context.say("sharing.word.listening")
        self._context.jobs.submit_read(name, begin, take, self._on_lost, key=_SOURCE)

    def _watch(self) -> None:
        """Watch the descriptor there is now: another one after every reconnection."""
        self._drop_notifier()
        if self._listener is None or self._listener.fileno() < 0:
            return
        self._notifier = QSocketNotifier(self._listener.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(lambda *_: self._drain())

    def _drop_notifier(self) -> None:
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None

    def _drain(self) -> None:
        """Read what came; in a lane, since a lost server takes its time."""
        listener = self._listener
        if listener is None:
            return
        if self._notifier is not None:
            self._notifier.setEnabled(False)

        def read(progress: Progress) -> "tuple[Heard, ...]":
            return listener.drain()

        name = self._context.say("sharing.word.listening")
        self._context.jobs.submit_read(name, read, self._take, self._on_lost, source=_SOURCE)

    def _take(self, found: "tuple[Heard, ...]") -> None:
        self._pause = _FIRST_PAUSE
        self._watch()
        # One's own are not told apart: another window or a planned reading is the same device.
        kinds = {kind for one in found for kind in one.kinds}
        if "*" in kinds:
            self._context.read_again.emit()
        elif kinds:
            self._context.announce(Changes(frozenset((kind, "") for kind in kinds)))
        if kinds:
            self.heard.emit()

    def _again(self) -> None:
        """Look for the server again: from the start where it was never reached."""
        (self._drain if self._listener is not None else self._on_workspace)()

    def _on_lost(self, error: AppError) -> None:
        self._drop_notifier()
        self._retry.start(self._pause)
        self._pause = min(2 * self._pause, _LONGEST_PAUSE)
