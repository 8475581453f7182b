"""Emergency changes: recorded at once, open until an approval ratifies them."""

from dataclasses import dataclass
from datetime import date

import mlops_desktop.store.queries.approvals as requests
import mlops_desktop.store.queries.models as model_queries
from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.authority import Act
from mlops_desktop.core.date_rules import Relation, check_day
from mlops_desktop.core.emergencies import DAYS, EmergencyState
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.emergencies import EmergencyRecorded
from mlops_desktop.core.rules import PERMITTING
from mlops_desktop.core.standing import GRANTED
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.asking import find_version
from mlops_desktop.services.authority import check_authority
from mlops_desktop.services.cases import View
from mlops_desktop.services.hands import hand_of
from mlops_desktop.services.session import Recorded, Session, effective_from, must_commit
from mlops_desktop.store.queries import permissions as queries
from mlops_desktop.store.queries.permissions import EmergencyRow
from mlops_desktop.store.unit_of_work import ReadSession

_MOST_DAYS = 20
_LATEST_TOLD = 31
"""After so many days it is no emergency any more that is told, but an exception."""


@dataclass(frozen=True, slots=True)
class NewEmergency:
    """Which version went where, since when (now unless said), why, and when its approval is due."""

    version: str
    environment: str
    reason: str
    since: date | None = None
    days: int = DAYS


@dataclass(frozen=True, slots=True)
class EmergencyStand:
    """An emergency change and where it stands; ``request`` is the approval that ratified it."""

    row: EmergencyRow
    state: EmergencyState
    request: str | None


def record_emergency(session: Session, named: str, wanted: NewEmergency) -> Recorded:
    """Record a change that did not wait for its approval.

    The model's owner, DevOps and model risk management may. Raises
    ``authority.declare_emergency``, ``emergency.reason_missing``, ``emergency.days_refused``,
    ``emergency.too_long_ago``, ``date.after_held``,
    ``approval.environment_missing``, ``model.not_found``, ``version.not_found``.
    """
    environment = clean_text(wanted.environment).strip()
    if not environment:
        raise AppError("approval.environment_missing", where="environment")
    if not wanted.reason.strip():
        raise AppError("emergency.reason_missing", where="reason")
    if not 0 < wanted.days <= _MOST_DAYS:
        raise AppError("emergency.days_refused", where="days", most=_MOST_DAYS)
    _check_since(wanted.since)

    def check(view: View) -> tuple[str, str]:
        model = model_queries.find_model(view.connection, named)
        owner = model_queries.get_model(view.connection, model).state.details.owner
        held = frozenset({"owner"} if owner == session.actor.person else ())
        check_authority(session, view, Act.DECLARE_EMERGENCY, relations=held)
        return model, find_version(view, model, wanted.version).key

    hand = hand_of(session, check)
    with session.workspace.write(session.actor) as work:
        (model, version), id = check(work), new_id()
        reason = must_commit(wanted.reason)
        told = EmergencyRecorded(id, model, version, environment, reason, wanted.days, hand.seen)
        hand.record(work, told, effective=effective_from(wanted.since))
    return Recorded(id, work.changes)


def _check_since(since: date | None) -> None:
    if since is None:
        return
    check_day("since", since, Relation.NOT_AFTER, clock.today())
    if (clock.today() - since).days > _LATEST_TOLD:
        told = since.isoformat()
        raise AppError("emergency.too_long_ago", where="since", since=told, most=_LATEST_TOLD)


def list_emergencies(
    session: Session, named: str | None = None, as_of: AsOf = NOW
) -> tuple[EmergencyStand, ...]:
    """Return emergency changes, of one model if it is named, with where they stand."""
    with session.workspace.read() as view:
        model = model_queries.find_model(view.connection, named) if named else None
        return read_emergencies(view, model, as_of)


def read_emergencies(
    view: ReadSession, model: str | None, as_of: AsOf = NOW
) -> tuple[EmergencyStand, ...]:
    """Return emergency changes with where they stand, inside a read session."""
    rows = queries.list_emergencies(view.connection, model, as_of)
    asked = requests.list_requests(view.connection, model=model, as_of=as_of) if rows else ()
    return tuple(_stand(row, asked, as_of.day) for row in rows)


def _stand(row: EmergencyRow, asked: tuple[requests.RequestRow, ...], on: date) -> EmergencyStand:
    one = row.emergency
    ratified = next(
        (
            request.id
            for request in asked
            if (request.version, request.environment) == (one.version, one.environment)
            and request.position > row.position
            and request.paper is None
            and request.kind in PERMITTING
            and request.status in GRANTED
        ),
        None,
    )
    return EmergencyStand(row, one.state(on, is_ratified=ratified is not None), ratified)
