"""The whole graph as a picture, whatever of it is in sight."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QGraphicsScene

from mlops_desktop.ui.colors import current_colors

_SCALE = 2
_LARGEST_SIDE = 12_000


def picture_of(scene: QGraphicsScene) -> QImage:
    """Return ``scene`` at twice its size, smaller where no program would open it."""
    whole = scene.sceneRect()
    scale = min(_SCALE, _LARGEST_SIDE / max(whole.width(), whole.height(), 1))
    image = QImage((whole.size() * scale).toSize(), QImage.Format.Format_RGB32)
    image.fill(QColor(current_colors().surface))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    scene.render(painter, QRectF(image.rect()), whole)
    painter.end()
    return image
