"""The page Overview: what a person of the chosen role comes for, and all figures beside it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.overview.cards import Look, Overview
from mlops_desktop.services.overview.reading import read_overview, roles_of
from mlops_desktop.services.portfolio import Portfolio, read_portfolio
from mlops_desktop.ui.actions import always, bind
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import Page
from mlops_desktop.ui.pages.overview.board import Board
from mlops_desktop.ui.pages.overview.card import FigureCard
from mlops_desktop.ui.pages.overview.choice import Choice
from mlops_desktop.ui.pages.overview.cuts import Cut
from mlops_desktop.ui.pages.overview.inventory import AllFigures
from mlops_desktop.ui.pages.overview.looking import Memory
from mlops_desktop.ui.pages.overview.offers import OFFERS
from mlops_desktop.ui.pages.overview.role import RoleSpec, find_roles, role_named
from mlops_desktop.ui.pages.resources.reading import wanted_work
from mlops_desktop.ui.widgets.bar import MessageBar
from mlops_desktop.ui.widgets.either import Either
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.scope_strip import ScopeStrip

_MINE, _ALL = 0, 1
_WATCHED = frozenset({"model", "item", "approval", "person", "points", "threshold", "backup"})


class OverviewPage(Page):
    """As of the day shown; before a role is chosen, all figures and the question for whom."""

    watches = _WATCHED

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.bar = MessageBar(context)
        self.choice = Choice(context, context.use_role)
        self.parts, self.roles, self._for = QTabBar(), QComboBox(), Label(tone="muted")
        self.board, self.all = Board(context), AllFigures(context)
        self._memory, self.strip = Memory(context), ScopeStrip(context)
        self._either = Either(self.board, self.all)
        self._lay_out()
        self.retranslate()
        deeds = {
            "overview.role": (self._ask_role, always),
            "overview.mine": (lambda: self.show_part(_MINE), lambda: self.role is not None),
            "overview.all": (lambda: self.show_part(_ALL), always),
        }
        context.actions.add(*bind("overview", OFFERS, deeds))
        self.parts.currentChanged.connect(self._on_part)
        self.roles.activated.connect(self._on_role_picked)
        context.role_changed.connect(self._on_role)
        context.own_scope.changed.connect(self._on_all_changed)
        context.list_sought.connect(self._on_list_sought)
        self._on_role()

    @property
    def role(self) -> RoleSpec | None:
        """The role chosen at this desk."""
        return role_named(self.context.prefs.role)

    @property
    def cards(self) -> dict[str, FigureCard]:
        """All figures by name."""
        return self.all.cards

    @property
    def cuts(self) -> dict[str, Cut]:
        """The cuts of the inventory by name."""
        return self.all.cuts

    def is_mine(self) -> bool:
        """Whether the cards of the role are shown, not all figures."""
        return self.role is not None and self.parts.currentIndex() == _MINE

    def heading(self) -> str:
        """Say what the role finds here, or how many models there are on the day shown."""
        found, role, language = self.all.found, self.role, self.context.language
        if role is not None and self.is_mine():
            return self.context.say(role.purpose)
        if found is None:
            return ""
        number, day = language.number(found.models), language.date(found.on)
        return self.context.say("portfolio.heading", models=number, day=day)

    def reload(self) -> None:
        """Read what is shown in the read lane."""
        session, as_of, role = self.context.session, self.context.as_of, self.role
        jobs, name = self.context.jobs, self.context.say("portfolio.reading")
        own = self.context.own_scope
        if role is None or not self.is_mine():

            def ask_all(progress: Progress) -> Portfolio:
                return read_portfolio(session, as_of, own.read(session))

            jobs.submit_read(name, ask_all, self._show_all, self._fail, key="overview")
            if role is None:
                self._suggest()
            return
        looked, spec = self._memory.recall(role), role

        def ask(progress: Progress) -> Overview:
            scopes = own.read(session) if spec.is_scoped else ()
            look = Look(session, as_of, looked, scopes, wanted_work(progress))
            return read_overview(look, spec.read)

        jobs.submit_read(name, ask, self._show_mine, self._fail, key="overview")

    def retranslate(self) -> None:
        """Say every word again."""
        say, at = self.context.say, self.parts.currentIndex()
        self.parts.setAccessibleName(say("overview.parts"))
        self.roles.setAccessibleName(say("overview.for"))
        self._for.setText(say("overview.for"))
        _say_tabs(self.parts, (say("overview.mine"), say("overview.all")), max(at, 0))
        self.roles.clear()
        for spec in find_roles():
            self.roles.addItem(say(spec.title), spec.id)
        self.roles.setCurrentIndex(self.roles.findData(self.context.prefs.role))
        self.choice.retranslate()
        if self.all.found is not None:
            self._show_all(self.all.found)
        if self.board.shown is not None:
            self.board.show_cards(self.board.shown)

    def first_focus(self) -> QWidget | None:
        """Return the first thing of what is shown that takes the keyboard."""
        if self.is_mine():
            return self.board.first_focus() or self.parts
        return next(iter(self.all.cards.values()), None)

    def show_part(self, part: int) -> None:
        """Show the cards of the role, or all figures."""
        self.parts.setCurrentIndex(part)

    def _lay_out(self) -> None:
        self.parts.setDrawBase(False)
        top = QHBoxLayout()
        top.addWidget(self.parts)
        top.addStretch()
        top.addWidget(self._for)
        top.addWidget(self.roles)
        ground = QWidget()
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(0, 0, 12, 0)
        inside.addWidget(self._either)
        inside.addStretch()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(ground)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.addWidget(self.bar)
        column.addWidget(self.choice)
        column.addLayout(top)
        column.addWidget(self.strip)
        column.addWidget(self._area, 1)

    def _ask_role(self) -> None:
        self.roles.setFocus()
        self.roles.showPopup()

    def _on_role_picked(self, at: int) -> None:
        self.context.use_role(str(self.roles.itemData(at)))

    def _on_role(self) -> None:
        role = self.role
        self.watches = _WATCHED | (role.watches if role is not None else frozenset())
        chose_here = self.choice.isAncestorOf(self.window().focusWidget())
        for widget in (self.parts, self.roles, self._for):
            widget.setVisible(role is not None)
        if chose_here:
            self.parts.setFocus()  # before the buttons go: the keyboard would leave the page
        self.choice.setVisible(role is None)
        self.roles.setCurrentIndex(self.roles.findData(self.context.prefs.role))
        self.board.forget()
        self.parts.setCurrentIndex(_MINE)
        self._on_part()

    def keeps_to_scope(self) -> bool:
        """Whether what is shown keeps to the acting person's scope."""
        return not self.is_mine() or (self.role is not None and self.role.is_scoped)

    def _on_list_sought(self) -> None:
        """Show as many rows as a card counted, where it counted all."""
        if self.isVisible() and not self.keeps_to_scope():
            self.context.own_scope.use(is_on=False)

    def _on_part(self) -> None:
        self.strip.set_used(is_used=self.keeps_to_scope())
        (self.board if self.is_mine() else self.all).show()
        self.bar.clear()
        self._on_all_changed()
        self.heading_changed.emit()

    def _suggest(self) -> None:
        session = self.context.session

        def ask(progress: Progress) -> frozenset[str]:
            return roles_of(session)

        name, key = self.context.say("portfolio.reading"), "overview.suggest"
        self.context.jobs.submit_read(name, ask, self.choice.suggest, self._fail, key=key)

    def _show_all(self, found: Portfolio) -> None:
        self.bar.clear()
        self.all.show_portfolio(found)
        self.heading_changed.emit()

    def _show_mine(self, found: Overview) -> None:
        self.bar.clear()
        self.board.show_cards(found.cards)
        if self.role is not None and self.context.as_of.is_now:
            self._memory.keep(self.role, found.size)
        self.heading_changed.emit()

    def _fail(self, error: AppError) -> None:
        self.board.stop_waiting()
        self.bar.show_error(error)


def _say_tabs(tabs: QTabBar, names: tuple[str, ...], current: int) -> None:
    for at, name in enumerate(names):
        if at < tabs.count():
            tabs.setTabText(at, name)
        else:
            tabs.addTab(name)
    tabs.setCurrentIndex(current)
