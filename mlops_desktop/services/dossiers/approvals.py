"""Approvals of a model as a dossier prints them, every signature checked again."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time

from mlops_desktop.core import clock
from mlops_desktop.core.approvals import COVERED_MODEL_FIELDS, Status, covered_fields
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.approvals import ApprovalDecided, ApprovalRevoked
from mlops_desktop.core.events.papers import PaperRecorded
from mlops_desktop.core.inventory import Pair, VersionDetails
from mlops_desktop.core.quorum import counting, missing
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
from mlops_desktop.services.dossiers.erased import gap_of
from mlops_desktop.services.dossiers.history import NONE_YET
from mlops_desktop.services.dossiers.own_fields import own_change
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.services.reviews import entities_of
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
        subject=row.kind.value,
        version=row.label or None,
        environment=row.environment,
        requested_by=sheet.names.get(row.requester, row.requester),
        requested_at=clock.from_text(row.requested_at),
        state=row.status.value,
        expires_on=row.valid_until,
        steps=_steps(row),
        decisions=(
            *_paper(sheet.names, row),
            *(_decision(view, sheet.names, one, one.decided) for one in signed if one.decided),
            *_revocation(view, row),
        ),
        voided_by=_changes(view, sheet, row),
        entities=entities_of(row, sheet.names),
    )


def _steps(row: RequestRow) -> tuple[Step, ...]:
    rule, state = row.state.rule_kept, row.state
    given = {name: len(casts) for name, casts in counting(rule, state.casts).items()}
    if row.confirmation is not None:
        given = {step.id: 1 for step in rule.steps}
    lacking = missing(rule, state.casts, state.resolutions)
    return tuple(
        Step(
            step.committee or (rule.id if len(rule.steps) == 1 else step.id),
            step.needed,
            1 - lacking[step.id] if step.committee else given[step.id],
            tuple(sorted(role.value for role in step.roles)),
        )
        for step in rule.steps
    )


def _paper(names: Mapping[str, str], row: RequestRow) -> tuple[PrintedDecision, ...]:
    """Return what stands on paper as the decision it was, marked as not signed here."""
    told = row.paper
    if told is None:
        return ()
    confirmed = row.confirmation
    meaning = "from_paper" if confirmed is not None else "from_paper_unconfirmed"
    meaning = "from_paper_rejected" if row.rejection is not None else meaning
    return (
        PrintedDecision(
            person=told.body.text or "…",
            role="deciding_body",
            on_behalf_of=None,
            decision="condition" if told.conditions else "approve",
            meaning=meaning,
            at=datetime.combine(told.decided_on, time.min, tzinfo=UTC),
            comment=_witnesses(names, row, told),
            conditions=tuple(_condition(item.text, item.due) for item in told.conditions),
            signature=SignatureState.FROM_PAPER,
            certificate=Missing(Reason.NOT_APPLICABLE),
            covered=row.digest or Missing(Reason.NOT_APPLICABLE),
            seen=None,
        ),
    )


def _witnesses(names: Mapping[str, str], row: RequestRow, told: PaperRecorded) -> str:
    """Return who recorded and who confirmed, and the evidence by its digest."""
    persons = [names.get(row.requester, row.requester)]
    if row.rejection is not None:
        persons.append(names.get(row.rejection.person, row.rejection.person))
    if row.confirmation is not None:
        persons.append(names.get(row.confirmation.person, row.confirmation.person))
    file = f"{told.document.name.text or '…'} (SHA-256 {told.document.file})"
    minutes = told.reference.text if told.reference else None
    parts = (" / ".join(persons), minutes, file, told.comment.text if told.comment else None)
    return "\n".join(part for part in parts if part)


def _decision(
    view: ReadSession, names: Mapping[str, str], row: DecisionRow, decided: ApprovalDecided
) -> PrintedDecision:
    return PrintedDecision(
        person=decided.name.text or names.get(row.person, row.person),
        role=decided.role.value,
        on_behalf_of=_principal(names, decided),
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


def _revocation(view: ReadSession, row: RequestRow) -> Iterator[PrintedDecision]:
    """Yield by whom and why an approval was revoked: signed like a decision."""
    if row.status is not Status.REVOKED:
        return
    for position, envelope in log.read_subject(view.connection, row.model):
        told = envelope.payload
        if isinstance(told, ApprovalRevoked) and told.request == row.key:
            yield PrintedDecision(
                person=told.name.text or "…",
                role=told.role.value,
                on_behalf_of=None,
                decision="revoke",
                meaning=told.meaning,
                at=envelope.at,
                comment=_opened(told.reason),
                conditions=(),
                signature=_state(view, position),
                certificate=told.fingerprint or Missing(Reason.NOT_RECORDED),
                covered=told.digest,
                seen=Head(told.seen.size, told.seen.root),
            )


def _principal(names: Mapping[str, str], decided: ApprovalDecided) -> str | None:
    """Return the name of who was stood in for, as it was printed then."""
    if decided.on_behalf_of is None:
        return None
    printed = decided.behalf_name.text if decided.behalf_name else None
    return printed or names.get(decided.on_behalf_of, decided.on_behalf_of)


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
    return gap_of(text) if text.text is None else text.text


def _changes(view: ReadSession, sheet: ModelSheet, row: RequestRow) -> tuple[FieldChange, ...]:
    if row.voided_position is None:
        return ()
    (event,) = log.read_events(view.connection, row.voided_position, row.voided_position + 1)
    at = log.read_envelope(view.connection, event.body).at
    version = next((one.details for one in sheet.versions if one.key == row.version), None)
    now = covered_fields(sheet.state.details, version or VersionDetails(row.label))
    own = {f"model.{one.definition.key}": one.definition for one in sheet.own_fields}
    return tuple(
        own_change(view, own[name], row.covered, now, at, sheet.names)
        if name in own
        else _change(view, name, row.covered, now, at)
        for name in row.changed
    )


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
