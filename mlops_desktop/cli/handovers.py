"""``people leave``, ``handover``, ``handovers``, ``accept``, ``refuse``: what a leaver holds."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.accepting import accept_answer, invitation_options
from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.documents.items import item_title
from mlops_desktop.cli.text import pairs, section, table

if TYPE_CHECKING:
    from mlops_desktop.cli.accepting import Taken
    from mlops_desktop.services.handovers import Handover, Holdings


def add_to(group: click.Group) -> None:
    """Add the commands to a group."""
    for command in (leave, handover, handovers, accept, refuse):
        group.add_command(command)


@click.command(cls=Command)
@click.argument("name")
@pass_call
def leave(call: Call, name: str) -> Answer:
    """List what a person holds: models by role, open items, requests waiting."""
    from mlops_desktop.services.handovers import list_held

    with call.session() as session:
        held = list_held(session, name)
    return Answer(_held_document(held), _held_text(held))


def _held_document(held: "Holdings") -> Document:
    return {
        "id": held.person,
        "name": held.name,
        "models": [
            {"id": one.row.id, "name": one.row.name, "roles": list(one.roles)}
            for one in held.models
        ],
        "items": [
            {"id": row.number, "kind": row.kind, "title": row.title, "stage": row.stage}
            for row in held.items
        ],
        "requests_waiting": list(held.waiting),
    }


def _held_text(held: "Holdings") -> str:
    models = [(one.row.id, one.row.name, ", ".join(one.roles)) for one in held.models]
    items = [(row.number, row.kind, item_title(row), row.stage) for row in held.items]
    told = [("Name", held.name), ("Requests waiting", str(len(held.waiting)))]
    return (
        pairs(told)
        + section("Models", table(("ID", "NAME", "ROLES"), models) if models else "")
        + section("Items", table(("ID", "KIND", "TITLE", "STATE"), items) if items else "")
    )


@click.command(cls=Command)
@click.argument("name")
@click.option("--to", required=True, metavar="NAME", help="Who is to take it over.")
@click.option("--reason", help="Why; kept with the event.")
@pass_call
def handover(call: Call, name: str, to: str, reason: str | None) -> Answer:
    """Offer all that NAME holds; it changes hands when the receiver accepts."""
    from mlops_desktop.services.handovers import list_handovers, offer_handover

    with call.session() as session:
        made = offer_handover(session, name, to, reason=reason).id
        found = [one for one in list_handovers(session) if one.id == made]
    return _answer(found)


@click.command(cls=Command)
@click.option("--mine", is_flag=True, help="Only those that wait for me.")
@pass_call
def handovers(call: Call, *, mine: bool) -> Answer:
    """List offers and where they stand."""
    from mlops_desktop.services.handovers import list_handovers, list_offered_to_me

    with call.session() as session:
        found = list_offered_to_me(session) if mine else list_handovers(session)
    return _answer(found)


@click.command(cls=Command)
@click.argument("id", metavar="ID|INVITATION")
@invitation_options
@pass_call
def accept(call: Call, id: str, taken: "Taken | None") -> Answer:
    """Take over what was offered, or take an invitation.

    The receiver alone can take over; ID can be its beginning. With --out an INVITATION (a file)
    is taken: your key is made here, the request for a certificate is written, and a fingerprint is
    shown that you read out to the custodians. The passphrase of your key comes from
    --person-secret-env or a prompt.
    """
    from mlops_desktop.services.handovers import accept_handover, list_handovers

    if taken is not None:
        return accept_answer(call, Path(id), taken)
    with call.session() as session:
        done = accept_handover(session, id).id
        return _answer(one for one in list_handovers(session) if one.id == done)


@click.command(cls=Command)
@click.argument("id")
@click.option("--reason", help="Why; needed.")
@pass_call
def refuse(call: Call, id: str, reason: str | None) -> Answer:
    """Not take over what was offered; the receiver alone can."""
    from mlops_desktop.services.handovers import list_handovers, refuse_handover

    with call.session() as session:
        done = refuse_handover(session, id, reason).id
        return _answer(one for one in list_handovers(session) if one.id == done)


def _answer(offers: Iterable["Handover"]) -> Answer:
    found = list(offers)
    document: list[Document] = [
        {
            "id": one.id,
            "from": one.giver,
            "to": one.receiver,
            "state": one.row.state.value,
            "at": one.row.at,
            "answered_at": one.row.answered_at,
            "why_refused": one.row.refusal.text if one.row.refusal else None,
            "models": [{"id": held.model.id, "roles": list(held.roles)} for held in one.models],
            "items": [row.number for row in one.items],
        }
        for one in found
    ]
    rows = [
        (
            one.id,
            one.giver,
            one.receiver,
            one.row.state.value,
            len(one.models),
            len(one.items),
            one.row.at[:10],
        )
        for one in found
    ]
    heads = ("ID", "FROM", "TO", "STATE", "MODELS", "ITEMS", "OFFERED")
    return Answer(document, table(heads, rows))
