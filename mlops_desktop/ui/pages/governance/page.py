"""The page of items: kinds and scopes above, the list at the left, the chosen one at the right."""

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.items.kinds import ItemKind, kind_named, kinds
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services.items import ItemRow, ItemSheet
from mlops_desktop.ui.actions import bind
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import Page
from mlops_desktop.ui.pages.governance.actions import ItemActions
from mlops_desktop.ui.pages.governance.ages import Ages
from mlops_desktop.ui.pages.governance.columns import LIST
from mlops_desktop.ui.pages.governance.detail import ItemDetail
from mlops_desktop.ui.pages.governance.offers import PLAN_OFFERS
from mlops_desktop.ui.pages.governance.plan import PlanView
from mlops_desktop.ui.pages.governance.shelf import (
    OVERDUE,
    SCOPES,
    ItemShelf,
    ItemTotals,
    count_scopes,
)
from mlops_desktop.ui.table import ListPane
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.chart import ChartView
from mlops_desktop.ui.widgets.choice import offer
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.part_tabs import PartTabs
from mlops_desktop.ui.widgets.scope_strip import ScopeStrip
from mlops_desktop.ui.widgets.split import Split
from mlops_desktop.ui.widgets.stack import Stack

_FIRST_SIZES = (760, 470)


class GovernancePage(Page):
    """What is opened, worked on and closed."""

    watches = frozenset({"item", "person", "model"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        context.actions.add(*ItemActions(context, self).rows())
        self._totals: ItemTotals | None = None
        self._sought = ""
        self._shelf = ItemShelf(context)
        self.list: ListPane[ItemRow] = ListPane(context, LIST, self._shelf)
        self.detail = ItemDetail(context)
        self.plan, self.parts = PlanView(context), Stack()
        self.ages = Ages(context)
        deeds = self.plan.deeds() | {
            "item.ages": (self._turn_ages, lambda: context.is_open and not self.shows_plan()),
            "plan.show": (self._show_plan, lambda: context.is_open and not self.shows_plan()),
            "plan.list": (self._show_lists, self.shows_plan),
        }
        context.actions.add(*bind("governance", PLAN_OFFERS, deeds))
        self.plan.lay_out()
        self.kinds = QComboBox()
        self.scopes = PartTabs(len(SCOPES))
        self.list.scopes = self.scopes
        self._lay_out()
        self.retranslate()
        self._connect()

    def heading(self) -> str:
        """Say how many are open and how many of them are overdue."""
        if self._totals is None:
            return ""
        number, found = self.context.language.number, self._totals.by_scope
        return self.context.say(
            "item.heading", open=number(found[SCOPES[0]]), overdue=number(found[OVERDUE])
        )

    def reload(self) -> None:
        """Ask for the list, the totals and the item shown."""
        self.list.reload()
        self._count()
        self.ages.reload()
        if self.shows_plan():
            self.plan.reload()
        if not self.detail.isHidden() and self.detail.wanted_id():
            self.detail.read(self.detail.wanted_id())

    def retranslate(self) -> None:
        """Say every word again; the list and the detail listen for themselves."""
        self.plan.retranslate()
        self.ages.retranslate()
        self.kinds.setAccessibleName(self.context.say("item.field.kind"))
        self.scopes.setAccessibleName(self.context.say("item.scopes"))
        say = self.context.say
        each = ((say(f"item.{kind.noun}.many"), kind.noun) for kind in kinds())
        offer(self.kinds, ((say("item.every_kind"), ""), *each))
        self._say_scopes()

    def show_record(self, id: str) -> None:
        """Show the item ``id`` and stand on it in the list, if it is in sight there."""
        self._show_part(0)
        self._sought = id
        self.detail.read(id)
        self.list.show_record(id)

    def show_list(self, text: str) -> None:
        """Show what fits the filter ``text``, whatever was looked at before."""
        self._show_part(0)
        self.kinds.setCurrentIndex(0)
        self.scopes.setCurrentIndex(len(SCOPES) - 1)
        self.list.set_filter(text)

    def go_to(self, named: str) -> None:
        """Show an item by its id, after it was made."""
        self.detail.read(named)

    def chosen(self) -> ItemSheet | None:
        """Return the item that actions are about."""
        return None if self.detail.isHidden() or self.shows_plan() else self.detail.shown

    def chosen_kind(self) -> ItemKind | None:
        """Return the kind the list shows alone."""
        noun = self.kinds.currentData()
        return kind_named(str(noun)) if noun else None

    def chart(self) -> ChartView | None:
        """Return the chart of the experiment shown, where it has a result."""
        # The table is asked before the page has made its detail.
        detail = getattr(self, "detail", None)
        sheet = self.chosen() if detail is not None else None
        if detail is None or sheet is None or sheet.kind.noun != "experiment":
            return None
        return self.detail.experiment.drawn()

    def shows_plan(self) -> bool:
        """Whether the yearly plan is shown in place of the list."""
        return self.parts.currentWidget() is self.plan

    def _show_plan(self) -> None:
        self._show_part(1)

    def _show_lists(self) -> None:
        self._show_part(0)

    def _turn_ages(self) -> None:
        """Show the ages of findings above the list, or put them away."""
        self.ages.setVisible(self.ages.isHidden())
        self.ages.reload()
        (self.list.view if self.ages.isHidden() else self.ages.heat).setFocus()

    def _show_part(self, at: int) -> None:
        """Show the list, or the plan, and put the keyboard there."""
        if self.parts.currentIndex() == at:
            return
        self.parts.setCurrentIndex(at)
        if self.shows_plan():
            self.plan.reload()
        self.context.actions.refresh()
        (self.plan.table if self.shows_plan() else self.list.view).setFocus()

    def _lay_out(self) -> None:
        top = Flow()
        top.addWidget(self.kinds)
        top.addWidget(self.scopes)
        top.go_right()
        for id in ("item.ages", "plan.show"):
            top.addWidget(ActionButton(self.context.actions.action(id)))
        opening = self.context.actions.action("item.open")
        top.addWidget(ActionButton(opening, icon="add", default=True))
        split = Split(self.context, "items", self.list, self.detail)
        if "items" not in self.context.prefs.splitters:
            split.setSizes([*_FIRST_SIZES])
        lists = QWidget()
        inside = QVBoxLayout(lists)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addLayout(top)
        inside.addWidget(ScopeStrip(self.context))
        inside.addWidget(self.ages)
        inside.addWidget(split, 1)
        for part in (lists, self.plan):
            self.parts.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.addWidget(self.parts)

    def _connect(self) -> None:
        self.kinds.currentIndexChanged.connect(self._on_kind)
        self.scopes.currentChanged.connect(self._on_scope)
        self.plan.wanted.connect(self.show_record)
        self.ages.heat.wanted.connect(self.show_list)
        self.list.current_changed.connect(self._on_row)
        self.list.left_out.connect(self.detail.hide)
        self.list.left_out.connect(self.context.actions.refresh)
        self.list.opened.connect(self._on_opened)
        self.detail.loaded.connect(self.context.actions.refresh)
        self.detail.loaded.connect(self._on_loaded)
        self.context.workspace_changed.connect(self._on_workspace)
        self.context.own_scope.changed.connect(self._on_all_changed)

    def _on_kind(self, _: int) -> None:
        self._shelf.kind = str(self.kinds.currentData() or "")
        if self.context.is_open:
            self.list.reload()
            self._count()

    def _on_scope(self, at: int) -> None:
        self._shelf.scope = SCOPES[at]
        self.list.show_part(is_part=at != 0)
        if self.context.is_open:
            self.list.reload()

    def _on_row(self, row: ItemRow) -> None:
        self.detail.show_row(row)
        self.context.actions.refresh()

    def _on_opened(self, row: ItemRow) -> None:
        self.detail.show_row(row)
        self.detail.tabs.setFocus()

    def _on_loaded(self) -> None:
        """Widen the list to closed items, where one was asked for that it leaves out."""
        sheet, sought, self._sought = self.detail.shown, self._sought, ""
        if (
            sheet is None
            or not sheet.row.is_closed
            or sought not in (sheet.row.id, sheet.row.number)
        ):
            return
        if self.scopes.currentIndex() < SCOPES.index(ItemScope.CLOSED.value):
            self.scopes.setCurrentIndex(len(SCOPES) - 1)
            self.list.show_record(sheet.row.id)

    def _on_workspace(self) -> None:
        if not self.context.is_open:
            self.detail.forget()

    def _count(self) -> None:
        session, as_of, kind = self.context.session, self.context.as_of, self._shelf.kind
        own = self.context.own_scope

        def count(progress: Progress) -> ItemTotals:
            return count_scopes(session, kind, as_of, own.read(session))

        name = self.context.say("item.job.count")
        self.context.jobs.submit_read(
            name, count, self._tell_totals, self._ignore, key="items:totals"
        )

    def _tell_totals(self, totals: ItemTotals) -> None:
        self._totals = totals
        self._say_scopes()
        self.heading_changed.emit()

    def _ignore(self, error: AppError) -> None:
        """Leave the totals as they were: the list itself says what is wrong."""

    def _say_scopes(self) -> None:
        names = {one: self.context.say(f"item.scope.{one}") for one in SCOPES}
        counts = self._totals.by_scope if self._totals is not None else None
        self.scopes.say(self.context, names, counts)
