"""``people invite``, ``invitations`` and ``withdraw``."""

from pathlib import Path
from typing import Any

import click

from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.choices import OneOf
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.text import pairs, table
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import SCOPE_FIELDS, Role, Scope


def _scopes(context: click.Context, option: click.Parameter, told: tuple[str, ...]) -> Any:
    found = []
    for text in told:
        field, _, value = text.partition("=")
        field = field.strip().replace("-", "_")
        if field not in SCOPE_FIELDS or not value.strip():
            allowed = ", ".join(f"{one}=…" for one in SCOPE_FIELDS)
            raise AppError("scope.refused", where="--scope", told=text, allowed=allowed)
        found.append(Scope(field, value.strip()))
    return tuple(found)


role_options = click.option(
    "--role", "roles", multiple=True, type=OneOf(Role), help="Can be repeated."
)
scope_options = click.option(
    "--scope",
    "scopes",
    multiple=True,
    metavar="FIELD=VALUE",
    callback=_scopes,
    help="business_line=… or region=…: sets lists and defaults, keeps from nothing.",
)


@click.command(cls=Command)
@click.argument("name")
@role_options
@scope_options
@click.option("--days", type=int, default=14, help="How long it holds; 14 unless said.")
@click.option("--place", help="The address the invited uses, where it is another than yours.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to send.")
@pass_call
def invite(
    call: Call,
    name: str,
    roles: tuple[Role, ...],
    scopes: tuple[Scope, ...],
    days: int,
    place: str | None,
    out: Path,
) -> Answer:
    """Invite NAME: writes a file without any secret; it lets nobody in by itself.

    The invited takes it with `people accept FILE --out REQUEST`.
    """
    from mlops_desktop.services.invitations import NewInvitation, invite_person, write_invitation

    if out.exists():
        raise AppError("invitation.file_exists", where="--out", path=str(out))
    with call.session() as session:
        made = invite_person(session, NewInvitation(name, roles, scopes, place, days)).invitation
    write_invitation(made, out)
    document = {
        "id": made.invitation,
        "person": made.person,
        "name": made.name,
        "place": made.place,
        "authority": made.authority,
        "expires": made.expires.isoformat(),
        "file": str(out),
    }
    told = [("Name", made.name), ("Place", made.place), ("Until", made.expires), ("File", str(out))]
    return Answer(document, pairs(told))


@click.command(cls=Command)
@pass_call
def invitations(call: Call) -> Answer:
    """List invitations, the newest first."""
    from mlops_desktop.services.invitations import list_invitations
    from mlops_desktop.services.people import names_by_id

    with call.session() as session:
        found, names = list_invitations(session), names_by_id(session)
    documents: list[Document] = [
        {
            "id": row.told.invitation,
            "name": row.told.name.text,
            "roles": [role.value for role in row.told.roles],
            "by": names.get(row.by, row.by),
            "expires": row.told.expires.isoformat(),
            "is_withdrawn": row.is_withdrawn,
        }
        for row in found
    ]
    heads = ("ID", "NAME", "ROLES", "BY", "UNTIL", "WITHDRAWN")
    return Answer(documents, table(heads, [cells(one) for one in documents]))


def cells(document: Document) -> list[object]:
    """Return a document's values as the cells of a row."""
    plain = {True: "yes", False: ""}
    return [
        ", ".join(map(str, value))
        if isinstance(value, list)
        else plain.get(value, value)
        if isinstance(value, bool)
        else value
        for value in document.values()
    ]


@click.command(cls=Command)
@click.argument("name")
@pass_call
def withdraw(call: Call, name: str) -> Answer:
    """Withdraw an invitation, by whom it invites or its id."""
    from mlops_desktop.services.invitations import withdraw_invitation

    with call.session() as session:
        done = withdraw_invitation(session, name)
    return Answer({"person": done.id}, pairs([("Withdrawn", name)]))
