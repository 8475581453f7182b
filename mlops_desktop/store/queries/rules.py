"""Approval rules and delegations out, as of any place in the ledger."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.delegations import Delegation, Mandate
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.rules import Rule, RuleStatus
from mlops_desktop.store import log, records
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.rules import delegations, rules


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A version of a rule: who wrote it when and why, who activated it, and where it stands.

    ``is_alone`` says that one person alone wrote and activated it.
    """

    rule: Rule
    person: str
    at: str
    reason: str | None
    position: int
    archived_position: int | None
    activated_position: int | None = None
    activated_by: str | None = None
    is_alone: bool = False
    status: RuleStatus = RuleStatus.DRAFT
    activated_at: str | None = None

    @property
    def is_active(self) -> bool:
        """Whether it holds for new requests."""
        return self.status is RuleStatus.ACTIVE


def list_rules(connection: sa.Connection, as_of: AsOf = NOW) -> tuple[RuleRow, ...]:
    """Return every version of every rule in the order added."""
    size = known_size(connection, as_of)
    query = sa.select(rules).where(rules.c.position < size).order_by(rules.c.position)
    rows = connection.execute(query).mappings().all()
    closed = {one for row in rows if row["reason"] for one in records.digests_in(row["reason"])}
    opened = log.open_commitments(connection, closed)
    found = tuple(_rule(row, opened) for row in rows)
    active = {row.rule.id: row for row in active_at(found, size)}
    return tuple(_standing(row, size, active.get(row.rule.id)) for row in found)


def _rule(row: sa.RowMapping, opened: dict[str, str]) -> RuleRow:
    reason = records.from_text(Erasable, row["reason"], opened).text if row["reason"] else None
    return RuleRow(
        records.from_text(Rule, row["record"]),
        row["person"],
        row["at"],
        reason,
        row["position"],
        row["archived_position"],
        row["activated_position"],
        row["activated_by"],
        bool(row["is_alone"]),
        activated_at=row["activated_at"],
    )


def _standing(row: RuleRow, size: int, active: RuleRow | None) -> RuleRow:
    """Return a row as it stood when the ledger had ``size``; who activates it later is not said."""
    if active is row:
        return replace(row, status=RuleStatus.ACTIVE)
    if row.activated_position is not None and row.activated_position < size:
        return replace(row, status=RuleStatus.ARCHIVED)
    is_passed_over = active is not None and active.rule.version > row.rule.version
    is_over = is_passed_over or _is_archived(row, size)
    status = RuleStatus.ARCHIVED if is_over else RuleStatus.DRAFT
    return replace(row, status=status, activated_by=None, activated_at=None, is_alone=False)


def active_at(rows: Iterable[RuleRow], position: int) -> tuple[RuleRow, ...]:
    """Return the rows whose rules hold for a request recorded at ``position``."""
    newest: dict[str, RuleRow] = {}
    held = [row for row in rows if row.activated_position is not None]
    for row in sorted(held, key=lambda row: row.activated_position or 0):
        if row.activated_position is not None and row.activated_position < position:
            newest.pop(row.rule.id, None)  # a new version counts as added last
            newest[row.rule.id] = row
    return tuple(row for row in newest.values() if not _is_archived(row, position))


def _is_archived(row: RuleRow, position: int) -> bool:
    return row.archived_position is not None and row.archived_position < position


def active_rules(connection: sa.Connection) -> tuple[Rule, ...]:
    """Return the rules that hold for a request made now."""
    return tuple(row.rule for row in list_rules(connection) if row.is_active)


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """A delegation with its reason and the places in the ledger between which it stands."""

    delegation: Delegation
    reason: str | None
    position: int
    revoked_position: int | None


def list_delegations(
    connection: sa.Connection, size: int | None = None
) -> tuple[DelegationRow, ...]:
    """Return every delegation in the order granted, as it stood when the ledger had ``size``."""
    query = sa.select(delegations).order_by(delegations.c.position)
    if size is not None:
        query = query.where(delegations.c.position < size)
    rows = connection.execute(query).mappings().all()
    closed = {one for row in rows if row["reason"] for one in records.digests_in(row["reason"])}
    opened = log.open_commitments(connection, closed)
    return tuple(_delegation(row, opened, size) for row in rows)


def _delegation(row: sa.RowMapping, opened: dict[str, str], size: int | None) -> DelegationRow:
    revoked = row["revoked_position"]
    made = Delegation(
        row["id"],
        row["giver"],
        row["holder"],
        date.fromisoformat(row["begins"]),
        date.fromisoformat(row["ends"]),
        records.from_text(Mandate, row["mandate"]),
        is_revoked=revoked is not None and (size is None or revoked < size),
    )
    reason = records.from_text(Erasable, row["reason"], opened).text if row["reason"] else None
    return DelegationRow(made, reason, row["position"], revoked)


def get_delegation(connection: sa.Connection, id: str) -> DelegationRow:
    """Return a delegation by id, or by its beginning; raises ``delegation.not_found``."""
    found = [row for row in list_delegations(connection) if row.delegation.id.startswith(id)]
    if not id or len(found) != 1:
        raise AppError("delegation.not_found", id=id)
    return found[0]
