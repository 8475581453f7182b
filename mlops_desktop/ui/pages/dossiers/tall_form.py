"""A form dialog that grows with what is asked and scrolls where the window is not high enough."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QScrollArea

from mlops_desktop.ui.widgets.dialog import FormDialog


class TallForm(FormDialog):
    """Scrolls its form once :meth:`let_scroll` was called, with every field in it."""

    def event(self, event: QEvent) -> bool:
        """Be as high as what is asked needs: parts come and go with what is chosen."""
        if event.type() != QEvent.Type.LayoutRequest:
            return super().event(event)
        handled = super().event(event)
        self.fit()
        return handled

    def fit(self) -> None:
        """Be as high as the form needs, but not higher than the window."""
        inside, layout = self.form.layout(), self.layout()
        if inside is not None and layout is not None:
            wanted = inside.totalHeightForWidth(self._area.viewport().width())
            self._area.setFixedHeight(min(wanted, self._room()))
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def let_scroll(self) -> None:
        """Let the form be scrolled where it is higher than the window."""
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        at = self._column.indexOf(self.form)
        self._area.setWidget(self.form)
        self._column.insertWidget(at, self._area)

    def _room(self) -> int:
        parent = self.parentWidget()
        whole = parent.window().height() if parent is not None else self.screen().size().height()
        return max(whole - 190, 240)
