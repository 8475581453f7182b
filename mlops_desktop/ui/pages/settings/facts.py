"""A section that tells what holds, in groups; what changes it stands above."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.session import Session
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.settings.parts import SettingsSection
from mlops_desktop.ui.widgets.bar import MessageBar
from mlops_desktop.ui.widgets.sections import Group, Sections

T = TypeVar("T")


class FactsSection(SettingsSection, Generic[T]):
    """Reads in the read lane what ``groups`` says in words."""

    def __init__(
        self,
        context: Context,
        id: str,
        read: Callable[[Session], T],
        groups: Callable[[Context, T], tuple[Group, ...]],
    ) -> None:
        super().__init__(context)
        self._id, self._read, self._groups = id, read, groups
        self.found: T | None = None
        self.bar = MessageBar(context)
        self.facts = Sections(context, f"settings.section.{id}")
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.facts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.bar)
        column.addWidget(area, 1)

    def reload(self) -> None:
        """Ask again."""
        session, read = self.context.session, self._read

        def ask(progress: Progress) -> T:
            return read(session)

        name = self.context.say("settings.job.read")
        self.context.jobs.submit_read(name, ask, self._show, self._fail, key=f"settings:{self._id}")

    def retranslate(self) -> None:
        """Say what is shown again."""
        if self.found is not None:
            self._show(self.found)

    def forget(self) -> None:
        """Show nothing."""
        self.found = None
        self.facts.show_groups(())

    def first_focus(self) -> QWidget:
        """Begin at the facts, which the arrow keys scroll."""
        return self.facts

    def _show(self, found: T) -> None:
        self.found = found
        self.bar.clear()
        self.facts.show_groups(self._groups(self.context, found))
        self.context.actions.refresh()

    def _fail(self, error: AppError) -> None:
        self.bar.show_error(error)
