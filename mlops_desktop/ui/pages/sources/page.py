"""The page Sources: connections at the left, the chosen one at the right."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.rows import SourceRow
from mlops_desktop.services.sources import list_sources
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
from mlops_desktop.ui.pages.sources.reading import Readings
from mlops_desktop.ui.pages.sources.said import needs_person, say_summary
from mlops_desktop.ui.pages.sources.work import SourceWork
from mlops_desktop.ui.table import ListPane
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.bar import MessageBar
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.split import Split


class SourcesPage(Page):
    """Connections to registries."""

    watches = frozenset({"source"})
    past_note = "as_of.note.sources"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.readings = Readings(context, self)
        self.work = SourceWork(context, self)
        context.actions.add(*source_actions(self.work))
        self.rows: dict[str, SourceRow] = {}
        self.bar = MessageBar(context)
        spec = list_spec(self.readings.is_reading)
        self.list: ListPane[SourceLine] = ListPane(context, spec, Connections(context))
        self.detail = SourceDetail(context)
        self._lay_out()
        self._connect()

    def heading(self) -> str:
        """Say how many sources there are and how many need a person."""
        if not self.rows:
            return ""
        number = say_count(self.context, "sources.count.sources", len(self.rows))
        waiting = sum(needs_person(row) for row in self.rows.values())
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

    def show_record(self, id: str) -> None:
        """Stand on the source ``id``."""
        self.list.show_record(id)

    def _lay_out(self) -> None:
        table = self.context.actions
        top = Flow()
        top.go_right()
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

    def _keep(self, rows: tuple[SourceRow, ...]) -> None:
        self.rows = {row.name: row for row in rows}
        chosen = self.detail.row
        if chosen is not None and chosen.name not in self.rows:
            self.detail.forget()
        elif chosen is not None and not self.detail.isHidden():
            self.detail.show_row(self.rows[chosen.name], self.readings.job(chosen.name))
        self.heading_changed.emit()
        self.context.actions.refresh()

    def _ignore(self, error: AppError) -> None:
        """Leave it to the list to say what is wrong."""

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
            toast = Toast(
                said, open_label=tr("Show the candidates"), open=partial(self.work.show_found, name)
            )
        else:
            toast = Toast(said)
        self.context.toasted.emit(toast)

    def _on_failed(self, name: str, error: AppError) -> None:
        self.bar.show_error(error)

    def _on_stopped(self, name: str) -> None:
        self.context.toast(tr("Reading {source} was stopped. Nothing was recorded.", source=name))

    def _on_workspace(self) -> None:
        self.readings.stop_all()
        self.rows = {}
        self.work.forget()
        self.detail.forget()
        self.bar.clear()
