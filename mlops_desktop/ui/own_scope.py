"""Whether lists show the acting person's scope alone: one switch for every page of the window."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import Scope
from mlops_desktop.ui.jobs import Progress

if TYPE_CHECKING:
    from mlops_desktop.services.session import Session
    from mlops_desktop.ui.context import Context

Scopes = tuple[Scope, ...]


class OwnScope(QObject):
    """On wherever a person begins; it keeps nothing from anybody, and one click ends it."""

    changed = Signal()
    """Lists are to be read again: the switch was turned."""
    told = Signal()
    """The scope of who acts is known now, or another."""

    def __init__(self, context: "Context") -> None:
        super().__init__(context)
        self._context = context
        self.is_on = True
        self.scopes: Scopes = ()
        context.workspace_changed.connect(self._begin)
        context.changed.connect(self._on_changed)
        context.read_again.connect(self._ask)

    def use(self, *, is_on: bool) -> None:
        """Show the scope alone from now on, or everything."""
        if is_on != self.is_on:
            self.is_on = is_on
            self.told.emit()
            if self.scopes:
                self.changed.emit()

    def read(self, session: "Session") -> Scopes:
        """Return the scopes that lists keep to now; asked in the read lane."""
        from mlops_desktop.services.own_scope import read_own_scope

        return read_own_scope(session) if self.is_on else ()

    def _begin(self) -> None:
        self.is_on, self.scopes = True, ()
        self.told.emit()
        self._ask()

    def _on_changed(self, changes: Changes) -> None:
        if "person" in changes.kinds:
            self._ask()

    def _ask(self) -> None:
        if not self._context.place:
            return
        session = self._context.session

        def ask(progress: Progress) -> Scopes:
            from mlops_desktop.services.own_scope import read_own_scope

            return read_own_scope(session)

        name = self._context.say("own_scope.job")
        self._context.jobs.submit_read(name, ask, self._tell, self._ignore, key="own_scope")

    def _tell(self, scopes: Scopes) -> None:
        if scopes != self.scopes:
            self.scopes = scopes
            self.told.emit()

    def _ignore(self, error: AppError) -> None:
        """Say nothing: the lists say themselves what is wrong."""
