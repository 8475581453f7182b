"""A page's list: filter line, count, columns, table, and what is shown when nothing is there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QMenu,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.table import habits
from mlops_desktop.ui.table.column_menu import column_menu, say_columns
from mlops_desktop.ui.table.columns import Column, R, RowProvider
from mlops_desktop.ui.table.copies import add_copies, say_copied
from mlops_desktop.ui.table.filter import FilterLine
from mlops_desktop.ui.table.model import RowsModel
from mlops_desktop.ui.table.view import RowsView
from mlops_desktop.ui.table.viewing import read_table, show_table
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.bar import MessageBar
from mlops_desktop.ui.widgets.buttons import ActionButton, Button
from mlops_desktop.ui.widgets.empty import EmptyState
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.views import ViewsButton


@dataclass(frozen=True, slots=True)
class EmptyText:
    """What to say where no row is, and the id of the one action that helps."""

    sentence: str
    action: str = ""
    icon: str = "search"


@dataclass(frozen=True, slots=True)
class ListSpec(Generic[R]):
    """A list: ``columns`` are made anew in each language; ``actions`` stand in its context menu."""

    id: str
    name: str
    columns: Callable[[Context], tuple[Column[R], ...]]
    empty: EmptyText
    filter_keys: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()


class ListPane(QWidget, Generic[R]):
    """Asks its provider in the read lane for what the filter line and the headers say."""

    current_changed = Signal(object)
    """The row a person stands on now."""
    opened = Signal(object)
    """A row was opened by Enter or a double click."""
    counted = Signal(int)
    left_out = Signal()
    """The row a person stood on is not in the part of the list that was chosen."""

    def __init__(self, context: Context, spec: ListSpec[R], provider: RowProvider[R]) -> None:
        super().__init__()
        self._context, self._spec = context, spec
        columns = spec.columns(context)
        self._ids = tuple(column.id for column in columns)
        self._count, self._is_part, self._is_reshaping = -1, False, False
        self.model = RowsModel(spec.id, columns, provider, context.jobs, context.say)
        self.model.setParent(self)
        self.view = RowsView(self.model)
        self.view.giving.is_offered = True
        self.filter = FilterLine(spec.filter_keys)
        self.bar = MessageBar(context)
        self._counted = Label(tone="muted")
        self.scopes: QTabBar | None = None
        self._scope_shown, self._day_shown = -1, context.as_of
        self.views = ViewsButton(context, spec.id, self.read_view, self.show_view)
        self._choose = Button(icon="columns", clicked=self.open_columns)
        self._choose.setObjectName("columns")
        action = context.actions.action(spec.empty.action) if spec.empty.action else None
        self._empty = EmptyState(
            button=ActionButton(action, default=True) if action else None, icon=spec.empty.icon
        )
        self._no_match = EmptyState(button=Button("", self.filter.clear))
        self._lay_out()
        self._connect()
        self.retranslate()
        habits.restore(self.view, self._ids, spec.id, context.prefs)

    def reload(self) -> None:
        """Ask again, for the day the window shows."""
        self.model.ask(replace(self.model.query, as_of=self._context.as_of))

    def reshape(self) -> None:
        """Make the columns anew, other ones perhaps, and show them as they were left."""
        columns = self._spec.columns(self._context)
        self._ids = tuple(column.id for column in columns)
        self._is_reshaping = True  # what Qt makes of the columns meanwhile is nobody's choice
        self.model.reshape(columns)
        self.view.lay_columns()
        habits.restore(self.view, self._ids, self._spec.id, self._context.prefs)
        self.view.fit()
        self._is_reshaping = False

    def show_record(self, id: str) -> None:
        """Stand on the row ``id`` as soon as it is here."""
        self.view.choose(id)

    def set_filter(self, text: str) -> None:
        """Write ``text`` into the filter line."""
        self.filter.setText(text)

    def show_part(self, *, is_part: bool) -> None:
        """Say whether the list leaves rows out: where it is empty, there may be others."""
        self._is_part = is_part
        self._say_empty()

    def read_view(self) -> dict[str, str]:
        """Return what is looked at: filter, order, columns, and the scope of the page."""
        scope = str(self.scopes.currentIndex()) if self.scopes is not None else ""
        table = read_table(self.view, self._ids)
        return {"filter": self.filter.text().strip(), "scope": scope, **table}

    def show_view(self, view: Mapping[str, str]) -> None:
        """Show what was looked at when it was saved."""
        scope = view.get("scope", "")
        if self.scopes is not None and scope.isdecimal():
            self.scopes.setCurrentIndex(int(scope))
        show_table(self.view, self._ids, view)
        self._remember_order()
        self.view.fit()
        self.set_filter(view.get("filter", ""))

    @property
    def name(self) -> str:
        """The id by which what it was left with is remembered."""
        return self._spec.id

    def restore_columns(self) -> None:
        """Show the columns as they were left in the workspace that is open."""
        self._is_reshaping = True  # Qt's moves are nobody's choice
        habits.restore(self.view, self._ids, self._spec.id, self._context.prefs)
        self._is_reshaping = False

    def count(self) -> int:
        """Return how many rows there are, -1 while nobody knows."""
        return self._count

    def _lay_out(self) -> None:
        top = Flow()
        top.add_wide(self.filter)
        top.addWidget(self._counted)
        top.addWidget(self.views)
        top.addWidget(self._choose)
        card = QFrame()
        card.setObjectName("card")
        self._stack = QStackedWidget(card)
        for part in (self.view, self._empty, self._no_match):
            self._stack.addWidget(part)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self._stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.bar)
        column.addWidget(card, 1)

    def _connect(self) -> None:
        self.filter.filtered.connect(self._on_filter)
        self.filter.left_down.connect(self._into_list)
        self.model.loaded.connect(self._on_loaded)
        self.model.arrived.connect(self._on_arrived)
        self.model.counted.connect(self._on_counted)
        self.model.failed.connect(self._on_failed)
        self._context.jobs.listed.connect(self._on_looking)
        self.view.current_changed.connect(self.current_changed)
        self.view.opened.connect(self.opened)
        self.view.giving.changed.connect(self._say_columns)
        self.view.copied.connect(lambda rows: say_copied(self._context, rows))
        header = self.view.horizontalHeader()
        header.customContextMenuRequested.connect(self._on_header_menu)
        for changed in (header.sectionResized, header.sectionMoved):
            changed.connect(self._remember)
        header.sortIndicatorChanged.connect(self._remember_order)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._on_row_menu)
        self._context.speaking.enlist(self, self.retranslate)

    def retranslate(self) -> None:
        """Say every word again, the cells too."""
        self.model.say_again(self._spec.columns(self._context))
        self.filter.retranslate()
        self.view.setAccessibleName(self._context.say(self._spec.name))
        self._say_columns()
        self._say_empty()
        self._no_match.set_sentence(tr("Nothing fits this filter."))
        self._no_match.set_button(tr("Show all"))
        self._say_count()

    def _say_empty(self) -> None:
        said = "lists.nothing_here" if self._is_part else self._spec.empty.sentence
        self._empty.set_sentence(self._context.say(said))

    def _say_columns(self) -> None:
        is_seen = self._stack.currentWidget() is self.view
        say_columns(self._choose, self.view, self._context, is_seen)

    def open_columns(self) -> None:
        """Open the choice of columns and of the order, by mouse or keyboard."""
        self._column_menu().popup(self._choose.mapToGlobal(QPoint(0, self._choose.height() + 2)))

    def _column_menu(self) -> QMenu:
        return column_menu(self, self.view, self._context, self._on_shown)

    def _on_shown(self) -> None:
        self._remember_order()
        self.view.fit()

    def _remember(self, *_sizes: Any) -> None:
        if self.view.rooms.is_fitting:
            return
        if QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self.view.is_fitted_by_hand = True
            self.view.folding.fit()
        self._remember_order()

    def _remember_order(self) -> None:
        if not self._is_reshaping:
            habits.remember(self.view, self._ids, self._spec.id, self._context.prefs)

    def _on_filter(self, text: str) -> None:
        self.model.ask(replace(self.model.query, filter=text.strip(), as_of=self._context.as_of))

    def _into_list(self) -> None:
        self.view.setFocus()
        # Taking the focus, Qt may make a row current without choosing it: only a chosen one counts.
        if self.model.rowCount() and not self.view.selected_positions():
            self.view.selectRow(max(0, self.view.currentIndex().row()))

    def _on_loaded(self) -> None:
        self.bar.clear()
        has_rows, is_filtered = bool(self.model.rowCount()), bool(self.model.query.filter)
        nothing = self._no_match if is_filtered else self._empty
        self._stack.setCurrentWidget(self.view if has_rows else nothing)
        self._say_columns()

    def _on_arrived(self) -> None:
        """Fit the columns to another part of the list, and leave the row that it has not."""
        now = self.scopes.currentIndex() if self.scopes is not None else -1
        before, self._scope_shown = self._scope_shown, now
        day, self._day_shown = self._day_shown, self.model.query.as_of
        if now != before and before >= 0:
            self.view.measure()
        is_other = now != before or (day != self._day_shown and self.model.is_whole())
        if is_other and self.view.leave_missing():
            self.left_out.emit()

    def _on_counted(self, number: int) -> None:
        self._count = number
        self._say_count()
        self.filter.tell(self._counted.text())
        self.counted.emit(number)

    def _say_count(self) -> None:
        looked = self.model.looked_through()
        if looked is not None:
            self._counted.setText(self._context.say("lists.looked_through", percent=looked))
            return
        known = self._count >= 0
        self._counted.setText(tr("%Ln row(s)", "", self._count) if known else "")

    def _on_failed(self, error: AppError) -> None:
        self._say_count()
        self.bar.show_error(error)

    def _on_looking(self) -> None:
        if self.model.looked_through() is not None:
            self._say_count()

    def _on_header_menu(self, at: QPoint) -> None:
        self._column_menu().popup(self.view.horizontalHeader().mapToGlobal(at))

    def _on_row_menu(self, at: QPoint) -> None:
        menu = self._context.actions.menu(self, self._spec.actions)
        menu.addSeparator()
        add_copies(menu, self.view, self._context)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.view.viewport().mapToGlobal(at))
