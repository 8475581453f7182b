"""What approvals say at the gate: none, not decided, or no longer; and conditions overdue."""

from collections.abc import Iterator

import mlops_desktop.store.queries.approvals as queries
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.entity_use import served_by
from mlops_desktop.core.rules import PERMITTING
from mlops_desktop.core.standing import GRANTED, Status
from mlops_desktop.services.conditions import stand_of_conditions
from mlops_desktop.services.gate_reasons import Place, Reason, reason
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.store.queries.approvals import RequestRow
from mlops_desktop.store.queries.versions import VersionRow
from mlops_desktop.store.unit_of_work import ReadSession


def reasons(
    view: ReadSession, sheet: ModelSheet, version: VersionRow, place: Place, as_of: AsOf
) -> Iterator[Reason]:
    """Say no without an approval that holds for every legal entity it is to serve.

    So it does where one of its conditions is overdue.
    """
    rows = [
        row
        for row in queries.list_requests(view.connection, model=sheet.row.key, as_of=as_of)
        if (row.version, row.environment) == (version.key, place.environment)
        and row.kind in PERMITTING
    ]
    granted = [row for row in rows if row.status in GRANTED]
    if not granted:
        yield _missing(rows, version, place.environment)
        return
    told: set[Reason] = set()
    for entity in served_by(place.entity, sheet.state.details):
        new = [one for one in _judge(granted, entity, sheet, as_of) if one not in told]
        told.update(new)
        yield from new


def _judge(
    granted: list[RequestRow], entity: str | None, sheet: ModelSheet, as_of: AsOf
) -> Iterator[Reason]:
    """Yield what keeps a version from serving one entity, or any where none is named."""
    mine = [row for row in granted if row.state.covers(entity)]
    if not mine:
        names = sheet.names
        held = sorted(names.get(one, one) for one in granted[0].state.holds_for or ())
        told = names.get(entity or "", entity or "…")
        yield reason("entity_missing", id=granted[0].id, entity=told, held=", ".join(held) or "–")
        return
    # Any approval without an overdue condition suffices; the newest tells why there is none.
    overdue = [list(_overdue(row, as_of)) for row in mine]
    if all(overdue):
        yield from overdue[0]


def _missing(rows: list[RequestRow], version: VersionRow, environment: str) -> Reason:
    label = version.details.version
    if not rows:
        return reason("approval_missing", version=label, environment=environment)
    row = rows[0]
    rule = "paper_unconfirmed" if _is_unconfirmed(row) else f"approval_{row.status.value}"
    told = ", ".join(row.changed)
    until = row.valid_until.isoformat() if row.valid_until else ""
    needed = row.state.rule_kept.needed
    return reason(rule, id=row.id, changed=told, until=until, needed=needed)


def _is_unconfirmed(row: RequestRow) -> bool:
    return row.paper is not None and row.status is Status.OPEN


def _overdue(row: RequestRow, as_of: AsOf) -> Iterator[Reason]:
    for one in stand_of_conditions(row, as_of.day):
        if one.is_overdue:
            due = one.due.isoformat() if one.due else ""
            text = one.text or "…"
            yield reason("condition_overdue", id=row.id, number=one.number, text=text, due=due)
