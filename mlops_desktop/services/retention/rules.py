"""Retention rules: defined, ended, listed."""

import re

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.retention import RetentionDefined, RetentionEnded
from mlops_desktop.core.items.kinds import kinds
from mlops_desktop.core.retention import Retained
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.session import Recorded, Session, commit_text, must_commit
from mlops_desktop.store.queries import retention as queries
from mlops_desktop.store.queries.retention import RuleRow
from mlops_desktop.store.unit_of_work import ReadSession, WriteSession

__all__ = ["RuleRow"]

_ID = re.compile(r"[a-z][a-z0-9_-]{0,59}")
_MOST_MONTHS = 1200


def list_rules(session: Session, as_of: AsOf = NOW) -> tuple[RuleRow, ...]:
    """Return every rule there was by a day, in the order defined, as it stood then."""
    with session.workspace.read() as view:
        return queries.list_rules(view.connection, as_of)


def find_rule(view: ReadSession | WriteSession, id: str) -> RetentionDefined:
    """Return a rule in force; raises ``retention.unknown_rule`` and ``retention.rule_ended``."""
    for row in queries.list_rules(view.connection):
        if row.rule.rule == id:
            if row.ended_at is not None:
                raise AppError("retention.rule_ended", where="RULE", rule=id)
            return row.rule
    raise AppError("retention.unknown_rule", where="RULE", rule=id)


@locks_late
def define_rule(
    session: Session,
    id: str,
    what: Retained,
    months: int,
    reason: str,
    chosen: tuple[str, ...] = (),
) -> Recorded:
    """Let a rule hold from now on; its id is given once, so that an erasure names one rule only.

    Raises ``retention.id_refused``, ``retention.rule_known``, ``retention.months_refused``,
    ``retention.kinds_refused``, ``retention.reason_missing``.
    """
    _check(id, what, months, chosen)
    check_reason(reason)
    with session.workspace.write(session.actor) as work:
        if id in {row.rule.rule for row in queries.list_rules(work.connection)}:
            raise AppError("retention.rule_known", where="RULE", rule=id)
        nouns = tuple(dict.fromkeys(chosen))
        work.record(RetentionDefined(id, what, months, must_commit(reason), nouns))
    return Recorded(id, work.changes)


def _check(id: str, what: Retained, months: int, chosen: tuple[str, ...]) -> None:
    if not _ID.fullmatch(id):
        raise AppError("retention.id_refused", where="RULE", rule=id)
    if not 1 <= months <= _MOST_MONTHS:
        raise AppError("retention.months_refused", where="months", most=_MOST_MONTHS)
    known = {kind.noun for kind in kinds()} if what is Retained.ITEMS else set()
    for noun in chosen:
        if noun not in known:
            told = ", ".join(sorted(known)) or "-"
            raise AppError("retention.kinds_refused", where="kind", kind=noun, known=told)


def check_reason(reason: str) -> None:
    """Raise ``retention.reason_missing`` where nothing is said."""
    if not reason.strip():
        raise AppError("retention.reason_missing", where="reason")


@locks_late
def end_rule(session: Session, id: str, reason: str | None = None) -> Recorded:
    """Let nothing be erased by a rule any more; what was erased stays explained by it.

    Raises ``retention.unknown_rule``, ``retention.rule_ended``.
    """
    with session.workspace.write(session.actor) as work:
        find_rule(work, id)
        work.record(RetentionEnded(id, commit_text(reason)))
    return Recorded(id, work.changes)
