"""Saves what is due for me as an e-mail or a calendar."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from mlops_desktop.services.notices.collecting import Wanted, collect
from mlops_desktop.services.notices.writing import save
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.saving import ask_where


def ask_due(context: Context, parent: QWidget) -> QFileDialog:
    """Ask where to write what is due for the acting person within 30 days, then write it."""
    dialog = ask_where(
        parent,
        context.say("notices.save_title"),
        "mlops-desktop.ics",
        lambda path: _save(context, path),
    )
    calendar, mail = context.say("notices.calendar"), context.say("notices.mail")
    dialog.setNameFilters([f"{calendar} (*.ics)", f"{mail} (*.eml)"])
    return dialog


def _save(context: Context, path: Path) -> None:
    session, language = context.session, context.language.code

    def work(progress: Progress) -> str:
        save(collect(session, Wanted()), path, language)
        return path.name

    def done(name: str) -> None:
        context.toast(context.say("notices.saved", name=name))

    context.jobs.submit_read(context.say("notices.job"), work, done, context.show_error)
