"""Scrolls what has the keyboard into sight: Qt does it only while the keyboard stays in an area."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from mlops_desktop.ui.widgets.room import area_of


class Following(QObject):
    """Follows the keyboard through ``ground``, also where it comes from outside an area."""

    def __init__(self, ground: QWidget) -> None:
        super().__init__(ground)
        self._ground = ground
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None or not now.isVisible() or not self._ground.isAncestorOf(now):
            return
        if now.visibleRegion().isEmpty():  # who clicks on a part in sight is not moved away
            around = area_of(now)
            while around is not None:
                around.ensureWidgetVisible(now)
                around = area_of(around)
