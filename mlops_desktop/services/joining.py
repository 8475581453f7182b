"""A device joins: whose it is, is proven by the person's own key; each refusal says its reason."""

from dataclasses import replace

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.people import DeviceEnrolled
from mlops_desktop.core.identity import Person
from mlops_desktop.outside import certificates, person_keys
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.services.cases import View
from mlops_desktop.services.invitations import Invitation
from mlops_desktop.services.session import Ask, Session
from mlops_desktop.services.signing import sign_event, unlock_with
from mlops_desktop.store.custody import read_custody
from mlops_desktop.store.queries import admissions as queries
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.authority import authority_of
from mlops_desktop.store.unit_of_work import WriteSession
from mlops_desktop.store.workspace import Workspace


def needs_proof(found: Workspace) -> bool:
    """Tell whether a device is taken in only with its person's signature."""
    with found.read() as view:
        return read_custody(view.connection).needs_two


def check_admitted(found: Workspace, invitation: Invitation) -> None:
    """Refuse to enter before the custodians let in, or where another workspace lies.

    Raises ``joining.other_workspace``, ``joining.other_authority``, ``joining.unknown``,
    ``joining.withdrawn``, ``joining.not_admitted``, ``joining.one_signature``,
    ``joining.refused``, ``authority.left``.
    """
    if found.id != invitation.workspace:
        raise AppError("joining.other_workspace", where="place", name=invitation.workspace_name)
    with found.read() as view:
        authority = certificates.read_certificate(authority_of(view))
        if certificates.fingerprint(authority) != invitation.authority:
            raise AppError("joining.other_authority", where="place", name=found.name)
        known = {one.id: one for one in people.list_people(view.connection)}
        person = known.get(invitation.person)
        if person is None or not person.can_sign:
            raise _why_not(view, invitation, person)


def _why_not(view: View, invitation: Invitation, person: Person | None) -> AppError:
    if person is not None and person.is_revoked:
        return AppError("authority.left", person=person.name)
    told = {row.told.invitation: row for row in queries.list_invitations(view.connection)}
    found = told.get(invitation.invitation)
    if found is None:
        return AppError("joining.unknown", where="invitation")
    if found.is_withdrawn:
        return AppError("joining.withdrawn", where="invitation")
    for row in queries.list_admissions(view.connection):
        if row.told.invitation == invitation.invitation:
            code = {"waiting": "one_signature", "refused": "refused"}.get(row.standing)
            by = people.names(view.connection).get(row.by, "–")
            return AppError(f"joining.{code}", where="invitation", name=by)
    return AppError("joining.not_admitted", where="invitation")


def prove(session: Session, ask: Ask | None) -> Credential:
    """Unlock the acting person's key, which is to sign the device in.

    Raises ``joining.no_key`` where this profile holds none, ``joining.passphrase_needed``,
    ``person_key.…``.
    """
    workspace, id = session.workspace.id, session.actor.person
    with session.workspace.read() as view:
        person = people.get_person(view.connection, id)
        authority = authority_of(view)
    if not person_keys.has_person_key(workspace, id):
        raise AppError("joining.no_key", where="person", name=person.name)
    if ask is None:
        raise AppError("joining.passphrase_needed", where="passphrase", name=person.name)
    return unlock_with(workspace, ask(), person, authority)


def record_device(work: WriteSession, told: DeviceEnrolled, credential: Credential | None) -> None:
    """Record a device; signed where a key proves whose it is."""
    if credential is None:
        work.record(told)
        return
    seen = Seen(work.before.size, work.before.root().hex())
    sign_event(work, replace(told, seen=seen), credential)
