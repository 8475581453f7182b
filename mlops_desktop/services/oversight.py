"""What is decided around decisions, whole, as the window shows it: names, models, what waits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import mlops_desktop.store.queries.approvals as requests
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.authority import Act
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.meetings import Item
from mlops_desktop.core.rules import RuleStatus
from mlops_desktop.core.standing import Status
from mlops_desktop.core.tier_templates import TemplateStatus
from mlops_desktop.services.authority import may
from mlops_desktop.services.emergencies import EmergencyStand, read_emergencies
from mlops_desktop.services.handovers import count_offered
from mlops_desktop.services.models import ModelSheet, read_sheet
from mlops_desktop.services.permissions import in_use_since
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries import meetings, people, permissions, rules, tiering
from mlops_desktop.store.queries.approvals import RequestRow
from mlops_desktop.store.queries.meetings import MeetingRow
from mlops_desktop.store.queries.models import find_model
from mlops_desktop.store.queries.permissions import PermissionRow
from mlops_desktop.store.unit_of_work import ReadSession


@dataclass(frozen=True, slots=True)
class MeetingSheet:
    """A meeting with the requests on its agenda, by their keys, and everybody's name."""

    row: MeetingRow
    requests: Mapping[str, RequestRow]
    names: Mapping[str, str]

    @property
    def id(self) -> str:
        """What people say."""
        return self.row.id

    @property
    def unsigned(self) -> tuple[str, ...]:
        """Return who of chair and secretary has still to sign something resolved."""
        called = self.row.called
        due = [item.number for item in called.agenda if self._is_to_sign(item)]
        done = {(one.item, one.person) for one in self.row.signed}
        both = (called.chair, called.secretary)
        return tuple(who for who in both if any((number, who) not in done for number in due))

    @property
    def standing(self) -> str:
        """Return ``called``, ``minuted`` while one has to sign, ``signed``, or else ``kept``."""
        if self.row.minuted is None:
            return "called"
        if self.unsigned:
            return "minuted"
        return "signed" if self.row.signed else "kept"

    def _is_to_sign(self, item: Item) -> bool:
        """Tell whether an open request was voted on whose rule leaves a step to this body."""
        minuted, row = self.row.minuted, self.requests.get(item.request or "")
        if minuted is None or row is None or row.status is not Status.OPEN:
            return False
        body = self.row.called.body.casefold()
        steps = row.state.rule_kept.steps
        is_ours = any((step.committee or "").casefold() == body for step in steps)
        return is_ours and any(vote.item == item.number for vote in minuted.votes)


@dataclass(frozen=True, slots=True)
class PermissionSheet:
    """A case with a supervisor, the model and version it is about, and since when that serves."""

    row: PermissionRow
    model: ModelSheet
    label: str
    in_use: date | None

    @property
    def id(self) -> str:
        """The id of the case."""
        return self.row.permission.id


@dataclass(frozen=True, slots=True)
class EmergencySheet:
    """An emergency change, the model and version it is about, and the request that ratified it."""

    stand: EmergencyStand
    model: ModelSheet
    label: str
    request: RequestRow | None

    @property
    def id(self) -> str:
        """The id of the emergency."""
        return self.stand.row.emergency.id


def list_meeting_sheets(session: Session, as_of: AsOf = NOW) -> tuple[MeetingSheet, ...]:
    """Return every meeting, the newest first."""
    with session.workspace.read() as view:
        rows = meetings.list_meetings(view.connection, as_of)
        asked = {row.key: row for row in requests.list_requests(view.connection, as_of=as_of)}
        names = people.names(view.connection)
    return tuple(
        MeetingSheet(
            row,
            {key: asked[key] for item in row.called.agenda if (key := item.request or "") in asked},
            names,
        )
        for row in reversed(rows)
    )


def show_meeting_sheet(session: Session, id: str) -> MeetingSheet:
    """Return one meeting; raises ``meeting.not_found``."""
    wanted = id.strip()
    for sheet in list_meeting_sheets(session):
        if wanted.upper() == sheet.id or wanted == sheet.row.called.meeting:
            return sheet
    raise AppError("meeting.not_found", id=id)


def list_open_requests(session: Session) -> tuple[RequestRow, ...]:
    """Return the requests that can be put on an agenda."""
    with session.workspace.read() as view:
        return requests.list_requests(view.connection, status=Status.OPEN)


def list_permission_sheets(
    session: Session, named: str | None = None, as_of: AsOf = NOW
) -> tuple[PermissionSheet, ...]:
    """Return cases with supervisors, of one model if it is named, the newest first."""
    with session.workspace.read() as view:
        model = find_model(view.connection, named) if named else None
        rows = permissions.list_permissions(view.connection, model, as_of)
        shelf = _Models(view, as_of)
        return tuple(_permission(shelf, row) for row in reversed(rows))


def list_emergency_sheets(
    session: Session, named: str | None = None, as_of: AsOf = NOW
) -> tuple[EmergencySheet, ...]:
    """Return emergency changes, of one model if it is named, the newest first."""
    with session.workspace.read() as view:
        model = find_model(view.connection, named) if named else None
        found = read_emergencies(view, model, as_of)
        shelf = _Models(view, as_of)
        return tuple(_emergency(view, shelf, one, as_of) for one in reversed(found))


class _Models:
    """Reads each model once."""

    def __init__(self, view: ReadSession, as_of: AsOf) -> None:
        self._view, self._as_of = view, as_of
        self._read: dict[str, ModelSheet] = {}

    def sheet(self, key: str) -> ModelSheet:
        if key not in self._read:
            self._read[key] = read_sheet(self._view, key, self._as_of)
        return self._read[key]

    def label(self, model: str, version: str) -> str:
        versions = self.sheet(model).versions
        return next((one.details.version for one in versions if one.key == version), version)


def _permission(shelf: _Models, row: PermissionRow) -> PermissionSheet:
    sheet = shelf.sheet(row.model)
    label = shelf.label(row.model, row.permission.version)
    return PermissionSheet(row, sheet, label, in_use_since(sheet, row.permission))


def _emergency(
    view: ReadSession, shelf: _Models, stand: EmergencyStand, as_of: AsOf
) -> EmergencySheet:
    one = stand.row.emergency
    by = requests.get_request(view.connection, stand.request, as_of) if stand.request else None
    return EmergencySheet(stand, shelf.sheet(one.model), shelf.label(one.model, one.version), by)


def count_waiting(session: Session) -> int:
    """Return how many drafts, meetings to sign and offers to take over wait for who acts."""
    with session.workspace.read() as view:
        drafts = sum(may(session, view, act, drafter=who) for act, who in _drafts(view))
    person, sheets = session.actor.person, list_meeting_sheets(session)
    meetings_due = sum(person in one.unsigned for one in sheets)
    return drafts + meetings_due + count_offered(session)


def _drafts(view: ReadSession) -> Iterator[tuple[Act, str]]:
    for row in rules.list_rules(view.connection):
        if row.status is RuleStatus.DRAFT:
            yield Act.ACTIVATE_RULE, row.person
    for template in tiering.list_templates(view.connection):
        if template.status is TemplateStatus.DRAFT:
            yield Act.ACTIVATE_TEMPLATE, template.person
