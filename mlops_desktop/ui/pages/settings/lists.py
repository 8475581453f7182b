"""A section that is a list with the chosen thing beside it."""

from collections.abc import Callable
from typing import Generic

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mlops_desktop.ui.actions import Deed
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.rules.parts import Part
from mlops_desktop.ui.pages.rules.section import Section
from mlops_desktop.ui.pages.settings.parts import SettingsSection
from mlops_desktop.ui.table.columns import R


class ListSection(SettingsSection, Generic[R]):
    """Made when it is first read: the actions on its buttons must be known before."""

    def __init__(self, context: Context, part: Part[R]) -> None:
        super().__init__(context)
        self._part = part
        self._made: Section[R] | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)

    def made(self) -> Section[R]:
        """Return the list with its detail."""
        if self._made is None:
            self._made = Section(self.context, self._part)
            self.column.addWidget(self._made, 1)
        return self._made

    def reload(self) -> None:
        """Ask for the list and what is shown of it."""
        self.made().reload()

    def forget(self) -> None:
        """Show nothing."""
        if self._made is not None:
            self._made.detail.forget()

    def first_focus(self) -> QWidget:
        """Begin at the list."""
        return self.made().list.view

    def chosen(self) -> R | None:
        """Return the line that actions are about, None where it is out of sight."""
        return self._made.chosen() if self._made is not None and self.isVisible() else None

    def about(
        self,
        ask: Callable[[Context, R, QWidget], object],
        is_fit: Callable[[R], bool] = lambda line: True,
    ) -> Deed:
        """Return a deed about the chosen line."""

        def do() -> None:
            if (line := self.chosen()) is not None:
                ask(self.context, line, self.window())

        def can() -> bool:
            line = self.chosen()
            return self.is_open() and line is not None and is_fit(line)

        return do, can
