"""Countersigns a dossier: its pages as they are, what was signed before, one's own words."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.dossiers import Countersigned, countersign_dossier
from mlops_desktop.services.people import unlocker
from mlops_desktop.services.rows import DossierRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.dossiers.beside import OF_KEY, SignBesidePages
from mlops_desktop.ui.pages.dossiers.said import say_role, say_subject
from mlops_desktop.ui.pages.dossiers.verifying import Examined
from mlops_desktop.ui.pages.models.said import say_moment
from mlops_desktop.ui.widgets.sign_dialog import Meaning


class CountersignDialog(SignBesidePages):
    """Stays open until the signature is in the file, or something refuses it."""

    signed = Signal(object)
    """The dossier was Countersigned."""

    def __init__(self, context: Context, row: DossierRow, found: Examined, parent: QWidget) -> None:
        meaning = Meaning("confirm", context.say("dossier.countersign.default_meaning"))
        title = context.say("dossiers.countersign.title")
        super().__init__(context, title, _covers(context, row, found), (meaning,), parent)
        self._path = found.path
        self.form.rename(self.comment, context.say("dossiers.countersign.words"))
        self.form.explain(self.comment, context.say("dossiers.countersign.words_help"))
        self.put_beside()
        self.preview.show_pdf(found.content or b"")
        self.submitted.connect(self._send)
        self.passphrase.setFocus()

    def _send(self) -> None:
        session, path, given = self.context.session, self._path, self.signing()

        def sign(progress: Progress) -> Countersigned:
            unlock = unlocker(session, lambda: given.passphrase)
            return countersign_dossier(session, path, unlock, given.comment or None)

        name = self.context.say("dossiers.countersign.job", name=path.name)
        self.context.jobs.submit_write(name, sign, self._on_done, self._on_failed)

    def _on_done(self, signed: Countersigned) -> None:
        self.signed.emit(signed)
        self.done_well()

    def _on_failed(self, error: AppError) -> None:
        self.show_error(error)
        if error.code.startswith(OF_KEY):
            self.passphrase.setFocus()


def _covers(context: Context, row: DossierRow, found: Examined) -> tuple[tuple[str, str], ...]:
    say, mine = context.say, row.next_place
    before = [
        say("dossiers.countersign.signed", name=one.name, role=say_role(context, one.role))
        for one in found.verified.verdict.signatures
    ]
    later = [one.name for one in row.places if mine is not None and one.place > mine.place]
    return (
        (say("dossiers.column.model"), f"{row.model_id}  {say_subject(context, row)}".strip()),
        (say("dossiers.column.at"), say_moment(context, row.at)),
        (say("dossiers.column.state"), str(found.path)),
        (say("dossiers.countersign.since"), say("dossiers.countersign.nothing")),
        (say("dossiers.signature.title"), "\n".join(before)),
        (say("dossiers.countersign.place"), say(
            "dossiers.countersign.of", n=mine.place if mine else 0, all=len(row.places))),
        (say("dossiers.countersign.after"), ", ".join(later) or say("dossiers.countersign.nobody")),
        (say("dossiers.column.content"), row.content),
    )  # fmt: skip
