"""What the window has of help: the pane, made when first asked for, and the two dialogs."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from mlops_desktop import __version__
from mlops_desktop.services.crash_reports import Problem
from mlops_desktop.ui.actions import Action
from mlops_desktop.ui.context import Context, Toast
from mlops_desktop.ui.keys import key_actions
from mlops_desktop.ui.page import PageSpec

if TYPE_CHECKING:
    from mlops_desktop.ui.help.pane import HelpPane


class HelpDesk(QObject):
    """Opens what the menu Help names, and remembers the last mistake for a report."""

    def __init__(self, context: Context, pages: tuple[PageSpec, ...], window: QWidget) -> None:
        super().__init__(window)
        self._context, self._pages, self._window = context, pages, window
        self._pane: HelpPane | None = None
        self._problem = Problem()

    def remember(self, what: str, details: str) -> None:
        """Keep a mistake for the next report."""
        self._problem = Problem(what, details)

    def actions(self) -> tuple[Action, ...]:
        """Return the rows of the menu Help."""
        return (
            Action("help", "help.action.page", self.show_page, "F1", "info", menu="Help"),
            Action("help.news", "help.action.news", self.show_news, menu="Help"),
            Action("help.report", "help.action.report", self.show_report, menu="Help"),
            *key_actions(self._context, self._window),
            Action("help.about", "help.action.about", self.show_about, menu="Help"),
        )

    def show_page(self) -> None:
        """Show the help of the page, or put it away."""
        self._made().show_page()

    def show_news(self) -> None:
        """Show what is new."""
        self._made().show_news()

    def show_about(self) -> None:
        """Show what this program is and stands on."""
        from mlops_desktop.ui.help.about import AboutDialog

        AboutDialog(self._context, self._window).open()

    def show_report(self) -> None:
        """Show a report of the last mistake, or of the surroundings alone."""
        from mlops_desktop.ui.help.report import ReportDialog

        ReportDialog(self._context, self._problem, self._window).open()

    def greet(self) -> None:
        """Say once, after an update, that there is something new."""
        prefs, say = self._context.prefs, self._context.say
        if prefs.version and prefs.version != __version__:
            told = say("help.news.toast", version=__version__)
            toast = Toast(told, open_label=say("help.news.open"), open=self.show_news)
            self._context.toasted.emit(toast)
        prefs.version = __version__

    def _made(self) -> "HelpPane":
        from mlops_desktop.ui.help.pane import HelpPane

        if self._pane is None:
            self._pane = HelpPane(self._context, self._pages, self._window)
        return self._pane
