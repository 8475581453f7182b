"""How the approval of a model reads wherever a dossier tells it: the same words, and until when."""

from datetime import date

from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.model_verdict import Verdict
from mlops_desktop.core.standing import Status
from mlops_desktop.dossier.content import Kind, Value
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.store.queries.approvals import RequestRow

_BOUND = "conditional"
_UNRESTRICTED = frozenset({Approval.APPROVED, Approval.INTERIM})
_ENDING = frozenset({Verdict.WITH_CONDITIONS, Verdict.IN_PART, Verdict.INTERIM})


def approval_of(sheet: ModelSheet, requests: tuple[RequestRow, ...]) -> tuple[Value, ...]:
    """Return the approval of a model in words; ``requests`` are all about it."""
    row = sheet.row
    is_bound = any(one.status is Status.CONDITIONAL for one in requests)
    return approval_values(
        row.approval, row.approved_until, is_bound=is_bound, is_on_paper=row.is_on_paper
    )


def verdict_values(verdict: Verdict, until: date | None) -> tuple[Value, ...]:
    """Return a verdict in words, and until when it allows what it allows."""
    ends = until_values(until) if verdict in _ENDING else ()
    return (Value(Kind.CODE, f"verdict.{verdict}"), *ends)


def approval_values(
    approval: Approval, until: date | None, *, is_bound: bool = False, is_on_paper: bool = False
) -> tuple[Value, ...]:
    """Return an approval in words, with its last day where it has one.

    ``is_bound`` tells that conditions of what was granted are not met yet. What is interim without
    an end can only be so by its conditions.
    """
    bound = is_bound or (approval is Approval.INTERIM and until is None)
    code = _BOUND if bound and approval in _UNRESTRICTED else approval.value
    told = [Value(Kind.CODE, code)]
    if is_on_paper:
        told.append(Value(Kind.CODE, "from_paper"))
    return (*told, *until_values(until))


def until_values(until: date | None) -> tuple[Value, ...]:
    """Return the last day of an approval in words, nothing where it has none."""
    if until is None:
        return ()
    return Value(Kind.CODE, "valid_until"), Value(Kind.DATE, until.isoformat())
