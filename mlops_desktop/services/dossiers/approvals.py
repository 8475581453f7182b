"""Approvals of a model as a dossier prints them, every signature checked again."""

from collections.abc import Mapping
from datetime import datetime

from mlops_desktop.core import clock
from mlops_desktop.core.approvals import APPROVING, COVERED_MODEL_FIELDS, RULES, covered_fields
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.approvals import ApprovalDecided
from mlops_desktop.core.inventory import Pair, VersionDetails
from mlops_desktop.dossier.content import (
    Approval,
    FieldChange,
    Head,
    Missing,
    Reason,
    SignatureState,
    Step,
)
from mlops_desktop.dossier.content import Decision as PrintedDecision
from mlops_desktop.services.dossiers.history import NONE_YET
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.store import log
from mlops_desktop.store.queries.approvals import DecisionRow, RequestRow
from mlops_desktop.store.signed import check_signature
from mlops_desktop.store.unit_of_work import ReadSession


def build_approvals(
    view: ReadSession, sheet: ModelSheet, requests: tuple[RequestRow, ...]
) -> tuple[Approval, ...] | Missing:
    """Return every request, newest first, with its decisions and what voided it."""
    return tuple(_approval(view, sheet, row) for row in requests) or NONE_YET


def _approval(view: ReadSession, sheet: ModelSheet, row: RequestRow) -> Approval:
    signed = [one for one in row.decisions if one.decided is not None]
    return Approval(
        number=row.id,
        subject="promote",
        version=row.label or None,
        environment=row.environment,
        requested_by=sheet.names.get(row.requester, row.requester),
        requested_at=clock.from_text(row.requested_at),
        state=row.status.value,
        expires_on=row.valid_until,
        steps=_steps(row, sum(one.attempted in APPROVING for one in signed)),
        decisions=tuple(
            _decision(view, sheet.names, one, one.decided) for one in signed if one.decided
        ),
        voided_by=_changes(view, sheet, row),
    )


def _steps(row: RequestRow, given: int) -> tuple[Step, ...]:
    rule = RULES[row.rule]
    return tuple(
        Step(rule.id, step.needed, given, tuple(sorted(role.value for role in step.roles)))
        for step in rule.steps
    )


def _decision(
    view: ReadSession, names: Mapping[str, str], row: DecisionRow, decided: ApprovalDecided
) -> PrintedDecision:
    return PrintedDecision(
        person=decided.name.text or names.get(row.person, row.person),
        role=decided.role.value,
        on_behalf_of=decided.on_behalf_of,
        decision=decided.decision.value,
        meaning=decided.meaning,
        at=clock.from_text(row.at),
        comment=_opened(decided.comment),
        conditions=tuple(_condition(item.text, item.due) for item in decided.conditions),
        signature=_state(view, row.position),
        certificate=decided.fingerprint or Missing(Reason.NOT_RECORDED),
        covered=decided.digest,
        seen=Head(decided.seen.size, decided.seen.root),
    )


def _condition(text: Erasable, due: object) -> str:
    told = text.text or "…"
    return f"{told} ({due})" if due else told


def _state(view: ReadSession, position: int) -> SignatureState:
    (stored,) = log.read_events(view.connection, position, position + 1)
    is_good = check_signature(view.connection, stored.position, stored.body) is None
    return SignatureState.VERIFIED if is_good else SignatureState.BROKEN


def _opened(text: Erasable | None) -> str | Missing:
    if text is None:
        return Missing(Reason.NOT_RECORDED)
    return Missing(Reason.ERASED) if text.text is None else text.text


def _changes(view: ReadSession, sheet: ModelSheet, row: RequestRow) -> tuple[FieldChange, ...]:
    if row.voided_position is None:
        return ()
    (event,) = log.read_events(view.connection, row.voided_position, row.voided_position + 1)
    at = log.read_envelope(view.connection, event.body).at
    version = next((one.details for one in sheet.versions if one.key == row.version), None)
    now = covered_fields(sheet.state.details, version or VersionDetails(row.label))
    return tuple(_change(view, name, row.covered, now, at) for name in row.changed)


def _change(
    view: ReadSession, name: str, before: tuple[Pair, ...], after: tuple[Pair, ...], at: datetime
) -> FieldChange:
    field = name.removeprefix("model.")
    shown = field if field in COVERED_MODEL_FIELDS else name
    return FieldChange(shown, _shown(view, name, before), _shown(view, name, after), at)


def _shown(view: ReadSession, name: str, pairs: tuple[Pair, ...]) -> str | Missing:
    value = next((pair.value for pair in pairs if pair.name == name), "")
    if not value:
        return Missing(Reason.NOT_RECORDED)
    opened = log.open_commitments(view.connection, [value])
    text = Erasable(value, opened.get(value)).text
    return text or value
