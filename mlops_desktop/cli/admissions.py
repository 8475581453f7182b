"""``people invite``, ``admit``, ``confirm`` and their kin: how somebody comes to sign."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mlops_desktop.cli.accepting import Taken, invitation_options, new_key, request_answer
from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.invitations import (
    cells,
    invitations,
    invite,
    role_options,
    scope_options,
    withdraw,
)
from mlops_desktop.cli.persons import person_answer
from mlops_desktop.cli.text import pairs, table
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import Role, Scope

if TYPE_CHECKING:
    from mlops_desktop.services.session import Recorded, Session

F = TypeVar("F", bound=Callable[..., Any])


def add_to(group: click.Group) -> None:
    """Add the commands to a group."""
    made = (invite, invitations, withdraw, admit, confirm, decline, admissions, change, renew)
    for command in (*made, authority):
        group.add_command(command)


@click.command(cls=Command)
@click.argument("request", type=click.Path(path_type=Path))
@click.option("--fingerprint", metavar="DIGITS", help="As the person reads it out to you.")
@pass_call
def admit(call: Call, request: Path, fingerprint: str | None) -> Answer:
    """Let in who sent REQUEST, signed with your key as a custodian.

    Once two custodians exist, it takes effect when a second one signs: `people confirm NAME`.
    Have the person read the fingerprint out to you, by telephone or in person; the program does
    not show it to you. The authority's passphrase comes from --authority-secret-env or a prompt.
    """
    from mlops_desktop.services.admissions import admit_person
    from mlops_desktop.services.askings import read_request_file
    from mlops_desktop.services.people import unlocker

    pem = read_request_file(request)
    with call.session() as session:
        compared = fingerprint or _ask_fingerprint()
        unlock = unlocker(session, call.ask_person())
        done = admit_person(session, pem, compared, unlock, call.ask_authority())
        return _standing(session, done)


def _ask_fingerprint() -> str:
    from mlops_desktop.cli.secrets import can_ask

    if not can_ask():
        raise AppError("request.fingerprint_missing", where="--fingerprint")
    answered: str = click.prompt("Fingerprint as the person reads it out", err=True)
    return answered


@click.command(cls=Command)
@click.argument("name")
@click.option("--fingerprint", metavar="DIGITS", help="As the person reads it out to you.")
@pass_call
def confirm(call: Call, name: str, fingerprint: str | None) -> Answer:
    """Give the second signature to what waits for NAME: an admission, or a revocation."""
    from mlops_desktop.services.people import unlocker
    from mlops_desktop.services.seconds import confirm as sign

    with call.session() as session:
        done = sign(session, name, unlocker(session, call.ask_person()), fingerprint)
        return _standing(session, done)


@click.command(cls=Command)
@click.argument("name")
@click.option("--reason", help="Why; kept with the event.")
@pass_call
def decline(call: Call, name: str, reason: str | None) -> Answer:
    """Refuse an admission that waits for a second custodian; signed."""
    from mlops_desktop.services.people import unlocker
    from mlops_desktop.services.seconds import refuse

    with call.session() as session:
        refuse(session, name, unlocker(session, call.ask_person()), reason)
    return _admissions_answer(call)


@click.command(cls=Command)
@pass_call
def admissions(call: Call) -> Answer:
    """List admissions, the newest first; those waiting need a second custodian."""
    return _admissions_answer(call)


def _admissions_answer(call: Call) -> Answer:
    from mlops_desktop.services.admissions import list_admissions, read_custodians
    from mlops_desktop.services.people import names_by_id

    with call.session() as session:
        found, names = list_admissions(session), names_by_id(session)
        custody = read_custodians(session)
    documents: list[Document] = [
        {
            "id": row.told.admission,
            "name": row.told.name.text,
            "roles": [role.value for role in row.told.roles],
            "standing": row.standing,
            "by": names.get(row.by, row.by),
            "second": names.get(row.second or "", row.second),
        }
        for row in found
    ]
    documents += [
        {
            "id": one.person,
            "name": names.get(one.person),
            "roles": [],
            "standing": "revocation_waiting",
            "by": names.get(one.by, one.by),
            "second": None,
        }
        for one in custody.removals.values()
    ]
    heads = ("ID", "NAME", "ROLES", "STANDING", "BY", "SECOND")
    return Answer(documents, table(heads, [cells(one) for one in documents]))


@click.command(cls=Command)
@click.argument("name")
@role_options
@scope_options
@pass_call
def change(call: Call, name: str, roles: tuple[Role, ...], scopes: tuple[Scope, ...]) -> Answer:
    """Give NAME other roles or scopes, signed with your key as a custodian.

    `--role custodian` makes a custodian; whoever is one keeps the role only if it is given again.
    """
    from mlops_desktop.services.admissions import change_person
    from mlops_desktop.services.people import unlocker

    with call.session() as session:
        unlock = unlocker(session, call.ask_person())
        wanted = (roles or None, scopes or None)
        done = change_person(session, name, unlock, roles=wanted[0], scopes=wanted[1])
        return _standing(session, done)


@click.command(cls=Command)
@invitation_options
@pass_call
def renew(call: Call, taken: Taken | None) -> Answer:
    """Make a new key for yourself and write the request for its certificate to --out.

    The old key signs until custodians admit the request; then the new one takes its place.
    """
    from mlops_desktop.services.accepting import request_new_key
    from mlops_desktop.services.people import show_person

    if taken is None:
        raise click.UsageError("Say with --out where the request is to be written.")
    with call.session() as session:
        person = show_person(session, session.actor.person)
        request = request_new_key(session, person, new_key(call, taken, person.name))
        return request_answer(request, taken.out, session.workspace.name)


@click.command(cls=Command)
@click.option("--out", type=click.Path(path_type=Path), help="Write it here, as PKCS#12.")
@click.option("--from", "source", type=click.Path(path_type=Path), help="Take it from here.")
@pass_call
def authority(call: Call, out: Path | None, source: Path | None) -> Answer:
    """Hand the workspace's authority to a further custodian, or take it.

    Whoever admits needs it to issue certificates; it lets nobody in without the custodians'
    signatures. Its passphrase comes from --authority-secret-env or a prompt.
    """
    from mlops_desktop.services.authority_keys import hand_authority, take_authority

    if (out is None) == (source is None):
        raise click.UsageError("Say --out FILE to hand it over, or --from FILE to take it.")
    with call.session() as session:
        if out is not None:
            hand_authority(session, out, call.ask_authority())
        elif source is not None:
            take_authority(session, source, call.ask_authority())
    return Answer({"file": str(out or source)}, pairs([("Authority", str(out or source))]))


def _standing(session: "Session", done: "Recorded") -> Answer:
    """Return the person where the admission took effect, else that it waits."""
    from mlops_desktop.services.admissions import list_admissions

    waiting = (row for row in list_admissions(session) if row.standing == "waiting")
    newest = next((row.told for row in waiting if row.told.person == done.id), None)
    if newest is None:
        return person_answer(session, done.id)
    document = {"id": newest.person, "name": newest.name.text, "standing": "waiting"}
    said = "waits for a second custodian: people confirm"
    return Answer(document, pairs([("Name", newest.name.text), ("Standing", said)]))
