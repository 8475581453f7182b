"""The steps of a rule: how many approvals of whom, or a committee; as many as are needed."""

import json
from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from mlops_desktop.core.identity import Person, Role
from mlops_desktop.core.rules import Step
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.icons import grown, pixmap
from mlops_desktop.ui.pages.approvals.said import step_named, step_title
from mlops_desktop.ui.pages.rules.asking import NumberBox
from mlops_desktop.ui.pages.rules.said import say
from mlops_desktop.ui.widgets.buttons import Button, IconButton

_ARROW = 14


class ManyButton(Button):
    """Several of a few things, ticked in a menu that stays by keyboard; says what is ticked."""

    changed = Signal()

    def __init__(self, entries: Iterable[tuple[str, str]], nothing: str) -> None:
        super().__init__("", self._open)
        self.setProperty("chooses", True)
        self._nothing, self.title = nothing, ""
        self._menu = QMenu(self)
        self._entries: dict[str, QAction] = {}
        for text, data in entries:
            action = self._menu.addAction(text.replace("&", "&&"))
            action.setCheckable(True)
            action.toggled.connect(self._on_toggled)
            self._entries[data] = action
        self._say()

    def chosen(self) -> tuple[str, ...]:
        """Return what is ticked, in the order offered."""
        return tuple(data for data, action in self._entries.items() if action.isChecked())

    def choose(self, data: Iterable[str]) -> None:
        """Tick these."""
        wanted = set(data)
        for code, action in self._entries.items():
            action.setChecked(code in wanted)

    def draft_text(self) -> str:
        """Return what is ticked, as a draft keeps it."""
        return " ".join(self.chosen())

    def take_draft(self, text: str) -> None:
        """Tick what a draft kept."""
        self.choose(text.split())

    def call(self, title: str) -> None:
        """Name the choice for ears."""
        self.title = title
        self._say()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow at the end, where every other choice has it."""
        super().paintEvent(event)
        painter, size = QPainter(self), grown(_ARROW)
        arrow = pixmap("down", size=size, scale=self.devicePixelRatioF())
        painter.drawPixmap(self.width() - size - 6, (self.height() - size) // 2, arrow)
        painter.end()

    def _open(self) -> None:
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _on_toggled(self, _: bool) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        ticked = [one.text() for one in self._entries.values() if one.isChecked()]
        said = ", ".join(ticked) or self._nothing
        self.setText(said if len(ticked) < 3 else f"{ticked[0]}, … ({len(ticked)})")
        self.setAccessibleName(f"{self.title}: {said}".replace("&&", "&"))


class _Row(QWidget):
    """One step, in two lines."""

    changed = Signal()
    removed = Signal(object)

    def __init__(self, context: Context, people: tuple[Person, ...]) -> None:
        super().__init__()
        self._context, self._known = context, ("", "")
        self.name, self.committee = QLineEdit(), QLineEdit()
        self.needed = NumberBox(1, 9, 1)
        roles = [(context.say(f"rules.role.{role.value}"), role.value) for role in Role]
        self.roles = ManyButton(roles, say(context, "anybody"))
        named = [(one.name, one.id) for one in people]
        self.members = ManyButton(named, say(context, "no_circle"))
        self._remove = IconButton("close", lambda: self.removed.emit(self))
        self.name.setPlaceholderText(say(context, "hint.step"))
        self.committee.setPlaceholderText(say(context, "hint.committee"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 6)
        for at, widget in enumerate((self.name, self.needed, self.roles)):
            grid.addWidget(widget, 0, at)
        grid.addWidget(self._remove, 0, 3, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.members, 1, 0, 1, 2)
        grid.addWidget(self.committee, 1, 2, 1, 2)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(2, 4)
        self.needed.setFixedWidth(self.fontMetrics().averageCharWidth() * 8)
        self._connect()

    def fill(self, step: Step) -> None:
        """Show a known step."""
        self._call(step.id)
        self.needed.setValue(step.needed)
        self.roles.choose(role.value for role in step.roles)
        self.members.choose(step.members)
        self.committee.setText(step.committee or "")

    def step(self) -> Step | None:
        """Return the step, None while it has no name."""
        name, body = self._id(), self.committee.text().strip()
        if not name:
            return None
        if body:
            return Step(name, 1, committee=body)
        roles = tuple(Role(role) for role in self.roles.chosen())
        return Step(name, self.needed.value(), roles, self.members.chosen())

    def draft(self) -> list[str]:
        """Return every part as a text."""
        parts = (self.roles.draft_text(), self.members.draft_text(), self.committee.text())
        return [self._id(), str(self.needed.value()), *parts]

    def take(self, name: str, needed: str, roles: str, members: str, committee: str) -> None:
        """Show what :meth:`draft` returned."""
        self._call(name)
        self.needed.setValue(int(needed))
        self.roles.take_draft(roles)
        self.members.take_draft(members)
        self.committee.setText(committee)

    def number(self, number: int, *, is_only: bool) -> None:
        """Name the parts for ears."""
        context = self._context
        self.name.setAccessibleName(say(context, "step_name", n=number))
        self.needed.setAccessibleName(say(context, "step_needed", n=number))
        self.roles.call(say(context, "step_roles", n=number))
        self.members.call(say(context, "step_members", n=number))
        self.committee.setAccessibleName(say(context, "step_body", n=number))
        self._remove.call(say(context, "step_remove", n=number))
        self._remove.setEnabled(not is_only)

    def _call(self, id: str) -> None:
        """Show a step by its title, as its rule does; it keeps its id as long as that stands."""
        self._known = id, step_title(self._context, id)
        self.name.setText(self._known[1])

    def _id(self) -> str:
        text, (id, title) = self.name.text().strip(), self._known
        return id if text == title else step_named(self._context, text)

    def _connect(self) -> None:
        self.name.textChanged.connect(lambda _: self._tell())
        self.committee.textChanged.connect(lambda _: self._tell())
        self.needed.valueChanged.connect(lambda _: self._tell())
        self.roles.changed.connect(self._tell)
        self.members.changed.connect(self._tell)

    def _tell(self) -> None:
        alone = not self.committee.text().strip()
        for widget in (self.needed, self.roles, self.members):
            widget.setEnabled(alone)  # a committee decides by its own quorum
        self.changed.emit()


class Steps(QWidget):
    """A list of steps that grows."""

    changed = Signal()

    def __init__(
        self, context: Context, people: tuple[Person, ...], known: tuple[Step, ...] = ()
    ) -> None:
        super().__init__()
        self._context, self._people = context, people
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._add = Button(say(context, "another_step"), self._add_empty, icon="add", flat=True)
        self._column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        for step in known:
            self.add_row(step)
        if not known:
            self.add_row()

    def add_row(self, step: Step | None = None) -> None:
        """Ask for one more step."""
        row = _Row(self._context, self._people)
        if step is not None:
            row.fill(step)
        row.removed.connect(self._remove)
        row.changed.connect(self.changed)
        self._rows.append(row)
        self._column.insertWidget(len(self._rows) - 1, row)
        self._number()
        self.changed.emit()

    def steps(self) -> tuple[Step, ...]:
        """Return the steps that have a name."""
        found = (row.step() for row in self._rows)
        return tuple(step for step in found if step is not None)

    def draft_text(self) -> str:
        """Return every row, as a draft keeps it."""
        return json.dumps([row.draft() for row in self._rows])

    def take_draft(self, text: str) -> None:
        """Show the rows that a draft kept, in place of those there are."""
        kept = json.loads(text)
        while len(self._rows) > len(kept):
            self._remove(self._rows[-1])
        while len(self._rows) < len(kept):
            self.add_row()
        for row, told in zip(self._rows, kept, strict=True):
            row.take(*told)

    def _add_empty(self) -> None:
        self.add_row()
        self._rows[-1].name.setFocus()

    def _remove(self, row: _Row) -> None:
        self._rows.remove(row)
        row.setParent(None)
        row.deleteLater()
        self._number()
        self.changed.emit()

    def _number(self) -> None:
        for number, row in enumerate(self._rows, 1):
            row.number(number, is_only=len(self._rows) == 1)
