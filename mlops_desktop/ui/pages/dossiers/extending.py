"""Lifts a dossier to a higher level: which one, by whom it is time-stamped, and what came of it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from mlops_desktop.core.signature_levels import Level
from mlops_desktop.services.dossiers.extending import Extended, extend_dossier
from mlops_desktop.services.trust_services import TrustServices, show_trust_services
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.widgets.bar import Deed
from mlops_desktop.ui.widgets.dialog import FormDialog

_OFFERED = (Level.LTA, Level.T)


class ExtendForm(FormDialog):
    """Stays open until the file is lifted, or says what is in the way."""

    extended = Signal(object)
    """The dossier was Extended."""

    def __init__(self, context: Context, path: Path, parent: QWidget) -> None:
        say = context.say
        super().__init__(
            context, say("dossiers.extend.title"), say("dossiers.extend.verb"), parent,
            sentence=say("dossiers.extend.lead", name=path.name),
        )  # fmt: skip
        self._path = path
        self.level = self.form.add(say("dossiers.order.level"), QComboBox())
        for level in _OFFERED:
            self.level.addItem(say(f"dossiers.level.{level.value}"), level.value)
        self.submitted.connect(self._send)
        session = context.session

        def ask(progress: Progress) -> TrustServices:
            return show_trust_services(session)

        context.jobs.submit_read(
            say("dossiers.extend.title"), ask, self._tell, self.show_error, key="dossiers:services"
        )

    def _tell(self, services: TrustServices) -> None:
        """Say who is asked; where nobody is arranged, nothing can be sent but that be mended."""
        say, url = self.context.say, services.url
        self.verb.setEnabled(bool(url))
        if url:
            self.form.explain(self.level, say("dossiers.extend.by", url=url))
            return
        deed = Deed(say("dossiers.action.authority"), self._arrange)
        self.bar.hold("warn", say("dossiers.extend.by_nobody"), say("dossiers.extend.why"), deed)
        self.verb.setToolTip(say("dossiers.extend.by_nobody"))

    def _arrange(self) -> None:
        self.reject()
        self.context.actions.run("dossier.authority_form")

    def _send(self) -> None:
        session, path, level = self.context.session, self._path, Level(self.level.currentData())

        def extend(progress: Progress) -> Extended:
            return extend_dossier(session, path, level)

        name = self.context.say("dossiers.extend.job", name=path.name)
        self.context.jobs.submit_write(name, extend, self._on_done, self.show_error)

    def _on_done(self, extended: Extended) -> None:
        self.extended.emit(extended)
        self.done_well()
