"""A PDF inside the window: pages drawn by pypdfium2 in the read lane, shown below each other."""

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.ui.colors import current_colors
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.text import tr

_GAP = 14
_ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
_MOST_IMAGES = 24
# PDFium keeps global state and may be entered by one thread at a time.
_ONE_AT_A_TIME = "pdfium"


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sizes of all pages in points, and the text of the first."""

    sizes: tuple[tuple[float, float], ...]
    first_text: str


def measure(content: bytes) -> Sheets:
    """Return the sizes of the pages; raises ``window.pdf_unreadable``."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise AppError("window.pdf_unreadable", recovery=Recovery.USER) from error
    sizes = tuple(document.get_page_size(at) for at in range(len(document)))
    text = document[0].get_textpage().get_text_range() if sizes else ""
    document.close()
    return Sheets(sizes, text)


def draw_pages(content: bytes, numbers: tuple[int, ...], width: int) -> dict[int, QImage]:
    """Return pictures of the pages ``numbers``, each ``width`` device pixels wide."""
    import pypdfium2

    found = {}
    document = pypdfium2.PdfDocument(content)
    for number in numbers:
        page = document[number]
        bitmap = page.render(scale=width / page.get_width(), rev_byteorder=True)
        form = QImage.Format
        kind = {4: form.Format_RGBA8888, 3: form.Format_RGB888, 1: form.Format_Grayscale8}
        data = bytes(bitmap.buffer)
        made = QImage(data, bitmap.width, bitmap.height, bitmap.stride, kind[bitmap.n_channels])
        found[number] = made.copy()
    document.close()
    return found


class PdfView(QAbstractScrollArea):
    """Shows a document; Page Up and Page Down walk, Ctrl and + or - change the size."""

    failed = Signal(object)
    page_changed = Signal(int, int)
    """The page at the top, from 1, and how many there are."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._content = b""
        self._sheets = Sheets((), "")
        self._images: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._zoom = _ZOOMS.index(1.0)
        self.setFrameShape(self.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        context.language_changed.connect(self._retranslate)
        context.theme_changed.connect(self.viewport().update)
        self._retranslate()

    def show_pdf(self, content: bytes) -> None:
        """Show the document in ``content``; ``failed`` tells if it cannot be read."""
        self._content = content
        self._sheets = Sheets((), "")
        self._images.clear()
        self.viewport().update()
        self._context.jobs.submit_read(
            tr("Preview"), lambda progress: measure(content), self._on_measured,
            self.failed.emit, key=f"pdf:{id(self)}", source=_ONE_AT_A_TIME,
        )  # fmt: skip

    def page_count(self) -> int:
        """Return how many pages the document has."""
        return len(self._sheets.sizes)

    def zoom_by(self, steps: int) -> None:
        """Show the pages larger or smaller."""
        self._zoom = min(max(self._zoom + steps, 0), len(_ZOOMS) - 1)
        self._measure_bars()
        self._ask()

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(520, 640)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages that can be seen; those not here yet as empty sheets."""
        painter = QPainter(self.viewport())
        colors, wide = current_colors(), self._device_width()
        painter.fillRect(self.viewport().rect(), QColor(colors.canvas))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number, rect in self._visible():
            painter.fillRect(rect, QColor("#ffffff"))
            image = self._images.get((number, wide)) or self._any_image(number)
            if image is not None:
                painter.drawImage(rect, image)
            painter.setPen(QColor(colors.edge))
            painter.drawRect(rect)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the width."""
        super().resizeEvent(event)
        self._measure_bars()
        self._ask()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change the size with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk and change the size by keyboard."""
        bar, key = self.verticalScrollBar(), event.key()
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom_by(-1 if key == Qt.Key.Key_Minus else 1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            bar.setValue(bar.minimum() if key == Qt.Key.Key_Home else bar.maximum())
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            bar.setValue(bar.value() + (1 if key == Qt.Key.Key_PageDown else -1) * bar.pageStep())
        else:
            super().keyPressEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(tr("Preview of the document"))

    def _width(self) -> float:
        room = self.viewport().width() - 2 * _GAP
        return max(120.0, min(room, 900) * _ZOOMS[self._zoom])

    def _device_width(self) -> int:
        return int(self._width() * self.devicePixelRatioF())

    def _height(self, number: int) -> float:
        width, height = self._sheets.sizes[number]
        return self._width() * height / width

    def _visible(self) -> list[tuple[int, QRectF]]:
        top = _GAP - float(self.verticalScrollBar().value())
        left = max(float(_GAP), (self.viewport().width() - self._width()) / 2)
        left -= self.horizontalScrollBar().value()
        found = []
        for number in range(self.page_count()):
            height = self._height(number)
            if top + height > 0 and top < self.viewport().height():
                found.append((number, QRectF(left, top, self._width(), height)))
            top += height + _GAP
        return found

    def _any_image(self, number: int) -> QImage | None:
        return next((image for (at, _), image in self._images.items() if at == number), None)

    def _measure_bars(self) -> None:
        heights = sum(self._height(at) + _GAP for at in range(self.page_count()))
        room = self.viewport().size()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, int(heights + _GAP) - room.height()))
        bar.setPageStep(room.height())
        bar.setSingleStep(40)
        wide = self.horizontalScrollBar()
        wide.setRange(0, max(0, int(self._width()) + 2 * _GAP - room.width()))
        wide.setPageStep(room.width())
        self.viewport().update()

    def _ask(self) -> None:
        wide, content = self._device_width(), self._content
        missing = tuple(at for at, _ in self._visible() if (at, wide) not in self._images)
        if not missing:
            return

        def draw(progress: Progress) -> dict[int, QImage]:
            return draw_pages(content, missing, wide)

        def keep(found: dict[int, QImage]) -> None:
            self._keep(wide, found)

        key = f"pdf:{id(self)}:pages"
        self._context.jobs.submit_read(
            tr("Preview"), draw, keep, self.failed.emit, key=key, source=_ONE_AT_A_TIME
        )

    def _keep(self, wide: int, found: dict[int, QImage]) -> None:
        for number, image in found.items():
            self._images[number, wide] = image
        while len(self._images) > _MOST_IMAGES:
            self._images.popitem(last=False)
        self.viewport().update()

    def _on_measured(self, sheets: Sheets) -> None:
        self._sheets = sheets
        self.verticalScrollBar().setValue(0)
        self.setAccessibleDescription(sheets.first_text)
        self._measure_bars()
        self._on_scrolled()

    def _on_scrolled(self) -> None:
        visible = self._visible()
        if visible:
            self.page_changed.emit(visible[0][0] + 1, self.page_count())
        self._ask()
        self.viewport().update()
