"""Invitations: written by a custodian into a file, taken by who is invited; no secret in them."""

import json
import re
import unicodedata
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.events.admissions import InvitationWithdrawn, PersonInvited
from mlops_desktop.core.identity import Role, Scope
from mlops_desktop.outside import certificates, private_files
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.cases import View
from mlops_desktop.services.enrolment import clean_name, refuse_namesake
from mlops_desktop.services.session import Recorded, Session, must_commit
from mlops_desktop.store import engine as engines
from mlops_desktop.store.collation import sort_key
from mlops_desktop.store.custody import read_custody
from mlops_desktop.store.queries import admissions as queries
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.admissions import InvitationRow
from mlops_desktop.store.queries.authority import authority_of

FORM = "mlops-desktop-invitation/1"
ENDING = ".invitation"
DAYS = 14
_MOST_BYTES = 64 * 1024
_UNSAFE = re.compile(r"[^\w]+")
_LONGEST = 60
"""Letters of a name in the name of a file."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the invited is told: where to, whom, until when, and who certifies there.

    Nothing in it lets anybody in: that takes the key made by the invited, the fingerprint
    compared by another channel, and the custodians' signatures.
    """

    place: str
    workspace: str
    workspace_name: str
    authority: str
    invitation: str
    person: str
    name: str
    expires: date

    @property
    def is_expired(self) -> bool:
        """Whether its last day is past."""
        return self.expires < clock.today()


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """Whom to invite as what; ``place`` is said where they reach the workspace by another way."""

    name: str
    roles: tuple[Role, ...] = ()
    scopes: tuple[Scope, ...] = ()
    place: str | None = None
    days: int = DAYS


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation as recorded, to be handed over."""

    recorded: Recorded
    invitation: Invitation


def invite_person(session: Session, wanted: NewInvitation) -> Invited:
    """Record an invitation and return it; whoever is invited can do nothing by it alone.

    Raises ``custody.only_custodians``, ``person.name_…``, ``invitation.days_refused``,
    ``invitation.already_open``.
    """
    name = clean_name(wanted.name)
    if not 1 <= wanted.days <= 365:
        raise AppError("invitation.days_refused", where="days")
    refuse_namesake(session, name)
    told = PersonInvited(
        new_id(),
        new_id(),
        must_commit(name),
        wanted.roles,
        clock.today() + timedelta(days=wanted.days),
        wanted.scopes,
    )
    with session.workspace.write(session.actor) as work:
        check_custodian(work, session.actor.person)
        _refuse_invited(work, name)
        work.record(told)
        authority = certificates.read_certificate(authority_of(work))
    workspace = session.workspace
    made = Invitation(
        wanted.place or _place(workspace.place),
        workspace.id,
        workspace.name,
        certificates.fingerprint(authority),
        told.invitation,
        told.person,
        name,
        told.expires,
    )
    return Invited(Recorded(told.person, work.changes), made)


def check_custodian(view: View, person: str) -> None:
    """Refuse who is no custodian; raises ``custody.only_custodians``, naming those who are."""
    custody = read_custody(view.connection)
    if person not in custody.custodians:
        names = people.names(view.connection)
        able = ", ".join(names.get(one, one) for one in custody.custodians) or "–"
        raise AppError("custody.only_custodians", person=names.get(person, "–"), able=able)


def list_open(view: View) -> tuple[InvitationRow, ...]:
    """Return the invitations that hold and that nobody has used yet, the newest first."""
    admissions = queries.list_admissions(view.connection)
    used = {row.told.invitation for row in admissions if row.standing in ("waiting", "done")}
    return tuple(
        row
        for row in queries.list_invitations(view.connection)
        if not row.is_withdrawn
        and row.told.expires >= clock.today()
        and row.told.invitation not in used
    )


def _refuse_invited(view: View, name: str) -> None:
    """Refuse to invite somebody twice: two files would lie about that let in one person."""
    for row in list_open(view):
        if sort_key(row.told.name.text or "") == sort_key(name):
            until = row.told.expires.isoformat()
            raise AppError("invitation.already_open", where="name", name=name, until=until)


def _place(place: str) -> str:
    """Return a place without who logs in: the invited has a login of his own."""
    if not engines.is_team(place):
        return str(Path(place).resolve())
    parts = urlsplit(place)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def list_invitations(session: Session) -> tuple[InvitationRow, ...]:
    """Return every invitation, the newest first."""
    with session.workspace.read() as view:
        return queries.list_invitations(view.connection)


def withdraw_invitation(session: Session, named: str) -> Recorded:
    """Let an invitation hold no longer; ``named`` by id or whom it invites.

    Raises ``invitation.not_found``, ``custody.only_custodians``.
    """
    with session.workspace.write(session.actor) as work:
        check_custodian(work, session.actor.person)
        found = next(
            (
                row
                for row in queries.list_invitations(work.connection)
                if not row.is_withdrawn and named in (row.told.invitation, row.told.name.text)
            ),
            None,
        )
        if found is None:
            raise AppError("invitation.not_found", where="name")
        work.record(InvitationWithdrawn(found.told.invitation))
    return Recorded(found.told.person, work.changes)


def invitation_file(noun: str, name: str, workspace: str) -> str:
    """Return a file name that says what it is, for whom and where to; it harms no file system."""
    parts = (unicodedata.normalize("NFC", one) for one in (noun, name, workspace))
    told = (_UNSAFE.sub("-", part)[:_LONGEST].strip("-_") for part in parts)
    return f"{'-'.join(filter(None, told))}{ENDING}"


def write_invitation(invitation: Invitation, path: Path) -> None:
    """Write an invitation as a file that can be read; raises ``file.not_written``."""
    told = {"form": FORM, **asdict(invitation), "expires": invitation.expires.isoformat()}
    text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    private_files.write(path, text.encode())


def read_invitation(path: Path) -> Invitation:
    """Read an invitation; raises ``invitation.not_opened``, ``invitation.unreadable``."""
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise AppError(
            "invitation.not_opened",
            recovery=Recovery.CONFIGURATION,
            where=str(path),
            path=str(path),
            reason=error.strerror or "",
        ) from error
    try:
        return invitation_of(json.loads(content) if len(content) <= _MOST_BYTES else None)
    except (AppError, ValueError, TypeError, KeyError, RecursionError):
        raise AppError("invitation.unreadable", where=str(path), path=str(path)) from None


def invitation_of(told: object) -> Invitation:
    """Return the invitation that a JSON tree holds; raises KeyError, TypeError, ValueError."""
    if not isinstance(told, dict) or told["form"] != FORM:
        raise ValueError("not an invitation")
    names = [name for name in Invitation.__dataclass_fields__ if name != "expires"]
    texts = [told[name] for name in names]
    if not all(isinstance(text, str) and text for text in texts):
        raise TypeError("a text lacks")
    for id in (told["workspace"], told["person"], told["invitation"]):
        private_files.file_name(id, "")  # it names files here: nothing that leads elsewhere
    return Invitation(
        **dict(zip(names, texts, strict=True)), expires=date.fromisoformat(told["expires"])
    )
