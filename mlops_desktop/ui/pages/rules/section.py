"""A section of the page: the list at the left, the chosen thing at the right."""

from collections.abc import Callable
from functools import partial
from typing import Any, Generic

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.rules.parts import Part, Shelf
from mlops_desktop.ui.table import ListPane
from mlops_desktop.ui.table.columns import R
from mlops_desktop.ui.turns import turns
from mlops_desktop.ui.widgets.detail import DetailPane
from mlops_desktop.ui.widgets.sections import Group, Sections
from mlops_desktop.ui.widgets.split import Split

_FIRST_SIZES = (48, 52)


class PartDetail(DetailPane, Generic[R]):
    """Reads the chosen line anew in the read lane, with what its tabs need besides."""

    loaded = Signal()

    def __init__(self, context: Context, part: Part[R]) -> None:
        super().__init__(context, part.actions, default=part.default, more=part.rest)
        self._part = part
        self.line: R | None = None
        self._extra: object = None
        self._wanted = ""
        self._sections: list[
            tuple[str, Sections, Callable[[Context, Any, object], tuple[Group, ...]]]
        ] = []
        for title, make in part.tabs:
            sections = Sections(context, title)
            self.add_tab(title, sections)
            self._sections.append((title, sections, make))
        context.speaking.enlist(self, self._say_again)

    def wanted_id(self) -> str:
        """Return the id of what is shown or being read."""
        return self._wanted

    def show_line(self, line: R) -> None:
        """Show a line: its head at once, the rest as soon as it is read."""
        self._set_head(line)
        self.read(line.id)

    def read(self, id: str) -> None:
        """Read the line ``id`` for the day shown."""
        self._wanted = id
        part, session, as_of = self._part, self._context.session, self._context.as_of

        def ask(progress: Progress) -> tuple[R, object] | None:
            line = next((one for one in part.fetch(session, as_of) if one.id == id), None)
            if line is None:
                return None
            return line, part.more(session, line, as_of) if part.more is not None else None

        name = self._context.say("oversight.job.read")
        key = f"rules:{part.id}:detail"
        self._context.jobs.submit_read(name, ask, self._show, self._fail, key=key)

    def forget(self) -> None:
        """Show nothing."""
        self._wanted, self.line = "", None
        self.hide()

    def _show(self, found: tuple[R, object] | None) -> None:
        if found is None:  # not there on the day shown
            self.forget()
        else:
            self.line, self._extra = found
            self.tabs.show()
            self._set_head(self.line)
            for at, (_, sections, make) in enumerate(self._sections):
                groups = make(self._context, self.line, self._extra)
                if at == self.tabs.currentIndex():
                    sections.show_groups(groups)
                else:  # a template has a hundred facts
                    turns().enter(sections, partial(sections.show_groups, groups))
        self.loaded.emit()

    def _fail(self, error: AppError) -> None:
        self.line = None
        self.tabs.hide()
        self.set_head(self._wanted)
        self.bar.show_error(error)
        self.loaded.emit()

    def _set_head(self, line: R) -> None:
        head = self._part.head(self._context, line)
        self.set_head(head.title, head.under, head.chips)

    def _say_again(self) -> None:
        if self.line is not None and not self.isHidden():
            self._show((self.line, self._extra))


class Section(QWidget, Generic[R]):
    """A list with its detail."""

    def __init__(self, context: Context, part: Part[R]) -> None:
        super().__init__()
        self.part = part
        self._context = context
        self.list: ListPane[R] = ListPane(context, part.list, Shelf(context, part))
        self.detail: PartDetail[R] = PartDetail(context, part)
        split = Split(context, f"rules_{part.id}", self.list, self.detail)
        if f"rules_{part.id}" not in context.prefs.splitters:
            split.setSizes([*_FIRST_SIZES])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split)
        self.list.current_changed.connect(self._on_row)
        self.list.opened.connect(self._on_opened)
        self.detail.loaded.connect(context.actions.refresh)

    def reload(self) -> None:
        """Ask for the list and what is shown of it."""
        self.list.reload()
        if not self.detail.isHidden() and self.detail.wanted_id():
            self.detail.read(self.detail.wanted_id())

    def chosen(self) -> R | None:
        """Return the line that actions are about."""
        return None if self.detail.isHidden() else self.detail.line

    def _on_row(self, line: R) -> None:
        self.detail.show_line(line)
        self._context.actions.refresh()

    def _on_opened(self, line: R) -> None:
        self.detail.show_line(line)
        self.detail.tabs.setFocus()
