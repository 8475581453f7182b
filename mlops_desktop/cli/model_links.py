"""``models link``, ``unlink`` and ``links``: how models depend on each other."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.choices import OneOf
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.dates import as_of_options, effective_option, read_as_of, read_effective
from mlops_desktop.cli.text import table
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.model_links import LinkKind

if TYPE_CHECKING:
    from mlops_desktop.services.model_links import Linked


def add_to(group: click.Group) -> None:
    """Add the commands to a group."""
    for command in (link, unlink, links):
        group.add_command(command)


@click.command(cls=Command)
@click.argument("id")
@click.argument("kind", type=OneOf(LinkKind))
@click.argument("other")
@click.option("--note", help="What flows or is compared.")
@effective_option
@pass_call
def link(
    call: Call, id: str, kind: LinkKind, other: str, note: str | None, effective: str | None
) -> Answer:
    """Say that ID feeds, calibrates, … OTHER; a circle is refused and named."""
    from mlops_desktop.services.model_links import link_models

    moment = read_effective(effective)
    with call.session() as session:
        link_models(session, id, kind, other, note=note, effective=moment)
    return _answer(call, id)


@click.command(cls=Command)
@click.argument("id")
@click.argument("kind", type=OneOf(LinkKind))
@click.argument("other")
@click.option("--reason", help="Why; kept with the event.")
@effective_option
@pass_call
def unlink(
    call: Call, id: str, kind: LinkKind, other: str, reason: str | None, effective: str | None
) -> Answer:
    """Say that a link holds no longer."""
    from mlops_desktop.services.model_links import unlink_models

    moment = read_effective(effective)
    with call.session() as session:
        unlink_models(session, id, kind, other, reason=reason, effective=moment)
    return _answer(call, id)


@click.command(cls=Command)
@click.argument("id")
@click.option("--up", is_flag=True, help="All whose results reach ID.")
@click.option("--down", is_flag=True, help="All that the results of ID reach.")
@as_of_options
@pass_call
def links(call: Call, /, id: str, up: bool, down: bool, **days: str | None) -> Answer:
    """List the models linked to ID; --up and --down follow the flow to its ends."""
    as_of = read_as_of(**days)
    return _traced(call, id, up=up, as_of=as_of) if up or down else _answer(call, id, as_of)


def _answer(call: Call, id: str, as_of: AsOf = NOW) -> Answer:
    from mlops_desktop.services.model_links import links_of

    with call.session() as session:
        found = links_of(session, id, as_of)
    return Answer([link_document(one) for one in found], links_table(found))


def link_document(one: "Linked") -> Document:
    """Return a link as one of its models sees it."""
    return {
        "id": one.model.id,
        "name": one.model.name,
        "kind": one.kind.value,
        "outgoing": one.is_outgoing,
        "since": one.since,
        "note": one.note,
        "updated_at": one.updated_at or None,
    }


def links_table(found: Iterable["Linked"]) -> str:
    """Return links as a table."""
    rows = [
        (
            one.kind.value if one.is_outgoing else f"by: {one.kind.value}",
            one.model.id,
            one.model.name,
            one.since[:10],
            one.note,
            one.updated_at[:10],
        )
        for one in found
    ]
    return table(("LINK", "ID", "NAME", "SINCE", "NOTE", "CHANGED"), rows)


def _traced(call: Call, id: str, *, up: bool, as_of: AsOf) -> Answer:
    from mlops_desktop.services.model_links import trace_links

    with call.session() as session:
        found = trace_links(session, id, upstream=up, as_of=as_of)
    document: list[Document] = [
        {"id": one.model.id, "name": one.model.name, "distance": one.distance} for one in found
    ]
    rows = [(one.distance, one.model.id, one.model.name) for one in found]
    return Answer(document, table(("DISTANCE", "ID", "NAME"), rows))
