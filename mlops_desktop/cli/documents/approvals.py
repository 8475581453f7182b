"""Requests for approval as documents, each decision with its signature's circumstances."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Document, Json
from mlops_desktop.cli.documents.values import by_name, moment, plain
from mlops_desktop.core.events.approvals import ApprovalDecided

if TYPE_CHECKING:
    from mlops_desktop.services.reviews import RequestSheet
    from mlops_desktop.services.rows import DecisionRow, RequestRow


def request_document(row: "RequestRow", names: Mapping[str, str]) -> Document:
    """Return a request; ``names`` are the printed names of persons by id."""
    return {
        "id": row.id,
        "key": row.key,
        "model": row.model_id,
        "model_name": row.model_name,
        "version": row.label,
        "environment": row.environment,
        "rule": row.rule,
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
        "signers_left": [person.name for person in sheet.signers],
        "refusal": sheet.refusal,
        "ended": ended,
        "decisions": decisions,
    }


def _decision(row: "DecisionRow", names: Mapping[str, str]) -> Document:
    told: dict[str, Json] = {
        "person": names.get(row.person, row.person),
        "at": row.at,
        "position": row.position,
        "decision": row.attempted.value,
        "refused_by": row.refused_by,
    }
    return {**told, **_signed(row.decided)} if row.decided is not None else told


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
        "on_behalf_of": decided.on_behalf_of,
        "digest": decided.digest,
        "seen": {"size": decided.seen.size, "root": decided.seen.root},
        "fingerprint": decided.fingerprint,
    }
