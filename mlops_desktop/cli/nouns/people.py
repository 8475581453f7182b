"""Who may sign."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlops_desktop.cli import admissions, handovers
from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.call import Ask, Call, pass_call
from mlops_desktop.cli.choices import OneOf
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.dates import read_day
from mlops_desktop.cli.delegations import delegations_answer
from mlops_desktop.cli.documents.people import person_document
from mlops_desktop.cli.persons import person_answer, roles_cell, standing_cell
from mlops_desktop.cli.text import table
from mlops_desktop.cli.token_options import token_options
from mlops_desktop.core.asof import parse_day
from mlops_desktop.core.identity import Role
from mlops_desktop.core.rules import Kind

if TYPE_CHECKING:
    from mlops_desktop.services.people import TokenPlace


@click.group("people", cls=Group)
def command() -> None:
    """Who is known and who may sign."""


handovers.add_to(command)
admissions.add_to(command)


@command.command("list")
@pass_call
def list_(call: Call) -> Answer:
    """List everybody ever enrolled; a key is locked on the device that took the passphrases."""
    from mlops_desktop.services.keyrings import list_key_sheets, standing_of
    from mlops_desktop.services.people import list_people

    with call.session() as session:
        enrolled = {one.id for one in list_people(session)}
        sheets = [one for one in list_key_sheets(session) if one.id in enrolled]
    found = [(one.person, standing_of(one)) for one in sheets]
    rows = [
        (one.name, roles_cell(one), standing_cell(standing), (one.fingerprint or "")[:16])
        for one, standing in found
    ]
    heads = ("NAME", "ROLES", "STANDING", "CERTIFICATE")
    return Answer([person_document(*one) for one in found], table(heads, rows))


@command.command()
@click.argument("name")
@click.option("--role", "roles", multiple=True, type=OneOf(Role), help="Can be given again.")
@click.option(
    "--key-file",
    type=click.Path(path_type=Path),
    help="A PKCS#12 file of the person; its passphrase is the person's.",
)
@click.option("--no-key", is_flag=True, help="Known by name only: cannot sign.")
@token_options
@pass_call
def enrol(
    call: Call,
    name: str,
    roles: tuple[Role, ...],
    key_file: Path | None,
    no_key: bool,
    token: "TokenPlace | None",
) -> Answer:
    """Enrol a person, with a key and a certificate of the workspace's authority.

    With --token-module, --token and --token-key the key stays on a smart card or in a security
    module (PKCS#11), and its PIN stands for the passphrase; a certificate beside it is taken.

    The new person's passphrase comes from --person-secret-env or a prompt, the authority's from
    --authority-secret-env or a prompt; the authority's is the one the founder gave at init.
    """
    from mlops_desktop.services.key_files import read_key_file
    from mlops_desktop.services.people import Enrolment, enrol_person

    ask = _ask_new(call, name, twice=key_file is None, token=token)
    passphrase = None if no_key else ask()
    brought = read_key_file(key_file, passphrase) if key_file and passphrase else None
    with call.session() as session:
        wanted = Enrolment(name, roles, passphrase, brought, token)
        recorded = enrol_person(session, wanted, call.ask_authority())
        return person_answer(session, recorded.id)


def _ask_new(call: Call, name: str, *, twice: bool, token: "TokenPlace | None" = None) -> Ask:
    if token is not None:
        return call.ask_person(f"PIN of the token {token.token}")
    return call.ask_person(f"Passphrase for the key of {name}", twice=twice)


@command.command()
@click.argument("name")
@token_options
@pass_call
def certify(call: Call, name: str, token: "TokenPlace | None") -> Answer:
    """Give a known person a new key and certificate: after a lock, or before the old one ends.

    The person's new passphrase comes from --person-secret-env or a prompt, the authority's from
    --authority-secret-env or a prompt. Earlier signatures stay good.
    """
    from mlops_desktop.services.certification import certify_person, unlock_authority
    from mlops_desktop.services.people import show_person

    with call.session() as session:
        person = show_person(session, name)
        passphrase = _ask_new(call, person.name, twice=True, token=token)()
        authority = unlock_authority(session, call.ask_authority())
        certify_person(session, person.id, passphrase, authority, token=token)
        return person_answer(session, person.id)


@command.command()
@click.argument("name")
@click.option("--reason", help="Why; kept with the event.")
@pass_call
def revoke(call: Call, name: str, reason: str | None) -> Answer:
    """Let a person's signatures count no longer; earlier ones stay good.

    Where two custodians exist it is signed by one, and a custodian's own waits for a second
    signature: `people confirm NAME`. Elsewhere it is signed where your key's passphrase is given.
    """
    from mlops_desktop.services.people import revoke_person

    with call.session() as session:
        recorded = revoke_person(session, name, reason)
        return person_answer(session, recorded.id)


@command.command()
@click.argument("holder")
@click.option("--from", "begins", metavar="DATE", help="The first day; today unless said.")
@click.option("--until", "ends", metavar="DATE", required=True, help="The last day.")
@click.option("--model", "models", multiple=True, help="Only for this model; can be given again.")
@click.option("--kind", "kinds", multiple=True, type=OneOf(Kind), help="Only for such requests.")
@click.option("--reason", help="Why; kept with the event.")
@pass_call
def delegate(
    call: Call,
    holder: str,
    begins: str | None,
    ends: str,
    models: tuple[str, ...],
    kinds: tuple[Kind, ...],
    reason: str | None,
) -> Answer:
    """Let HOLDER sign in your place for some time; signed with your own key."""
    from mlops_desktop.core import clock
    from mlops_desktop.services.delegations import NewDelegation, grant_delegation
    from mlops_desktop.services.people import unlocker

    first = read_day(begins, "--from") or clock.today()
    last = parse_day(ends, "--until")
    with call.session() as session:
        wanted = NewDelegation(holder, first, last, models, kinds, reason)
        done = grant_delegation(session, wanted, unlocker(session, call.ask_person()))
        return delegations_answer(session, done.id)


@command.command()
@pass_call
def delegations(call: Call) -> Answer:
    """List who lets whom sign in his place, past ones too."""
    with call.session() as session:
        return delegations_answer(session)


@command.command()
@click.argument("id")
@click.option("--reason", help="Why; kept with the event.")
@pass_call
def undelegate(call: Call, id: str, reason: str | None) -> Answer:
    """Take a delegation back, or give it back; ID can be the beginning of its id."""
    from mlops_desktop.services.delegations import revoke_delegation

    with call.session() as session:
        return delegations_answer(session, revoke_delegation(session, id, reason).id)
