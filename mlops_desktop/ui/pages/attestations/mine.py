"""My models in a campaign with a box to tick before each; ticks outlive a reading."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.attestations.columns import say_tier
from mlops_desktop.ui.pages.attestations.reading import MyRow
from mlops_desktop.ui.text import honest

_COLUMNS = ("id", "name", "tier", "owner", "given", "draft", "comment")
_Index = QModelIndex | QPersistentModelIndex
_TICK = Qt.ItemDataRole.CheckStateRole
_NO_INDEX = QModelIndex()


class MyModels(QAbstractTableModel):
    """The rows as Qt asks for them; only what is painted is made into words."""

    ticked_changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.rows: tuple[MyRow, ...] = ()
        self.ticked: set[str] = set()

    def show_rows(self, rows: tuple[MyRow, ...]) -> None:
        """Show ``rows``; ticks of models no longer there are forgotten."""
        self.beginResetModel()
        self.rows = rows
        self.ticked &= {row.id for row in rows}
        self.endResetModel()
        self.ticked_changed.emit()

    def tick(self, ids: set[str]) -> None:
        """Tick exactly these."""
        self.ticked = ids
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 0), [_TICK])
        self.ticked_changed.emit()

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        """Return how many models there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NO_INDEX) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the title of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._context.say(f"attestations.column.{_COLUMNS[section]}")
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let the first column be ticked."""
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else found

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text or its tick."""
        row = self.rows[index.row()]
        if role == _TICK and index.column() == 0:
            is_ticked = row.id in self.ticked
            return Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return honest(self._text(row, _COLUMNS[index.column()]))
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick a row."""
        if role != _TICK or index.column() != 0:
            return False
        row = self.rows[index.row()]
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self.ticked.add(row.id)
        else:
            self.ticked.discard(row.id)
        self.dataChanged.emit(index, index, [_TICK])
        self.ticked_changed.emit()
        return True

    def _text(self, row: MyRow, column: str) -> str:
        say = self._context.say
        match column:
            case "id":
                return row.id
            case "name":
                return row.asked.name
            case "tier":
                return say_tier(self._context, row.asked.tier)
            case "owner":
                return row.owner
            case "given":
                return self._given(row)
            case "draft":
                return say(f"attestations.answer.{row.draft.answer}") if row.draft else ""
            case _:
                return row.comment

    def _given(self, row: MyRow) -> str:
        """Return the answer on record, and whether it was signed."""
        said = row.asked.answer
        if said is None:
            return ""
        answer = self._context.say(f"attestations.answer.{said.answer}")
        how = "signed" if said.is_signed else "unsigned"
        return self._context.say(f"attestations.given.{how}", answer=answer)
