"""By whom signatures of this workspace are time-stamped, and what their chains are checked by."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.root_files import read_root_file
from mlops_desktop.services.session import Recorded
from mlops_desktop.services.trust_services import (
    TrustServices,
    arrange_trust_services,
    show_trust_services,
)
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.sources.path_line import PathLine
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.dialog import FormDialog


class AuthorityForm(FormDialog):
    """Shows what is arranged and replaces it; an empty address asks nobody any more."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        say = context.say
        super().__init__(
            context, say("dossiers.authority.title"), say("dossiers.authority.verb"), parent,
            sentence=say("dossiers.authority.lead"),
        )  # fmt: skip
        self._known = TrustServices()
        self.url = self.form.add(
            say("dossiers.authority.url"), QLineEdit(), say("dossiers.authority.url_help")
        )
        self.url.setPlaceholderText("https://")
        title = say("dossiers.authority.roots")
        self.roots = self.form.add(title, PathLine(title, self._choose_roots))
        title = say("dossiers.authority.lists")
        self.lists = self.form.add(title, PathLine(title, self._choose_lists))
        self.fetch = self.form.add(
            say("dossiers.authority.fetch"), QCheckBox(), say("dossiers.authority.fetch_help")
        )
        self.set_busy(True)
        self.submitted.connect(self._send)
        session = context.session

        def ask(progress: Progress) -> TrustServices:
            return show_trust_services(session)

        name = say("dossiers.authority.title")
        context.jobs.submit_read(name, ask, self._show, self.show_error, key="dossiers:services")

    def show_error(self, error: AppError) -> None:
        """Say what is refused beside its field."""
        named = {"url": self.url, "roots": self.roots}.get(error.where or "")
        if named is None:
            super().show_error(error)
            return
        self.set_busy(False)
        what, _, remedy = self.context.explain(error)
        self.form.set_wrong(named, "\n".join(part for part in (what, remedy) if part))

    def _show(self, known: TrustServices) -> None:
        self._known = known
        self.url.setText(known.url or "")
        self.lists.set_text(str(known.revocation) if known.revocation is not None else "")
        self.fetch.setChecked(known.may_fetch)
        key = "roots_kept" if known.roots.strip() else "roots_help"
        self.form.explain(self.roots, self.context.say(f"dossiers.authority.{key}"))
        self.set_busy(False)
        self.url.setFocus()

    def _send(self) -> None:
        session, known = self.context.session, self._known
        url, roots, lists = self.url.text().strip(), self.roots.text(), self.lists.text()
        fetch = self.fetch.isChecked()
        for field in (self.url, self.roots):
            self.form.set_wrong(field, "")

        def arrange(progress: Progress) -> Recorded:
            wanted = TrustServices(
                url or None,
                _read(roots) if roots else known.roots,
                Path(lists).expanduser() if lists else None,
                fetch,
                known.ca_file,
                known.proxy,
            )
            return arrange_trust_services(session, wanted)

        name = self.context.say("dossiers.authority.title")
        self.context.jobs.submit_write(name, arrange, self._on_done, self.show_error)

    def _on_done(self, _: Recorded) -> None:
        self.context.toast(self.context.say("dossiers.authority.done"))
        self.done_well()

    def _choose_roots(self, take: Callable[[str], None]) -> None:
        self._ask(take, QFileDialog.FileMode.ExistingFile)

    def _choose_lists(self, take: Callable[[str], None]) -> None:
        self._ask(take, QFileDialog.FileMode.Directory)

    def _ask(self, take: Callable[[str], None], mode: QFileDialog.FileMode) -> None:
        dialog = QFileDialog(self, tr("Choose certificates to trust"))
        dialog.setFileMode(mode)
        dialog.fileSelected.connect(take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _read(roots: str) -> str:
    return read_root_file(Path(roots).expanduser(), "roots").decode("utf-8", "replace")
