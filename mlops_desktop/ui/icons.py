"""Line icons by meaning, drawn in the colour of a role; resources/icons holds one SVG each."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from mlops_desktop import paths
from mlops_desktop.ui.colors import current_colors

_SCALES = (1, 2)
_percent = 100


def grow(percent: int) -> None:
    """Draw icons from now on for text of ``percent`` of its usual size."""
    global _percent
    _percent = percent


def grown(size: int) -> int:
    """Return the pixels of an icon beside text of the size in force."""
    return size * _percent // 100


def icon(name: str, role: str = "muted", *, size: int = 18, gap: int = 0) -> QIcon:
    """Return the icon ``name`` in the colour ``role``, with a ``gap`` before the text beside it."""
    colors = current_colors()
    made = QIcon()
    for scale in _SCALES:
        made.addPixmap(_pixmap(name, getattr(colors, role), size, scale, gap))
    for scale in _SCALES:
        made.addPixmap(_pixmap(name, colors.faint, size, scale, gap), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, role: str = "muted", *, size: int = 18, scale: float = 1.0) -> QPixmap:
    """Return one picture of ``size`` logical pixels for a screen of ``scale``."""
    return _pixmap(name, getattr(current_colors(), role), size, scale)


@cache
def _pixmap(name: str, color: str, size: int, scale: float, gap: int = 0) -> QPixmap:
    source = _source(name).replace(b"currentColor", color.encode())
    picture = QPixmap(QSize(size + gap, size) * scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(source)).render(painter, QRectF(0, 0, size * scale, size * scale))
    painter.end()
    picture.setDevicePixelRatio(scale)
    return picture


@cache
def _source(name: str) -> bytes:
    return paths.resource("icons", f"{name}.svg").read_bytes()
