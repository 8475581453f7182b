"""The window: rail, stage, status bar. It knows no page; pages bring their own row."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QFont, QPalette
from PySide6.QtWidgets import QWidget

from mlops_desktop.ui.geometry import put_back
from mlops_desktop.ui.ground import Ground
from mlops_desktop.ui.prefs import Prefs
from mlops_desktop.ui.text import tr

if TYPE_CHECKING:
    from mlops_desktop.ui.context import Context
    from mlops_desktop.ui.help.desk import HelpDesk
    from mlops_desktop.ui.language import Language
    from mlops_desktop.ui.page import PageSpec
    from mlops_desktop.ui.rail import Rail
    from mlops_desktop.ui.stage import Stage
    from mlops_desktop.ui.theme import Theme
    from mlops_desktop.ui.welcome import Ways, Welcome

_NAME = "MLOps Desktop"
_FIRST_SIZE = (1280, 820)
_RAIL_MARGIN = 8


class Window(Ground):
    """Everything a person sees; ``context`` is what pages are given.

    It can be painted as soon as it is made, with its ground alone; what ``furnish`` puts into it
    takes longer to import than to show, so it is imported there.
    """

    closed = Signal()
    """Everything has ended; the workspace can be closed."""

    context: "Context"
    stage: "Stage"
    rail: "Rail"
    help: "HelpDesk"

    def __init__(self, prefs: Prefs) -> None:
        super().__init__()
        self.prefs = prefs
        self.is_furnished = False
        self.welcome: Welcome | None = None
        self.setWindowTitle(_NAME)
        if prefs.ground:
            self.setPalette(QPalette(prefs.ground))
        if not put_back(self, prefs.geometry):
            self.resize(*_FIRST_SIZE)

    def furnish(
        self, pages: "tuple[PageSpec, ...]", language: "Language", theme: "Theme", ways: "Ways"
    ) -> None:
        """Put everything into the window; needs to be done once."""
        from mlops_desktop.ui.actions import ActionTable
        from mlops_desktop.ui.context import Context
        from mlops_desktop.ui.finding import find_days, find_records
        from mlops_desktop.ui.help.desk import HelpDesk
        from mlops_desktop.ui.jobs import Jobs
        from mlops_desktop.ui.rail import Rail
        from mlops_desktop.ui.stage import Stage
        from mlops_desktop.ui.window_actions import window_actions

        self._take_the_themes()
        self._pages, self._ways, self.dressing = pages, ways, theme.dressing
        actions = ActionTable(self, language.say)
        self.context = Context(Jobs(self), actions, language, theme, self.prefs)
        self.context.setParent(self)
        self.context.find_records = partial(find_records, self.context)
        self.context.find_days = partial(find_days, self.context)
        language.setParent(self)
        self.help = HelpDesk(self.context, pages, self)
        actions.add(*window_actions(self, self.context, pages, ways), *self.help.actions())
        self.stage = Stage(self.context, pages)
        self.rail = Rail(self.context, pages, self)
        self._attend(pages)
        self._lay_out()
        self._connect()
        self.is_furnished = True
        self._on_workspace()
        if self.prefs.damaged:
            self.help.tell_damaged(self.stage.bar)
        self.help.greet()

    def _take_the_themes(self) -> None:
        """Leave colours and letters it stood in before there was a theme."""
        self.setPalette(QPalette())
        self.setFont(QFont())

    def _attend(self, pages: "tuple[PageSpec, ...]") -> None:
        """Set up what serves every page: their offers, errands, toasts, badges, leaving."""
        from mlops_desktop.ui.badges import Badges
        from mlops_desktop.ui.drafts.lasting import LastingDrafts
        from mlops_desktop.ui.drops import catch_in_window
        from mlops_desktop.ui.errands import Errands
        from mlops_desktop.ui.held import Sharing
        from mlops_desktop.ui.idle import IdleLock
        from mlops_desktop.ui.leaving import Leaving
        from mlops_desktop.ui.listening import Colleagues
        from mlops_desktop.ui.resume import Resume
        from mlops_desktop.ui.toasts import Toaster

        for spec in pages:
            self.context.actions.offer(spec.id, spec.offers)
        self.errands = Errands(self.context)
        self._toaster = Toaster(self.stage)
        self._badges = Badges(self.context, pages)
        self._leaving = Leaving(self.context, self)
        self._drafts = LastingDrafts(self.context, self)
        self.resume = Resume(self.context, self.stage)
        self.sharing = Sharing(self.context, self.stage.bar, self)
        self.colleagues = Colleagues(self.context)
        self.idle = IdleLock(self.context, self)
        self.drops = catch_in_window(self.context, self, self.stage)

    def _lay_out(self) -> None:
        from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

        from mlops_desktop.ui.status import StatusBar
        from mlops_desktop.ui.widgets.buttons import Button

        self._menu = Button(icon="menu", clicked=self.open_menu, flat=True)
        self._menu.setObjectName("menu")
        frame = QFrame()
        frame.setObjectName("rail")
        self.context.theme.dressing.dress(frame)
        self._rail_frame = frame
        self._measure_rail()
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 12, 0, 8)
        column.setSpacing(10)
        top = QHBoxLayout()
        top.setContentsMargins(_RAIL_MARGIN, 0, _RAIL_MARGIN, 0)
        top.addWidget(self._menu, 1)
        column.addLayout(top)
        column.addWidget(self.rail, 1)
        ground = QWidget()
        ground.setObjectName("window")
        row = QHBoxLayout(ground)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(frame)
        row.addWidget(self.stage, 1)
        self.setCentralWidget(ground)
        self.setStatusBar(StatusBar(self.context, self))

    def _connect(self) -> None:
        context = self.context
        self.rail.chosen.connect(self._on_chosen)
        context.wanted.connect(self.show_page)
        context.list_wanted.connect(self.show_list)
        context.action_wanted.connect(self.errands.run)
        context.toasted.connect(self._toaster.show)
        context.workspace_changed.connect(self._on_workspace)
        context.language_changed.connect(self._retranslate)
        context.theme_changed.connect(self._measure_rail)
        context.theme_changed.connect(self._name_menu)
        context.jobs.crashed.connect(self.show_crash)

    def show_page(self, id: str, target: str = "") -> None:
        """Go to the page ``id`` and choose ``target`` there; the keyboard goes along.

        Whoever walks along the rail stays in it.
        """
        walks = self.rail.hasFocus()
        if self.context.is_open and self.stage.show_page(id, target):
            self.context.prefs.page = id
            self.rail.choose(id)
            if not walks:
                self.focus_page()

    def show_list(self, id: str, text: str) -> None:
        """Go to the page ``id`` and show what of its list fits the filter ``text``."""
        self.show_page(id)
        page = self.stage.page()
        if page is not None and self.stage.current == id:
            page.show_list(text)

    def show_crash(self, name: str, trace: str) -> None:
        """Say that a mistake of the program stopped ``name``; a report of it can be saved."""
        self.help.tell_crash(self.stage.bar, name, trace)

    def open_palette(self) -> None:
        """Open the command palette."""
        from mlops_desktop.ui.palette import CommandPalette

        CommandPalette(self.context, self.errands.run, self).show()

    def open_menu(self) -> None:
        """Open all menus from the button above the rail."""
        from mlops_desktop.ui.menus import open_menus

        open_menus(self.context, self._menu)

    def open_recent(self) -> None:
        """Open the workspaces that were open before, to choose from."""
        from mlops_desktop.ui.menus import open_recent

        open_recent(self.context, self._ways, self._menu)

    def focus_page(self) -> None:
        """Move the keyboard into the page, or to the places where it takes none."""
        target = page.first_focus() if (page := self.stage.page()) is not None else None
        (target or self.rail).setFocus()

    def focus_filter(self) -> None:
        """Move the keyboard into the filter line of the page, if it has one."""
        from mlops_desktop.ui.table.filter import FilterLine

        page = self.stage.page()
        line = page.findChild(FilterLine) if page is not None else None
        if line is not None and line.isVisible():
            line.setFocus()
            line.selectAll()

    def choose_day(self) -> None:
        """Open the choice of the day that is shown."""
        self.stage.header.as_of.open_choice()

    def compare_days(self) -> None:
        """Go to what changed between the day shown and another one."""
        self.show_page("changes")

    def print_list(self) -> None:
        """Show the list of the page as it will be on paper."""
        from mlops_desktop.ui.printing import print_page

        print_page(self.context, self.stage.page())

    def leave(self) -> None:
        """Close without a question, as the system asks; work that runs is stopped first."""
        if self.is_furnished:
            self._leaving.leave()
        else:
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask where work runs; remember sizes, end every job and thread, then close."""
        if self.is_furnished and not self._leaving.may_close():
            event.ignore()
            return
        if self.is_furnished:
            self.resume.remember()
        self.prefs.ground = self.palette().window().color().name()
        self.prefs.geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self.prefs.save()
        if self.is_furnished:
            self.context.theme.dressing.stop()
            self.colleagues.stop()
            self.context.jobs.close()
            self.sharing.held.drop()
        self.closed.emit()
        super().closeEvent(event)

    def _on_chosen(self, id: str) -> None:
        if id != self.stage.current:
            self.show_page(id)

    def _on_workspace(self) -> None:
        self._rail_frame.setVisible(self.context.is_open)
        if self.context.is_open:
            known = {spec.id for spec in self._pages}
            wanted = self.context.prefs.page
            first = self._pages[0].id if self._pages else ""
            self.show_page(wanted if wanted in known else first)
            self.focus_page()
        else:
            from mlops_desktop.ui.welcome import Welcome

            self.stage.bar.clear()
            self.welcome = self.welcome or Welcome(self.context, self._ways)
            self.welcome.show_recent()
            self.stage.show_plain(self.welcome)
            self.welcome.setFocus()
        self._retranslate()
        self.context.actions.refresh()

    def _retranslate(self) -> None:
        self.context.actions.retranslate()
        self._name_menu()
        named = self.context.workspace_name
        self.setWindowTitle(tr("{workspace} – MLOps Desktop", workspace=named) if named else _NAME)

    def _name_menu(self) -> None:
        from mlops_desktop.ui.menus import name_menu

        room = self._rail_frame.width() - 2 * _RAIL_MARGIN
        name_menu(self._menu, self.context.workspace_name, room)

    def _measure_rail(self) -> None:
        from mlops_desktop.ui.rail import wanted_width

        self._rail_frame.setFixedWidth(wanted_width())
