"""Attendance and votes: a row for each member, a choice for each item that is decided."""

from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QWidget

from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.services.oversight import MeetingSheet
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.rules.said import say
from mlops_desktop.ui.widgets.label import Label

_PARTIAL = "partial"
_CHOICES = ("", Decision.APPROVE.value, Decision.REJECT.value, Decision.ABSTAIN.value, _PARTIAL)


class Ballots(QWidget):
    """Who was there, and how each voted on each request; a partial member says why."""

    def __init__(self, context: Context, sheet: MeetingSheet) -> None:
        super().__init__()
        self._context, self._sheet = context, sheet
        self._items = [item for item in sheet.row.called.agenda if item.request is not None]
        self._there: dict[str, QCheckBox] = {}
        self._cast: dict[tuple[str, int], QComboBox] = {}
        self._why: dict[str, QLineEdit] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        if self._items:
            self._add_heads()
        for at, person in enumerate(sheet.row.called.members, 1):
            self._add_member(at, person)

    def present(self) -> tuple[str, ...]:
        """Return the ids of who was there."""
        return tuple(person for person, box in self._there.items() if box.isChecked())

    def votes(self) -> tuple[tuple[int, str, Decision], ...]:
        """Return every vote cast: item, person, decision."""
        said = ((key, str(box.currentData())) for key, box in self._cast.items())
        return tuple(
            (number, person, Decision(word))
            for (person, number), word in said
            if word not in ("", _PARTIAL)
        )

    def partial(self) -> tuple[tuple[int, str, str], ...]:
        """Return who left the table for which item, and why."""
        return tuple(
            (number, person, self._why[person].text().strip())
            for (person, number), box in self._cast.items()
            if box.currentData() == _PARTIAL
        )

    def _add_heads(self) -> None:
        for at, item in enumerate(self._items, 1):
            row = self._sheet.requests.get(item.request or "")
            named = row.id if row is not None else ""
            head = f"{item.number}. {named}".strip()
            self._grid.addWidget(Label(head, tone="muted"), 0, at)
        why = say(self._context, "field.partial_why")
        self._grid.addWidget(Label(why, tone="muted"), 0, len(self._items) + 1)
        self._grid.setColumnStretch(len(self._items) + 1, 1)

    def _add_member(self, at: int, person: str) -> None:
        name = self._sheet.names.get(person, person)
        box = QCheckBox(name)
        box.setMinimumWidth(box.sizeHint().width())
        box.setChecked(True)
        box.setAccessibleName(say(self._context, "is_present", person=name))
        self._there[person] = box
        self._grid.addWidget(box, at, 0)
        if not self._items:
            return
        for column, item in enumerate(self._items, 1):
            self._grid.addWidget(self._choice(person, name, item.number), at, column)
        why = QLineEdit()
        why.setAccessibleName(say(self._context, "partial_of", person=name))
        self._why[person] = why
        self._grid.addWidget(why, at, len(self._items) + 1)

    def _choice(self, person: str, name: str, number: int) -> QComboBox:
        box = QComboBox()
        for code in _CHOICES:
            box.addItem(say(self._context, f"cast.{code or 'none'}"), code)
        box.setAccessibleName(say(self._context, "vote_of", person=name, n=number))
        box.setMinimumWidth(self.fontMetrics().averageCharWidth() * 18)
        self._cast[person, number] = box
        return box
