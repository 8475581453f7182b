"""The form that changes how a source is reached; the secret before is never shown."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.rows import SourceRow
from mlops_desktop.services.session import Recorded
from mlops_desktop.services.source_edits import SourceEdit, edit_source, keeps_secret
from mlops_desktop.services.sources import NewSource
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Job
from mlops_desktop.ui.pages.sources.form import NO_LOGIN, PASSWORD, TOKEN, SourceForm
from mlops_desktop.ui.pages.sources.probing import test_edit
from mlops_desktop.ui.text import tr


class EditForm(SourceForm):
    """Kind and name stand fast; an empty secret keeps the one before."""

    def __init__(self, context: Context, row: SourceRow, held: str | None, parent: QWidget) -> None:
        self._row, self._held = row, held
        super().__init__(
            context, parent, tr("Edit {source}", source=row.name), tr("Save"),
            tr("For another server or user the secret is forgotten unless you enter it again."),
        )  # fmt: skip
        self.name.setText(row.name)
        self.url.setText(row.url)
        self.username.setText(row.username or "")
        self.ca_file.set_text(row.ca_file or "")
        self.proxy.setText(row.proxy or "")
        self.kind.setCurrentIndex(self.kind.findData(row.kind))
        self.settings.fill(row.settings)
        token = self.login.findData(TOKEN)
        self.login.setItemText(token, context.say("sources.login.token_or_none"))
        self.login.setCurrentIndex(self.login.findData(PASSWORD) if row.username else token)
        self.secret.setPlaceholderText(tr("Empty: as before"))
        for fixed in (self.kind, self.name):
            self.form.lock(fixed)
        self.url.setFocus()

    def needs_secret(self) -> bool:
        """The one before stays."""
        return False

    def start_test(self) -> Job:
        """Try the connection as it would be, with the secret that it would have."""
        name, edit = self._row.name, self.edit(self.wanted())
        return test_edit(self.context, name, edit, self._held, self.on_tested, self.on_failed)

    def recorder(self, wanted: NewSource) -> Callable[[], Recorded]:
        """Return what the write lane does."""
        session, name, edit = self.context.session, self._row.name, self.edit(wanted)
        return lambda: edit_source(session, name, edit)

    def edit(self, wanted: NewSource) -> SourceEdit:
        """Return what is to be changed; without a login the secret is forgotten."""
        secret = "" if self.login.currentData() == NO_LOGIN else wanted.secret or None
        return SourceEdit(
            wanted.url, wanted.username, wanted.ca_file, wanted.proxy, secret, wanted.settings
        )

    def finish(self, name: str) -> None:
        """Keep what this window alone holds, where it still belongs and nothing took its place."""
        edit = self.edit(self.sent)
        if edit.secret is None and keeps_secret(self._row, edit):
            self.unkept = self.unkept or self._held or ""
        super().finish(name)

    def on_refused(self, error: AppError) -> None:
        """A secret for this window alone is a change too, though nothing is recorded of it."""
        if error.code == "source.nothing_changed" and self.unkept:
            self.finish(self._row.name)
        else:
            super().on_refused(error)
