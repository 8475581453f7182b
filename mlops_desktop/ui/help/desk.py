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
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.bar import Deed, MessageBar

if TYPE_CHECKING:
    from mlops_desktop.ui.help.pane import HelpPane


class HelpDesk(QObject):
    """Opens what the menu Help names, and remembers the last mistake for a report."""

    def __init__(self, context: Context, pages: tuple[PageSpec, ...], window: QWidget) -> None:
        super().__init__(window)
        self._context, self._pages, self._window = context, pages, window
        self._pane: HelpPane | None = None
        self._problem = Problem()

    def tell_crash(self, bar: MessageBar, name: str, trace: str) -> None:
        """Say that a mistake of the program stopped ``name``; a report of it can be saved."""

        def tell() -> None:
            what = tr("“{name}” stopped because of a mistake in this program.", name=name)
            self._tell(bar, what, self._context.say("help.report.kept"), trace)

        bar.stand(tell)

    def tell_last_crash(self, bar: MessageBar, trace: str) -> None:
        """Say that the program fell when it ran last."""
        say = self._context.say

        def tell() -> None:
            self._tell(bar, say("help.report.crashed"), say("help.report.crashed_rest"), trace)

        bar.stand(tell)

    def tell_damaged(self, bar: MessageBar) -> None:
        """Say that what the window remembered could not be read."""
        say, path = self._context.say, self._context.prefs.damaged

        def tell() -> None:
            bar.say("warn", say("recent.damaged"), say("recent.damaged_rest", path=path))

        bar.stand(tell)

    def _tell(self, bar: MessageBar, what: str, rest: str, trace: str) -> None:
        self._problem = Problem(what, trace)
        report = Deed(self._context.say("help.report.open"), self.show_report)
        bar.say("bad", what, rest, trace, report)

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
