"""The form that adds a connection, with a test that says exactly what fails."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.rows import AddressForm
from mlops_desktop.services.session import Recorded
from mlops_desktop.services.source_settings import describe_kind
from mlops_desktop.services.sources import NewSource, add_source, list_kinds
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Job, Progress
from mlops_desktop.ui.pages.sources.path_line import PathLine
from mlops_desktop.ui.pages.sources.probing import Tested, test_groups, test_new
from mlops_desktop.ui.pages.sources.said import LIVE, has_login, say_address, say_kind
from mlops_desktop.ui.pages.sources.settings_fields import SettingsFields
from mlops_desktop.ui.text import later, tr
from mlops_desktop.ui.ways_forms import secret_line
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.dialog import FormDialog
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.sections import Sections

NO_LOGIN, TOKEN, PASSWORD = "none", "token", "password"
_FIRST = "mlflow"
"""The kind offered first: what most banks connect first."""


class SourceForm(FormDialog):
    """Asks for kind, name, address and how to log in, and connects in the write lane."""

    keeps_draft = False  # an address can bear a password

    saved = Signal(str, str)
    """The name of the source, and its secret where no keyring could keep it."""

    def __init__(
        self, context: Context, parent: QWidget, title: str = "", verb: str = "", sentence: str = ""
    ) -> None:
        only_read = tr("Sources are only ever read. Nothing is written to them.")
        super().__init__(
            context, title or tr("Connect a source"), verb or tr("Connect"), parent,
            sentence=sentence or only_read,
        )  # fmt: skip
        self._job: Job | None = None
        self.unkept = ""
        self._add_fields()
        self._add_login()
        self._add_network()
        self._add_test()
        self._on_login()
        self.submitted.connect(self._send)
        self.name.setFocus()

    def wanted(self) -> NewSource:
        """Return the connection as typed."""
        login = self.login.currentData()
        return NewSource(
            str(self.kind.currentData()),
            self.name.text().strip(),
            self.url.text().strip(),
            self.username.text().strip() if login == PASSWORD else None,
            self.secret.text() if login != NO_LOGIN else None,
            self.ca_file.text() or None,
            self.proxy.text().strip() or None,
            self.settings.pairs(),
        )

    def is_complete(self) -> bool:
        """Say beside each empty line that it is needed."""
        for field in self._fields.values():
            self.form.set_wrong(field, "")
        needed = [self.name, self.url]
        needed += [self.username] if self.login.currentData() == PASSWORD else []
        needed += [self.secret] if self.needs_secret() else []
        empty = [line for line in needed if not line.text().strip()]
        for line in reversed(empty):
            self.form.set_wrong(line, tr("This is needed."))
        return not empty

    def needs_secret(self) -> bool:
        """Whether the form cannot be sent without a secret."""
        return str(self.login.currentData()) != NO_LOGIN

    def show_error(self, error: AppError) -> None:
        """Say what was refused beside its field, above the form where it has none."""
        field = self._fields.get(error.where or "")
        if field is None:
            super().show_error(error)
            return
        self.set_busy(False)
        what, _, remedy = self.context.explain(error)
        self.form.set_wrong(field, "\n".join(part for part in (what, remedy) if part))

    def test(self) -> None:
        """Try the connection as typed."""
        if self._job is None and self.is_complete() and self.is_readable():
            self.bar.clear()
            self._test.setEnabled(False)
            self._said.setText(tr("Asking the source…"))
            self._job = self.start_test()

    def start_test(self) -> Job:
        """Try the connection beside everything else."""
        return test_new(self.context, self.wanted(), self.on_tested, self.on_failed)

    def done(self, result: int) -> None:
        """Give up a test that still runs."""
        if self._job is not None:
            self.context.jobs.cancel(self._job)
        super().done(result)

    def is_readable(self) -> bool:
        """Say beside the settings which line cannot be read."""
        try:
            self.wanted()
        except AppError as error:
            self.show_error(error)
            return False
        return True

    def _send(self) -> None:
        self.unkept = ""
        if self.is_readable():
            self._write(self.wanted())

    def _write(self, wanted: NewSource) -> None:
        self.sent = wanted
        record, name = self.recorder(wanted), tr("Connecting {source}", source=wanted.name)

        def write(progress: Progress) -> Recorded:
            return record()

        self.context.jobs.submit_write(name, write, self._recorded, self.on_refused)

    def recorder(self, wanted: NewSource) -> Callable[[], Recorded]:
        """Return what the write lane does."""
        session = self.context.session
        return lambda: add_source(session, wanted)

    def _recorded(self, recorded: Recorded) -> None:
        self.finish(recorded.id)

    def finish(self, name: str) -> None:
        """Tell of the source and close."""
        self.saved.emit(name, self.unkept)
        self.done_well()

    def on_refused(self, error: AppError) -> None:
        """Where no keyring keeps the secret, connect without it; the page then holds it."""
        if error.code.startswith("keyring.") and self.sent.secret:
            self.unkept = self.sent.secret
            self._write(replace(self.sent, secret=None))
        else:
            self.show_error(error)

    def _add_fields(self) -> None:
        self.kind = self.form.add(tr("Kind"), QComboBox())
        for kind in list_kinds():
            self.kind.addItem(say_kind(self.context, kind), kind)
        self.kind.setCurrentIndex(max(0, self.kind.findData(_FIRST)))
        self.name = self.form.add(
            tr("Name"), QLineEdit(), tr("Short; everything read from here refers to it.")
        )
        self.url = self.form.add(tr("Address"), QLineEdit())
        self._browse = Button(tr("Choose…"), self._choose_folder)
        self.form.add_below(self.url, self._browse)
        self._fields: dict[str, QWidget] = {"kind": self.kind, "name": self.name, "url": self.url}

    def _add_login(self) -> None:
        self.login = self.form.add(tr("Login"), QComboBox())
        for login in (NO_LOGIN, TOKEN, PASSWORD):
            self.login.addItem(self.context.say(f"sources.login.{login}"), login)
        self.login.currentIndexChanged.connect(self._on_login)
        self.username = self.form.add(tr("User name"), QLineEdit())
        self.secret = self.form.add(
            tr("Secret"), secret_line(), tr("Kept in this computer's keyring, never in the ledger.")
        )
        self._fields |= {"username": self.username, "secret": self.secret}

    def _add_network(self) -> None:
        title = tr("CA file")
        self.ca_file = self.form.add(
            title,
            PathLine(title, self._choose_ca),
            tr("Your own certificate authority, as PEM; may stay empty."),
        )
        self.proxy = self.form.add(
            tr("Proxy"), QLineEdit(), tr("Empty: as the system says. Otherwise http://host:port.")
        )
        settings = SettingsFields(self.context)
        self.settings = self.form.add(self.context.say("sources.settings.title"), settings)
        self._fields |= {"ca_file": self.ca_file, "proxy": self.proxy, "settings": self.settings}
        self._said = Label(tone="muted", wrap=True)
        self.kind.currentIndexChanged.connect(self._on_kind)
        self._on_kind()

    def _add_test(self) -> None:
        self._test = Button(tr("Test"), self.test, icon="verify")
        self._test.setObjectName("test")
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._test)
        row.addWidget(self._said, 1)
        self.found = Sections(self.context, later("What the test found"))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self.found)
        self._area.setMinimumHeight(self.fontMetrics().height() * 11)
        self._area.hide()
        at = self._column.indexOf(self.form)
        self._column.insertWidget(at + 1, line)
        self._column.insertWidget(at + 2, self._area, 1)

    def _on_kind(self) -> None:
        """Ask for what the kind needs: its address, and its settings if it has any."""
        kind = str(self.kind.currentData())
        told = describe_kind(kind)
        self.url.setPlaceholderText(say_address(self.context, kind, told))
        self.settings.show_kind(told)
        self.form.set_shown(self.settings, bool(told.settings))
        self._show_ways(told.address)
        is_live = told.tested == LIVE
        self._said.setText("" if is_live else self.context.say("sources.tested.recorded"))

    def _show_ways(self, form: AddressForm) -> None:
        """Ask for a login and for ways through the network only where there can be any."""
        is_path = form is AddressForm.PATH
        can_log_in = has_login(form)
        if not can_log_in:
            self.login.setCurrentIndex(self.login.findData(NO_LOGIN))
        if is_path:
            self.ca_file.set_text("")
            self.proxy.clear()
        self._browse.setVisible(is_path)
        shown: dict[QWidget, bool] = dict.fromkeys(
            (self.login, self.username, self.secret), can_log_in
        )
        shown |= dict.fromkeys((self.ca_file, self.proxy), not is_path)
        for field, is_shown in shown.items():
            self.form.set_shown(field, is_shown)

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, self.url.accessibleName())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.url.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_login(self) -> None:
        login = self.login.currentData()
        self.form.lock(self.username, login != PASSWORD)
        self.form.lock(self.secret, login == NO_LOGIN)
        self.form.rename(self.secret, tr("Token") if login == TOKEN else tr("Password"))

    def _choose_ca(self, take: Callable[[str], None]) -> None:
        dialog = QFileDialog(self, tr("Choose the certificate authority"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Certificates (*.pem *.crt *.cer)"), tr("All files (*)")])
        dialog.fileSelected.connect(take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def on_tested(self, tested: Tested) -> None:
        """Show what a test found."""
        self._end_test()
        self._area.show()
        self.found.show_groups(test_groups(self.context, tested))

    def on_failed(self, error: AppError) -> None:
        """Say why a connection cannot even be tried."""
        self._end_test()
        self.show_error(error)

    def _end_test(self) -> None:
        self._job = None
        self._test.setEnabled(True)
        self._said.setText("")
