"""What a workspace calls a bottleneck: read, and set by a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.resource_limits import ResourceLimitsSet
from mlops_desktop.core.resources.limits import NAMES, USUAL, Limits, read_limit
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.session import Recorded, Session, commit_text
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries import resource_limits as queries


@dataclass(frozen=True, slots=True)
class LimitsSheet:
    """The limits in force, who set them, since when and why; nobody set the usual ones."""

    limits: Limits
    person: str | None
    since: str | None
    reason: str | None


def show_limits(session: Session, as_of: AsOf = NOW) -> LimitsSheet:
    """Return the limits that hold by the dates asked for."""
    with session.workspace.read() as view:
        row = queries.read_limits(view.connection, as_of)
        name = people.names(view.connection).get(row.person or "")
    return LimitsSheet(row.limits, name, row.since, row.reason)


@locks_late
def set_limits(
    session: Session, texts: Mapping[str, str], *, reason: str | None = None
) -> Recorded:
    """Set some limits as people type them (``85 %``, ``3``); a blank text is the usual one again.

    Raises ``resources.limit_refused`` and ``resources.limits_unchanged``.
    """
    with session.workspace.write(session.actor) as work:
        before = queries.read_limits(work.connection).limits
        wanted = {name: _wanted(name, texts, before) for name in NAMES}
        if wanted == {name: getattr(before, name) for name in NAMES}:
            raise AppError("resources.limits_unchanged", where=NAMES[0])
        given = {
            name: f"{value.normalize():f}" if value != getattr(USUAL, name) else None
            for name, value in wanted.items()
        }
        work.record(ResourceLimitsSet(**given, reason=commit_text(reason)))
    return Recorded("resource-limits", work.changes)


def _wanted(name: str, texts: Mapping[str, str], before: Limits) -> Decimal:
    kept: Decimal = getattr(before, name)
    usual: Decimal = getattr(USUAL, name)
    if name not in texts:
        return kept
    return read_limit(name, texts[name]) if texts[name].strip() else usual
