"""The page: a filter and the list, the chosen contradiction at the right with ways to settle it."""

from collections.abc import Mapping

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.reconciliation import Way
from mlops_desktop.services.reconciliation.filtering import parse_rows_filter
from mlops_desktop.services.reconciliation.listing import (
    Reconciliation,
    ReconciliationRow,
)
from mlops_desktop.services.reconciliation.scoping import reconcile_within
from mlops_desktop.services.reconciliation.settling import accept_source
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.actions import bind
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import Page
from mlops_desktop.ui.pages.reconciliation.offers import OFFERS
from mlops_desktop.ui.pages.reconciliation.said import columns, groups, say_blind
from mlops_desktop.ui.table.viewing import read_table, show_table
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.bar import MessageBar
from mlops_desktop.ui.widgets.dialog import ConfirmDialog
from mlops_desktop.ui.widgets.empty import EmptyState
from mlops_desktop.ui.widgets.foot import Foot
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.room import Upright
from mlops_desktop.ui.widgets.scope_strip import ScopeStrip
from mlops_desktop.ui.widgets.sections import Sections
from mlops_desktop.ui.widgets.short_table import ShortTable
from mlops_desktop.ui.widgets.split import Split
from mlops_desktop.ui.widgets.views import ViewsButton
from mlops_desktop.ui.widgets.yielding import YieldingLabel

_FIRST_SIZES = (5, 3)
_ACTIONS = ("reconcile.accept", "reconcile.go", "reconcile.model")
_SORTS = {
    "kind": lambda row: row.rule.value,
    "model": lambda row: row.model.id if row.model else "",
    "name": lambda row: (row.model.name if row.model else row.subject).casefold(),
    "told": lambda row: row.told,
    "held": lambda row: row.held,
    "seen": lambda row: row.seen_at,
    "state": lambda row: row.exception.stage if row.exception else "",
    "exception": lambda row: row.exception.number if row.exception else "",
}


class ReconciliationPage(Page):
    """What sources contradict, as of the day shown."""

    watches = frozenset({"item", "model", "source", "serving", "approval"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._found: Reconciliation | None = None
        self.shown: tuple[ReconciliationRow, ...] = ()
        self.bar, self.blind = MessageBar(context), Label(tone="muted", wrap=True)
        self.filter = QLineEdit()
        self.table = ShortTable(context, "reconcile", "reconcile.title.page", columns, _SORTS)
        self.title = YieldingLabel(size="title", strong=True)
        self.facts = Sections(context, "reconcile.title.chosen")
        self.empty = EmptyState(icon="check")
        deeds = {
            "reconcile.go": (self._go, lambda: self._chosen() is not None),
            "reconcile.model": (self._go_to_model, self._has_model),
            "reconcile.accept": (self._accept, self._is_acceptable),
        }
        context.actions.add(*bind("reconciliation", OFFERS, deeds))
        self.foot = Foot(context, _ACTIONS, "", ())
        self._lay_out()
        self.retranslate()
        self.filter.textChanged.connect(self._show)
        self.table.current_changed.connect(self._tell_chosen)
        self.table.opened.connect(self._go)
        context.own_scope.changed.connect(self._on_scope)

    def heading(self) -> str:
        """Say how many contradictions there are."""
        if self._found is None:
            return ""
        number = self.context.language.number(len(self._found.rows))
        return self.context.say("reconcile.word.heading", n=number)

    def reload(self) -> None:
        """Reconcile in the read lane."""
        session, as_of, own = self.context.session, self.context.as_of, self.context.own_scope

        def ask(progress: Progress) -> Reconciliation:
            return reconcile_within(session, own.read(session), as_of)

        name = self.context.say("reconcile.word.reading")
        self.context.jobs.submit_read(name, ask, self._tell, self._fail, key="reconcile")

    def retranslate(self) -> None:
        """Say every word again."""
        say = self.context.say
        self.filter.setAccessibleName(say("reconcile.word.filter"))
        self.filter.setPlaceholderText(say("reconcile.word.filter"))
        self.foot.more.call(tr("More actions"))
        if self._found is not None:
            self._tell(self._found)

    def show_list(self, text: str) -> None:
        """Show what fits a filter, asked for from elsewhere."""
        self.filter.setText(text)

    def first_focus(self) -> QWidget | None:
        """Begin at the list."""
        return self.table

    def _lay_out(self) -> None:
        right, inside = _card(self.foot, 1, 0), QVBoxLayout()
        inside.setContentsMargins(14, 14, 14, 8)
        inside.addWidget(self.title)
        inside.addWidget(Upright(self.facts), 1)
        inside.addStretch()
        beside = right.layout()
        assert isinstance(beside, QVBoxLayout)
        beside.insertLayout(0, inside, 1)
        left = QWidget()
        lines = QVBoxLayout(left)
        lines.setContentsMargins(0, 0, 0, 0)
        top = QHBoxLayout()
        top.addWidget(self.filter, 1)
        top.addWidget(ViewsButton(self.context, "reconcile", self._read_view, self._show_view))
        lines.addLayout(top)
        self._listed = _card(self.table, 1, 1)
        lines.addWidget(self._listed, 1)
        lines.addWidget(self.empty, 1)
        lines.addWidget(self.blind)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.addWidget(self.bar)
        column.addWidget(ScopeStrip(self.context))
        self._split = Split(self.context, "reconcile", left, right)
        if "reconcile" not in self.context.prefs.splitters:
            self._split.setSizes(_FIRST_SIZES)
        right.show()
        column.addWidget(self._split, 1)

    def _on_scope(self) -> None:
        if self.context.is_open:
            self.reload()

    def _read_view(self) -> dict[str, str]:
        ids = tuple(column.id for column in self.table.model_of_rows.columns)
        return {"filter": self.filter.text().strip(), **read_table(self.table, ids)}

    def _show_view(self, view: Mapping[str, str]) -> None:
        ids = tuple(column.id for column in self.table.model_of_rows.columns)
        show_table(self.table, ids, view)
        self.filter.setText(view.get("filter", ""))

    def _tell(self, found: Reconciliation) -> None:
        self._found = found
        self.bar.clear()
        told = say_blind(self.context, found.blind_spots)
        self.blind.setText(told)
        self.blind.setVisible(bool(told))
        self._show()

    def _show(self) -> None:
        if self._found is None:
            return
        try:
            keep = parse_rows_filter(self.filter.text())
        except AppError as error:
            self.bar.show_error(error)
            return
        self.bar.clear()
        self.shown = tuple(row for row in self._found.rows if keep(row))
        word = "nothing_fits" if self._found.rows else "nothing"
        self.empty.set_sentence(self.context.say(f"reconcile.word.{word}"))
        for part, is_shown in ((self._listed, self.shown), (self.empty, not self.shown)):
            part.setVisible(bool(is_shown))
        self.table.set_rows(self.shown)
        if self.shown and self._chosen() is None:
            self.table.choose(self.shown[0].id)
        # The table takes up the choice only once its rows are there.
        chosen = self._chosen() or next(iter(self.shown), None)
        self.title.setVisible(chosen is not None)
        self.facts.setVisible(chosen is not None)
        if chosen is not None:
            self._tell_chosen(chosen)
        self.context.actions.refresh()
        self.heading_changed.emit()

    def _chosen(self) -> ReconciliationRow | None:
        return next((row for row in self.shown if row.id == self.table.current_id()), None)

    def _tell_chosen(self, row: ReconciliationRow) -> None:
        self.title.setText(row.model.name if row.model else row.subject)
        self.facts.show_groups(groups(self.context, row))
        self.context.actions.refresh()

    def _fail(self, error: AppError) -> None:
        self.bar.show_error(error)

    def _has_model(self) -> bool:
        row = self._chosen()
        return row is not None and row.model is not None

    def _is_acceptable(self) -> bool:
        row = self._chosen()
        is_told = row is not None and row.exception is not None
        return is_told and row is not None and Way.ACCEPT_SOURCE in row.ways

    def _go(self) -> None:
        row = self._chosen()
        if row is not None and row.exception is not None:
            self.context.show_page("governance", row.exception.number)
        elif row is not None and row.model is not None:
            self.context.show_page("models", row.model.id)

    def _go_to_model(self) -> None:
        row = self._chosen()
        if row is not None and row.model is not None:
            self.context.show_page("models", row.model.id)

    def _accept(self) -> None:
        row, context = self._chosen(), self.context
        if row is None or row.exception is None:
            return
        session, named, say = context.session, row.exception.number, context.say
        dialog = ConfirmDialog(
            context,
            say("reconcile.do.accept"),
            say("reconcile.word.accepting", told=row.told, held=row.held),
            say("reconcile.word.accept"),
            self.window(),
            reason=say("reconcile.word.reason"),
        )

        def write(progress: Progress) -> Recorded:
            return accept_source(session, named, dialog.reason())

        def done(recorded: Recorded) -> None:
            dialog.done_well()
            context.toast(say("reconcile.word.accepted"))

        def send() -> None:
            context.jobs.submit_write(say("reconcile.do.accept"), write, done, dialog.show_error)

        dialog.submitted.connect(send)
        dialog.open()


def _card(inside: QWidget, margin: int, stretch: int) -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    column = QVBoxLayout(card)
    column.setContentsMargins(margin, margin, margin, margin)
    column.addWidget(inside, stretch)
    return card
