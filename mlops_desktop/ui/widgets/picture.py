"""An icon that stands alone and follows the theme."""

from PySide6.QtCore import QEvent, Qt

from mlops_desktop.ui.icons import pixmap
from mlops_desktop.ui.widgets.label import Label


class Picture(Label):
    """Drawn in the colour of a role, and again when the palette changes."""

    def __init__(self, name: str, role: str = "faint", *, size: int = 20) -> None:
        super().__init__()
        self._name, self._role, self._size = name, role, size
        self.setFixedSize(size, size)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._draw()

    def show_icon(self, name: str, role: str) -> None:
        """Draw another icon in the colour of another role."""
        self._name, self._role = name, role
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Draw in the new palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_name"):
            self._draw()

    def _draw(self) -> None:
        scale = self.devicePixelRatioF()
        self.setPixmap(pixmap(self._name, self._role, size=self._size, scale=scale))
