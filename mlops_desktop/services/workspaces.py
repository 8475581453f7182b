"""Workspaces: made, opened, and the person found who acts in them."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mlops_desktop.core import clock, ledger_format
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.events.people import DeviceEnrolled, WorkspaceCreated
from mlops_desktop.core.identity import Actor, Role
from mlops_desktop.ledger.checkpoint import Checkpoint
from mlops_desktop.ledger.note import signer
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.ledger.tree import Frontier
from mlops_desktop.outside import certificates, cipher, devices, person_keys, workspace_key
from mlops_desktop.outside.randomness import is_travelling, new_id
from mlops_desktop.services import joining, profile
from mlops_desktop.services.accepting import accepted
from mlops_desktop.services.enrolment import AUTHORITY, enrolment_of, record_enrolment
from mlops_desktop.services.profile import Profile
from mlops_desktop.services.remembering import Remembering
from mlops_desktop.services.session import Ask, Session
from mlops_desktop.services.watches import every_watch
from mlops_desktop.store import engine as engines
from mlops_desktop.store import files, workspace
from mlops_desktop.store.copies import must_read, read_device
from mlops_desktop.store.lease import note_use
from mlops_desktop.store.queries import people
from mlops_desktop.store.workspace import Workspace

_FIRST_ROLES = (Role.ADMINISTRATOR, Role.RISK_MANAGER)


@dataclass(frozen=True, slots=True)
class NewWorkspace:
    """What a new workspace needs: its place and name, and its first person with a passphrase.

    ``key_passphrase`` wraps the file's key where no keyring and no variable can keep it.
    """

    place: str
    name: str
    person: str
    passphrase: str
    key_passphrase: str | None = None
    database_password: str | None = None
    roles: tuple[Role, ...] = _FIRST_ROLES


def create_workspace(wanted: NewWorkspace) -> Session:
    """Make a workspace with its authority, its first person and this device's key.

    Nothing is left behind where it fails. Raises ``workspace.exists``, ``workspace.no_folder``,
    ``workspace_key.nowhere_to_store``, ``passphrase.too_short``, ….
    """
    cipher.check_passphrase(wanted.passphrase)
    id = new_id()
    is_file = not engines.is_team(wanted.place)
    if is_file:
        files.check_new(Path(wanted.place))
    key = _new_key(id, wanted)
    engine = (
        engines.open_file(Path(wanted.place), key, id)
        if is_file
        else engines.open_team(wanted.place, wanted.database_password)
    )
    try:
        made = workspace.create(wanted.place, id, wanted.name, f"mlops-desktop/{id}", engine)
        session = _found(made, wanted, key, new_id())
    except BaseException:
        engine.dispose()
        if is_file:
            _remove_file(Path(wanted.place))
        raise
    profile.note_place(_absolute(wanted.place))
    return session


def _new_key(id: str, wanted: NewWorkspace) -> bytes:
    try:
        return workspace_key.workspace_key(id)
    except AppError as error:
        if error.code != "workspace_key.missing":
            raise
    key = cipher.new_key()
    workspace_key.store_workspace_key(id, key, wanted.key_passphrase)
    return key


def _remove_file(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def found_team(made: Workspace, wanted: NewWorkspace, person: str) -> Session:
    """Record the first events of a team's workspace, whose login is bound to ``person``."""
    session = _found(made, wanted, _new_key(made.id, wanted), person)
    profile.note_place(made.place)
    return session


def _found(made: Workspace, wanted: NewWorkspace, key: bytes, founder: str) -> Session:
    """Record the first events: the workspace, its first person, this device."""
    at = clock.now()
    authority = certificates.create_authority(f"{wanted.name} Authority", at)
    actor = Actor(founder, new_id())
    person = certificates.issue_person(authority, wanted.person, actor.person, at)
    person_keys.store_person_key(made.id, AUTHORITY, authority, wanted.passphrase)
    person_keys.store_person_key(made.id, actor.person, person, wanted.passphrase)
    device = devices.create_device_key(made.id, key)
    ready = with_device(made, device)
    with ready.write(actor) as work:
        name = clean_text(wanted.name)
        pem = certificates.to_pem(authority.certificate)
        work.record(WorkspaceCreated(name, made.origin, pem, ledger_format.NEWEST))
        first = enrolment_of(actor.person, wanted.person, wanted.roles, person)
        record_enrolment(work, first, authority)
        work.record(DeviceEnrolled(actor.device, actor.person, public_hex(device)))
    profile.write_profile(made.id, Profile(actor.person, actor.device))
    return Session(ready, actor, desk_key=devices.desk_key(device))


def public_hex(device: Ed25519PrivateKey) -> str:
    """Return a device's public key as its enrolment names it."""
    return device.public_key().public_bytes_raw().hex()


def with_device(found: Workspace, device: Ed25519PrivateKey) -> Workspace:
    """Return the workspace with this device signing heads and remembering them outside of it."""
    sign = signer(found.origin, device)

    def sign_head(frontier: Frontier) -> str:
        return sign(Checkpoint(found.origin, frontier.size, frontier.root()).to_text())

    remember = Remembering(found)
    ready = replace(found, sign_head=sign_head, on_commit=remember, watch=every_watch())
    return replace(ready, sign_note=sign)


@dataclass(frozen=True, slots=True)
class Entrance:
    """What a profile new to a workspace is asked for: passphrases, each when it is needed.

    ``prove``: of the person's key, which signs the device in where two custodians or an
    invitation let in. ``wrap``: under which the device's key is kept where no keyring can.
    """

    prove: Ask | None = None
    wrap: Ask | None = None


def open_workspace(
    place: str,
    *,
    ask: Ask | None = None,
    acting: str | None = None,
    database_password: str | None = None,
    entrance: Entrance | None = None,
    is_noted: bool = True,
) -> Session:
    """Open a workspace and find who acts: ``acting`` by name, else this profile's person.

    A profile new to the workspace enrols its device for ``acting``, or for whom the invitation
    is that was accepted here; without either it can only read. ``entrance`` is what that is asked
    for. ``is_noted`` keeps the place as the one opened last.
    Raises ``workspace.…``, ``workspace_key.…``, ``person.not_found``, ``joining.…``,
    ``person_key.…``.
    """

    def find_key(id: str) -> bytes:
        opens = partial(workspace.opens, place, id)
        key = workspace_key.workspace_key(id, ask, opens)
        if is_travelling(id) and not opens(key):
            raise AppError("workspace.wrong_passphrase", where=place, path=place)
        return key

    engine = workspace.open_engine(place, find_key, database_password)
    found = workspace.load(place, engine)
    try:
        session = _enter(found, acting, find_key, entrance or Entrance())
    except BaseException:
        found.close()
        raise
    if found.copy is not None and session.workspace.sign_head is not None:
        note_use(found.engine, found.copy)
    if is_noted:
        profile.note_place(_absolute(place))
    return session


def _absolute(place: str) -> str:
    return place if engines.is_team(place) else str(Path(place).resolve())


def _enter(
    found: Workspace, acting: str | None, find_key: workspace.FindKey, entrance: Entrance
) -> Session:
    known = profile.read_profile(found.own_id)
    person = _find_person(found, acting) if acting else _usual(found, known)
    if known is not None and devices.has_device_key(found.own_id):
        device = devices.load_device_key(found.own_id, find_key(found.own_id))
        actor = Actor(person, known.device)
        return Session(with_device(found, device), actor, desk_key=devices.desk_key(device))
    if found.copy is not None and (carried := _carried(found)) is not None:
        return carried
    if found.copy is not None:  # who is new to a copy enrols where it comes from
        return Session(found, Actor("", ""))
    if found.team is not None and not found.team.may_write:  # a reader has nothing to sign
        return Session(found, Actor(person, ""))
    invitation = accepted(found.id)
    if invitation is not None and person in ("", invitation.person):
        joining.check_admitted(found, invitation)
        return _enrol_device(found, invitation.person, find_key, entrance, is_proven=True)
    if not person:
        return Session(found, Actor("", ""))
    return _enrol_device(found, person, find_key, entrance, is_proven=joining.needs_proof(found))


def _carried(found: Workspace) -> Session | None:
    """Return the session of whom a copy was made for, with the device that travels in it."""
    with found.read() as view:
        copy, device = must_read(view.connection), read_device(view.connection)
    if device is None:
        return None
    private = Ed25519PrivateKey.from_private_bytes(device[1])
    actor = Actor(copy.person, device[0])
    return Session(with_device(found, private), actor, desk_key=devices.desk_key(private))


def _usual(found: Workspace, known: Profile | None) -> str:
    """Return who acts unless said: this profile's person, else whose login it is."""
    if known is not None:
        return known.person
    return (found.team and found.team.person) or ""


def _find_person(found: Workspace, named: str) -> str:
    with found.read() as view:
        return people.find_person(view.connection, named).id


def _enrol_device(
    found: Workspace,
    person: str,
    find_key: workspace.FindKey,
    entrance: Entrance,
    *,
    is_proven: bool,
) -> Session:
    """Make this device's key and record it, signed by the person's own where it must be proven."""
    actor = Actor(person, new_id())
    credential = joining.prove(Session(found, actor), entrance.prove) if is_proven else None
    device = devices.create_device_key(found.id, _device_secret(found, find_key, entrance.wrap))
    ready = with_device(found, device)
    try:
        with ready.write(actor) as work:
            joining.record_device(
                work, DeviceEnrolled(actor.device, person, public_hex(device)), credential
            )
    except BaseException:
        devices.forget_device_key(found.id)
        raise
    profile.write_profile(found.id, Profile(person, actor.device))
    return Session(ready, actor, desk_key=devices.desk_key(device))


def _device_secret(found: Workspace, find_key: workspace.FindKey, wrap: Ask | None) -> bytes:
    """Return what this profile's device key lies under; a team's server leaves it to each."""
    try:
        return find_key(found.id)
    except AppError as error:
        if error.code != "workspace_key.missing" or not engines.is_team(found.place):
            raise
    key = cipher.new_key()
    try:
        workspace_key.store_workspace_key(found.id, key)
    except AppError as error:
        if error.code != "workspace_key.nowhere_to_store" or wrap is None:
            raise
        workspace_key.store_workspace_key(found.id, key, wrap())
    return key


def last_place() -> str:
    """Return where a workspace was opened last; raises ``workspace.none_opened``."""
    places = profile.recent_places()
    if not places:
        raise AppError("workspace.none_opened", recovery=Recovery.USER, where="--workspace")
    return places[0]
