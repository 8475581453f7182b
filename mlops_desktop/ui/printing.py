"""Prints the list that is seen: its pages in a dialog, to be saved or opened for a printer."""

from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.files import write_file
from mlops_desktop.services.list_prints import print_list
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Job, Progress
from mlops_desktop.ui.pages.dossiers.preview import Preview
from mlops_desktop.ui.saving import ask_where
from mlops_desktop.ui.table.paper import SeenList, find_list
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.label import Label

_PART = 90


def print_page(context: Context, page: QWidget | None) -> "PrintDialog | None":
    """Open the pages of the list that is seen on ``page``, or say that there is none."""
    view = find_list(page) if page is not None else None
    if view is None or page is None:
        context.toast(context.say("list_prints.window.needs"))
        return None
    dialog = PrintDialog(context, SeenList(context, view), page.window())
    dialog.open()
    return dialog


class PrintDialog(QDialog):
    """Shows what will be on paper; closing it stops what is being made."""

    def __init__(self, context: Context, seen: SeenList, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._seen = context, seen
        self._job: Job | None = None
        self.content = b""
        self.preview = Preview(context)
        say = context.say
        self.setWindowTitle(say("list_prints.window.title"))
        self.save = Button(say("list_prints.window.save"), self._ask, icon="export", default=True)
        self.show_outside = Button(say("list_prints.window.open"), self._open, icon="print")
        self._close = Button(say("list_prints.window.close"), self.reject)
        self._lay_out()
        self.preview.wanted.connect(self._make)
        context.jobs.ended.connect(self._on_ended)
        self._make()

    def reject(self) -> None:
        """Go away, and stop what is being made."""
        if self._job is not None:
            self._context.jobs.cancel(self._job)
        super().reject()

    def showEvent(self, event: QShowEvent) -> None:
        """Open nearly as large as the window."""
        parent = self.parentWidget()
        if parent is not None:
            room = parent.window().size()
            self.resize(QSize(room.width() * _PART // 100, room.height() * _PART // 100))
        super().showEvent(event)

    def _lay_out(self) -> None:
        title = Label(self._seen.title, size="title", strong=True, wrap=True)
        below = QHBoxLayout()
        below.addStretch()
        for button in (self._close, self.show_outside, self.save):
            below.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.addWidget(title)
        column.addWidget(self.preview, 1)
        column.addLayout(below)

    def _make(self) -> None:
        session, seen = self._context.session, self._seen

        def make(progress: Progress) -> bytes:
            wish = seen.read(progress)
            progress.report(0, None, "list_prints.window.making")
            content = print_list(session, wish)
            if progress.is_cancelled():
                raise AppError("list_print.stopped")
            return content

        self.preview.show_sentence("list_prints.window.making")
        name = self._context.say("list_prints.window.name", title=seen.title)
        # The network lane is the one that is listed, can be cancelled and delays no write.
        self._job = self._context.jobs.submit_network(name, make, self._show, self._fail)
        self._set_ready()

    def _show(self, content: bytes) -> None:
        self._job, self.content = None, content
        self.preview.show_pdf(content)
        self._set_ready()
        self.preview.pages.setFocus()

    def _fail(self, error: AppError) -> None:
        self._job = None
        self.preview.show_failure(error)
        self._set_ready()

    def _on_ended(self, job: Job) -> None:
        if job is self._job and job.progress.is_cancelled():
            self._job = None
            self.preview.show_sentence("list_prints.window.stopped")
            self._set_ready()

    def _set_ready(self) -> None:
        for button in (self.save, self.show_outside):
            button.setEnabled(bool(self.content) and self._job is None)

    def _name(self) -> str:
        kept = (sign if sign.isalnum() else "-" for sign in self._seen.title)
        return "-".join(filter(None, "".join(kept).split("-"))) or "list"

    def _ask(self) -> None:
        name = f"{self._name()}.pdf"
        ask_where(self, self._context.say("list_prints.window.title"), name, self._write)

    def _write(self, path: Path) -> None:
        try:
            write_file(path, self.content)
        except AppError as error:
            self._fail(error)
            return
        self._context.toast(tr("Saved: {name}", name=path.name))
        self.accept()

    def _open(self) -> None:
        """Hand the pages to the system's own program, which knows the printers."""
        path = Path(mkdtemp(prefix="mlops-desktop-")) / f"{self._name()}.pdf"
        try:
            write_file(path, self.content)
        except AppError as error:
            self._fail(error)
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
