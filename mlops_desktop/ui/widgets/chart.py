"""A chart of matplotlib, drawn in the read lane and shown as a picture that knows its points.

The figure is the one of the dossier. It is drawn off the window's thread, because drawing takes
longer than a person forgives; the points come back in pixels, so that hovering needs no figure.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.colors import Colors, current_colors
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.focus import draw_focus
from mlops_desktop.ui.jobs import Progress

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_DPI = 96
_NEAR = 24.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A point a person can stand on: its data coordinates in an axes, and what it says."""

    x: float | date | datetime
    y: float
    said: str
    axes: int = 0


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn: its points, and the data as a table with a head to be copied."""

    marks: tuple[Mark, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()


Draw = Callable[["Figure", Colors], Drawn]
"""Draws on an empty figure in the theme's colours; runs in the read lane."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart ready to be shown: the image, and each point in logical pixels."""

    image: QImage
    points: tuple[tuple[float, float, str], ...]
    table: tuple[tuple[str, ...], ...]


def render(draw: Draw, size: QSize, scale: float, colors: Colors) -> Picture:
    """Draw a chart of ``size`` logical pixels for a screen of ``scale``."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    dpi = _DPI * scale
    figure = Figure((size.width() / _DPI, size.height() / _DPI), dpi, layout="constrained")
    figure.set_facecolor(colors.surface)
    canvas = FigureCanvasAgg(figure)
    drawn = draw(figure, colors)
    canvas.draw()  # type: ignore[no-untyped-call]
    width, height = canvas.get_width_height(physical=True)
    pixels = bytes(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
    image = QImage(pixels, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
    image.setDevicePixelRatio(scale)
    points = []
    for mark in drawn.marks:
        axes = figure.axes[mark.axes]
        x = axes.convert_xunits(mark.x)  # type: ignore[no-untyped-call]
        at = axes.transData.transform((x, mark.y))
        points.append((float(at[0]) / scale, (height - float(at[1])) / scale, mark.said))
    return Picture(image, tuple(points), drawn.table)


class ChartView(QWidget):
    """Shows one chart; hover or arrow keys say a value, Ctrl+C copies the data."""

    def __init__(self, context: Context, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._name = context, name
        self._draw: Draw | None = None
        self._picture: Picture | None = None
        self._at = -1
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 160)
        self._later = QTimer(self, singleShot=True, interval=120)
        self._later.timeout.connect(self._ask)
        context.theme_changed.connect(self._later.start)
        context.language_changed.connect(self._later.start)

    def show_chart(self, draw: Draw) -> None:
        """Show what ``draw`` draws, and again in every size and theme."""
        self._draw = draw
        self._ask()

    def copy_data(self) -> None:
        """Put the data on the clipboard as tab-separated text, the picture beside it."""
        if self._picture is not None:
            lines = ("\t".join(row) for row in self._picture.table)
            QGuiApplication.clipboard().setText("\n".join(lines))

    def copy_picture(self) -> None:
        """Put the chart on the clipboard as a picture."""
        if self._picture is not None:
            QGuiApplication.clipboard().setImage(self._picture.image)

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(520, 280)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw again once the size rests."""
        super().resizeEvent(event)
        self._later.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the picture, and the value a person stands on."""
        painter = QPainter(self)
        if self._picture is not None:
            painter.drawImage(QPointF(0, 0), self._picture.image)
            if 0 <= self._at < len(self._picture.points):
                self._say_value(painter, *self._picture.points[self._at])
        if self.hasFocus():
            draw_focus(painter, self.rect())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say the value nearest to the pointer."""
        at, points = event.position(), self._picture.points if self._picture else ()
        near = [((x - at.x()) ** 2 + (y - at.y()) ** 2, n) for n, (x, y, _) in enumerate(points)]
        distance, found = min(near, default=(_NEAR**2, -1))
        self._stand(found if distance < _NEAR**2 else -1)

    def leaveEvent(self, event: QEvent) -> None:
        """Say no value."""
        self._stand(-1)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say no value."""
        self._stand(-1)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk along the points; copy."""
        count = len(self._picture.points) if self._picture else 0
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_data()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and count:
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            self._stand(min(max(self._at + step, 0), count - 1))
            self._speak()
        else:
            super().keyPressEvent(event)

    def _stand(self, at: int) -> None:
        if at != self._at:
            self._at = at
            self.update()

    def _speak(self) -> None:
        if self._picture is not None:
            said = self._picture.points[self._at][2]
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def _say_value(self, painter: QPainter, x: float, y: float, said: str) -> None:
        colors, metrics = current_colors(), self.fontMetrics()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colors.text), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(x, y), 5, 5)
        lines = said.split("\n")
        width = max(metrics.horizontalAdvance(line) for line in lines) + 16
        height = metrics.height() * len(lines) + 10
        left = min(max(4.0, x - width / 2), self.width() - width - 4)
        top = y - height - 10 if y - height - 10 > 4 else y + 12
        painter.setPen(QColor(colors.edge))
        painter.setBrush(QColor(colors.raised))
        painter.drawRoundedRect(int(left), int(top), width, height, 5, 5)
        painter.setPen(QColor(colors.text))
        for number, line in enumerate(lines):
            base = top + 5 + metrics.height() * number + metrics.ascent()
            painter.drawText(QPointF(left + 8, base), line)

    def _ask(self) -> None:
        draw, size, colors = self._draw, self.size(), current_colors()
        scale = self.devicePixelRatioF()
        if draw is None or size.width() < 80 or size.height() < 60:
            return

        def make(progress: Progress) -> Picture:
            return render(draw, size, scale, colors)

        key = f"chart:{id(self)}"
        self._context.jobs.submit_read(self._name, make, self._show, self._fail, key=key)

    def _show(self, picture: Picture) -> None:
        self._picture, self._at = picture, -1
        said = "\n".join(", ".join(row) for row in picture.table[:60])
        self.setAccessibleDescription(said)
        self.update()

    def _fail(self, error: AppError) -> None:
        self._picture = None
        self.setAccessibleDescription(self._context.explain(error)[0])
        self.update()
