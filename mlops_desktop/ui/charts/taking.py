"""What a person takes along from a figure: its data as text, its picture, the picture as a file."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction, QGuiApplication, QImage, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.saving import ask_where

Rows = tuple[tuple[str, ...], ...]
"""Data of a figure, the head first, as they are shown."""


def as_text(rows: Rows) -> str:
    """Return ``rows`` as tab-separated lines that a spreadsheet takes apart again."""
    return "\n".join("\t".join(map(_flat, row)) for row in rows)


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Taking:
    """Where a figure gives its name, its data and its picture; nothing where there is none yet."""

    context: Context
    widget: QWidget
    name: Callable[[], str]
    rows: Callable[[], Rows]
    picture: Callable[[], QImage | None]

    def copy_data(self) -> None:
        """Put the data on the clipboard."""
        if rows := self.rows():
            QGuiApplication.clipboard().setText(as_text(rows))
            self.context.toast(self.context.say("charts.copied_data"))

    def copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        picture = self.picture()
        if picture is not None:
            QGuiApplication.clipboard().setImage(picture)
            self.context.toast(self.context.say("charts.copied_picture"))

    def save_picture(self) -> None:
        """Ask for a file and write the picture to it as PNG."""
        picture = self.picture()
        if picture is not None:
            title = self.context.say("charts.save_picture")
            ask_where(self.widget, title, f"{_file_name(self.name())}.png",
                      partial(_save, self.context, picture))  # fmt: skip

    def menu(self, *first: QAction) -> QMenu:
        """Return the menu of the figure, ``first`` what only it can do."""
        menu = QMenu(self.widget)
        menu.addActions(list(first))
        if first:
            menu.addSeparator()
        for word, do in (
            ("copy_data", self.copy_data),
            ("copy_picture", self.copy_picture),
            ("save_picture", self.save_picture),
        ):
            action = menu.addAction(self.context.say(f"charts.{word}"))
            action.setObjectName(word)
            action.triggered.connect(do)
            if word == "copy_data":
                action.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu


def _flat(text: str) -> str:
    return text.replace("\t", " ").replace("\r", " ").replace("\n", " ")


def _file_name(title: str) -> str:
    kept = "".join(sign if sign.isalnum() else "-" for sign in title)
    return "-".join(filter(None, kept.split("-"))) or "chart"


def _save(context: Context, picture: QImage, path: Path) -> None:
    def write(progress: Progress) -> Path:
        if not picture.save(str(path)):
            raise AppError(
                "file.not_written", recovery=Recovery.CONFIGURATION, path=str(path), reason=""
            )
        return path

    def done(written: Path) -> None:
        context.toast(context.say("charts.saved", name=written.name))

    name = context.say("charts.saving")
    context.jobs.submit_read(name, write, done, context.show_error)
