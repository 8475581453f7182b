"""What a person does with files and with many rows of the list; the page shows what comes of it."""

from pathlib import Path
from typing import Protocol

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from mlops_desktop.core.lifecycle import State
from mlops_desktop.services import imports
from mlops_desktop.services.exports import Exported, Wish, export_models, has_column
from mlops_desktop.services.imports import Source
from mlops_desktop.services.rows import ModelRow
from mlops_desktop.ui.actions import Action, Deed, bind
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models.intake.accepting import ask_acceptance
from mlops_desktop.ui.pages.models.intake.many import ask_change
from mlops_desktop.ui.pages.models.intake.offers import INTAKE_OFFERS
from mlops_desktop.ui.pages.models.intake.panel import ImportPanel
from mlops_desktop.ui.pages.models.intake.past import ask_past
from mlops_desktop.ui.pages.models.inventory import CANDIDATES, Inventory, narrow
from mlops_desktop.ui.saving import ask_where
from mlops_desktop.ui.table import ListPane

_MOST_LOOKED_AT = 200
_NAMES = {"number": "id", "updated": "updated_at"}
"""Columns of the list that are called otherwise in files."""


class Place(Protocol):
    """The page, as far as work needs it."""

    list: ListPane[ModelRow]
    inventory: Inventory

    @property
    def intake(self) -> ImportPanel: ...
    def window(self) -> QWidget: ...
    def show_intake(self) -> None: ...


class IntakeWork:
    """Answers the actions of the page that concern files and many rows."""

    def __init__(self, context: Context, page: Place) -> None:
        self._context, self._page = context, page

    def rows(self) -> tuple[Action, ...]:
        """Return every row of the action table."""
        deeds: dict[str, Deed] = {
            "model.import": (self.choose_file, self._can_write),
            "model.paste": (self.paste, self._can_write),
            "model.imports": (self.show_past, lambda: self._context.is_open),
            "model.export_list": (self.export, lambda: self._context.is_open),
            "model.change_many": (self.change, self._has_rows),
            "candidate.accept_many": (self.accept, self._has_candidates),
        }
        return bind("models", INTAKE_OFFERS, deeds)

    def choose_file(self) -> None:
        """Ask for a spreadsheet and show what its import would do."""
        say = self._context.say
        dialog = QFileDialog(self._page.window(), say("intake.choose"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([say("intake.spreadsheets"), say("intake.all_files")])
        dialog.fileSelected.connect(lambda path: self.open_file(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_file(self, path: Path) -> None:
        """Read a file in the read lane and show what its import would do."""

        def read(progress: Progress) -> Source:
            return imports.read_file(path)

        def show(source: Source) -> None:
            self._page.show_intake()
            self._page.intake.open_source(source)

        name = self._context.say("intake.reading")
        failed = self._context.show_error
        self._context.jobs.submit_read(name, read, show, failed, key="models:import:file")

    def paste(self) -> None:
        """Show what the import of the block on the clipboard would do."""
        block, name = QGuiApplication.clipboard().text(), self._context.say("intake.clipboard")
        if not block.strip():
            self._context.toast(self._context.say("intake.needs.block"))
            return
        source = Source(f"{name}.tsv", block.encode("utf-8", "replace"))
        self._page.show_intake()
        self._page.intake.open_source(source, self._visible(for_reading=True))

    def show_past(self) -> None:
        """Ask which import to open again, and show its report."""

        def show(named: str) -> None:
            session = self._context.session

            def read(progress: Progress) -> imports.Report:
                return imports.show_import(session, named)[1]

            def open_report(report: imports.Report) -> None:
                self._page.show_intake()
                self._page.intake.open_report(report)

            words = self._context.say("intake.reading")
            self._context.jobs.submit_read(words, read, open_report, self._context.show_error)

        ask_past(self._context, self._page.window(), show)

    def export(self) -> None:
        """Ask for a file and write what the list shows to it: rows, columns, order, day."""
        session, wish = self._context.session, self.wish()

        def then(path: Path) -> None:
            def write(progress: Progress) -> Exported:
                return export_models(session, wish, path, overwrite=True)

            name = self._context.say("intake.exporting")
            failed = self._context.show_error
            self._context.jobs.submit_read(name, write, self._tell_exported, failed)

        title, name = self._context.say("intake.export"), self._context.say("intake.file")
        dialog = ask_where(self._page.window(), title, name, then)
        dialog.setNameFilters(["Excel (*.xlsx)", "CSV (*.csv)", "JSON (*.json)"])
        dialog.filterSelected.connect(
            lambda kind: dialog.setDefaultSuffix(kind.rpartition(".")[2].rstrip(")"))
        )

    def wish(self) -> Wish:
        """Return what the list shows, as an export is asked for."""
        query = self._page.list.model.query
        scope = self._page.inventory.scope
        wanted = narrow(query, scope)
        line = query.filter if scope != CANDIDATES else f"{query.filter} state:candidate".strip()
        return Wish(wanted, self._visible(), self._context.language.code, line)

    def change(self) -> None:
        """Ask for one field of all selected rows and change it in one go."""
        ask_change(self._context, self._page.list.view.selected_ids(), self._page.window())

    def accept(self) -> None:
        """Ask for owner and tier of all selected candidates and take them in, in one go."""
        ask_acceptance(self._context, self._page.list.view.selected_ids(), self._page.window())

    def _visible(self, *, for_reading: bool = False) -> tuple[str, ...]:
        """Return the columns shown, in the order they are shown in."""
        columns = self._page.list.model.columns
        ids = [columns[at].id for at in self._page.list.view.giving.meant()]
        names = (_NAMES.get(name, name) for name in ids)
        return tuple(name for name in names if for_reading or has_column(name))

    def _tell_exported(self, done: Exported) -> None:
        number = self._context.language.number(done.rows)
        self._context.toast(self._context.say("intake.exported", n=number, file=done.path.name))

    def _can_write(self) -> bool:
        return self._context.is_open and bool(self._context.session.actor.person)

    def _has_candidates(self) -> bool:
        """Whether only candidates are selected, as far as the rows are at hand."""
        lines = self._page.list.model.line
        found = [lines(at) for at in self._page.list.view.selected_positions()[:_MOST_LOOKED_AT]]
        states = {line.row.state for line in found if line is not None}
        return self._can_write() and states == {State.CANDIDATE}

    def _has_rows(self) -> bool:
        return self._can_write() and len(self._page.list.view.selected_ids()) > 1
