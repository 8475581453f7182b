"""How the ledger stands, asked after opening and after each change, for status bar and page."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from mlops_desktop.core import clock
from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError
from mlops_desktop.services.ledger import LedgerState, LedgerVerdict, read_state
from mlops_desktop.services.session import Session
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.ledger.said import say_standing
from mlops_desktop.ui.text import tr

_SHORTENED = "ledger.history_shortened"
NOT_AT_ITS_PLACE = frozenset({"workspace.file_gone", "workspace.file_replaced"})
"""Whoever is refused first, no verification of before stands any longer."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of the ledger: its state or why there is none, and the last verification."""

    state: LedgerState | None = None
    error: AppError | None = None
    verdict: LedgerVerdict | None = None
    verified_at: datetime | None = None

    @property
    def is_bad(self) -> bool:
        """Whether something is wrong with the history."""
        return self.error is not None or (self.verdict is not None and not self.verdict.is_ok)


def is_shortened(session: Session) -> bool:
    """Tell whether the workspace ends before the head last seen of it on this computer."""
    try:
        read_state(session)
    except AppError as error:
        return error.code == _SHORTENED
    return False


class LedgerWatch(QObject):
    """One for the window; keeps the left part of the status bar right."""

    changed = Signal()
    """The standing is another."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self.standing = Standing()
        context.changed.connect(self._on_changed)
        context.read_again.connect(self._on_again)
        context.jobs.refused.connect(self._on_refused)
        context.workspace_changed.connect(self._on_workspace)
        context.language_changed.connect(self._say)
        self._on_workspace()

    def take_verdict(self, verdict: LedgerVerdict) -> None:
        """Keep what a verification found; it holds until the next one."""
        state = self.standing.state
        self.standing = Standing(state, self.standing.error, verdict, clock.now())
        self.ask()

    def ask(self) -> None:
        """Read the state again."""
        session = self._context.session

        def read(progress: Progress) -> LedgerState:
            return read_state(session)

        self._context.jobs.submit_read(
            tr("Reading the ledger"), read, self._keep, self._fail, key="ledger:state"
        )

    def _on_changed(self, changes: Changes) -> None:
        self._on_again()

    def _on_again(self) -> None:
        if self._context.is_open:
            self.ask()

    def _on_refused(self, error: AppError) -> None:
        if error.code in NOT_AT_ITS_PLACE and self._context.is_open:
            self.standing = Standing(None, error)
            self._say()

    def _on_workspace(self) -> None:
        self.standing = Standing()
        if self._context.is_open:
            self.ask()
        else:
            self._context.ledger_said.emit("idle", "")
            self.changed.emit()

    def _keep(self, state: LedgerState) -> None:
        self.standing = Standing(state, None, self.standing.verdict, self.standing.verified_at)
        self._say()

    def _fail(self, error: AppError) -> None:
        self.standing = Standing(None, error, self.standing.verdict, self.standing.verified_at)
        self._say()

    def _say(self) -> None:
        if self.standing.state is not None or self.standing.error is not None:
            status = say_standing(self._context, self.standing)
            self._context.ledger_said.emit(status.mood, status.word)
        self.changed.emit()


def watch_of(context: Context) -> LedgerWatch:
    """Return the window's watch; the first call makes it. Only on the window's thread."""
    found = context.findChild(LedgerWatch)
    return found if found is not None else LedgerWatch(context)
