"""About: the version, what it runs on, where it keeps things, and whose work it stands on."""

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from mlops_desktop import __version__, paths
from mlops_desktop.services.packages import Package, list_packages
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.widgets.body import Body
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.short_table import ShortTable

_CHARACTERS, _LINES = 78, 9
"""How wide it is, and how many lines of packages are in sight."""


class AboutDialog(QDialog):
    """Says what this program is; the list of packages is read beside it."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("about")
        self._context, say = context, context.say
        self.setWindowTitle(say("help.about.title"))
        self._lines = (
            say("help.about.version", version=__version__),
            say("help.about.purpose"),
            say("help.about.licence"),
            say("help.about.running", python=platform.python_version(), qt=str(qVersion()),
                system=f"{platform.system()} {platform.machine()}"),
            say("help.about.kept", folder=str(paths.home())),
        )  # fmt: skip
        self._table = ShortTable(context, "packages", "help.about.packages", _columns)
        self._lay_out()
        self._fit()
        context.jobs.submit_read(
            say("help.about.packages"), _read, self._table.set_rows, context.show_error
        )

    def _lay_out(self) -> None:
        say = self._context.say
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 20, 24, 0)
        column.setSpacing(10)
        column.addWidget(Label("MLOps Desktop", size="title", strong=True))
        for line in self._lines:
            column.addWidget(Label(line, wrap=True, selectable=True))
        column.addWidget(Label(say("help.about.packages"), strong=True))
        column.addWidget(self._table, 1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(24, 0, 24, 18)
        buttons.addStretch()
        buttons.addWidget(Button(say("help.about.copy"), self._copy))
        buttons.addWidget(Button(say("help.about.close"), self.accept, default=True))
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(10)
        outside.addWidget(Body(inside), 1)
        outside.addLayout(buttons)

    def _fit(self) -> None:
        """Be as large as the text asks for; what the window behind has no room for is scrolled."""
        metrics = self.fontMetrics()
        self._table.setMinimumHeight(metrics.lineSpacing() * _LINES)
        self.setMinimumWidth(min(metrics.averageCharWidth() * _CHARACTERS, self._room()))

    def _room(self) -> int:
        behind = self.parentWidget()
        return behind.window().width() if behind is not None else self.width()

    def _copy(self) -> None:
        rows = [f"{one.name}\t{one.version}\t{one.licence}" for one in self._table.rows_in_order()]
        QGuiApplication.clipboard().setText("\n".join([*self._lines, "", *rows]))
        self._context.toast(self._context.say("help.about.copied"))


def _columns(context: Context) -> tuple[Column[Package], ...]:
    unknown = context.say("help.about.unknown")
    return (
        Column("name", "help.about.package", lambda row: row.name, 24, strong=True),
        Column("version", "help.about.number", lambda row: row.version, 14),
        Column(
            "licence", "help.about.terms", lambda row: row.licence or unknown, 24, flexible=True
        ),
    )


def _read(progress: Progress) -> tuple[Package, ...]:
    return list_packages()
