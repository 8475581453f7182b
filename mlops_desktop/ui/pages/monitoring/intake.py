"""Thresholds from a sheet, in the window: what would come is shown before it is taken over."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from mlops_desktop.services.imports import read_file
from mlops_desktop.services.monitoring.importing import Thresholds, import_thresholds
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models.said import say_count
from mlops_desktop.ui.widgets.dialog import FormDialog

_MOST_SAID = 12


def ask_thresholds(context: Context, parent: QWidget) -> QFileDialog:
    """Ask for a file, try it without recording anything, and show what would come of it."""
    dialog = QFileDialog(parent, context.say("thresholds.choose"))
    dialog.setObjectName("thresholdFile")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda path: _try(context, parent, Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def _try(context: Context, parent: QWidget, path: Path) -> None:
    session = context.session

    def work(progress: Progress) -> Thresholds:
        return import_thresholds(session, read_file(path), is_dry=True)

    def show(found: Thresholds) -> None:
        _offer(context, parent, path, found)

    context.jobs.submit_write(context.say("thresholds.job"), work, show, context.show_error)


def _offer(context: Context, parent: QWidget, path: Path, found: Thresholds) -> FormDialog:
    """Show how many would come, or every refusal with its place; take them over when sent."""
    say, session = context.say, context.session
    count = say_count(context, "thresholds.would_come", found.rows)
    title = say("thresholds.title", file=path.name)
    dialog = FormDialog(context, title, say("thresholds.take_over"), parent, sentence=count)
    if found.refusals:
        lines = [_refusal(context, found, at) for at in range(len(found.refusals))]
        dialog.bar.say("bad", say("thresholds.refused"), "\n".join(lines[:_MOST_SAID]))
    dialog.verb.setEnabled(bool(found.rows) and not found.refusals)

    def work(progress: Progress) -> Thresholds:
        return import_thresholds(session, read_file(path))

    def done(taken: Thresholds) -> None:
        dialog.done_well()
        context.toast(say_count(context, "thresholds.taken", taken.rows))

    def send() -> None:
        context.jobs.submit_write(say("thresholds.job"), work, done, dialog.show_error)

    dialog.submitted.connect(send)
    dialog.open()
    return dialog


def _refusal(context: Context, found: Thresholds, at: int) -> str:
    one = found.refusals[at]
    why = context.explain(one.error)[0]
    return context.say("thresholds.refusal", row=one.row, column=one.column, why=why)
