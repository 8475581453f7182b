"""A version's case with a supervisor: needed, applied for, answered, obligations met.

All of it is recorded by model risk management or compliance; others are refused by
``authority.record_permission``. Each is signed with the key of who records it.
"""

from dataclasses import dataclass
from datetime import date

import mlops_desktop.store.queries.models as model_queries
from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.authority import Act
from mlops_desktop.core.date_rules import Relation, check_day, check_plausible
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Condition
from mlops_desktop.core.events.permissions import (
    ObligationMet,
    PermissionAnswered,
    PermissionApplied,
    PermissionNeeded,
)
from mlops_desktop.core.permissions import Category, Outcome, Permission, PermissionState
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.asking import find_version
from mlops_desktop.services.authority import check_authority
from mlops_desktop.services.cases import View
from mlops_desktop.services.condition_dates import check_dues
from mlops_desktop.services.documents import File, keep_file
from mlops_desktop.services.hands import hand_of
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.services.session import Recorded, Session, commit_text, must_commit
from mlops_desktop.store.queries import permissions as queries
from mlops_desktop.store.queries.permissions import PermissionRow


@dataclass(frozen=True, slots=True)
class NewPermission:
    """What a version needs from which supervisor before, or after, it is used."""

    version: str
    environment: str
    category: Category
    authority: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What the supervisor answered when, with which obligations."""

    outcome: Outcome
    on: date
    obligations: tuple[tuple[str, date | None], ...] = ()
    file: File | None = None


def list_permissions(
    session: Session, named: str | None = None, as_of: AsOf = NOW
) -> tuple[PermissionRow, ...]:
    """Return permissions, of one model if it is named."""
    with session.workspace.read() as view:
        model = model_queries.find_model(view.connection, named) if named else None
        return queries.list_permissions(view.connection, model, as_of)


def in_use_since(sheet: ModelSheet, permission: Permission) -> date | None:
    """Return since when the version first served in the environment the permission is about."""
    since = [
        clock.from_text(one.since).date()
        for one in sheet.deployments
        if (one.version, one.environment) == (permission.version, permission.environment)
    ]
    return min(since, default=None)


def need_permission(session: Session, named: str, wanted: NewPermission) -> Recorded:
    """Record that a version needs a permission or a notification; the gate refuses it until then.

    Raises ``permission.authority_missing``, ``approval.environment_missing``, ….
    """
    authority = clean_text(wanted.authority).strip()
    environment = clean_text(wanted.environment).strip()
    if not authority:
        raise AppError("permission.authority_missing", where="authority")
    if not environment:
        raise AppError("approval.environment_missing", where="environment")

    def check(view: View) -> tuple[str, str]:
        check_authority(session, view, Act.RECORD_PERMISSION)
        model = model_queries.find_model(view.connection, named)
        return model, find_version(view, model, wanted.version).key

    hand = hand_of(session, check)
    with session.workspace.write(session.actor) as work:
        (model, version), id = check(work), new_id()
        reason, kind = commit_text(wanted.reason), wanted.category
        about = (model, version, environment, kind, authority)
        hand.record(work, PermissionNeeded(id, *about, reason, hand.seen))
    return Recorded(id, work.changes)


def apply_for_permission(
    session: Session, id: str, on: date, reference: str | None = None, file: File | None = None
) -> Recorded:
    """Record that the application or notification went out; raises ``permission.in_future``."""
    _check_day(on)

    def check(view: View) -> PermissionRow:
        return _find(session, view, id)

    hand = hand_of(session, check)
    with session.workspace.write(session.actor) as work:
        row = check(work)
        told = clean_text(reference).strip() or None if reference else None
        document, key = keep_file(work, file) if file else None, row.permission.id
        hand.record(work, PermissionApplied(key, row.model, on, told, document, hand.seen))
    return Recorded(key, work.changes)


def answer_permission(session: Session, id: str, reply: Reply) -> Recorded:
    """Record what the supervisor answered.

    Raises ``permission.in_future``, ``permission.already_answered``, ``permission.not_applied``,
    ``date.before_other`` for an answer before its application, ``date.before_held`` for an
    obligation due before the answer.
    """
    _check_day(reply.on)
    check_dues(reply.obligations, reply.on, "obligation")

    def check(view: View) -> PermissionRow:
        row = _find(session, view, id)
        if row.permission.outcome is not None:
            raise AppError("permission.already_answered", outcome=row.permission.outcome.value)
        if row.permission.state is PermissionState.TO_APPLY:
            raise AppError("permission.not_applied")
        applied = row.permission.applied_on
        if applied is not None:
            check_day("on", reply.on, Relation.NOT_BEFORE, applied, "applied_on")
        return row

    hand = hand_of(session, check)
    with session.workspace.write(session.actor) as work:
        row = check(work)
        terms = tuple(Condition(must_commit(text), due) for text, due in reply.obligations)
        document = keep_file(work, reply.file) if reply.file else None
        told, key = (reply.outcome, reply.on, terms, document), row.permission.id
        hand.record(work, PermissionAnswered(key, row.model, *told, hand.seen))
    return Recorded(key, work.changes)


def meet_obligation(
    session: Session, id: str, number: int, file: File, comment: str | None = None
) -> Recorded:
    """Record that an obligation is met, by evidence; raises ``permission.no_obligation``."""

    def check(view: View) -> PermissionRow:
        row = _find(session, view, id)
        open_ones = [one.number for one in row.permission.obligations if not one.is_met]
        if number not in open_ones:
            raise AppError("permission.no_obligation", where="number", number=number)
        return row

    hand = hand_of(session, check)
    with session.workspace.write(session.actor) as work:
        row = check(work)
        document, key = keep_file(work, file), row.permission.id
        told = commit_text(comment)
        hand.record(work, ObligationMet(key, row.model, number, document, told, hand.seen))
    return Recorded(key, work.changes)


def _find(session: Session, view: View, id: str) -> PermissionRow:
    check_authority(session, view, Act.RECORD_PERMISSION)
    return queries.get_permission(view.connection, id)


def _check_day(on: date) -> None:
    check_plausible("on", on)
    if on > clock.today():
        raise AppError("permission.in_future", where="on")
