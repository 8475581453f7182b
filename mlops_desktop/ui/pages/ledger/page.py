"""The page Ledger: how it stands above, every event in the middle, one of them at the right."""

from PySide6.QtWidgets import QVBoxLayout

from mlops_desktop.core import clock
from mlops_desktop.services.ledger import LedgerVerdict, LogRow, newest_checkpoint
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.page import LowPage
from mlops_desktop.ui.pages.ledger.actions import ledger_actions
from mlops_desktop.ui.pages.ledger.card import StateCard
from mlops_desktop.ui.pages.ledger.columns import LIST
from mlops_desktop.ui.pages.ledger.event import EventDetail
from mlops_desktop.ui.pages.ledger.log import Log
from mlops_desktop.ui.pages.ledger.verdict import VerdictPane
from mlops_desktop.ui.pages.ledger.verifying import Verifying
from mlops_desktop.ui.pages.ledger.watch import watch_of
from mlops_desktop.ui.pages.models.said import say_count
from mlops_desktop.ui.saving import ask_where, save_text
from mlops_desktop.ui.table import ListPane
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.bar import MessageBar
from mlops_desktop.ui.widgets.either import Either
from mlops_desktop.ui.widgets.room import Head
from mlops_desktop.ui.widgets.split import Split


class LedgerPage(LowPage):
    """The history and its proof."""

    watches = frozenset({"model", "source", "approval", "person", "dossier"})
    past_note = "as_of.note.ledger"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._watch = watch_of(context)
        self._verifying = Verifying(context, self)
        context.actions.add(*ledger_actions(self))
        self.bar = MessageBar(context)
        self.card = StateCard(context)
        self.list: ListPane[LogRow] = ListPane(context, LIST, Log(context))
        self.event_detail = EventDetail(context)
        self.verdict = VerdictPane(context)
        self._lay_out()
        self._connect()
        self._show_standing()

    def heading(self) -> str:
        """Say how many events there are."""
        state = self._watch.standing.state
        return say_count(self.context, "ledger.count.events", state.size) if state else ""

    def reload(self) -> None:
        """Ask for the events and how the ledger stands."""
        self.list.reload()
        self._watch.ask()

    def retranslate(self) -> None:
        """Say how the ledger stands again; list and panes listen for themselves."""
        self._show_standing()

    def show_record(self, id: str) -> None:
        """Stand on the event ``id``."""
        self.list.show_record(id)

    def verify(self) -> None:
        """Verify the whole workspace."""
        self.bar.clear()
        self._verifying.start()
        self.context.actions.refresh()

    def stop(self) -> None:
        """Stop verifying."""
        self._verifying.stop()

    def show_checks(self) -> None:
        """Show what the last verification found."""
        self.verdict.show_standing(self._watch.standing)
        self.verdict.checks.setFocus()

    def show_bad_event(self) -> None:
        """Stand on the first event that is wrong."""
        position = self.verdict.bad_position()
        if position is not None:
            self.list.set_filter(f"position:{position}")
            self.list.view.setFocus()

    def save_proof(self) -> None:
        """Save the proof of the chosen event."""
        self.event_detail.save_proof()

    def copy_proof(self) -> None:
        """Copy the proof of the chosen event."""
        self.event_detail.copy_proof()

    def copy_leaf(self) -> None:
        """Copy the leaf hash of the chosen event."""
        self.event_detail.copy_leaf()

    def save_head(self) -> None:
        """Save the newest signed head as a file that other programs read."""
        context, session = self.context, self.context.session
        ask_where(
            self.window(),
            tr("Save the signed head"),
            "checkpoint.txt",
            lambda path: save_text(context, path, lambda: newest_checkpoint(session)),
        )

    def can_verify(self) -> bool:
        """Whether a workspace is open and no verification runs."""
        return self.context.is_open and not self.is_verifying()

    def is_verifying(self) -> bool:
        """Whether a verification runs."""
        return self._verifying.job is not None

    def has_verdict(self) -> bool:
        """Whether something was verified in this window."""
        return self._watch.standing.verdict is not None

    def has_bad_event(self) -> bool:
        """Whether the last verification names an event."""
        return self.verdict.bad_position() is not None

    def has_event(self) -> bool:
        """Whether an event is chosen."""
        return self.event_detail.row is not None

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(10)
        column.addWidget(self.bar)
        column.addWidget(Head(self.card))
        right = Either(self.event_detail, self.verdict)
        column.addWidget(Split(self.context, "ledger", self.list, right), 1)

    def _connect(self) -> None:
        self._watch.changed.connect(self._show_standing)
        self._verifying.moved.connect(self._on_moved)
        self._verifying.done.connect(self._on_verdict)
        self._verifying.failed.connect(self.bar.show_error)
        self.list.current_changed.connect(self._on_row)
        self.list.opened.connect(self._on_opened)
        self.list.model.arrived.connect(self._leave_later)
        self.context.workspace_changed.connect(self._on_workspace)

    def _show_standing(self) -> None:
        self.card.show_standing(self._watch.standing)
        if self._watch.standing.verdict is None:
            self.verdict.show_standing(self._watch.standing)
        self.heading_changed.emit()

    def _on_moved(self) -> None:
        had_job = self.card.job is not None
        self.card.show_job(self._verifying.job)
        if had_job != self.is_verifying():
            self.context.actions.refresh()

    def _on_verdict(self, verdict: LedgerVerdict) -> None:
        self._watch.take_verdict(verdict)
        self.verdict.show_standing(self._watch.standing)
        self.context.actions.refresh()
        if self.context.actions.page != "ledger":
            said = self.context.say(f"work.ledger.{'sound' if verdict.is_ok else 'failed'}")
            self.context.toast(said, to_open=lambda: self.context.show_page("ledger"))

    def _on_row(self, row: LogRow) -> None:
        self.event_detail.show_row(row)
        self.context.actions.refresh()

    def _on_opened(self, row: LogRow) -> None:
        self.event_detail.show_row(row)
        self.event_detail.tabs.setFocus()

    def _leave_later(self) -> None:
        """Close an event that was recorded after the day shown: not even a long list has it."""
        until, row = self.list.model.query.as_of.known_text, self.event_detail.row
        if until is not None and row is not None and clock.to_text(row.at) > until:
            self.list.view.leave_missing()
            self.event_detail.forget()
            self.context.actions.refresh()

    def _on_workspace(self) -> None:
        self._verifying.stop()
        self.event_detail.forget()
        self.verdict.hide()
