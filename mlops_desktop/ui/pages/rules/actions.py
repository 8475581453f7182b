"""What can be done on the page; who may not is told so by name, the button does not vanish."""

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from mlops_desktop.core.emergencies import EmergencyState
from mlops_desktop.core.permissions import PermissionState
from mlops_desktop.core.report_plans import ReportKind
from mlops_desktop.core.rules import RuleStatus
from mlops_desktop.core.tier_templates import TemplateStatus
from mlops_desktop.ui.actions import Action, Deed, bind
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.rules import (
    case_forms,
    delegation_forms,
    field_forms,
    handover_forms,
    meeting_forms,
    report_plan_forms,
    retention_forms,
    standing_forms,
)
from mlops_desktop.ui.pages.rules.delegations import can_end
from mlops_desktop.ui.pages.rules.drafting import ask_draft
from mlops_desktop.ui.pages.rules.handovers import waits_for_me
from mlops_desktop.ui.pages.rules.offers import OFFERS
from mlops_desktop.ui.pages.rules.report_plans import is_running
from mlops_desktop.ui.pages.rules.retention import is_in_force
from mlops_desktop.ui.pages.rules.rule_form import ask_revision, ask_rule
from mlops_desktop.ui.pages.rules.second_person import is_able
from mlops_desktop.ui.pages.rules.trying import ask_try

Ask = Callable[[Context, Any, QWidget], object]
"""Opens a dialog about a line."""


class Chosen(Protocol):
    """The page, as far as actions need it."""

    def chosen(self, part: str) -> Any: ...
    def show_part(self, id: str) -> None: ...
    def window(self) -> QWidget: ...


class OversightActions:
    """The rows of the action table that the page brings."""

    def __init__(self, context: Context, page: Chosen) -> None:
        self._context, self._page = context, page

    def rows(self) -> tuple[Action, ...]:
        """Return every row."""
        deeds: dict[str, Deed] = {
            **self._of_rules(),
            **self._of_meetings(),
            **self._of_cases(),
            **self._of_templates(),
            **self._of_fields(),
            **self._of_handovers(),
            **self._of_delegations(),
            **self._of_retention(),
            **self._of_reports(),
            "oversight.model": (self._open_model, lambda: bool(self._model())),
            "oversight.request": (self._open_request, lambda: bool(self._request())),
        }
        return bind("rules", OFFERS, deeds)

    def _of_rules(self) -> dict[str, Deed]:
        forms = standing_forms
        return {
            "rule.draft": self._new("rules", ask_rule),
            "rule.revise": self._about("rules", ask_revision, lambda line: line.row is not None),
            "rule.activate": self._about("rules", forms.ask_activation, self._may_activate),
            "rule.archive": self._about("rules", forms.ask_archive, _is_rule_open),
            "rule.try": (
                lambda: _drop(ask_try(self._context, self._page.window(), self._model())),
                lambda: self._context.is_open,
            ),
        }

    def _of_meetings(self) -> dict[str, Deed]:
        def is_called(sheet: Any) -> bool:
            return sheet.row.minuted is None

        forms = meeting_forms
        return {
            "meeting.call": self._new("meetings", forms.ask_call),
            "meeting.add_item": self._about("meetings", forms.ask_item, is_called),
            "meeting.minute": self._about("meetings", forms.ask_minutes, is_called),
            "meeting.sign": self._about(
                "meetings", forms.ask_signature, lambda sheet: bool(sheet.unsigned)
            ),
        }

    def _of_cases(self) -> dict[str, Deed]:
        forms = case_forms
        return {
            "permission.need": self._new("permissions", forms.ask_need),
            "permission.apply": self._about("permissions", forms.ask_application, _is_to_apply),
            "permission.answer": self._about("permissions", forms.ask_answer, _is_applied),
            "permission.meet": self._about("permissions", forms.ask_fulfilment, _has_obligation),
            "emergency.declare": self._new("emergencies", forms.ask_emergency),
            "emergency.ratify": self._about(
                "emergencies",
                forms.ask_ratification,
                lambda sheet: sheet.stand.state is not EmergencyState.RATIFIED,
            ),
        }

    def _of_templates(self) -> dict[str, Deed]:
        def ask(act: str) -> Ask:
            return lambda context, line, parent: standing_forms.ask_template(
                context, act, line, parent
            )

        def stands(*wanted: TemplateStatus) -> Callable[[Any], bool]:
            return lambda line: line.row.status in wanted

        status = TemplateStatus
        return {
            "template.take_up": self._about("templates", ask("take_up"), stands(status.SHIPPED)),
            "template.read": self._new("templates", standing_forms.ask_template_file),
            "template.activate": self._about("templates", ask("activate"), self._may_activate),
            "template.archive": self._about(
                "templates", ask("archive"), stands(status.DRAFT, status.ACTIVE)
            ),
        }

    def _of_fields(self) -> dict[str, Deed]:
        def is_open(line: Any) -> bool:
            return not line.field.is_archived

        forms = field_forms
        return {
            "field.define": self._new("fields", forms.ask_definition),
            "field.amend": self._about("fields", forms.ask_amendment, is_open),
            "field.archive": self._about("fields", forms.ask_archive, is_open),
            "field.reinstate": self._about(
                "fields", forms.ask_reinstatement, lambda line: line.field.is_archived
            ),
            "field.models": (
                lambda: self._context.show_list("models", f"field:{self._field()}"),
                lambda: bool(self._field()),
            ),
        }

    def _of_handovers(self) -> dict[str, Deed]:
        def waits(line: Any) -> bool:
            return waits_for_me(self._context, line)

        forms = handover_forms
        return {
            "handover.offer": self._new("handovers", forms.ask_offer),
            "handover.accept": self._about("handovers", forms.ask_acceptance, waits),
            "handover.decline": self._about("handovers", forms.ask_refusal, waits),
        }

    def _of_delegations(self) -> dict[str, Deed]:
        forms = delegation_forms
        return {
            "delegation.grant": self._new("delegations", forms.ask_grant),
            "delegation.revoke": self._about(
                "delegations", forms.ask_end, lambda line: can_end(self._context, line)
            ),
        }

    def _of_retention(self) -> dict[str, Deed]:
        forms = retention_forms

        def holds(line: Any) -> bool:
            return is_in_force(self._context, line)

        return {
            "retention.define": self._new("retention", forms.ask_define),
            "retention.end": self._about("retention", forms.ask_end, holds),
            "retention.run": self._about("retention", forms.ask_run, holds),
        }

    def _of_reports(self) -> dict[str, Deed]:
        forms = report_plan_forms
        return {
            "report.plan": self._new("reports", forms.ask_plan),
            "report.change": self._about("reports", forms.ask_change, is_running),
            "report.run": self._about("reports", forms.ask_run, is_running),
            "report.end": self._about("reports", forms.ask_end, is_running),
            "meeting.draft": self._about("meetings", _draft, lambda sheet: True),
        }

    def _field(self) -> str:
        line = self._page.chosen("fields")
        return line.id if line is not None else ""

    def _new(self, part: str, ask: Callable[[Context, QWidget], object]) -> Deed:
        def do() -> None:
            self._page.show_part(part)
            ask(self._context, self._page.window())

        return do, self._is_open

    def _about(self, part: str, ask: Ask, is_fit: Callable[[Any], bool]) -> Deed:
        def do() -> None:
            line = self._page.chosen(part)
            if line is not None:
                ask(self._context, line, self._page.window())

        def can() -> bool:
            line = self._page.chosen(part)
            return self._is_open() and line is not None and is_fit(line)

        return do, can

    def _is_open(self) -> bool:
        return self._context.is_open and bool(self._context.session.actor.person)

    def _may_activate(self, line: Any) -> bool:
        return is_able(self._context, line.able)

    def _model(self) -> str:
        sheet = self._page.chosen("permissions") or self._page.chosen("emergencies")
        return str(sheet.model.row.id) if sheet is not None else ""

    def _open_model(self) -> None:
        self._context.show_page("models", self._model())

    def _request(self) -> str:
        sheet = self._page.chosen("meetings")
        return next(iter(sheet.requests), "") if sheet is not None else ""

    def _open_request(self) -> None:
        self._context.show_page("approvals", self._request())


def _drop(_: object) -> None:
    """Let a dialog live on its own."""


def _is_rule_open(line: Any) -> bool:
    return line.row is not None and line.row.status is not RuleStatus.ARCHIVED


def _is_to_apply(sheet: Any) -> bool:
    return sheet.row.permission.state is PermissionState.TO_APPLY


def _is_applied(sheet: Any) -> bool:
    waiting = (PermissionState.PENDING, PermissionState.NOTIFIED)
    return sheet.row.permission.state in waiting


def _has_obligation(sheet: Any) -> bool:
    return any(not one.is_met for one in sheet.row.permission.obligations)


def _draft(context: Context, sheet: Any, parent: QWidget) -> object:
    return ask_draft(context, ReportKind.COMMITTEE, sheet.id, parent)
