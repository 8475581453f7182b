"""The page Sources: connections at the left, the chosen one at the right."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.candidates import list_candidates
from mlops_desktop.services.rows import SourceRow
from mlops_desktop.services.session import Recorded
from mlops_desktop.services.sources import list_sources, remove_source
from mlops_desktop.services.sync import SyncResult
from mlops_desktop.ui.context import Context, Toast
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import Page
from mlops_desktop.ui.pages.models.said import say_count
from mlops_desktop.ui.pages.sources.actions import source_actions
from mlops_desktop.ui.pages.sources.columns import (
    Connections,
    SourceLine,
    list_spec,
    make_columns,
)
from mlops_desktop.ui.pages.sources.detail import SourceDetail
from mlops_desktop.ui.pages.sources.dialogs import SecretForm, confirm_gone, confirm_removal
from mlops_desktop.ui.pages.sources.form import SourceForm
from mlops_desktop.ui.pages.sources.probing import Tested, test_known
from mlops_desktop.ui.pages.sources.reading import Readings
from mlops_desktop.ui.pages.sources.said import needs_person, say_summary
from mlops_desktop.ui.table import ListPane
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.bar import MessageBar
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.split import Split


class SourcesPage(Page):
    """Connections to registries."""

    watches = frozenset({"source"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.readings = Readings(context, self)
        context.actions.add(*source_actions(self))
        self._rows: dict[str, SourceRow] = {}
        self._secrets: dict[str, str] = {}
        self.bar = MessageBar(context)
        spec = list_spec(self.readings.is_reading)
        self.list: ListPane[SourceLine] = ListPane(context, spec, Connections(context))
        self.detail = SourceDetail(context)
        self._lay_out()
        self._connect()

    def heading(self) -> str:
        """Say how many sources there are and how many need a person."""
        if not self._rows:
            return ""
        number = say_count(self.context, "sources.count.sources", len(self._rows))
        waiting = sum(needs_person(row) for row in self._rows.values())
        if not waiting:
            return number
        wait = say_count(self.context, "sources.count.waiting", waiting)
        return self.context.say("sources.count.both", sources=number, waiting=wait)

    def reload(self) -> None:
        """Ask for the connections; they are shown as they are now, whatever day is chosen."""
        self.list.reload()
        session = self.context.session

        def ask(progress: Progress) -> tuple[SourceRow, ...]:
            return list_sources(session)

        self.context.jobs.submit_read(
            tr("Reading the sources"), ask, self._keep, self._ignore, key="sources:rows"
        )
        if self.context.day is not None:
            self.bar.say("info", tr("Connections are shown as they are now."))

    def show_record(self, id: str) -> None:
        """Stand on the source ``id``."""
        self.list.show_record(id)

    def add(self) -> None:
        """Connect another source."""
        form = SourceForm(self.context, self.window())
        form.added.connect(self._on_added)
        form.open()

    def sync(self) -> None:
        """Read the chosen source."""
        if (row := self.detail.row) is not None:
            self._read(row.name)

    def sync_all(self) -> None:
        """Read every source, side by side."""
        for name in self._rows:
            self._read(name)

    def stop(self) -> None:
        """Stop reading the chosen source."""
        if (row := self.detail.row) is not None:
            self.readings.stop(row.name)

    def test(self) -> None:
        """Test the connection of the chosen source."""
        if (row := self.detail.row) is None:
            return
        name = row.name
        self.detail.begin_test(name)

        def done(tested: Tested) -> None:
            self.detail.keep_test(name, tested)

        def failed(error: AppError) -> None:
            self.detail.fail_test(name, error)

        test_known(self.context, name, self._secrets.get(name), done, failed)

    def accept(self) -> None:
        """Believe, after asking, that what was held back is gone."""
        row = self.detail.row
        if row is not None and row.result is not None:
            name, number = row.name, row.result.counts.held_back
            confirm_gone(
                self.context,
                name,
                number,
                self.window(),
                lambda: self._read(name, accept_shrink=True),
            )

    def give_secret(self) -> None:
        """Ask for the secret of the chosen source, to be used until the window closes."""
        if (row := self.detail.row) is not None:
            name = row.name
            form = SecretForm(self.context, name, self.window())
            form.given.connect(lambda secret: self._secrets.update({name: secret}))
            form.open()

    def remove(self) -> None:
        """Stop using the chosen source, after asking."""
        if (row := self.detail.row) is not None:
            name = row.name
            confirm_removal(self.context, name, self.window(), lambda: self._remove(name))

    def show_candidates(self) -> None:
        """Go to what sources found and nobody has decided yet, the chosen source's first."""
        session = self.context.session
        source = self.detail.row.name if self.detail.row is not None else ""

        def ask(progress: Progress) -> tuple[str, ...]:
            found = sorted(list_candidates(session), key=lambda row: row.source != source)
            return tuple(row.id for row in found)

        self.context.jobs.submit_read(
            tr("Reading the sources"), ask, self._go, self.bar.show_error, key="sources:candidates"
        )

    def is_open(self) -> bool:
        """Whether a workspace is open."""
        return self.context.is_open

    def has_any(self) -> bool:
        """Whether there is a source."""
        return bool(self._rows)

    def has_chosen(self) -> bool:
        """Whether a source is chosen."""
        return self.detail.row is not None

    def can_read(self) -> bool:
        """Whether a source is chosen that is not being read."""
        row = self.detail.row
        return row is not None and not self.readings.is_reading(row.name)

    def is_reading(self) -> bool:
        """Whether the chosen source is being read."""
        return self.has_chosen() and not self.can_read()

    def is_held_back(self) -> bool:
        """Whether the last reading of the chosen source waits for a confirmation."""
        row = self.detail.row
        is_held = row is not None and row.result is not None and row.result.counts.held_back > 0
        return is_held and self.can_read()

    def _lay_out(self) -> None:
        table = self.context.actions
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addStretch()
        top.addWidget(ActionButton(table.action("source.sync_all"), icon="sync"))
        top.addWidget(ActionButton(table.action("source.add"), icon="add", default=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.bar)
        column.addWidget(Split(self.context, "sources", self.list, self.detail), 1)

    def _connect(self) -> None:
        self.list.current_changed.connect(self._on_line)
        self.list.opened.connect(self._on_opened)
        self.readings.moved.connect(self._on_moved)
        self.readings.done.connect(self._on_done)
        self.readings.failed.connect(self._on_failed)
        self.readings.stopped.connect(self._on_stopped)
        self.context.workspace_changed.connect(self._on_workspace)

    def _read(self, name: str, *, accept_shrink: bool = False) -> None:
        self.bar.clear()
        self.readings.start(name, self._secrets.get(name), accept_shrink=accept_shrink)

    def _remove(self, name: str) -> None:
        session = self.context.session

        def write(progress: Progress) -> Recorded:
            return remove_source(session, name)

        def done(recorded: Recorded) -> None:
            self._secrets.pop(name, None)
            self.context.toast(tr("{source} is removed.", source=name))

        self.context.jobs.submit_write(
            tr("Removing {source}", source=name), write, done, self.bar.show_error
        )

    def _keep(self, rows: tuple[SourceRow, ...]) -> None:
        self._rows = {row.name: row for row in rows}
        chosen = self.detail.row
        if chosen is not None and chosen.name not in self._rows:
            self.detail.forget()
        elif chosen is not None and not self.detail.isHidden():
            self.detail.show_row(self._rows[chosen.name], self.readings.job(chosen.name))
        self.heading_changed.emit()
        self.context.actions.refresh()

    def _ignore(self, error: AppError) -> None:
        """Leave it to the list to say what is wrong."""

    def _go(self, candidates: tuple[str, ...]) -> None:
        if candidates:
            self.context.show_page("models", candidates[0])
        else:
            self.context.toast(tr("No candidate waits for a decision."))

    def _on_added(self, name: str, unkept: str) -> None:
        if unkept:
            self._secrets[name] = unkept
            what = tr("The secret of {source} is used until this window closes.", source=name)
            self.bar.say("warn", what, tr("This computer has no keyring that could keep it."))
        self.list.show_record(name)
        self.context.toast(tr("{source} is connected.", source=name))

    def _on_line(self, line: SourceLine) -> None:
        self.detail.show_row(line.row, self.readings.job(line.id))
        self.context.actions.refresh()

    def _on_opened(self, line: SourceLine) -> None:
        self._on_line(line)
        self.detail.tabs.setFocus()

    def _on_moved(self, name: str) -> None:
        job, row = self.readings.job(name), self.detail.row
        if row is not None and row.name == name:
            self.detail.show_job(job)
        if job is None or not job.progress.step.key:
            self.list.model.say_again(make_columns(self.context, self.readings.is_reading))
            self.context.actions.refresh()

    def _on_done(self, name: str, result: SyncResult) -> None:
        self.detail.keep_refusals(name, result.refusals)
        summary = say_summary(self.context, result.counts)
        said = self.context.say("sources.told.done", source=name, summary=summary)
        if result.counts.new:
            toast = Toast(said, open_label=tr("Show the candidates"), open=self.show_candidates)
        else:
            toast = Toast(said)
        self.context.toasted.emit(toast)

    def _on_failed(self, name: str, error: AppError) -> None:
        self.bar.show_error(error)

    def _on_stopped(self, name: str) -> None:
        self.context.toast(tr("Reading {source} was stopped. Nothing was recorded.", source=name))

    def _on_workspace(self) -> None:
        self.readings.stop_all()
        self._rows, self._secrets = {}, {}
        self.detail.forget()
        self.bar.clear()
