"""Takes over what a source says, where that settles a contradiction."""

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.exceptions import ExceptionRule
from mlops_desktop.core.reconciliation import Way
from mlops_desktop.services.models import edit_model, show_model
from mlops_desktop.services.reconciliation.listing import ReconciliationRow, find_row, reconcile
from mlops_desktop.services.session import Recorded, Session


def accept_source(session: Session, named: str, reason: str | None = None) -> Recorded:
    """Edit the model so that it says what its source says; its exception settles by itself.

    ``named`` is the exception's number. Raises ``reconcile.not_found``,
    ``reconcile.not_acceptable`` where taking over is no way to settle it, and as ``edit_model``
    does (``person.not_found`` where the source names nobody known here).
    """
    row = find_row(reconcile(session), named)
    if row.model is None or Way.ACCEPT_SOURCE not in row.ways:
        raise AppError("reconcile.not_acceptable", where="id", id=row.id)
    return edit_model(session, row.model.key, _texts(session, row), reason=reason)


def _texts(session: Session, row: ReconciliationRow) -> dict[str, str]:
    if row.rule is ExceptionRule.OWNER_DIFFERS:
        return {"owner": row.told}
    model = show_model(session, row.model.key) if row.model is not None else None
    known = model.state.details.regions if model is not None else ()
    region = row.subject.rpartition(" ")[2]
    return {"regions": ", ".join((*known, region))}
