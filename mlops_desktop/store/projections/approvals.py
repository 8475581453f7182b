"""Requests for approval, the decisions about them, and what changed under them."""

from datetime import date

from mlops_desktop.core import approvals, clock
from mlops_desktop.core.events.approvals import (
    ApprovalDecided,
    ApprovalRecused,
    ApprovalRefused,
    ApprovalRequested,
    ApprovalRevoked,
    ApprovalWithdrawn,
    ConditionMet,
)
from mlops_desktop.core.events.meetings import ResolutionSigned
from mlops_desktop.core.events.models import ModelEdited
from mlops_desktop.core.events.papers import PaperConfirmed, PaperRecorded, PaperRejected
from mlops_desktop.core.events.registry import Signature, name_of
from mlops_desktop.core.events.tiering import (
    ModelTiered,
    ModelTierOverridden,
    ModelTierOverrideEnded,
)
from mlops_desktop.core.events.versions import VersionChanged, VersionReturned
from mlops_desktop.core.model_state import Happening
from mlops_desktop.core.rules import FROM_PAPER
from mlops_desktop.store import records
from mlops_desktop.store.envelopes import subject_of
from mlops_desktop.store.projections.models import project_model
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Row, Rows
from mlops_desktop.store.tables.projected import (
    approval_decisions,
    approval_requests,
    approval_standings,
)
from mlops_desktop.store.tables.rules import approval_marks

# Named so that the models' projection has registered first: a request's row reads its fold.
_AFTER = project_model


@projects(ApprovalRequested)
def project_request(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep a request."""
    payload = happening.payload
    if not isinstance(payload, ApprovalRequested):
        return
    rows.touched.add(("approval", payload.request))
    state = rows.states.get(payload.model)
    made = state.request(payload.request) if state is not None else None
    rests = made.rests_until if made is not None else None
    more = {
        "about": payload.about,
        "rule": payload.rule,
        "rule_version": payload.rule_version,
        "terms": records.to_text(payload.terms) if payload.terms else None,
        "covered": records.list_to_text(payload.covered),
        "digest": payload.digest,
        "rests_until": rests.isoformat() if rests else None,
    }
    _put(rows, happening, {**_opened(happening, payload), **more})


@projects(PaperRecorded)
def project_paper(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep what was approved on paper as a request that waits for its confirmation."""
    payload = happening.payload
    if not isinstance(payload, PaperRecorded):
        return
    more = {
        "rule": FROM_PAPER.id,
        "covered": "[]",
        "digest": "",
        "valid_until": payload.valid_until.isoformat() if payload.valid_until else None,
    }
    _put(rows, happening, {**_opened(happening, payload), **more})


def _opened(happening: Happening, payload: ApprovalRequested | PaperRecorded) -> Row:
    """Return what every request begins with."""
    return {
        "id": payload.request,
        "model": payload.model,
        "version": payload.version,
        "environment": payload.environment,
        "kind": payload.kind.value,
        "requester": happening.actor.person,
        "requested_at": clock.to_text(happening.at),
        "comment": records.to_text(payload.comment) if payload.comment else None,
        "entities": records.list_to_text(payload.entities),
        "status": approvals.Status.OPEN.value,
        "given": 0,
        "changed": "[]",
        "position": happening.position,
    }


_MARKED = (
    PaperRecorded
    | PaperConfirmed
    | PaperRejected
    | ApprovalRecused
    | ConditionMet
    | ResolutionSigned
)


@projects(
    PaperRecorded, PaperConfirmed, PaperRejected, ApprovalRecused, ConditionMet, ResolutionSigned
)
def project_mark(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep what happened to a request besides decisions."""
    payload = happening.payload
    if not isinstance(payload, _MARKED):
        return
    rows.touched.add(("approval", payload.request))
    rows.put(
        approval_marks,
        {
            "position": happening.position,
            "request": payload.request,
            "kind": name_of(type(payload)),
            "person": happening.actor.person,
            "at": clock.to_text(happening.at),
            "record": records.to_text(payload),
        },
    )


@projects(PaperConfirmed)
def project_confirmation(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep what the model was when somebody confirmed a paper about it."""
    payload = happening.payload
    if not isinstance(payload, PaperConfirmed):
        return
    known = rows.get(approval_requests, payload.request)
    if known is not None:
        covered = records.list_to_text(payload.covered)
        rows.put(approval_requests, {**known, "covered": covered, "digest": payload.digest})


@projects(ApprovalDecided, ApprovalRefused)
def project_decision(rows: Rows, happening: Happening, signature: Signature | None) -> None:
    """Keep a decision with its signature, or a refused attempt with the rule that refused it."""
    payload = happening.payload
    if not isinstance(payload, ApprovalDecided | ApprovalRefused):
        return
    refused = payload.rule if isinstance(payload, ApprovalRefused) else None
    rows.touched.add(("approval", payload.request))
    rows.add(
        approval_decisions,
        {
            "position": happening.position,
            "request": payload.request,
            "person": payload.person,
            "at": clock.to_text(happening.at),
            "record": records.to_text(payload),
            "signature": records.to_text(signature) if signature else None,
            "refused_by": refused,
        },
    )


_MARKS = {
    ApprovalWithdrawn: "withdrawn_position",
    ApprovalRevoked: "revoked_position",
}


@projects(
    ApprovalDecided,
    ApprovalWithdrawn,
    ApprovalRevoked,
    ConditionMet,
    PaperConfirmed,
    PaperRejected,
    ResolutionSigned,
    ModelEdited,
    ModelTiered,
    ModelTierOverridden,
    ModelTierOverrideEnded,
    VersionChanged,
    VersionReturned,
)
def project_standing(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Bring the rows of a model's requests up to what its fold now says about them."""
    state = rows.states.get(subject_of(happening.payload))
    if state is None:
        return
    rows.read_ahead(approval_requests, [request.id for request in state.requests])
    for request in state.requests:
        known = rows.get(approval_requests, request.id)
        if known is None:
            continue
        row = _standing(dict(known), request, happening)
        if row != known:
            rows.touched.add(("approval", request.id))
            _put(rows, happening, row)


def _put(rows: Rows, happening: Happening, row: Row) -> None:
    """Keep a request, and where it stands since this event."""
    rows.put(approval_requests, row)
    told = {name: row.get(name) for name in ("status", "given", "valid_until", "rests_until")}
    key = {"request": row["id"], "position": happening.position}
    rows.put(approval_standings, {**key, **told})


def _standing(row: Row, request: approvals.Request, happening: Happening) -> Row:
    until, rests = request.valid_until, request.rests_until
    # That its time ran out is judged on the day asked for and is never kept.
    row["status"] = approvals.assess(request, date.min).value
    row["given"] = len(request.approvers)
    row["valid_until"] = until.isoformat() if until else None
    row["rests_until"] = rests.isoformat() if rests else None
    row["changed"] = records.list_to_text(request.changed)
    if request.changed and row["voided_position"] is None:
        row["voided_position"] = happening.position
    mark = _MARKS.get(type(happening.payload))
    if mark and getattr(happening.payload, "request", None) == request.id:
        row[mark] = happening.position
    return row
