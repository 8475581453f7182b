"""What can be done with a request; who may not is told the rule, the button does not vanish."""

from collections.abc import Callable
from typing import Protocol, TypeAlias

from PySide6.QtWidgets import QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.standing import GRANTED, Status
from mlops_desktop.services.approvals import withdraw_request
from mlops_desktop.services.reviews import RequestSheet
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.actions import Action, Deed, bind
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.approvals.declarations import (
    ask_confirmation,
    ask_fulfilment,
    ask_recusal,
    has_open_condition,
)
from mlops_desktop.ui.pages.approvals.offers import OFFERS
from mlops_desktop.ui.pages.approvals.papers import ask_papers
from mlops_desktop.ui.pages.approvals.signing import ask_decision, ask_revocation
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.dialog import ConfirmDialog

Ask: TypeAlias = Callable[[Context, RequestSheet, QWidget], QWidget]
"""Opens a dialog about a request."""


class Chosen(Protocol):
    """The page, as far as actions need it."""

    def chosen(self) -> RequestSheet | None: ...
    def waiting_papers(self) -> int: ...
    def window(self) -> QWidget: ...


class RequestActions:
    """The rows of the action table that the page Approvals brings."""

    def __init__(self, context: Context, page: Chosen) -> None:
        self._context, self._page = context, page

    def rows(self) -> tuple[Action, ...]:
        """Return every row."""
        decisions = (Decision.APPROVE, Decision.CONDITION, Decision.REJECT, Decision.ABSTAIN)
        deeds: dict[str, Deed] = {
            f"approval.{one}": (self._decide(one), self._is_decidable) for one in decisions
        }
        deeds |= {
            "approval.revoke": (self._revoke, self._is_granted),
            "approval.withdraw": (self._withdraw, self._is_mine),
            "approval.open_model": (self._open_model, self._has_chosen),
            "approval.recuse": (self._declare(ask_recusal), self._is_decidable),
            "approval.confirm": (self._declare(ask_confirmation), self._is_paper),
            "approval.confirm_many": (self._papers("confirm"), self._has_papers),
            "approval.reject_many": (self._papers("reject"), self._has_papers),
            "approval.meet": (self._declare(ask_fulfilment), self._has_condition),
        }
        return bind("approvals", OFFERS, deeds)

    def _declare(self, ask: Ask) -> Callable[[], None]:
        def declare() -> None:
            sheet = self._page.chosen()
            if sheet is not None:
                ask(self._context, sheet, self._page.window())

        return declare

    def _papers(self, act: str) -> Callable[[], None]:
        return lambda: ask_papers(self._context, act, self._page.window())

    def _has_papers(self) -> bool:
        has_person = self._context.is_open and bool(self._context.session.actor.person)
        return has_person and self._page.waiting_papers() > 0

    def _is_paper(self) -> bool:
        sheet = self._page.chosen()
        is_open = sheet is not None and sheet.row.status is Status.OPEN
        return sheet is not None and is_open and sheet.row.paper is not None

    def _has_condition(self) -> bool:
        return has_open_condition(self._page.chosen())

    def _has_chosen(self) -> bool:
        return self._page.chosen() is not None

    def _is_decidable(self) -> bool:
        sheet = self._page.chosen()
        is_open = sheet is not None and sheet.row.status is Status.OPEN
        is_here = sheet is not None and sheet.row.paper is None
        return is_open and is_here and bool(self._context.session.actor.person)

    def _is_granted(self) -> bool:
        sheet = self._page.chosen()
        return sheet is not None and sheet.row.status in GRANTED

    def _is_mine(self) -> bool:
        sheet = self._page.chosen()
        is_open = sheet is not None and sheet.row.status is Status.OPEN
        actor = self._context.session.actor.person if is_open else ""
        return sheet is not None and is_open and sheet.row.requester == actor

    def _decide(self, decision: Decision) -> Callable[[], None]:
        def ask() -> None:
            sheet = self._page.chosen()
            if sheet is not None:
                ask_decision(self._context, sheet, decision, self._page.window())

        return ask

    def _revoke(self) -> None:
        sheet = self._page.chosen()
        if sheet is not None:
            ask_revocation(self._context, sheet, self._page.window())

    def _withdraw(self) -> None:
        sheet = self._page.chosen()
        if sheet is not None:
            ask_withdrawal(self._context, sheet, self._page.window())

    def _open_model(self) -> None:
        sheet = self._page.chosen()
        if sheet is not None:
            self._context.show_page("models", sheet.row.model_id)


def ask_withdrawal(context: Context, sheet: RequestSheet, parent: QWidget) -> ConfirmDialog:
    """Ask why a request is taken back, and take it back."""
    session, key = context.session, sheet.row.key
    title = tr("Withdraw request {id}?", id=sheet.row.id)
    sentence = tr("Decisions made so far stay on record. A new request can be made at any time.")
    dialog = ConfirmDialog(context, title, sentence, tr("Withdraw"), parent, reason=tr("Reason"))

    def done(recorded: Recorded) -> None:
        context.toast(tr("The request is withdrawn."))
        dialog.done_well()

    def fail(error: AppError) -> None:
        dialog.show_error(error)

    def send() -> None:
        why = dialog.reason()

        def write(progress: Progress) -> Recorded:
            return withdraw_request(session, key, why)

        context.jobs.submit_write(title, write, done, fail)

    dialog.submitted.connect(send)
    dialog.open()
    return dialog
