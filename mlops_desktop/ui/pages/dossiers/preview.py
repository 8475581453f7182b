"""The pages of a PDF with their number and size, or a sentence where they cannot be shown."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.empty import EmptyState
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.pdf import PdfView
from mlops_desktop.ui.widgets.stack import Stack


class Preview(QWidget):
    """Shows one PDF, or why there is none."""

    wanted = Signal()
    """The button below the sentence was pressed."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._error: AppError | None = None
        self._key = ""
        self._page = (0, 0)
        self.pages = PdfView(context)
        self._help = Button("", self.wanted.emit)
        self._empty = EmptyState(button=self._help, icon="dossiers")
        self._number = Label(tone="muted")
        self._smaller = Button("−", lambda: self.pages.zoom_by(-1), flat=True)
        self._larger = Button("+", lambda: self.pages.zoom_by(1), flat=True)
        self._stack = Stack()
        self._lay_out()
        self.pages.page_changed.connect(self._say_page)
        self.pages.failed.connect(self.show_failure)
        context.language_changed.connect(self.retranslate)
        self.retranslate()

    def show_pdf(self, content: bytes) -> None:
        """Show the pages in ``content``."""
        self._error, self._key = None, ""
        self._say_page(0, 0)
        self._bar.show()
        self._stack.setCurrentWidget(self.pages)
        self.pages.show_pdf(content)

    def show_sentence(self, key: str) -> None:
        """Show a sentence of the wording in place of pages; ``key.action`` names the button."""
        self._error, self._key = None, key
        self._say_empty()

    def show_failure(self, error: AppError) -> None:
        """Say why the pages cannot be shown; the checks beside still say what the file is."""
        self._error, self._key = error, ""
        self._say_empty()

    def retranslate(self) -> None:
        """Say every word again."""
        self._smaller.setAccessibleName(tr("Smaller"))
        self._smaller.setToolTip(tr("Smaller: Ctrl+−"))
        self._larger.setAccessibleName(tr("Larger"))
        self._larger.setToolTip(tr("Larger: Ctrl++"))
        self._say_page(*self._page)
        if self._stack.currentWidget() is self._empty:
            self._say_empty()

    def _lay_out(self) -> None:
        self._bar = QWidget()
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(8, 0, 4, 0)
        row.addWidget(self._number, 1)
        row.addWidget(self._smaller)
        row.addWidget(self._larger)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.pages)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._bar)
        column.addWidget(self._stack, 1)

    def _say_empty(self) -> None:
        self._bar.hide()
        self._stack.setCurrentWidget(self._empty)
        if self._error is not None:
            self._empty.set_sentence(self._context.explain(self._error)[0])
        elif self._key:
            self._empty.set_sentence(self._context.say(self._key))
        action = f"{self._key}_action"
        has_action = bool(self._key) and action in self._context.language.words
        self._help.setVisible(has_action)
        if has_action:
            self._help.setText(self._context.say(action))

    def _say_page(self, number: int, count: int) -> None:
        self._page = (number, count)
        text = tr("Page {number} of {count}", number=number, count=count) if number else ""
        self._number.setText(text)
