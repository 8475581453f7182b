"""The page Models: scopes above, the list at the left, the chosen model at the right."""

from functools import cached_property
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mlops_desktop.core.custom_fields import Field
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.services.custom_fields import list_fields
from mlops_desktop.services.feedback import Case
from mlops_desktop.services.model_links import Linked
from mlops_desktop.services.permits.showing import PermitShown
from mlops_desktop.services.rows import ModelRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import Page
from mlops_desktop.ui.pages.models.actions import ModelActions
from mlops_desktop.ui.pages.models.columns import list_of
from mlops_desktop.ui.pages.models.detail import ModelDetail
from mlops_desktop.ui.pages.models.intake.panel import ImportPanel
from mlops_desktop.ui.pages.models.intake.work import IntakeWork
from mlops_desktop.ui.pages.models.inventory import (
    CANDIDATES,
    SCOPES,
    Inventory,
    Totals,
    count_totals,
)
from mlops_desktop.ui.pages.models.said import say_count
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.table import ListPane
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.part_tabs import PartTabs
from mlops_desktop.ui.widgets.scope_strip import ScopeStrip
from mlops_desktop.ui.widgets.split import Split
from mlops_desktop.ui.widgets.stack import Stack

_FIRST_SIZES = (46, 54)


class ModelsPage(Page):
    """The inventory."""

    watches = frozenset({"model", "approval", "person", "profile", "field"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.work = IntakeWork(context, self)
        context.actions.add(*ModelActions(context, self).rows(), *self.work.rows())
        self._totals: Totals | None = None
        self.inventory = Inventory(context)
        spec = list_of(lambda: self.inventory.own)
        self.list: ListPane[ModelRow] = ListPane(context, spec, self.inventory)
        self.detail = ModelDetail(context)
        self.scopes = PartTabs(len(SCOPES))
        self.list.scopes = self.scopes
        self._lay_out()
        self._connect()
        self.retranslate()

    @cached_property
    def intake(self) -> ImportPanel:
        """The import, made when it is first asked for: who reads the inventory waits for none."""
        made = ImportPanel(self.context)
        made.closed.connect(self.show_inventory)
        made.reopened.connect(self.show_intake)
        self._stack.addWidget(made)
        return made

    def heading(self) -> str:
        """Say how many models there are and how many of them run."""
        if self._totals is None:
            return ""
        models = say_count(self.context, "models.count.models", self._totals.models)
        running = self.context.language.number(self._totals.running)
        return self.context.say("models.count.in_production", models=models, running=running)

    def reload(self) -> None:
        """Ask for the list, the totals and the model shown."""
        self._ask_own()
        self.list.reload()
        self._count()
        if not self.detail.isHidden() and self.detail.wanted_id():
            self.detail.read(self.detail.wanted_id())

    def retranslate(self) -> None:
        """Say every word again; the list and the detail listen for themselves."""
        self.scopes.setAccessibleName(tr("Which models"))
        self._say_scopes()

    def show_record(self, id: str) -> None:
        """Show the model ``id`` and stand on it in the list, if it is in sight there.

        ``M-00005#tests`` shows it at the tab of that name, ``M-00005#decision:REF`` what it seeks.
        """
        named, _, tab = id.partition("#")
        self.detail.choose_tab(tab)
        self.detail.read(named)
        self.list.show_record(named)

    def show_list(self, text: str) -> None:
        """Show what fits the filter ``text``, whatever scope was looked at before."""
        self.scopes.setCurrentIndex(SCOPES.index(Scope.ALL.value))
        self.list.set_filter(text)

    def go_to(self, named: str) -> None:
        """Show a model by its key, after it was made."""
        self.detail.read(named)

    def chosen(self) -> Shown | None:
        """Return the model that actions are about."""
        return None if self.detail.isHidden() else self.detail.shown

    def chosen_link(self) -> Linked | None:
        """Return the link that a person stands on, of the model shown."""
        return self.detail.chosen_link()

    def chosen_cases(self) -> tuple[Case, ...]:
        """Return the open cases of feedback chosen, of the model shown."""
        return self.detail.chosen_cases()

    def chosen_permit(self) -> PermitShown | None:
        """Return the permit chosen, of the model shown."""
        return self.detail.chosen_permit()

    def show_intake(self) -> None:
        """Show the import in the place of the list."""
        self._stack.setCurrentWidget(self.intake)

    def show_inventory(self) -> None:
        """Show the list again."""
        self._stack.setCurrentIndex(0)

    def first_focus(self) -> QWidget | None:
        """Return what takes the keyboard: the list, or the import that stands in its place."""
        is_import = self._stack.currentIndex() > 0
        return self.intake.tabs.tabBar() if is_import else self.list.view

    def take_files(self, paths: tuple[Path, ...]) -> None:
        """Show what the import of the file would do."""
        self.work.open_file(paths[0])

    def _lay_out(self) -> None:
        top, acts = Flow(ends_right=True), QWidget()
        top.addWidget(self.scopes)
        top.addWidget(acts)
        deeds = Flow(acts)
        self._accept_many = ActionButton(
            self.context.actions.action("candidate.accept_many"), icon="check"
        )
        self._accept_many.hide()
        deeds.addWidget(self._accept_many)
        action = self.context.actions.action
        self._export = ActionButton(action("model.export_list"), icon="export")
        deeds.addWidget(ActionButton(action("model.import"), icon="open"))
        deeds.addWidget(self._export)
        register = self.context.actions.action("model.register")
        deeds.addWidget(ActionButton(register, icon="add", default=True))
        split = Split(self.context, "models", self.list, self.detail)
        if "models" not in self.context.prefs.splitters:
            split.setSizes([*_FIRST_SIZES])
        self._stack = Stack()
        self._stack.addWidget(split)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(ScopeStrip(self.context))
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.scopes.currentChanged.connect(self._on_scope)
        self.list.current_changed.connect(self._on_row)
        self.list.left_out.connect(self.detail.hide)
        self.list.left_out.connect(self.context.actions.refresh)
        self.list.opened.connect(self._on_opened)
        self.detail.loaded.connect(self._on_loaded)
        self.list.view.selectionModel().selectionChanged.connect(self.context.actions.refresh)
        self.context.workspace_changed.connect(self._on_workspace)
        self.context.own_scope.changed.connect(self._on_all_changed)
        self.context.actions.changed.connect(self._offer_many)

    def _on_scope(self, at: int) -> None:
        self.inventory.scope = SCOPES[at]
        self.list.show_part(is_part=at not in (0, len(SCOPES) - 1))
        self.list.reload()
        self.show_inventory()
        self._offer_many()

    def _on_row(self, row: ModelRow) -> None:
        self.detail.show_row(row)
        self.context.actions.refresh()

    def _on_opened(self, row: ModelRow) -> None:
        self.detail.show_row(row)
        self.detail.tabs.setFocus()

    def _on_loaded(self) -> None:
        self.context.actions.refresh()

    def _offer_many(self) -> None:
        """Offer to take several in where candidates are looked at, or selected elsewhere."""
        can = self.context.actions.action("candidate.accept_many").isEnabled()
        is_offered = can or self.inventory.scope == CANDIDATES
        self._accept_many.setVisible(is_offered)
        self._export.setVisible(not is_offered)  # there is room for one of them; menus have both

    def _on_workspace(self) -> None:
        if self._stack.count() > 1:
            self.intake.close_report()
        if not self.context.is_open:
            self.detail.forget()

    def _ask_own(self) -> None:
        """Ask for the workspace's own fields; the list gets their columns as soon as they come."""
        session, as_of = self.context.session, self.context.as_of

        def ask(progress: Progress) -> tuple[Field, ...]:
            return list_fields(session, as_of)

        name = tr("Counting the models")
        self.context.jobs.submit_read(name, ask, self._tell_own, self._ignore, key="models:own")

    def _tell_own(self, own: tuple[Field, ...]) -> None:
        if own != self.inventory.own:
            self.inventory.own = own
            self.list.reshape()
            self.list.reload()

    def _count(self) -> None:
        session, as_of, own = self.context.session, self.context.as_of, self.context.own_scope

        def count(progress: Progress) -> Totals:
            return count_totals(session, as_of, own.read(session))

        self.context.jobs.submit_read(
            tr("Counting the models"), count, self._tell_totals, self._ignore, key="models:totals"
        )

    def _tell_totals(self, totals: Totals) -> None:
        self._totals = totals
        self._say_scopes()
        self.heading_changed.emit()

    def _ignore(self, error: AppError) -> None:
        """Leave the totals as they were: the list itself says what is wrong."""

    def _say_scopes(self) -> None:
        names = {one: self.context.say(f"models.scope.{one}") for one in SCOPES}
        counts = self._totals.by_scope if self._totals is not None else None
        self.scopes.say(self.context, names, counts)
