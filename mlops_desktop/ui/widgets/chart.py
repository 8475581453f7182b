"""A chart of matplotlib, drawn in the read lane and shown as a picture that knows its points.

The figure is the one of the dossier. It is drawn off the window's thread, because drawing takes
longer than a person forgives; the points come back in pixels, so that hovering needs no figure.
"""

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QFocusEvent,
    QFontInfo,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.charts.picture import Draw, Picture, render
from mlops_desktop.ui.charts.reading import WALKS, draw_reading, nearest, walk
from mlops_desktop.ui.charts.taking import Rows, Taking
from mlops_desktop.ui.colors import current_colors
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.focus import draw_focus
from mlops_desktop.ui.jobs import Progress

_PLAIN_PIXELS = 14
"""The size of letters for which the sizes of charts are made."""


class ChartView(QWidget):
    """Shows one chart; hover or arrow keys say a value, Ctrl+C copies the data.

    Left and right walk along a series, up and down lead to the next one, Home and End to its ends;
    the menu copies data or picture, or saves the picture.
    """

    def __init__(self, context: Context, source: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._draw: Draw | None = None
        self._picture: Picture | None = None
        self._at = -1
        self.taking = Taking(context, self, self.accessibleName, self._rows, self._image)
        if source:  # else whoever shows a chart says each time what it is of
            context.name(self, source)
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
        """Put the data on the clipboard as tab-separated text."""
        self.taking.copy_data()

    def copy_picture(self) -> None:
        """Put the chart on the clipboard as a picture."""
        self.taking.copy_picture()

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
                draw_reading(painter, self.size(), self._picture.points[self._at])
        if self.hasFocus():
            draw_focus(painter, self.rect())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say the value nearest to the pointer."""
        points = self._picture.points if self._picture else ()
        self._stand(nearest(points, event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Say no value."""
        self._stand(-1)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say no value; a menu of our own takes the keyboard for a moment only."""
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._stand(-1)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk along the points; copy."""
        points = self._picture.points if self._picture else ()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_data()
        elif event.key() in WALKS and points:
            self._stand(walk(points, self._at, Qt.Key(event.key())))
            self._speak()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer data and picture, once there is something to take."""
        if self._picture is not None:
            self.taking.menu().popup(event.globalPos())

    def _rows(self) -> Rows:
        return self._picture.table if self._picture is not None else ()

    def _image(self) -> QImage | None:
        return self._picture.image if self._picture is not None else None

    def _stand(self, at: int) -> None:
        if at != self._at:
            self._at = at
            self.update()

    def _speak(self) -> None:
        if self._picture is not None:
            said = self._picture.points[self._at].said
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def _ask(self) -> None:
        draw, size, colors = self._draw, self.size(), current_colors()
        scale = self.devicePixelRatioF()
        letters = max(1.0, QFontInfo(self.font()).pixelSize() / _PLAIN_PIXELS)
        if draw is None or size.width() < 80 or size.height() < 60:
            return

        def make(progress: Progress) -> Picture:
            return render(draw, size, scale, colors, letters)

        key = f"chart:{id(self)}"
        self._context.jobs.submit_read(self.accessibleName(), make, self._show, self._fail, key=key)

    def _show(self, picture: Picture) -> None:
        self._picture, self._at = picture, -1
        data = "\n".join(", ".join(row) for row in picture.table[:60])
        self.setAccessibleDescription(picture.said or data)
        self.update()

    def _fail(self, error: AppError) -> None:
        self._picture = None
        self.setAccessibleDescription(self._context.explain(error)[0])
        self.update()
