"""Contradictions inside a person's scope; what is about no model stays in."""

from dataclasses import replace

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.services.own_scope import Scopes, read_within
from mlops_desktop.services.reconciliation.listing import Reconciliation, reconcile
from mlops_desktop.services.session import Session


def reconcile_within(session: Session, scopes: Scopes, as_of: AsOf = NOW) -> Reconciliation:
    """Return what sources tell otherwise than the inventory says of the models inside scopes."""
    found, within = reconcile(session, as_of), read_within(session, scopes, as_of)
    if within is None:
        return found
    rows = (row for row in found.rows if row.model is None or row.model.key in within)
    return replace(found, rows=tuple(rows))
