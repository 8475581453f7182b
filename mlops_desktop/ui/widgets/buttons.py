"""Buttons that follow the theme: their icons are drawn again when the palette changes."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from mlops_desktop.ui.colors import Colors, current_colors
from mlops_desktop.ui.icons import grown, icon

_SIZE, _GAP = 16, 5
_CHANGES = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)


def _look() -> tuple[Colors, int]:
    """Return what an icon is drawn for: the colours and the size of text in force."""
    return current_colors(), grown(_SIZE)


class Button(QPushButton):
    """A push button; ``default`` is the one thing most people come for."""

    _drawn_for: tuple[Colors, int] | None = None

    def __init__(
        self,
        text: str = "",
        clicked: Callable[[], None] | None = None,
        *,
        icon: str = "",
        default: bool = False,
        flat: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._icon = icon
        self._role = "on_accent" if default else "muted"
        self.setAutoDefault(False)
        if default:
            self.setProperty("default", True)
        if flat:
            self.setProperty("flat", True)
        if clicked is not None:
            self.clicked.connect(lambda _checked=False: clicked())
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in the new palette, or as large as the new text."""
        super().changeEvent(event)
        # A new theme says it once for every frame around this button.
        if event.type() in _CHANGES and self._drawn_for != _look():
            self._draw()

    def _draw(self) -> None:
        self._drawn_for = _look()
        size = grown(_SIZE)
        self.setIconSize(QSize(size + _GAP, size))
        if self._icon:
            self.setIcon(icon(self._icon, self._role, size=size, gap=_GAP))


class IconButton(QToolButton):
    """A button of an icon alone; its name is spoken and shown as a tip."""

    _drawn_for: tuple[Colors, int] | None = None

    def __init__(
        self, icon: str, clicked: Callable[[], None] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setProperty("flat", True)
        if clicked is not None:
            self.clicked.connect(lambda _checked=False: clicked())
        self._draw()

    def call(self, name: str) -> None:
        """Name the button for eyes and ears."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in the new palette, or as large as the new text."""
        super().changeEvent(event)
        if event.type() in _CHANGES and self._drawn_for != _look():
            self._draw()

    def _draw(self) -> None:
        self._drawn_for = _look()
        size = grown(_SIZE)
        self.setIconSize(QSize(size, size))
        if self._icon:
            self.setIcon(icon(self._icon, size=size))


class ActionButton(Button):
    """A push button that is one row of the action table: words, state and work come from there."""

    def __init__(
        self,
        action: QAction,
        *,
        icon: str = "",
        default: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(icon=icon, default=default, parent=parent)
        self._action = action
        self.setObjectName(action.objectName())
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setText(self._action.text())
        self.setEnabled(self._action.isEnabled())
        tip = self._action.toolTip()
        said = "" if tip == self._action.iconText() else tip
        self.setToolTip(said)
        self.setAccessibleDescription("" if self.isEnabled() else said.rpartition("\n")[2])


def fit_name(button: QPushButton, name: str, room: int) -> None:
    """Write ``name`` on a button, its end left out where it finds no room."""
    button.ensurePolished()
    metrics = button.fontMetrics()
    button.setText("x")
    frame = button.sizeHint().width() - metrics.horizontalAdvance("x")
    fits = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room - frame)
    # An ampersand in a name is a letter, not the mark of a shortcut.
    button.setText(fits.replace("&", "&&"))
