"""Writes a text that a service gives to a file a person names."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from mlops_desktop.services.files import write_file
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.text import tr


def documents() -> Path:
    """Return the folder where a person keeps documents."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    found = Path(place)
    return found if found.is_dir() else Path.home()


def ask_where(parent: QWidget, title: str, name: str, then: Callable[[Path], None]) -> QFileDialog:
    """Ask for a file to write, ``name`` offered; an existing one must be confirmed there."""
    dialog = QFileDialog(parent, title, str(documents()))
    dialog.setObjectName("saveFile")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(name.rpartition(".")[2])
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def save_text(context: Context, path: Path, read: Callable[[], str]) -> None:
    """Write what ``read`` returns to ``path`` in the read lane, and say so.

    What fails is told above the page; ``file.not_written`` where the file refuses.
    """

    def write(progress: Progress) -> Path:
        write_file(path, read().encode("utf-8"))
        return path

    def done(written: Path) -> None:
        context.toast(tr("Saved: {name}", name=written.name))

    context.jobs.submit_read(tr("Saving"), write, done, context.show_error)
