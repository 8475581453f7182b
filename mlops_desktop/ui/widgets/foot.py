"""The row of actions below a detail: one line; what finds no room in it goes behind the dots."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.widgets.buttons import ActionButton, IconButton
from mlops_desktop.ui.widgets.flow import Flow

_SIDE, _EDGE, _GAP = 16, 10, 8
_TOLD = frozenset({QEvent.Type.ShowToParent, QEvent.Type.HideToParent, QEvent.Type.EnabledChange})


class Foot(QFrame):
    """Shows as many of ``actions`` as one line holds: what can be done, the default first of all.

    What cannot be done now has a place where one is left.
    """

    def __init__(
        self, context: Context, actions: tuple[str, ...], default: str, more: tuple[str, ...]
    ) -> None:
        super().__init__()
        self.setObjectName("actionRow")
        self._context, self._rest = context, more
        self._room = 0
        row, flow, table = QHBoxLayout(self), Flow(), context.actions
        row.setContentsMargins(_SIDE, _EDGE, _SIDE, _EDGE)
        row.setSpacing(_GAP)
        self._places = [_Place(ActionButton(table.action(id), default=id == default))
                        for id in actions]  # fmt: skip
        for place in self._places:
            flow.addWidget(place)
            place.button.installEventFilter(self)
        row.addLayout(flow, 1)
        self.more = IconButton("more", self._open_more)
        row.addWidget(self.more)
        self.fit(0)

    def fit(self, width: int) -> None:
        """Show what one line of ``width`` holds; at least one action, whatever its length."""
        self._room = width
        wanted = [place for place in self._places if not place.button.isHidden()]
        needed = sum(map(_width, wanted)) - _GAP
        has_more = bool(self._rest) or needed > width - 2 * _SIDE
        free = width - 2 * _SIDE - (self.more.sizeHint().width() if has_more else -_GAP)
        shown = _fitting(wanted, free)
        for place in self._places:
            place.setVisible(place in shown)
        self.more.setVisible(bool(self._rest) or len(shown) < len(wanted))

    def event(self, event: QEvent) -> bool:
        """Share the line anew when an action is called something else."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit(self._room)
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the line anew when it has another width."""
        super().resizeEvent(event)
        if event.size().width() != self._room:
            self.fit(event.size().width())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Share the line anew when an action comes, goes, can or cannot be done any more."""
        if event.type() in _TOLD:
            self.fit(self._room)
        return False

    def left_out(self) -> tuple[str, ...]:
        """Return the actions that found no room."""
        out = (place.button for place in self._places if place.isHidden())
        return tuple(button.objectName() for button in out if not button.isHidden())

    def _open_more(self) -> None:
        out = self.left_out()
        ids = (*out, "", *self._rest) if out and self._rest else (*out, *self._rest)
        menu = self._context.actions.menu(self, ids)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(self.more.rect().topLeft()))


class _Place(QWidget):
    """Holds a button: its page shows and hides the button, the foot the place."""

    def __init__(self, button: ActionButton) -> None:
        super().__init__()
        self.button = button
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(button)


def _fitting(wanted: list[_Place], free: int) -> list[_Place]:
    """Return what fits in order: what can be done before the rest, the default first of each."""
    shown: list[_Place] = []
    for place in sorted(wanted, key=_rank):
        free -= _width(place)
        if shown and free < 0:
            break
        shown.append(place)
    return shown


def _rank(place: _Place) -> tuple[bool, bool]:
    return not place.button.isEnabled(), not place.button.property("default")


def _width(place: _Place) -> int:
    place.button.ensurePolished()
    return place.button.sizeHint().width() + _GAP
