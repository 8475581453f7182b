"""Requests for approval as documents, each decision with its signature's circumstances."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Document, Json
from mlops_desktop.cli.documents.values import by_name, moment, plain
from mlops_desktop.core.events.approvals import ApprovalDecided
from mlops_desktop.core.events.papers import PaperRejected
from mlops_desktop.core.signers import StepStand

if TYPE_CHECKING:
    from mlops_desktop.services.conditions import ConditionStand
    from mlops_desktop.services.request_resolutions import ResolutionStand
    from mlops_desktop.services.reviews import RequestSheet
    from mlops_desktop.services.rows import DecisionRow, MarkRow, RequestRow


def request_document(row: "RequestRow", names: Mapping[str, str]) -> Document:
    """Return a request; ``names`` are the printed names of persons by id."""
    return {
        "id": row.id,
        "key": row.key,
        "model": row.model_id,
        "model_name": row.model_name,
        "version": row.label,
        "environment": row.environment,
        "kind": row.kind.value,
        "about": row.about,
        "entities": sorted(names.get(one, one) for one in row.state.holds_for or ()),
        "rule": row.rule,
        "rule_version": row.state.rule_kept.version,
        "paper": _paper(row, names),
        "status": row.status.value,
        "requester": names.get(row.requester, row.requester),
        "requested_at": row.requested_at,
        "comment": row.comment,
        "valid_until": plain(row.valid_until),
        "changed": list(row.changed),
        "digest": row.digest,
        "covered": by_name(row.covered),
        "decisions": [_decision(one, names) for one in row.decisions],
    }


def sheet_document(sheet: "RequestSheet") -> Document:
    """Return a request with what signers see: every signature checked, who may still sign."""
    row, ending = sheet.row, sheet.ending
    whole = request_document(row, sheet.names)
    decisions = [
        {**_decision(one, sheet.names), "signature": sheet.faults.get(one.position, "verified")}
        if one.decided is not None
        else _decision(one, sheet.names)
        for one in row.decisions
    ]
    ended: Document | None = None
    if ending is not None:
        person = sheet.names.get(ending.person, ending.person)
        ended = {"person": person, "at": moment(ending.at), "reason": ending.reason}
    return {
        **whole,
        "given": sheet.given,
        "needed": sheet.needed,
        "due": plain(sheet.due),
        "steps": [_step(sheet, one) for one in sheet.steps],
        "resolutions": [_resolution(sheet, one) for one in sheet.resolutions],
        "conditions": [_condition(sheet, one) for one in sheet.conditions],
        "recused": [sheet.names.get(id, id) for id in row.state.recused],
        "signers_left": [person.name for person in sheet.signers],
        "deputies": [{"person": one.name, "for": giver.name} for one, giver in sheet.deputies],
        "nobody_can_sign": sheet.is_hopeless,
        "refusal": sheet.refusal,
        "ended": ended,
        "decisions": decisions,
    }


def _resolution(sheet: "RequestSheet", one: "ResolutionStand") -> Document:
    signed: list[Json] = [
        {
            "person": sheet.names.get(by.person, by.person),
            "capacity": by.capacity.value,
            "at": by.at,
            "signature": by.fault or "verified",
        }
        for by in one.signatures
    ]
    return {
        "meeting": one.meeting.id,
        "body": one.meeting.called.body,
        "on": one.meeting.called.held_on.isoformat(),
        "circular": one.meeting.called.is_circular,
        "item": one.item,
        "step": one.step,
        "outcome": one.outcome.value,
        "signed": signed,
    }


def _decision(row: "DecisionRow", names: Mapping[str, str]) -> Document:
    told: dict[str, Json] = {
        "person": names.get(row.person, row.person),
        "at": row.at,
        "position": row.position,
        "decision": row.attempted.value,
        "refused_by": row.refused_by,
    }
    if row.on_behalf_of is not None:
        told["on_behalf_of"] = names.get(row.on_behalf_of, row.on_behalf_of)
    return {**_signed(row.decided), **told} if row.decided is not None else told


def _step(sheet: "RequestSheet", stand: StepStand) -> Document:
    step = stand.step
    return {
        "id": step.id,
        "needed": step.needed,
        "given": step.needed - stand.missing,
        "by": [sheet.names.get(cast.person, cast.person) for cast in stand.given],
        "roles": [role.value for role in step.roles],
        "committee": step.committee,
        "is_open": stand.is_open,
        "able": [person.name for person in stand.able],
    }


def _condition(sheet: "RequestSheet", one: "ConditionStand") -> Document:
    met = one.met
    return {
        "number": one.number,
        "text": one.text,
        "due": plain(one.due),
        "set_by": sheet.names.get(one.by, one.by),
        "is_overdue": one.is_overdue,
        "met_by": met.name.text if met else None,
        "met_at": one.met_at,
        "evidence": met.document.file if met and met.document else None,
    }


def _paper(row: "RequestRow", names: Mapping[str, str]) -> Document | None:
    told, confirmed = row.paper, row.confirmation
    if told is None:
        return None
    person = confirmed.person if confirmed else None
    return {
        "body": told.body.text,
        "decided_on": told.decided_on.isoformat(),
        "file": told.document.name.text,
        "evidence": told.document.file,
        "conditions": [
            {"text": item.text.text, "due": plain(item.due)} for item in told.conditions
        ],
        "recorded_by": names.get(row.requester, row.requester),
        "confirmed_by": names.get(person, person) if person else None,
        "confirmed_at": confirmed.at if confirmed else None,
        "rejected_by": names.get(row.rejection.person) if row.rejection else None,
        "reason": _why(row.rejection),
        "reference": told.reference.text if told.reference else None,
        "validation": plain(told.validation.cause) if told.validation else None,
        "signed_here": False,
    }


def _why(rejected: "MarkRow | None") -> str | None:
    payload = rejected.payload if rejected else None
    return payload.reason.text if isinstance(payload, PaperRejected) else None


def _signed(decided: ApprovalDecided) -> Document:
    return {
        "signed_as": decided.name.text,
        "role": decided.role.value,
        "meaning": decided.meaning,
        "comment": plain(decided.comment),
        "conditions": [
            {"text": item.text.text, "due": plain(item.due)} for item in decided.conditions
        ],
        "valid_until": plain(decided.valid_until),
        "on_behalf_of": None,
        "step": decided.step,
        "digest": decided.digest,
        "seen": {"size": decided.seen.size, "root": decided.seen.root},
        "fingerprint": decided.fingerprint,
    }
