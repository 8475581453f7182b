"""Saves a validation's report or a meeting's paper as a document that goes on being written."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from mlops_desktop.core.report_plans import ReportKind
from mlops_desktop.services.reports.documents import Drafted, PaperOrder, draft_paper
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.saving import ask_where


def ask_draft(context: Context, kind: ReportKind, named: str, parent: QWidget) -> QFileDialog:
    """Ask where to, then write the draft in the window's language, as of the day shown."""
    dialog = ask_where(
        parent,
        context.say("reports.draft_title", name=named),
        f"{named}.docx",
        lambda path: _save(context, kind, named, path),
    )
    dialog.setNameFilters([f"{context.say('reports.docx')} (*.docx)"])
    dialog.setDefaultSuffix("docx")
    return dialog


def _save(context: Context, kind: ReportKind, named: str, path: Path) -> None:
    session, language = context.session, context.language.code
    # Whether to replace a file was asked where it was chosen.
    order = PaperOrder(kind, named, path, language, context.as_of, overwrite=True)

    def work(progress: Progress) -> Drafted:
        return draft_paper(session, order)

    def done(drafted: Drafted) -> None:
        context.toast(context.say("reports.draft_saved", name=drafted.path.name))

    context.jobs.submit_write(context.say("reports.draft_job"), work, done, context.show_error)
