"""The rail: the places of the window as a list, with the work that waits for me as a badge."""

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from mlops_desktop.ui.colors import current_colors
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.focus import draw_focus
from mlops_desktop.ui.icons import grown, pixmap
from mlops_desktop.ui.page import PageSpec
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.breaking import fitted

_INSET, _ICON, _GAP, _DIVIDE = 8, 20, 12, 17
_WRAPPED = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
_CHARACTERS, _MOST = 29, 340
Index = QModelIndex | QPersistentModelIndex


def wanted_width() -> int:
    """Return the room for the names of places; large letters take a part of the window at most."""
    return min(QFontMetrics(QApplication.font()).averageCharWidth() * _CHARACTERS, _MOST)


class Places(QAbstractListModel):
    """The pages in order; a row speaks its title and what waits there."""

    def __init__(self, context: Context, pages: tuple[PageSpec, ...]) -> None:
        super().__init__()
        self._context = context
        self._badges: dict[str, int] = {}
        self.pages = pages

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of places."""
        return 0 if parent.isValid() else len(self.pages)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return title, spoken title, tip."""
        spec = self.pages[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._context.say(spec.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(spec)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr("Ctrl+{n}", n=index.row() + 1) if index.row() < 9 else None
        return None

    def badge(self, row: int) -> int:
        """Return how many things wait at ``row``."""
        return self._badges.get(self.pages[row].id, 0)

    def set_badge(self, page: str, number: int) -> None:
        """Show ``number`` beside ``page``, nothing for 0."""
        self._badges[page] = number
        self.refresh()

    def refresh(self) -> None:
        """Say and draw every row again."""
        self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    def _spoken(self, spec: PageSpec) -> str:
        title = self._context.say(spec.title)
        number = self._badges.get(spec.id, 0)
        return tr("{title}, %n waiting for you", "", number, title=title) if number else title


class _Painter(QStyledItemDelegate):
    """Draws a place: icon, title, badge; the chosen one on the accent's soft ground."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return a comfortable height from the font; more where the lower places begin."""
        gap = _DIVIDE if _begins_bottom(index) else 0
        return QSize(120, self._title_height(option.font, index) + 20 + gap)

    def _title_height(self, font: QFont, index: Index) -> int:
        """Return the height of a title: large text takes two lines rather than losing its end."""
        view, model = self.parent(), index.model()
        assert isinstance(view, QListView)
        assert isinstance(model, Places)
        metrics = _bold(font)
        room = _room(view.viewport().width(), QFontMetrics(font), model.badge(index.row()))
        told = fitted(str(index.data()), room, metrics)
        return metrics.boundingRect(0, 0, room, 0, int(_WRAPPED), told).height()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one place."""
        colors, rect = current_colors(), option.rect.adjusted(_INSET, 2, -_INSET, -2)
        if _begins_bottom(index):
            rect.setTop(rect.top() + _DIVIDE)
            line = QRect(rect.left(), rect.top() - _DIVIDE // 2 - 2, rect.width(), 1)
            painter.fillRect(line, QColor(colors.edge))
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(colors.accent_soft if chosen else colors.line))
            painter.drawRoundedRect(rect, 6, 6)
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            draw_focus(painter, rect, 6)
        right = self._draw_badge(painter, rect, index)
        self._draw_title(painter, rect, right, index, chosen)
        painter.restore()

    def _draw_title(
        self, painter: QPainter, rect: QRect, right: int, index: Index, chosen: bool
    ) -> None:
        colors = current_colors()
        model = index.model()
        assert isinstance(model, Places)
        role, scale = ("accent" if chosen else "muted"), painter.device().devicePixelRatioF()
        size = grown(_ICON)
        picture = pixmap(model.pages[index.row()].icon, role, size=size, scale=scale)
        painter.drawPixmap(rect.left() + 10, rect.center().y() - size // 2 + 1, picture)
        font = QFont(painter.font())
        font.setWeight(QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(colors.text))
        place = QRect(rect)
        place.setLeft(rect.left() + 10 + size + _GAP)
        place.setRight(right - 6)
        told = fitted(str(index.data()), place.width(), _bold(font))
        painter.drawText(place, int(_WRAPPED), told)

    def _draw_badge(self, painter: QPainter, rect: QRect, index: Index) -> int:
        model = index.model()
        assert isinstance(model, Places)
        number = model.badge(index.row())
        if not number:
            return rect.right() - 8
        colors, text = current_colors(), _badge_text(number)
        height = painter.fontMetrics().height() + 2
        width = _badge_width(painter.fontMetrics(), number)
        place = QRect(rect.right() - width - 8, rect.center().y() - height // 2 + 1, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.accent))
        painter.drawRoundedRect(place, height / 2, height / 2)
        painter.setPen(QColor(colors.on_accent))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
        return place.left()


def _bold(font: QFont) -> QFontMetrics:
    """Return how wide a chosen title is: chosen or not, a row is as high."""
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return QFontMetrics(bold)


def _badge_text(number: int) -> str:
    return str(number) if number < 1000 else "999+"


def _badge_width(metrics: QFontMetrics, number: int) -> int:
    return max(metrics.height() + 2, metrics.horizontalAdvance(_badge_text(number)) + 12)


def _room(width: int, metrics: QFontMetrics, number: int) -> int:
    """Return the room of a title between its icon and its badge."""
    badge = _badge_width(metrics, number) + 6 if number else 6
    return width - 2 * _INSET - 10 - grown(_ICON) - _GAP - 8 - badge


def _begins_bottom(index: Index) -> bool:
    """Whether a place is the first of the lower ones: sources and settings."""
    model, row = index.model(), index.row()
    assert isinstance(model, Places)
    return row > 0 and model.pages[row].at_bottom and not model.pages[row - 1].at_bottom


class Rail(QListView):
    """The list of places; ``chosen`` follows the keyboard and the mouse."""

    chosen = Signal(str)

    def __init__(self, context: Context, pages: tuple[PageSpec, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("places")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._places = Places(context, pages)
        self._painter = _Painter(self)
        self.setModel(self._places)
        self.setItemDelegate(self._painter)
        self.selectionModel().currentChanged.connect(self._on_current)
        context.badge_changed.connect(self._places.set_badge)
        context.language_changed.connect(self.retranslate)
        context.theme_changed.connect(self._places.refresh)
        self.retranslate()

    def retranslate(self) -> None:
        """Say every title again."""
        self.setAccessibleName(tr("Places"))
        self._places.refresh()

    def choose(self, page: str) -> None:
        """Mark ``page`` as the current place."""
        for row, spec in enumerate(self._places.pages):
            if spec.id == page:
                self.setCurrentIndex(self._places.index(row))

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self._places.pages[current.row()].id)
