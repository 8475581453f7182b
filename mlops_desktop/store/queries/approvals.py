"""Requests for approval and their decisions out, as of any date."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from mlops_desktop.core import approvals
from mlops_desktop.core.approvals import Paper, Request
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events import registry
from mlops_desktop.core.events.approvals import ApprovalDecided, ApprovalRefused, Decision
from mlops_desktop.core.events.papers import PaperConfirmed, PaperRecorded, PaperRejected
from mlops_desktop.core.events.registry import Event, Signature
from mlops_desktop.core.inventory import Pair, number_text
from mlops_desktop.core.quorum import Cast
from mlops_desktop.core.request_changes import cast_of, change, terms_of
from mlops_desktop.core.rules import Kind, Rule
from mlops_desktop.core.standing import Status
from mlops_desktop.core.whole_numbers import whole
from mlops_desktop.store import log, records
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.queries.request_filter import standings
from mlops_desktop.store.queries.request_names import request_text
from mlops_desktop.store.tables.projected import (
    approval_decisions,
    approval_requests,
    models,
    versions,
)
from mlops_desktop.store.tables.rules import approval_marks


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A signed decision, its free texts opened, or an attempt that a rule refused."""

    position: int
    person: str
    at: str
    decided: ApprovalDecided | None
    signature: Signature | None
    attempted: Decision
    refused_by: str | None
    on_behalf_of: str | None = None


@dataclass(frozen=True, slots=True)
class MarkRow:
    """What happened to a request besides decisions: recusal, condition met, paper."""

    position: int
    person: str
    at: str
    payload: Event


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request for approval with everything that was said about it.

    ``id`` is the name people say, made of its place in the ledger; ``key`` the UUID. ``state`` is
    the request as the rules see it, ``about`` the id of what else is decided.
    """

    key: str
    id: str
    model: str
    model_id: str
    model_name: str
    version: str
    label: str
    environment: str
    rule: str
    requester: str
    requested_at: str
    position: int
    voided_position: int | None
    status: Status
    valid_until: date | None
    changed: tuple[str, ...]
    covered: tuple[Pair, ...]
    digest: str
    comment: str | None
    decisions: tuple[DecisionRow, ...]
    kind: Kind
    about: str | None
    state: Request
    marks: tuple[MarkRow, ...]

    @property
    def paper(self) -> PaperRecorded | None:
        """What was recorded from paper, where the request stands for that."""
        told = (mark.payload for mark in self.marks)
        return next((one for one in told if isinstance(one, PaperRecorded)), None)

    @property
    def confirmation(self) -> MarkRow | None:
        """Who confirmed what was recorded from paper."""
        return next((one for one in self.marks if isinstance(one.payload, PaperConfirmed)), None)

    @property
    def rejection(self) -> MarkRow | None:
        """Who found that the paper does not say so."""
        return next((one for one in self.marks if isinstance(one.payload, PaperRejected)), None)


def list_requests(
    connection: sa.Connection,
    *,
    model: str | None = None,
    status: Status | None = None,
    keys: Collection[str] | None = None,
    as_of: AsOf = NOW,
) -> tuple[RequestRow, ...]:
    """Return requests, newest first, with the status each has on the day asked for."""
    size = known_size(connection, as_of)
    query = _joined().where(approval_requests.c.position < size)
    if model is not None:
        query = query.where(approval_requests.c.model == model)
    if keys is not None:
        query = query.where(approval_requests.c.id.in_(keys))
    if status is not None:
        query = query.where(approval_requests.c.id.in_(_standing(status, as_of, size)))
    query = query.order_by(approval_requests.c.position.desc())
    found = connection.execute(query).mappings().all()
    told = _tell(connection, found, size, as_of)
    return tuple(_request(row, told) for row in found)


def _standing(status: Status, as_of: AsOf, size: int) -> sa.Select[tuple[str]]:
    """Return the ids of the requests of a status."""
    found = standings(as_of, size)
    ids = sa.select(approval_requests.c.id).select_from(found.table)
    return ids.where(found.known, found.status == status.value)


def get_request(connection: sa.Connection, key: str, as_of: AsOf = NOW) -> RequestRow:
    """Return one request by its id (A-00042) or UUID; raises ``approval.not_found``."""
    number = whole(key.strip().upper().removeprefix("A-"))
    named = (
        approval_requests.c.position == number
        if number is not None
        else approval_requests.c.id == key.strip()
    )
    found = connection.execute(_joined().where(named)).mappings().all()
    if not found:
        raise AppError("approval.not_found", id=key)
    told = _tell(connection, found, known_size(connection, as_of), as_of)
    return _request(found[0], told)


@dataclass(frozen=True, slots=True)
class _Told:
    """What was said about requests, by their keys, as far as it was known."""

    decisions: dict[str, list[DecisionRow]]
    marks: dict[str, list[MarkRow]]
    opened: Mapping[str, str]
    size: int
    as_of: AsOf


def _tell(
    connection: sa.Connection, found: Sequence[sa.RowMapping], size: int, as_of: AsOf
) -> _Told:
    """Read what was said about requests, and what their comments say, at once."""
    keys = [str(row["id"]) for row in found]
    closed = {one for row in found if row["comment"] for one in records.digests_in(row["comment"])}
    opened = log.open_commitments(connection, closed)
    decisions, marks = _decisions(connection, keys, size), _marks(connection, keys, size)
    return _Told(decisions, marks, opened, size, as_of)


def _joined() -> sa.Select[tuple[object, ...]]:
    joined = approval_requests.outerjoin(models, models.c.id == approval_requests.c.model)
    joined = joined.outerjoin(versions, versions.c.id == approval_requests.c.version)
    return (
        sa.select(approval_requests)
        .add_columns(models.c.number, models.c.name, versions.c.version.label("label"))
        .select_from(joined)
    )


def _decisions(
    connection: sa.Connection, requests: list[str], size: int
) -> dict[str, list[DecisionRow]]:
    c = approval_decisions.c
    query = sa.select(approval_decisions).where(c.request.in_(requests), c.position < size)
    rows = connection.execute(query.order_by(c.position)).mappings().all()
    closed = {digest for row in rows for digest in records.digests_in(row["record"])}
    opened = log.open_commitments(connection, closed)
    made: dict[str, list[DecisionRow]] = {}
    for row in rows:
        made.setdefault(row["request"], []).append(_decision(row, opened))
    return made


def _marks(connection: sa.Connection, requests: list[str], size: int) -> dict[str, list[MarkRow]]:
    c = approval_marks.c
    query = sa.select(approval_marks).where(c.request.in_(requests), c.position < size)
    rows = connection.execute(query.order_by(c.position)).mappings().all()
    closed = {digest for row in rows for digest in records.digests_in(row["record"])}
    opened = log.open_commitments(connection, closed)
    made: dict[str, list[MarkRow]] = {}
    for row in rows:
        payload = records.from_text(registry.kind_of(row["kind"]), row["record"], opened)
        mark = MarkRow(row["position"], row["person"], row["at"], payload)
        made.setdefault(row["request"], []).append(mark)
    return made


def _decision(row: sa.RowMapping, opened: dict[str, str]) -> DecisionRow:
    position, person, at = row["position"], row["person"], row["at"]
    if row["refused_by"] is not None:
        refused = records.from_text(ApprovalRefused, row["record"], opened)
        said, behalf = refused.decision, refused.on_behalf_of
        return DecisionRow(position, person, at, None, None, said, refused.rule, behalf)
    decided = records.from_text(ApprovalDecided, row["record"], opened)
    signature = records.from_text(Signature, row["signature"]) if row["signature"] else None
    said, behalf = decided.decision, decided.on_behalf_of
    return DecisionRow(position, person, at, decided, signature, said, None, behalf)


def _request(row: sa.RowMapping, told: _Told) -> RequestRow:
    decisions, marks = told.decisions.get(row["id"], []), told.marks.get(row["id"], [])
    request = _state(row, decisions, marks, told.size)
    comment = row["comment"]
    return RequestRow(
        key=row["id"],
        id=request_text(row["position"]),
        model=row["model"],
        model_id=number_text(row["number"] or 0),
        model_name=row["name"] or "",
        version=row["version"],
        label=row["label"] or "",
        environment=row["environment"],
        rule=row["rule"],
        requester=row["requester"],
        requested_at=row["requested_at"],
        position=row["position"],
        voided_position=row["voided_position"] if request.changed else None,
        status=approvals.assess(request, told.as_of.day),
        valid_until=request.valid_until,
        changed=request.changed,
        covered=records.list_from_text(Pair, row["covered"]),
        digest=row["digest"],
        comment=records.from_text(Erasable, comment, told.opened).text if comment else None,
        decisions=tuple(decisions),
        kind=request.kind,
        about=row["about"],
        state=request,
        marks=tuple(marks),
    )


def _state(
    row: sa.RowMapping, decisions: list[DecisionRow], marks: list[MarkRow], size: int
) -> Request:
    """Return the request as the rules see it, leaving out what was not known yet."""
    request = Request(row["id"], row["version"], row["environment"], row["rule"], row["requester"])
    request = replace(
        request,
        casts=casts_of(decisions),
        changed=records.texts(row["changed"]) if _known(row["voided_position"], size) else (),
        is_withdrawn=_known(row["withdrawn_position"], size),
        is_revoked=_known(row["revoked_position"], size),
        rests_until=date.fromisoformat(row["rests_until"]) if row["rests_until"] else None,
        kind=Kind(row["kind"]),
        rule_version=row["rule_version"],
        terms=records.from_text(Rule, row["terms"]) if row["terms"] else None,
        entities=records.texts(row["entities"]),
    )
    for mark in marks:
        request = _marked(request, mark)
    return request


def _marked(request: Request, mark: MarkRow) -> Request:
    told = mark.payload
    if isinstance(told, PaperRecorded):
        paper = Paper(valid_until=told.valid_until, terms=terms_of(told.conditions))
        return replace(request, paper=paper)
    return change(told, request, mark.position)


def casts_of(decisions: Iterable[DecisionRow]) -> tuple[Cast, ...]:
    """Return the decisions that count, as the rules see them."""
    return tuple(cast_of(row.decided) for row in decisions if row.decided is not None)


def _known(position: int | None, size: int) -> bool:
    return position is not None and position < size
