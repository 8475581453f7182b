"""The text of a fact: no word of it is wider than its place."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication

from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.breaking import breakable, joined, told
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.ruler import ruler_of

_LONGEST_LINE = 300


class Value(Label):
    """The text of a fact; of a digest the middle is left out and the whole can be copied."""

    def __init__(self) -> None:
        super().__init__(wrap=True, selectable=True)
        self._whole = self._shown = ""
        self._hint = ""
        self._room = 0
        self._copy = QAction(self)
        self._copy.triggered.connect(self._copy_whole)
        self.addAction(self._copy)

    def fill(self, name: str, value: str, hint: str = "", *, whole: bool = False) -> None:
        """Show the ``value`` of what is called ``name``; who fitted it once fits it again."""
        self._whole, self._hint = value, hint
        self._shown = breakable(value) if whole else told(value)
        self.setAccessibleName(tr("{name}: {value}", name=name, value=value))
        self._copy.setText(tr("Copy"))
        if not self._room:
            self._show()

    def fit(self, room: int) -> None:
        """Break a word that is wider than ``room``."""
        self._room = room
        self._show()

    def widest(self) -> int:
        """Return the room its longest word needs."""
        return ruler_of(self).widest(self._shown)

    def line(self) -> int:
        """Return the room of all that it says in one line."""
        lines = joined(self._shown[:_LONGEST_LINE]).split("\n")
        return max(map(ruler_of(self).advance, lines)) + 2

    def least(self) -> int:
        """Return the room its longest syllable needs."""
        ruler = ruler_of(self)
        return ruler.widest(ruler.fitted(self._shown, 0))

    def _show(self) -> None:
        is_narrow = self._room > 0
        shown = ruler_of(self).fitted(self._shown, self._room) if is_narrow else self._shown
        self.setText(shown)
        self.setToolTip(self._hint if joined(self._shown) == self._whole else self._whole)
        menus = Qt.ContextMenuPolicy
        is_whole = shown == self._whole
        self.setContextMenuPolicy(
            menus.DefaultContextMenu if is_whole else menus.ActionsContextMenu
        )

    def _copy_whole(self) -> None:
        QGuiApplication.clipboard().setText(self._whole)
