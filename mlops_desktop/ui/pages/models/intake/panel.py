"""The import as a part of the page: what would happen, how columns are read, and one button."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QTabWidget, QVBoxLayout

from mlops_desktop.core.errors import AppError
from mlops_desktop.services import imports
from mlops_desktop.services.imports import Applied, Source, Wishes
from mlops_desktop.services.imports.report import Report, reasons
from mlops_desktop.services.imports.telling import refusals_csv, say_refusal
from mlops_desktop.services.imports.vocabulary import EVIDENCE, VALIDATION_EVIDENCE
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models.intake import rows
from mlops_desktop.ui.pages.models.intake.columns import ColumnMap
from mlops_desktop.ui.pages.models.intake.counts import show_counts
from mlops_desktop.ui.pages.models.intake.options import Options
from mlops_desktop.ui.pages.models.intake.taking import Taking
from mlops_desktop.ui.pages.models.said import say_count
from mlops_desktop.ui.saving import ask_where, save_text
from mlops_desktop.ui.widgets.bar import MessageBar
from mlops_desktop.ui.widgets.buttons import Button, IconButton
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.write_button import WriteButton
from mlops_desktop.ui.widgets.yielding import YieldingLabel

_REASONS = 3
_TABS = ("refusals", "columns", "differences", "notices")


class ImportPanel(QFrame):
    """Asks for a dry run in the read lane whenever something is said of the file."""

    closed = Signal()
    reopened = Signal()
    """The report is shown again, after it was put away."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("detail")
        self._context = context
        self._source: Source | None = None
        self._headings: tuple[str, ...] = ()
        self.report: Report | None = None
        self._is_past = False
        self._title = Label(size="title", strong=True, selectable=True)
        self._close = IconButton("close", self.close_report)
        self._chips = QHBoxLayout()
        self._reasons = Label(tone="muted", wrap=True, selectable=True)
        self.bar = MessageBar(context)
        self.options = Options(context)
        self.columns = ColumnMap(context)
        self.refusals = rows.refusal_table(context)
        self.differences = rows.difference_table(context)
        self.notices = rows.notice_table(context)
        self.tabs = QTabWidget()
        self.whole = YieldingLabel(selectable=True)
        self.refusals.current_changed.connect(self._say_whole)
        self.folder = Button(clicked=self._choose_folder)
        self.save = Button(icon="export", clicked=self._save)
        self.take = WriteButton(context, clicked=self._take, default=True)
        self._lay_out()
        self._taking = Taking(context, self)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self._taking.taken.connect(self._taken)
        self._taking.failed.connect(self._fail_writing)
        self.options.changed.connect(self._ask)
        self.columns.changed.connect(self._ask)
        self._context.language_changed.connect(self.retranslate)

    def open_source(self, source: Source, headings: tuple[str, ...] = ()) -> None:
        """Show what the import of a file would do; ``headings`` stand in where it has none."""
        self._source, self._headings, self._is_past = source, headings, False
        self.report = None
        self.columns.given.clear()
        self.options.reset()
        self.bar.clear()
        self._show_parts()
        self._ask()

    def open_report(self, report: Report) -> None:
        """Show the report of an import that was taken over."""
        self._source, self._is_past = None, True
        self.bar.clear()
        self._show(report)

    def close_report(self) -> None:
        """Go back to the list."""
        self._source, self.report = None, None
        self.closed.emit()

    def retranslate(self) -> None:
        """Say every word again."""
        say = self._context.say
        self._close.call(say("intake.close"))
        self.save.setText(say("intake.save"))
        self.folder.setText(say("papers.intake.folder"))
        self.tabs.setAccessibleName(say("intake.parts"))
        self.tabs.tabBar().setAccessibleName(say("intake.parts"))
        if self.report is not None:
            self._show(self.report)
        self._show_parts()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._chips.setSpacing(6)
        self.tabs.setDocumentMode(True)
        for part in (self.refusals, self.columns, self.differences, self.notices):
            self.tabs.addTab(part, "")
        foot = QHBoxLayout()
        foot.addWidget(self.save)
        foot.addWidget(self.folder)
        foot.addStretch()
        foot.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(self._chips)
        column.addWidget(self._reasons)
        column.addWidget(self.bar)
        column.addWidget(self.options)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.whole)
        # Only now: shown before it has its place, it would be a window of its own.
        self.tabs.currentChanged.connect(lambda at: self.whole.setVisible(at == 0))
        column.addLayout(foot)

    def _ask(self) -> None:
        source, session = self._source, self._context.session
        if source is None:
            return
        wishes = self._wishes()
        self.take.setEnabled(False)

        def read(progress: Progress) -> Report:
            return imports.preview_import(session, source, wishes)

        self._context.jobs.submit_read(
            self._context.say("intake.reading"), read, self._show, self._fail, key="models:import"
        )

    def _wishes(self) -> Wishes:
        return self.options.wishes(self.columns, self._headings)

    def _show(self, report: Report) -> None:
        if self._source is None and not self._is_past:
            return  # it was put away meanwhile
        is_first = self.report is None
        self.report = report
        self.bar.clear()
        self._title.setText(self._context.say("intake.title", file=report.file))
        show_counts(self._context, self._chips, report)
        self._say_reasons(report)
        self.columns.show_report(report)
        refused = rows.refusal_lines(report)
        self.refusals.set_rows(refused)
        self.whole.clear()
        if refused:
            self._say_whole(refused[0])
        self.differences.set_rows(rows.difference_lines(report))
        self.notices.set_rows(rows.notice_lines(report))
        self._show_parts()
        if is_first:
            self.tabs.setCurrentIndex(0 if report.refusals else 1)

    def _say_reasons(self, report: Report) -> None:
        """Say what most refusals have in common: what is mended once mends them all."""
        language = self._context.language
        told = [
            self._context.say(
                "intake.reason",
                n=language.number(reason.number),
                column=reason.column or "–",
                reason=say_refusal(reason.example, language.code)[0],
            )
            for reason in reasons(report)[:_REASONS]
        ]
        self._reasons.setText("\n".join(told))
        self._reasons.setVisible(len(report.refusals) > _REASONS)

    def _say_whole(self, line: rows.RefusalLine) -> None:
        """Say the reason a person stands on as a whole: no column has room for it."""
        told = say_refusal(line.refusal, self._context.language.code, in_window=True)
        where = self._context.say("papers.intake.row", row=line.refusal.row)
        self.whole.setText(" ".join((where, *told)))

    def _show_parts(self) -> None:
        report, say = self.report, self._context.say
        self.options.setVisible(not self._is_past)
        self.columns.setEnabled(not self._is_past)
        self.take.setVisible(not self._is_past)
        uses = report.columns if report is not None else ()
        names_files = any(use.field in (EVIDENCE, VALIDATION_EVIDENCE) for use in uses)
        self.folder.setVisible(names_files and not self._is_past)
        counts = (0, 0, 0, 0)
        if report is not None:
            differing = sum(len(row.differences) for row in report.rows)
            named = sum(1 for use in report.columns if use.heading or use.example)
            counts = (len(report.refusals), named, differing, len(report.notices))
        for at, (name, number) in enumerate(zip(_TABS, counts, strict=True)):
            shown = self._context.language.number(number)
            self.tabs.setTabText(at, f"{say(f'intake.tab.{name}')} {shown}")
        takes = report.takes if report is not None else 0
        self.take.setText(say_count(self._context, "intake.take", takes))
        self.take.setEnabled(report is not None and report.is_clean and takes > 0)
        self.save.setEnabled(report is not None and bool(report.refusals))

    def _fail(self, error: AppError) -> None:
        if self.report is None and self._source is not None:
            self._title.setText(self._context.say("intake.title", file=self._source.name))
        self.bar.show_error(error)
        self._show_parts()

    def _choose_folder(self) -> None:
        """Ask where the files lie that rows name, and look there."""
        title = self._context.say("papers.intake.folder_title")
        dialog = QFileDialog(self.window(), title)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda path: self.look_in(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def look_in(self, folder: Path) -> None:
        """Look for the evidence of the file's rows in a folder."""
        if self._source is not None:
            self._source = replace(self._source, folder=folder)
            self._ask()

    def _take(self) -> None:
        source, report = self._source, self.report
        if source is None or report is None:
            return
        self.take.setEnabled(False)
        self._taking.start(source, self._wishes(), imports.digest_of(report))

    def _fail_writing(self, error: AppError) -> None:
        self.bar.show_error(error)
        if error.code == "import.changed_since":
            self._ask()
        else:
            self._show_parts()

    def _taken(self, applied: Applied) -> None:
        said = [say_count(self._context, "intake.taken", applied.report.takes)]
        if applied.report.papers:
            said.append(say_count(self._context, "papers.intake.papers", applied.report.papers))

        def look_again() -> None:
            self.open_report(applied.report)
            self._context.show_page("models")
            self.reopened.emit()

        self._context.toast(" – ".join(said), to_open=look_again)
        self.close_report()

    def _save(self) -> None:
        report, language = self.report, self._context.language.code
        if report is None:
            return

        def text() -> str:
            mark = "\ufeff" if language == "de" else ""  # so that Excel knows the encoding
            return mark + refusals_csv(report, language, in_window=True)

        title, name = self._context.say("intake.save"), self._context.say("intake.refused_file")
        ask_where(self.window(), title, name, lambda path: save_text(self._context, path, text))
