"""A PDF in the window."""

import io

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from mlops_desktop.ui.widgets.pdf import PdfView
from mlops_desktop.ui.window import Window


def make_pdf(pages: int) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file)
    for number in range(pages):
        canvas.drawString(80, 700, f"Dossier page {number + 1}")
        canvas.rect(0, 0, 600, 400, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def test_a_pdf_is_shown_page_by_page_and_can_be_read_aloud(plain: Window, qtbot: QtBot) -> None:
    view = PdfView(plain.context)
    qtbot.addWidget(view)
    view.resize(500, 600)
    view.show()
    pages: list[tuple[int, int]] = []
    view.page_changed.connect(lambda at, of: pages.append((at, of)))
    view.show_pdf(make_pdf(3))
    qtbot.waitUntil(lambda: view.page_count() == 3)
    assert "Dossier page 1" in view.accessibleDescription()

    def is_drawn() -> bool:
        return view.viewport().grab().toImage().pixelColor(250, 500).lightness() < 40

    qtbot.waitUntil(is_drawn)
    QTest.keyClick(view, Qt.Key.Key_End)
    assert pages[-1] == (3, 3)
    QTest.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() > 0)


def test_what_is_no_pdf_is_refused(plain: Window, qtbot: QtBot) -> None:
    view = PdfView(plain.context)
    qtbot.addWidget(view)
    with qtbot.waitSignal(view.failed) as told:
        view.show_pdf(b"no such thing")
    assert told.args[0].code == "window.pdf_unreadable"
