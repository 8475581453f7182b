"""Writes a permit, and what a pipeline checks it with, where a person says."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from mlops_desktop.services.permits.files import write_checker, write_permit
from mlops_desktop.services.permits.showing import show_permit
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.saving import ask_where, documents


def save_permit(context: Context, id: str, name: str, parent: QWidget) -> QFileDialog:
    """Ask where to write the permit ``id`` in its signed form, ``name`` offered, and write it."""

    def save(path: Path) -> None:
        session = context.session

        def work(progress: Progress) -> str:
            _, signed = show_permit(session, id)
            return write_permit(path, signed, is_confirmed=True).name

        def done(written: str) -> None:
            context.toast(context.say("permits.saved", name=written))

        context.jobs.submit_read(context.say("permits.saving"), work, done, context.show_error)

    return ask_where(parent, context.say("permits.save_title"), name, save)


def save_checker(context: Context, parent: QWidget) -> QFileDialog:
    """Ask for a folder and write the checker, the trust and the snippets into it."""
    dialog = QFileDialog(parent, context.say("permits.checker_title"), str(documents()))
    dialog.setObjectName("checkerFolder")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda folder: _write_checker(context, Path(folder)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def _write_checker(context: Context, folder: Path) -> None:
    session = context.session

    def work(progress: Progress) -> int:
        return len(write_checker(session, folder))

    def done(number: int) -> None:
        told = context.say("permits.checker_saved", number=number, folder=folder.name)
        context.toast(told)

    context.jobs.submit_read(context.say("permits.saving"), work, done, context.show_error)
