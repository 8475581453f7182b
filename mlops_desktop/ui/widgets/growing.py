"""A dialog that grows with what it has to say."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog


class Growing(QDialog):
    """Becomes as high as its texts need: a message that comes later covers no field."""

    def event(self, event: QEvent) -> bool:
        """Grow after something inside asked for another height."""
        if event.type() != QEvent.Type.LayoutRequest:
            return super().event(event)
        handled = super().event(event)
        layout = self.layout()
        if layout is not None:
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))
        return handled
