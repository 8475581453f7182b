"""The dialogs that bring things back without a network: outboxes and answers as files."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.copies import (
    Pulled,
    Pushed,
    read_outbox_file,
    read_update_file,
    receive,
    take_update,
    write_outbox,
    write_update,
)
from mlops_desktop.services.session import Session
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.sharing.forms import SharingForm, are_same, report_to
from mlops_desktop.ui.pages.sharing.going_back import RESTORED, GoBackForm, tell_restored
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.buttons import Button

_OUTBOX, _ANSWER = "mlops-outbox", "mlops-answer"


class OutboxForm(SharingForm):
    """Asks where the outbox goes, and the passphrase that its receiver is told."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, "outbox", parent)
        self.file = self.put_file(context.say("sharing.word.outbox_file"), _OUTBOX)
        self.secret, self.again = self.put_secrets("their_passphrase")

    def is_complete(self) -> bool:
        """A passphrase is needed, the same twice."""
        return is_given(self, self.secret) and are_same(self, self.secret, self.again)

    def ask(self) -> None:
        """Open; when sent, write the file."""
        session = self.context.session

        def send() -> None:
            path, secret = Path(self.file.text()).expanduser(), self.secret.text()
            self.work(lambda _: write_outbox(session, path, secret), lambda number: number)

        self.submitted.connect(send)  # before any method is a slot, which loses the signal
        self.open()


class AnswerForm(SharingForm):
    """Asks for the file that brings a copy up to date."""

    def __init__(self, context: Context, parent: QWidget, path: str) -> None:
        super().__init__(context, "answer", parent)
        self.file, self.secret = put_given(self, path)

    def is_complete(self) -> bool:
        """File and passphrase are needed."""
        return is_given(self, self.file) and is_given(self, self.secret)

    def ask(self) -> None:
        """Open; when sent, take it in."""
        read = self._reading(after_restore=False)

        def count(pulled: Pulled) -> int:
            self.context.read_again.emit()
            return pulled.came

        self.submitted.connect(lambda: self.work(read, count))
        self.open()

    def show_error(self, error: AppError) -> None:
        """Offer to go back with a workspace that was restored; else as every form."""
        super().show_error(error)
        if error.code == RESTORED:
            tell_restored(self.bar, self.context, error, lambda: self._go_back(error))

    def _go_back(self, error: AppError) -> None:
        form = GoBackForm(self.context, self, error, self._reading(after_restore=True))
        form.accepted.connect(self.done_well)
        form.ask()

    def _reading(self, *, after_restore: bool) -> Callable[[Progress], Pulled]:
        session = self.context.session

        def read(progress: Progress) -> Pulled:
            path = Path(self.file.text()).expanduser()
            update = read_update_file(session, path, self.secret.text())
            report, is_cancelled = report_to(progress), progress.is_cancelled
            return take_update(session, update, report, is_cancelled, after_restore=after_restore)

        return read


class ReceiveForm(SharingForm):
    """Asks for an outbox that somebody brought, and where the answer to it goes."""

    def __init__(self, context: Context, parent: QWidget, path: str) -> None:
        super().__init__(context, "receive", parent)
        self.file, self.secret = put_given(self, path)
        self.answer = self.put_file(context.say("sharing.word.answer_file"), _ANSWER, "answer")

    def is_complete(self) -> bool:
        """File and passphrase are needed."""
        return is_given(self, self.file) and is_given(self, self.secret)

    def ask(self) -> None:
        """Open; when sent, take it in and write the answer."""
        session = self.context.session

        def take(progress: Progress) -> Pushed:
            path, answer = (Path(one.text()).expanduser() for one in (self.file, self.answer))
            return _receive(session, path, answer, self.secret.text(), progress)

        def count(pushed: Pushed) -> int:
            return len(pushed.arrivals)

        self.submitted.connect(lambda: self.work(take, count))
        self.open()


def _receive(session: Session, path: Path, answer: Path, secret: str, progress: Progress) -> Pushed:
    outbox = read_outbox_file(session, path, secret)
    pushed = receive(session, outbox, report_to(progress), progress.is_cancelled)
    write_update(session, outbox.base.size, answer, secret)
    return pushed


def put_given(form: SharingForm, path: str) -> tuple[QLineEdit, QLineEdit]:
    """Ask for a file that is there, and the passphrase it opens with."""
    file, secret = QLineEdit(path), QLineEdit()
    secret.setEchoMode(QLineEdit.EchoMode.Password)
    form.put("given", file)
    form.form.add_below(file, Button(tr("Choose…"), lambda: _browse(form, file)))
    form.put("passphrase", secret)
    form.lines |= {"copy.file": file, "file.": file, "passphrase.": secret}
    return file, secret


def _browse(form: SharingForm, line: QLineEdit) -> None:
    dialog = QFileDialog(form, form.windowTitle(), line.text())
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(line.setText)
    dialog.open()


def is_given(form: SharingForm, line: QLineEdit) -> bool:
    """Tell whether a line is filled in, and say beside it that it is needed."""
    is_there = bool(line.text().strip())
    form.form.set_wrong(line, "" if is_there else tr("This is needed."))
    return is_there
