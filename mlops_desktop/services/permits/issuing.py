"""Asks the gate and signs what it allows, for exactly one artefact and not for ever."""

from dataclasses import dataclass, field, replace
from datetime import datetime

import mlops_desktop.store.queries.approvals as approval_queries
import mlops_desktop.store.queries.models as model_queries
from mlops_desktop.core import clock
from mlops_desktop.core.authority import Act
from mlops_desktop.core.changes import Changes
from mlops_desktop.core.documents import Document
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.permits import PermitIssued
from mlops_desktop.core.identity import Person
from mlops_desktop.core.permits import (
    USUAL_DAYS,
    Ground,
    Held,
    Permit,
    end_of,
    last_moment,
    read_digest,
    statement,
)
from mlops_desktop.core.rules import PERMITTING
from mlops_desktop.core.standing import GRANTED
from mlops_desktop.ledger.body import encode
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.outside.statements import sign_statement
from mlops_desktop.services.acts import refuse, unable
from mlops_desktop.services.asking import find_version
from mlops_desktop.services.authority import check_authority
from mlops_desktop.services.cases import View
from mlops_desktop.services.conditions import stand_of_conditions
from mlops_desktop.services.decisions import Unlock
from mlops_desktop.services.documents import File, keep_file
from mlops_desktop.services.entities import find_entities
from mlops_desktop.services.gate import Answer, ask_gate_at
from mlops_desktop.services.gate.artifact import known_digest
from mlops_desktop.services.gate_reasons import Place
from mlops_desktop.services.session import Session
from mlops_desktop.services.signing import sign_event
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.approvals import RequestRow
from mlops_desktop.store.queries.named import printed_names
from mlops_desktop.store.unit_of_work import WriteSession


@dataclass(frozen=True, slots=True)
class PermitWish:
    """What is to go where, and for how long the permit is wanted.

    ``digest`` is the SHA-256 of the artefact; without it that which the version names.
    """

    model: str
    version: str
    environment: str
    digest: str | None = None
    entity: str | None = None
    days: int = USUAL_DAYS


@dataclass(frozen=True, slots=True)
class Issued:
    """What the gate said, and where it allowed it the permit with its signed form (PEM)."""

    answer: Answer
    permit: Permit | None = None
    signed: bytes = b""
    changes: Changes = field(default_factory=Changes)


def issue_permit(session: Session, wish: PermitWish, unlock: Unlock) -> Issued:
    """Ask the gate and, where it allows, sign a permit for exactly one artefact.

    It ends after the days wished for, with the first approval or open condition it rests on, or
    with the signer's certificate, whichever comes first. Nothing is signed where the gate says
    no. Raises ``permit.digest_missing`` where neither wish nor version names the artefact,
    ``permit.days_unfit``, ``authority.issue_permit``, ``approval.refused_no_certificate``, and
    what :func:`ask_gate_at` raises.
    """
    end_of(clock.now(), wish.days, ())
    if wish.digest is not None:
        wish = replace(wish, digest=read_digest(wish.digest))
    answer = _ask(session, wish)
    if not answer.is_allowed:
        return Issued(answer)
    credential = unlock(_signer(session, wish))
    # Whatever happened while the secret was asked for: the gate speaks about the head it is at.
    issued = None
    while issued is None:
        answer = _ask(session, wish)
        issued = _sign(session, wish, credential, answer) if answer.is_allowed else Issued(answer)
    return issued


def _signer(session: Session, wish: PermitWish) -> Person:
    with session.workspace.read() as view:
        person = people.get_person(view.connection, session.actor.person)
        refuse(unable(person), person)
        check_authority(session, view, Act.ISSUE_PERMIT)
        _artifact(view, wish)
    return person


def _sign(
    session: Session, wish: PermitWish, credential: Credential, answer: Answer
) -> Issued | None:
    """Sign and record a permit; None, with nothing written, where the ledger has grown since."""
    with session.workspace.write(session.actor) as work:
        if work.before.size != answer.size:
            return None
        check_authority(session, work, Act.ISSUE_PERMIT)
        permit = _permit(session, work, wish, credential)
        signed = sign_statement(encode(dict(statement(permit))), credential)
        kept = keep_file(work, File(f"{permit.model}-{permit.version}.permit", signed))
        sign_event(work, _event(work, permit, wish, kept), credential)
    return Issued(answer, permit, signed, work.changes)


def _ask(session: Session, wish: PermitWish) -> Answer:
    place = Place(wish.environment, wish.entity, wish.digest)
    return ask_gate_at(session, wish.model, wish.version, place)


def _artifact(view: View, wish: PermitWish) -> str:
    version = find_version(
        view, model_queries.find_model(view.connection, wish.model), wish.version
    )
    digest = wish.digest or known_digest(version)
    if digest is None:
        raise AppError("permit.digest_missing", where="--artifact", version=wish.version)
    return digest


def _permit(
    session: Session, work: WriteSession, wish: PermitWish, credential: Credential
) -> Permit:
    key = model_queries.find_model(work.connection, wish.model)
    model = model_queries.get_model(work.connection, key)
    version = find_version(work, key, wish.version)
    environment = wish.environment.strip()
    granted = _granted(work, key, version.key, environment)
    held, now = tuple(_conditions(granted)), clock.now()
    ends = (*_ends(granted, held), credential.certificate.not_valid_after_utc)
    seen = work.before
    return Permit(
        id=new_id(),
        workspace=session.workspace.id,
        model=model.row.id,
        name=model.row.name,
        version=version.details.version,
        environment=environment,
        entity=_entity(work, wish),
        digest=_artifact(work, wish),
        issued=now,
        expires=end_of(now, wish.days, ends),
        issuer=people.get_person(work.connection, session.actor.person).name,
        size=seen.size,
        root=seen.root().hex(),
        grounds=tuple(Ground(row.id, row.valid_until) for row in granted),
        conditions=held,
    )


def _granted(work: WriteSession, model: str, version: str, environment: str) -> list[RequestRow]:
    return [
        row
        for row in approval_queries.list_requests(work.connection, model=model)
        if (row.version, row.environment) == (version, environment)
        and row.kind in PERMITTING
        and row.status in GRANTED
    ]


def _conditions(granted: list[RequestRow]) -> list[Held]:
    return [
        Held(row.id, one.number, one.text, one.due, one.met is not None)
        for row in granted
        for one in stand_of_conditions(row, clock.today())
    ]


def _ends(granted: list[RequestRow], held: tuple[Held, ...]) -> list[datetime]:
    """Return the last moments of what the permit rests on: approvals, and conditions still open."""
    days = [row.valid_until for row in granted]
    days += [one.due for one in held if not one.is_met]
    return [last_moment(day) for day in days if day is not None]


def _entity(work: WriteSession, wish: PermitWish) -> str | None:
    if wish.entity is None:
        return None
    (id,) = find_entities(work, (wish.entity,))
    return printed_names(work.connection).get(id, id)


def _event(work: WriteSession, permit: Permit, wish: PermitWish, kept: Document) -> PermitIssued:
    key = model_queries.find_model(work.connection, wish.model)
    version = find_version(work, key, wish.version)
    entity = find_entities(work, (wish.entity,))[0] if wish.entity else None
    return PermitIssued(
        permit.id,
        key,
        version.key,
        permit.environment,
        permit.digest,
        permit.expires,
        kept,
        Seen(permit.size, permit.root),
        entity,
    )
