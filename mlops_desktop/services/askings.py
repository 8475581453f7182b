"""Requests for a certificate as custodians read them: who asks, as what, with which key."""

from dataclasses import dataclass, replace
from pathlib import Path

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.identity import Person, Role, Scope
from mlops_desktop.outside import certificate_requests
from mlops_desktop.outside.certificate_requests import fingerprint_of
from mlops_desktop.services.cases import View
from mlops_desktop.services.enrolment import check_own_key
from mlops_desktop.services.session import Session
from mlops_desktop.store.custody import read_custody
from mlops_desktop.store.queries import admissions as queries
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.admissions import InvitationRow

_MOST_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Asking:
    """A request as a custodian reads it: who asks, as what, and the fingerprint to compare."""

    pem: str
    person: str
    name: str
    roles: tuple[Role, ...]
    scopes: tuple[Scope, ...]
    fingerprint: str
    answers: str
    invitation: str | None


def read_asking(session: Session, pem: str | bytes) -> Asking:
    """Return what a request asks for, checked against the invitation it answers.

    Raises ``request.…``, ``public_key.…``, ``person.key_taken``, ``invitation.not_found``,
    ``invitation.withdrawn``, ``invitation.expired``, ``invitation.used``.
    """
    request = certificate_requests.read_request(pem)
    answers = certificate_requests.answered(request)
    public = request.public_key()
    with session.workspace.read() as view:
        invitation, person = find_asker(view, answers)
    asking = Asking(
        pem if isinstance(pem, str) else pem.decode("ascii"),
        person.id,
        person.name,
        person.roles,
        person.scopes,
        fingerprint_of(public, answers),
        answers,
        invitation.told.invitation if invitation is not None else None,
    )
    if certificate_requests.subject_of(request) != asking.person:
        raise AppError("request.answers_another")
    check_own_key(session, public, asking.person)
    return asking


def find_asker(view: View, answers: str) -> tuple[InvitationRow | None, Person]:
    """Return the invitation a request answers, if it is one, and who is to be let in.

    Raises ``invitation.…``.
    """
    known = [one for one in people.list_people(view.connection) if one.id == answers]
    if known:
        return None, with_custody(view, known[0])
    row = queries.get_invitation(view.connection, answers)
    _check_open(view, row)
    told = row.told
    person = Person(told.person, told.name.text or "–", told.roles, scopes=told.scopes)
    return row, person


def with_custody(view: View, person: Person) -> Person:
    """Return a custodian with that role: the founder is one without having been given it."""
    is_one = person.id in read_custody(view.connection).custodians
    if not is_one or Role.CUSTODIAN in person.roles:
        return person
    return replace(person, roles=(*person.roles, Role.CUSTODIAN))


def _check_open(view: View, row: InvitationRow) -> None:
    if row.is_withdrawn:
        raise AppError("invitation.withdrawn")
    if row.told.expires < clock.today():
        raise AppError("invitation.expired", on=row.told.expires.isoformat())
    used = ("waiting", "done")
    for one in queries.list_admissions(view.connection):
        if one.told.invitation == row.told.invitation and one.standing in used:
            raise AppError("invitation.used", name=row.told.name.text or "–")


def check_fingerprint(own: str, compared: str) -> None:
    """Refuse a fingerprint that is not the request's; raises ``request.fingerprint_differs``."""
    given = "".join(one for one in compared if one.isdigit())
    if given != own.replace(" ", ""):
        raise AppError("request.fingerprint_differs", where="fingerprint")


def read_request_file(path: Path) -> bytes:
    """Return the content of a request's file; raises ``request.not_opened``."""
    try:
        with path.open("rb") as file:
            return file.read(_MOST_BYTES)
    except OSError as error:
        raise AppError(
            "request.not_opened",
            recovery=Recovery.CONFIGURATION,
            where=str(path),
            path=str(path),
            reason=error.strerror or "",
        ) from error
