"""Approvals: whether one holds or held, and until when."""

from datetime import date

from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.profiles.facts import Fact
from mlops_desktop.core.rules import PERMITTING
from mlops_desktop.services.profiles.evidence import Asked, Told
from mlops_desktop.store.queries import profile_facts
from mlops_desktop.store.queries.papers import confirmed_papers

_APPROVAL = "record.approval"
LEADS = {_APPROVAL: "approval"}
_HOLDS = frozenset({Approval.APPROVED, Approval.INTERIM})


def kept(names: frozenset[str]) -> frozenset[str]:
    """Return the approval."""
    return names & {_APPROVAL}


def gather(asked: Asked) -> Told:
    """Yield what holds, and what held until a day; a voided or revoked one is none."""
    found = profile_facts.newest_decisions(asked.view.connection, asked.as_of, asked.model)
    decided = {model: date.fromisoformat(at[:10]) for model, at in found}
    for paper in confirmed_papers(asked.view.connection, asked.as_of, asked.model):
        if paper.kind in PERMITTING:
            decided.setdefault(paper.model, paper.decided_on)
    for model, row in asked.rows.items():
        has_ended = row.approval is Approval.EXPIRED and row.approved_until is not None
        if row.approval in _HOLDS or has_ended:
            yield model, _APPROVAL, Fact(decided.get(model), row.approved_until)
