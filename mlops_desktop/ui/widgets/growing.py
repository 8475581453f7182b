"""A dialog that grows with what it has to say."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog


class Growing(QDialog):
    """Becomes as high as its texts need: a message that comes later covers no field."""

    def event(self, event: QEvent) -> bool:
        """Grow after something inside asked for another height."""
        handled = super().event(event)
        layout = self.layout()
        if event.type() == QEvent.Type.LayoutRequest and layout is not None:
            needed = layout.totalHeightForWidth(self.width())
            if needed > self.height():
                self.resize(self.width(), needed)
        return handled
