"""Countersigns a dossier of this workspace: verified first, signed in turn, recorded, written."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import mlops_desktop.store.queries.dossiers as queries
from mlops_desktop.core import clock
from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.dossiers import DossierCountersigned
from mlops_desktop.core.identity import Person
from mlops_desktop.core.signature_levels import Level
from mlops_desktop.dossier.countersign import countersign
from mlops_desktop.dossier.stamp import Statement
from mlops_desktop.dossier.verdict import Outcome
from mlops_desktop.services.decisions import Unlock
from mlops_desktop.services.dossiers.delivery import deliver
from mlops_desktop.services.dossiers.signers import role_of
from mlops_desktop.services.dossiers.signing import means_in, unlock_for
from mlops_desktop.services.dossiers.verification import read_file, verify_bytes
from mlops_desktop.services.session import Session
from mlops_desktop.services.trust_services import TrustServices
from mlops_desktop.services.wording import read_words
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.dossiers import DossierRow, PlaceRow


@dataclass(frozen=True, slots=True)
class Countersigned:
    """A dossier with one signature more; ``waits_for`` is whose turn it is now, None if done."""

    id: str
    path: Path
    place: int
    digest: str
    waits_for: str | None
    changes: Changes


@dataclass(frozen=True, slots=True)
class _Turn:
    """A dossier in front of the person whose signature is due."""

    dossier: DossierRow
    place: PlaceRow
    person: Person


def count_waiting(session: Session) -> int:
    """Return how many dossiers wait for the signature of who acts."""
    with session.workspace.read() as view:
        return sum(
            row.next_place is not None and row.next_place.person == session.actor.person
            for row in queries.find_waiting(view.connection)
        )


def countersign_dossier(
    session: Session,
    path: Path,
    unlock: Unlock,
    meaning: str | None = None,
    level: Level = Level.B,
    services: TrustServices | None = None,
) -> Countersigned:
    """Add the acting person's signature to the dossier at ``path`` and record it.

    ``services`` stand in for those the workspace arranged, for a ``level`` above B-B.

    The file must verify, be the latest that this workspace recorded, and wait for this very
    person. Raises ``dossier.not_signable``, ``dossier.not_from_here``, ``dossier.not_latest``,
    ``dossier.fully_signed``, ``dossier.not_your_turn``, ``person_key.…``, ``certificate.…``,
    ``countersign.refused``, ``dossier.cannot_write``; above B-B as ``export_dossier``.
    """
    pdf = read_file(path)
    turn = _hear(session, path, pdf)
    means = means_in(session, level, services)
    credential = unlock_for(session, unlock, turn.person)
    words = read_words(turn.dossier.language)
    said = meaning or words.text("dossier.countersign.default_meaning")
    statement = Statement(turn.person.name, role_of(turn.person), said, clock.now())
    signed = countersign(pdf, turn.place.place, credential, statement, words, means)
    digest = sha256(signed).hexdigest()
    payload = DossierCountersigned(turn.dossier.key, turn.place.place, digest, level.value)
    changes = deliver(session, path, signed, payload)
    later = turn.dossier.places[turn.place.place :]
    waits_for = later[0].name if later else None
    return Countersigned(turn.dossier.key, path, turn.place.place, digest, waits_for, changes)


def _hear(session: Session, path: Path, pdf: bytes) -> _Turn:
    where = str(path)
    verdict = verify_bytes(pdf, session=session).verdict
    with session.workspace.read() as view:
        row = queries.find_dossier(view.connection, verdict.document_id or "")
        person = people.get_person(view.connection, session.actor.person)
    if verdict.outcome is not Outcome.VALID and verdict.sha256 not in _digests(row):
        failure = verdict.first_failure
        check = failure.code if failure else ""
        raise AppError("dossier.not_signable", where=where, check=check)
    if row is None:
        raise AppError("dossier.not_from_here", where=where, path=where)
    if verdict.sha256 != row.digests[-1]:
        raise AppError("dossier.not_latest", where=where, path=where)
    return _Turn(row, _turn_of(row, person, where), person)


def _digests(row: DossierRow | None) -> tuple[str, ...]:
    return row.digests if row is not None else ()


def _turn_of(row: DossierRow, person: Person, where: str) -> PlaceRow:
    due = row.next_place
    if due is None:
        raise AppError("dossier.fully_signed", where=where, path=where)
    if due.person != person.id:
        raise AppError("dossier.not_your_turn", where=where, person=person.name, due=due.name)
    if not person.can_sign:
        raise AppError("dossier.signer_without_certificate", person=person.name)
    return due
