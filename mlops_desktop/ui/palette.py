"""The command palette: every action of every page, every model, item and request, by typing."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.choices import Choice, choices, fits
from mlops_desktop.ui.context import Context, Found
from mlops_desktop.ui.icons import grown, icon
from mlops_desktop.ui.text import honest, tr

_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ROLE = Qt.ItemDataRole.UserRole
_OFF = QPalette.ColorGroup.Disabled


RunErrand = Callable[[str, str], None]
"""Goes to a page and does an action there."""


class CommandPalette(QFrame):
    """A line to type into and the matches below; Enter does the marked one.

    What can be done here and now comes first, then what the pages offer.
    """

    def __init__(self, context: Context, run: RunErrand, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._run = context, run
        self._choices = choices(context)
        self._line = QLineEdit()
        self._line.setPlaceholderText(tr("Type what you want to do, or a model"))
        self._line.setAccessibleName(tr("Find or do"))
        self._list = QListWidget()
        self._list.setObjectName("plain")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setAccessibleName(tr("Matches"))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setIconSize(QSize(grown(18), grown(18)))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        for part in (self._line, self._list):
            column.addWidget(part)
        self._line.installEventFilter(self)
        self._line.textEdited.connect(self._search)
        self._list.itemClicked.connect(self._do)
        self._place(parent)
        self._search("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrow keys and Enter in the line move and choose in the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _MOVES:
                self._list.event(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._do(self._list.currentItem())
                return True
        return False

    def _place(self, window: QWidget) -> None:
        unit = self.fontMetrics().averageCharWidth()
        self.resize(min(unit * 84, window.width() - 40), min(440, window.height() - 120))
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - self.width()) // 2, corner.y() + 72)
        self._line.setFocus()

    def _search(self, typed: str) -> None:
        self._list.clear()
        for choice in self._choices:
            if fits(choice, typed):
                self._offer_action(choice)
        self._list.setCurrentRow(0)
        self._search_records(typed)

    def _search_records(self, typed: str) -> None:
        find = self._context.find_records
        if find is not None and typed.strip():
            self._context.jobs.submit_read(
                tr("Find"), lambda progress: find(typed, progress), self._offer_records, _ignore,
                key="palette",
            )  # fmt: skip

    def _offer_action(self, choice: Choice) -> None:
        reason = choice.reason
        said = tr("{title}  – {page}", title=choice.title, page=reason) if reason else choice.title
        shade = "faint" if reason else "muted"
        item = QListWidgetItem(icon(choice.icon or "command", shade), said)
        if reason:
            item.setForeground(self.palette().brush(_OFF, QPalette.ColorRole.Text))
        item.setData(_ROLE, choice)
        self._list.addItem(item)

    def _offer_records(self, found: tuple[Found, ...]) -> None:
        typed = self._line.text().strip().casefold()
        named = tuple(one for one in found if one.title.casefold().startswith(typed))
        for place, record in enumerate(named):  # who types a number wants what bears it
            self._list.insertItem(place, self._item_of(record))
        for record in found:
            if record not in named:
                self._list.addItem(self._item_of(record))
        if named or self._list.currentRow() < 0:
            self._list.setCurrentRow(0)

    def _item_of(self, record: Found) -> QListWidgetItem:
        drawn = self._context.actions.row(f"go.{record.page}").icon
        item = QListWidgetItem(icon(drawn or "models", "accent"), honest(record.title))
        item.setData(_ROLE, record)
        return item

    def _do(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        chosen = item.data(_ROLE)
        self.close()
        if isinstance(chosen, Found):
            self._context.show_page(chosen.page, chosen.id)
        elif isinstance(chosen, Choice):
            self._run(chosen.page, chosen.id)


def _ignore(error: AppError) -> None:
    """Offer no record when they cannot be searched: the page itself says what is wrong."""
