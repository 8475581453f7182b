"""An icon that stands alone and follows the theme."""

from PySide6.QtCore import QEvent, Qt

from mlops_desktop.ui.icons import grown, pixmap
from mlops_desktop.ui.widgets.label import Label

_CHANGES = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)


class Picture(Label):
    """Drawn in the colour of a role as large as text, and again when either changes."""

    def __init__(self, name: str, role: str = "faint", *, size: int = 20) -> None:
        super().__init__()
        self._name, self._role, self._size = name, role, size
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._draw()

    def show_icon(self, name: str, role: str) -> None:
        """Draw another icon in the colour of another role."""
        self._name, self._role = name, role
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Draw in the new palette, or as large as the new text."""
        super().changeEvent(event)
        if event.type() in _CHANGES and hasattr(self, "_name"):
            self._draw()

    def _draw(self) -> None:
        scale, size = self.devicePixelRatioF(), grown(self._size)
        self.setFixedSize(size, size)
        self.setPixmap(pixmap(self._name, self._role, size=size, scale=scale))
