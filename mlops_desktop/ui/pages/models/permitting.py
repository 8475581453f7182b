"""The dialog that issues a permit: what the gate says of the version, then one signature."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.permits import MOST_DAYS, USUAL_DAYS
from mlops_desktop.services.gate import Answer, ask_gate
from mlops_desktop.services.people import unlocker
from mlops_desktop.services.permits.files import digest_of
from mlops_desktop.services.permits.issuing import Issued, PermitWish, issue_permit
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.approvals.said import say_environment
from mlops_desktop.ui.pages.models.dialogs import ModelDialog
from mlops_desktop.ui.pages.models.environment_box import EnvironmentBox
from mlops_desktop.ui.pages.models.permit_saving import save_permit
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.rules.asking import NumberBox
from mlops_desktop.ui.pages.rules.said import say_reason
from mlops_desktop.ui.pages.sources.path_line import PathLine


class PermitDialog(ModelDialog):
    """Asks the gate as soon as version or place are chosen; only its yes can be signed."""

    def __init__(self, context: Context, shown: Shown, parent: QWidget) -> None:
        say = context.say
        title = say("permits.issue_title", model=shown.sheet.row.name)
        super().__init__(context, title, say("permits.issue_do"), parent, say("permits.lead"))
        self._shown = shown
        self._version = self.form.add(say("permits.field.version"), QComboBox())
        for row in shown.sheet.versions:
            self._version.addItem(row.details.version)
        self._environment = self.form.add(say("permits.field.environment"), EnvironmentBox(context))
        self._entity = QComboBox()
        self._add_entities()
        artifact = say("permits.field.artifact")
        self._artifact = self.form.add(
            artifact, PathLine(artifact, self._choose_file), say("permits.artifact_help")
        )
        self._days = self.form.add(say("permits.field.days"), NumberBox(1, MOST_DAYS, USUAL_DAYS))
        self._passphrase = QLineEdit()
        self._add_passphrase()
        self.fields |= {
            "environment": self._environment,
            "--artifact": self._artifact,
            "--permit-days": self._days,
            "passphrase": self._passphrase,
        }
        self._follow()
        self.submitted.connect(self._send)
        self._ask_gate()

    def _add_passphrase(self) -> None:
        say = self.context.say
        self._passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._secret = self._passphrase
        self.form.add(say("signing.passphrase"), self._passphrase, say("permits.passphrase_help"))

    def _follow(self) -> None:
        """Ask the gate anew for another version or place.

        Methods of a class of two Python bases, connected as they are, shift Qt's own signals.
        """
        self._version.currentIndexChanged.connect(lambda _: self._ask_gate())
        self._environment.currentTextChanged.connect(lambda _: self._ask_gate())
        self._entity.currentIndexChanged.connect(lambda _: self._ask_gate())

    def wish(self) -> PermitWish:
        """Return what is asked for; the artefact as it was typed."""
        place = self._environment.code(), self._artifact.text() or None
        entity = self._entity.currentData() or None
        label = self._version.currentText()
        return PermitWish(self._shown.sheet.row.key, label, *place, entity, self._days.value())

    def is_complete(self) -> bool:
        """A passphrase must be typed: the permit is signed with one's own key."""
        missing = "" if self._passphrase.text() else self.context.say("permits.passphrase_missing")
        self.form.set_wrong(self._passphrase, missing)
        return not missing

    def show_error(self, error: AppError) -> None:
        """Explain; a path or digest that does not do is said beside its field."""
        if error.code in ("document.unreadable", "permit.digest_missing"):
            error.where = "--artifact"
        super().show_error(error)

    def _add_entities(self) -> None:
        say = self.context.say
        self._entity.addItem(say("permits.every_entity"), "")
        for entity in self._shown.entities:
            self._entity.addItem(entity.name, entity.name)
        self.form.add(say("permits.field.entity"), self._entity)
        self.form.set_shown(self._entity, bool(self._shown.entities))

    def _ask_gate(self) -> None:
        """Ask while the rest is filled in; until the answer is here nothing can be signed."""
        session, wish = self.context.session, self.wish()
        self.verb.setEnabled(False)
        if not wish.environment:
            return

        def ask(progress: Progress) -> Answer:
            return ask_gate(session, wish.model, wish.version, wish.environment, entity=wish.entity)

        name = self.context.say("permits.asking")
        self.context.jobs.submit_read(name, ask, self._tell, self._fail, key="models:permit")

    def _fail(self, error: AppError) -> None:
        """Explain; what the gate said of another version or place no longer counts."""
        self.bar.let_go()
        self.bar.show_error(error)

    def _tell(self, answer: Answer) -> None:
        self.verb.setEnabled(answer.is_allowed)
        say = self.context.say
        told = {
            "version": answer.version,
            "environment": say_environment(self.context, answer.environment),
        }
        if answer.is_allowed:
            self.bar.hold("info", say("permits.gate_open", **told))
            return
        reasons = "\n".join(f"• {say_reason(self.context, one)}" for one in answer.reasons)
        self.bar.hold("warn", say("permits.gate_shut", **told), reasons)

    def _choose_file(self, then: Callable[[str], None]) -> None:
        dialog = QFileDialog(self, self.context.say("permits.choose_file"))
        dialog.setObjectName("artifactFile")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(then)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _send(self) -> None:
        session, wish, secret = self.context.session, self.wish(), self._passphrase.text()
        unlock = unlocker(session, lambda: secret)

        def write(progress: Progress) -> Issued:
            # A file can be large: its digest is made in the lane, not while the window waits.
            digest = digest_of(wish.digest) if wish.digest else None
            return issue_permit(session, replace(wish, digest=digest), unlock)

        name = self.context.say("permits.issuing")
        self.context.jobs.submit_write(name, write, self._issued, self.show_error)

    def _issued(self, issued: Issued) -> None:
        if issued.permit is None:  # the gate has shut, or the artefact is another one
            self._secret_forgotten()
            self._tell(issued.answer)
            return
        window = self.parentWidget()
        self.done_well()
        self.context.toast(self.context.say("permits.issued", model=issued.permit.model))
        if window is not None:
            save_permit(self.context, issued.permit.id, _file_name(issued), window)

    def _secret_forgotten(self) -> None:
        self._passphrase.clear()
        self.set_busy(False)


def _file_name(issued: Issued) -> str:
    permit = issued.permit
    return f"{permit.model}-{permit.version}.permit" if permit is not None else ""


def ask_permit(context: Context, shown: Shown, parent: QWidget) -> PermitDialog:
    """Ask what is to be let pass, and issue a permit for it where the gate says yes."""
    dialog = PermitDialog(context, shown, parent)
    dialog.open()
    return dialog
