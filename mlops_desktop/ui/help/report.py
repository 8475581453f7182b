"""A report of a problem: shown whole before it is saved or copied; nothing is sent."""

from datetime import datetime

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from mlops_desktop.services.crash_reports import Problem, clean, look_around
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.page import find_pages
from mlops_desktop.ui.saving import ask_where, save_text
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.label import Label

_SIZE = (720, 560)


class ReportDialog(QDialog):
    """Shows the report of ``problem`` and lets a person save or copy it."""

    def __init__(self, context: Context, problem: Problem, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("report")
        self._context, say = context, context.say
        self.setWindowTitle(say("help.report.title"))
        self._text = QPlainTextEdit(write_report(context, problem), readOnly=True)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text.setAccessibleName(say("help.report.text"))
        self._text.setTabChangesFocus(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(10)
        column.addWidget(Label(say("help.report.title"), size="title", strong=True))
        column.addWidget(Label(say("help.report.lead"), tone="muted", wrap=True))
        column.addWidget(self._text, 1)
        column.addLayout(self._buttons())
        self.resize(*_SIZE)

    def _buttons(self) -> QHBoxLayout:
        say, row = self._context.say, QHBoxLayout()
        row.addStretch()
        row.addWidget(Button(say("help.report.close"), self.reject))
        row.addWidget(Button(say("help.report.copy"), self._copy))
        row.addWidget(Button(say("help.report.save"), self._save, default=True))
        return row

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())
        self._context.toast(self._context.say("help.about.copied"))

    def _save(self) -> None:
        say, text = self._context.say, self._text.toPlainText()
        name = say("help.report.file")
        ask_where(
            self, say("help.report.title"), name,
            lambda path: save_text(self._context, path, lambda: text),
        )  # fmt: skip


def write_report(context: Context, problem: Problem) -> str:
    """Return the whole report in the language of the window."""
    say, around = context.say, look_around()
    line = "help.report.line"
    heads = [
        say(f"{line}.heading"),
        say(f"{line}.made", moment=_say_now(context)),
        say(f"{line}.version", version=around.version),
        say(f"{line}.python", python=around.python),
        say(f"{line}.qt", qt=str(qVersion()), platform=QGuiApplication.platformName()),
        say(f"{line}.system", system=around.system),
        *_say_page(context),
    ]
    if problem.what:
        heads.append(say(f"{line}.what", what=problem.what))
    details = clean(problem.details) or say(f"{line}.nothing")
    return "\n".join([*heads, "", say(f"{line}.details"), "", details])


def _say_now(context: Context) -> str:
    now = datetime.now().astimezone()
    return f"{context.language.date(now)} {now:%H:%M:%S %z}"


def _say_page(context: Context) -> list[str]:
    """Name the page as the rail does, its id beside it for who reads the source."""
    shown = [spec for spec in find_pages() if spec.id == context.actions.page]
    say, key = context.say, "help.report.line.page"
    return [say(key, page=say(spec.title), id=spec.id) for spec in shown]
