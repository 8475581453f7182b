"""A backup that is overdue: said to every role, for whoever sees it can make one."""

from datetime import datetime, timedelta

from mlops_desktop.core import clock
from mlops_desktop.services.care.kept import BackupPlan, read_plan
from mlops_desktop.services.overview.cards import Card, Look, Said, Wait, Waits, Way, said
from mlops_desktop.store import engine as engines
from mlops_desktop.store import log
from mlops_desktop.store.unit_of_work import ReadSession

_WAY = Way("settings", record="backup")


def with_backup(look: Look, cards: tuple[Card, ...], size: int) -> tuple[Card, ...]:
    """Return a role's cards, an overdue backup behind what waits; a past day shows none of now.

    A copy is brought back, not backed up; a team's server is backed up by whoever began to.
    """
    workspace = look.session.workspace
    if not look.as_of.is_now or workspace.copy is not None:
        return cards
    plan = read_plan(workspace.own_id)
    if not plan.is_due(clock.now()) or not _is_asked_for(look, plan):
        return cards
    title = said("overview.backup.title")
    about = _age(plan, size) if plan.last else said("overview.backup.never")
    wait = Wait(_last(plan), about, _WAY, "warn")
    return (*cards[:1], Waits(title, (wait,), title), *cards[1:])


def _is_asked_for(look: Look, plan: BackupPlan) -> bool:
    """Tell whether one was made before from here, or a file is old enough to lack its first."""
    if plan.last is not None:
        return True
    if engines.is_team(look.session.workspace.place):
        return False
    with look.session.workspace.read() as view:
        return clock.now() - _begun(view) > timedelta(days=plan.remind_days)


def _begun(view: ReadSession) -> datetime:
    first = next(log.read_events(view.connection, 0, 1))
    return log.read_envelope(view.connection, first.body).at


def _last(plan: BackupPlan) -> Said:
    if plan.last is None:
        return said("overview.backup.none")
    return said("overview.backup.last", at=plan.last.at)


def _age(plan: BackupPlan, size: int) -> Said:
    assert plan.last is not None
    days, since = (clock.now() - plan.last.at).days, max(size - plan.last.size, 0)
    return said("overview.backup.old", days=days, n=since, most=plan.remind_days)
