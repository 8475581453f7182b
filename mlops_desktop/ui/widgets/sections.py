"""Names and values in groups, to read and to copy; scrolled by the keyboard."""

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QVBoxLayout, QWidget

from mlops_desktop.ui.colors import current_colors
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.turns import turns
from mlops_desktop.ui.widgets.group_view import Fact, Group, GroupView, shape_of
from mlops_desktop.ui.widgets.room import area_of

__all__ = ["Fact", "Group", "Sections"]

_MADE_AT_ONCE = 24
"""Facts whose widgets are made in one turn, up to 1 ms each with laying out and painting."""
_LEFT, _RIGHT = 2, 6
_MARGINS = _LEFT + _RIGHT

_SLIDES = {
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}


class Sections(QWidget):
    """Shows groups below each other; the arrow keys scroll while it has the focus."""

    def __init__(self, context: Context, source: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        context.name(self, source)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_LEFT, 10, _RIGHT, 14)
        self._column.setSpacing(16)
        self._column.addStretch()
        self._views: list[GroupView] = []
        self._groups: tuple[Group, ...] = ()

    def show_groups(self, groups: tuple[Group, ...]) -> None:
        """Show ``groups`` in place of those before; what has the same shape is filled anew.

        Of a hundred facts those that come first stand at once, the rest in turns of their own.
        """
        turns().leave(self)
        self._groups = groups
        self._drop_from(len(groups))
        self._show_from(0)

    def _show_from(self, first: int) -> None:
        made = 0
        for at, group in enumerate(self._groups[first:], first):
            if at < len(self._views) and self._views[at].shape == shape_of(group):
                self._views[at].fill(group)
            elif made and made + len(group.facts) > _MADE_AT_ONCE:
                turns().enter(self, partial(self._show_from, at))
                break
            else:
                self._make(at, group)
                made += len(group.facts)
        self._align()

    def _align(self) -> None:
        """Let all values begin in one line: where those do that have least room to their left."""
        rooms = [room for view in self._views if (room := view.names_room()).own]
        if rooms:
            width = max(*(room.least for room in rooms), min(room.own for room in rooms))
            in_lines = max(room.wished for room in rooms), *(room.most for room in rooms)
            for view in self._views:
                view.align(max(width, min(in_lines)))

    def _make(self, at: int, group: Group) -> None:
        self._drop_from(at)
        view = GroupView(group)
        view.fit(self.width() - _MARGINS)
        self._views.append(view)
        self._column.insertWidget(at, view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the values most of a narrow pane."""
        super().resizeEvent(event)
        self._fit(event.size().width())

    def minimumSizeHint(self) -> QSize:
        """Ask for the width in which every word can be broken, not for that of whole words."""
        least = max((view.least() for view in self._views), default=0)
        return QSize(least + _MARGINS, super().minimumSizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Share anew when the text became larger or smaller."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit(self.width())

    def measure(self) -> None:
        """Share once more: labels that have a font of their own are given theirs last."""
        self._fit(self.width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll the area this stands in; copy every name and value as tab-separated text."""
        if event.matches(QKeySequence.StandardKey.Copy):
            lines = (f"{fact.name}\t{fact.value}" for group in self._groups for fact in group.facts)
            QGuiApplication.clipboard().setText("\n".join(lines))
            return
        area, slide = area_of(self), _SLIDES.get(Qt.Key(event.key()))
        if area is None or slide is None:
            super().keyPressEvent(event)
        else:
            area.verticalScrollBar().triggerAction(slide)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show where the keyboard is."""
        if self.hasFocus():
            painter = QPainter(self)
            colors = current_colors()
            painter.fillRect(0, 0, colors.focus, self.height(), QColor(colors.accent))

    def _fit(self, width: int) -> None:
        for view in self._views:
            view.fit(width - _MARGINS)
        self._align()

    def _drop_from(self, at: int) -> None:
        for view in self._views[at:]:
            view.hide()
            view.deleteLater()
        del self._views[at:]
